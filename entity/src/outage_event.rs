//! One line of the history of an outage. Rows are never changed.

use loket_core::{
    clock::Instant,
    id::{OfficeId, OutageEventId, OutageId, UserId},
    outage::OutageStep,
};
use sea_orm::entity::prelude::*;

/// One line of the history of an outage. Rows are never changed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outage_event")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutageEventId,
    /// Of which outage.
    pub outage_id: OutageId,
    /// What was done.
    pub step: OutageStep,
    /// When.
    pub at: Instant,
    /// By whom; nothing for Loket itself.
    pub actor_id: Option<UserId>,
    /// Its times before and after, where they changed.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub detail: Option<Json>,
}

impl ActiveModelBehavior for ActiveModel {}
