//! A moment whose day must be counted again, because what was counted on it is no longer so.

use loket_core::{
    clock::Instant,
    id::{FactId, OfficeId},
};
use sea_orm::entity::prelude::*;

/// A moment whose day must be counted again, because what was counted on it is no longer so.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "fact_stale")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FactId,
    /// The moment.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
