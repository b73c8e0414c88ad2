//! A line that was read by an edition of a format that another had followed.

use loket_core::{
    clock::Instant,
    id::{OfficeId, ServiceId},
};
use sea_orm::entity::prelude::*;

/// A line that was read by an edition of a format that another had followed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "format_use")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The use.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The service whose format it is.
    pub service_id: ServiceId,
    /// The number of the edition.
    pub edition: i64,
    /// When the line was written.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
