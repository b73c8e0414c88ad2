//! A piece of equipment that an office looks after.

use loket_core::{
    clock::Instant,
    equipment::{EquipmentKind, EquipmentState},
    id::{EquipmentId, OfficeId, UnitId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A piece of equipment that an office looks after.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "equipment")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The piece.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EquipmentId,
    /// What it is.
    pub kind: EquipmentKind,
    /// The unit that has it; nothing for the office.
    pub unit_id: Option<UnitId>,
    /// What people call it, and where it stands.
    pub name: Sealed<String>,
    /// Its serial number.
    pub serial: Option<Sealed<String>>,
    /// How it stands.
    pub state: EquipmentState,
    /// Since which day it stands so; nothing for what stands as it was entered.
    pub since: Option<Date>,
    /// How often it is looked after, in months; nothing where nobody planned that.
    pub every_months: Option<i64>,
    /// From which day on that is counted where it was never looked after.
    pub planned_on: Date,
    /// When it was last looked after.
    pub serviced_on: Option<Date>,
    /// When it is due; nothing where nobody planned that, and while it is retired.
    pub due_on: Option<Date>,
    /// When it was entered.
    pub created_at: Instant,
    /// Counts changes: whoever saves must have seen the last.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
