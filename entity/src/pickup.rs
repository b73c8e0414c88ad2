//! What lies ready to be collected, and when its citizen was asked to come.

use loket_core::{
    clock::Instant,
    handover::Collectors,
    id::{OfficeId, PickupPointId, RequestId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// What lies ready to be collected, and when its citizen was asked to come; one of a request, known by the request's id.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pickup")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RequestId,
    /// Where; nothing where an officer wrote another place.
    pub point_id: Option<PickupPointId>,
    /// What an officer wrote, where it is none of the office's places.
    pub place: Option<Sealed<String>>,
    /// When its slot begins; nothing where its citizen comes without one.
    pub starts_at: Option<Instant>,
    /// When its slot ends.
    pub ends_at: Option<Instant>,
    /// Which seat of the slot it has, counted from 0.
    pub seat: Option<i64>,
    /// The number that its citizen was told, counted through the day from 1.
    pub number: Option<i64>,
    /// Whom it is given to, as its citizen was told.
    pub collectors: Collectors,
    /// When this place and time was given.
    pub given_at: Instant,
    /// When its citizen was told of this place and time; nothing where no message reached them.
    pub told_at: Option<Instant>,
    /// Since when it lies there.
    pub ready_at: Instant,
    /// When its citizen is reminded next; nothing once they were as often as they are, or it was collected.
    pub remind_at: Option<Instant>,
    /// When they last were.
    pub reminded_at: Option<Instant>,
    /// How often they were.
    pub reminders: i64,
    /// When it was collected.
    pub collected_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
