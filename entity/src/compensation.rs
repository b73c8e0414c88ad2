//! What an office owes whoever was not served in the time of its standard, and how far that has come.

use loket_core::{
    clock::Instant,
    compensation::{CompensationKind, CompensationState, LapseReason, OfferWay},
    id::{OfficeId, RequestId, ServiceId, UnitId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// What an office owes whoever was not served in the time of its standard; one of a request, known by the request's id. What
/// the standard promised stands here as it stood when the request came.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RequestId,
    /// The request's service.
    pub service_id: ServiceId,
    /// The request's unit.
    pub unit_id: Option<UnitId>,
    /// The request's kecamatan, when it is known.
    pub district_code: Option<String>,
    /// What is given.
    pub kind: CompensationKind,
    /// As the citizen reads it.
    pub words: String,
    /// The decree that it stands in; empty where there was none.
    pub basis: String,
    /// The due time that was missed.
    pub missed_at: Instant,
    /// When it was found out.
    pub owed_at: Instant,
    /// How far it has come.
    pub state: CompensationState,
    /// Since when.
    pub since: Instant,
    /// When the citizen was told.
    pub offered_at: Option<Instant>,
    /// How.
    pub way: Option<OfferWay>,
    /// How the printed letter reached them.
    pub delivered: Option<Sealed<String>>,
    /// When their answer was written down.
    pub answered_at: Option<Instant>,
    /// The day on which it was given.
    pub given_on: Option<Date>,
    /// What was given, and to whom, in words.
    pub note: Option<Sealed<String>>,
    /// Why it is not owed after all.
    pub lapsed_because: Option<LapseReason>,
    /// Counts changes: whoever saves must have seen the last.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
