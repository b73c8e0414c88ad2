//! That a request was handed on to another office, or came from one: a row in each of the two.

use loket_core::{
    clock::Instant,
    id::{ForwardingId, OfficeId, RequestId},
    kinds::ForwardingWay,
    request::RequestState,
};
use sea_orm::entity::prelude::*;

/// That a request was handed on to another office, or came from one. Both offices know the request by the same id.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "forwarding")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The forwarding.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ForwardingId,
    /// The request.
    pub request_id: RequestId,
    /// Which side this office is on.
    pub way: ForwardingWay,
    /// The other office; nothing where it is not on Loket.
    pub other_office: Option<OfficeId>,
    /// What it is called.
    pub other_name: String,
    /// Where the request stands there, as far as was heard.
    pub their_state: Option<RequestState>,
    /// The version of their request that was heard of last.
    pub their_version: i64,
    /// When it was handed on.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
