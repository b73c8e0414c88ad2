//! A file that shows that something was out.

use loket_core::{
    clock::Instant,
    id::{FileId, OfficeId, OutageId},
};
use sea_orm::entity::prelude::*;

/// A file that shows that something was out.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outage_file")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which outage.
    pub outage_id: OutageId,
    /// The file.
    pub file_id: FileId,
    /// When it was added.
    pub added_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
