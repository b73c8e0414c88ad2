//! A service a number is meant for.

use loket_core::id::{NumberId, OfficeId, ServiceId};
use sea_orm::entity::prelude::*;

/// A service a number is meant for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wa_number_service")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The binding.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number.
    pub number_id: NumberId,
    /// The service.
    pub service_id: ServiceId,
    /// Whether a message without a format is taken to be about it.
    pub is_default: bool,
}

impl ActiveModelBehavior for ActiveModel {}
