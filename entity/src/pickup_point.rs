//! A place to which citizens come: to collect what an office made for them, or for an appointment.

use loket_core::{
    appointment::PlacePurpose,
    clock::Instant,
    handover::Collectors,
    id::{OfficeId, PickupPointId, UnitId},
};
use sea_orm::entity::prelude::*;

/// A place to which citizens come: to collect what an office made for them, or for an appointment.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pickup_point")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The place.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PickupPointId,
    /// The unit whose hours it keeps; the office's otherwise.
    pub unit_id: Option<UnitId>,
    /// What citizens are told: `Loket 3, Kantor Disdukcapil`.
    pub name: String,
    /// What they come for.
    pub purpose: PlacePurpose,
    /// How long a slot is, in minutes; nothing where people come without one.
    pub minutes: Option<i64>,
    /// How many people come in a slot.
    pub seats: i64,
    /// Whom it gives things to.
    pub collectors: Collectors,
    /// Whether citizens are still sent there.
    pub active: bool,
    /// When it was made.
    pub created_at: Instant,
    /// Counts changes: whoever saves must have seen the last.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
