//! A unit of an office.

use loket_core::{
    clock::Instant,
    id::{OfficeId, UnitId},
    kinds::UnitKind,
};
use sea_orm::entity::prelude::*;

/// A unit of an office.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "unit")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The unit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The kecamatan it serves.
    pub district_code: Option<String>,
    /// When it was created.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
