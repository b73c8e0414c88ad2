//! A unit a number is meant for.

use loket_core::id::{NumberId, OfficeId, UnitId};
use sea_orm::entity::prelude::*;

/// A unit a number is meant for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wa_number_unit")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The binding.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number.
    pub number_id: NumberId,
    /// The unit.
    pub unit_id: UnitId,
    /// Whether what begins here without a unit of its own becomes this unit's.
    pub is_default: bool,
}

impl ActiveModelBehavior for ActiveModel {}
