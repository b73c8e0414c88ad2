//! A variant of a service.

use loket_core::id::{OfficeId, ServiceId, VariantId};
use sea_orm::entity::prelude::*;

/// A variant of a service.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "variant")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VariantId,
    /// Its service.
    pub service_id: ServiceId,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its place in lists.
    pub position: i64,
    /// Whether it is no longer offered; requests of it go on naming it.
    pub retired: bool,
}

impl ActiveModelBehavior for ActiveModel {}
