//! Why more care is taken of somebody, who agreed that it is noted, and where they are visited.

use loket_core::{
    care::{CareGroup, ConsentBy, ConsentWay},
    clock::Instant,
    id::{OfficeId, RequestId, UserId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// Why more care is taken of the person of a request; gone once they no longer agree.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "care")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RequestId,
    /// Why.
    pub reasons: Sealed<Vec<CareGroup>>,
    /// What helps them.
    pub needs: Option<Sealed<String>>,
    /// Where they are to be visited; nothing where they come themselves.
    pub address: Option<Sealed<String>>,
    /// Who agreed.
    pub consent_by: ConsentBy,
    /// By what way.
    pub consent_way: ConsentWay,
    /// When it was noted.
    pub noted_at: Instant,
    /// Who noted it.
    pub noted_by: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
