//! That somebody is awaited in person, at a place and a time.

use loket_core::{
    appointment::AppointmentState,
    clock::Instant,
    id::{AppointmentId, OfficeId, PickupPointId, RequestId, UserId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// That somebody is awaited in person, at a place and a time; a request has had several, one of which is awaited.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "appointment")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The appointment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AppointmentId,
    /// Of which request.
    pub request_id: RequestId,
    /// Where; the place says what for.
    pub point_id: PickupPointId,
    /// When its slot begins.
    pub starts_at: Instant,
    /// When its slot ends.
    pub ends_at: Instant,
    /// Which seat of the slot it has, counted from 0.
    pub seat: i64,
    /// The number that its citizen was told, counted through the day from 1.
    pub number: i64,
    /// When this time was given.
    pub given_at: Instant,
    /// The beginning that its citizen was told last, which may be another one; nothing where no message reached them.
    pub told_start: Option<Instant>,
    /// When its citizen is reminded; nothing once they were, or where nobody is to be.
    pub remind_at: Option<Instant>,
    /// How it stands.
    pub state: AppointmentState,
    /// When it was written down whether they came, or that it does not take place.
    pub recorded_at: Option<Instant>,
    /// Who wrote that down.
    pub recorded_by: Option<UserId>,
    /// What the officer at the place should know.
    pub note: Option<Sealed<String>>,
}

impl ActiveModelBehavior for ActiveModel {}
