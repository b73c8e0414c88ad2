//! What happened to a piece of equipment.

use loket_core::{
    clock::Instant,
    equipment::EquipmentStep,
    id::{EquipmentEntryId, EquipmentId, OfficeId, UserId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// What happened to a piece of equipment; lines are only ever added.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "equipment_entry")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EquipmentEntryId,
    /// To what.
    pub equipment_id: EquipmentId,
    /// What happened.
    pub step: EquipmentStep,
    /// On which day.
    pub day: Date,
    /// What is said of it.
    pub note: Option<Sealed<String>>,
    /// Who wrote it.
    pub actor_id: Option<UserId>,
    /// When it was written.
    pub at: Instant,
    /// The mark of the form that said so.
    pub form_key: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
