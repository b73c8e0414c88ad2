//! An account seen from inside an office.

use loket_core::id::{OfficeId, UnitId, UserId};
use sea_orm::entity::prelude::*;

/// An account seen from inside an office.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "officer")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their position.
    pub title: String,
    /// Their unit.
    pub unit_id: Option<UnitId>,
    /// Whether work may be given to them.
    pub active: bool,
}

impl ActiveModelBehavior for ActiveModel {}
