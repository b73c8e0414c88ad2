//! A round of home visits.

use loket_core::{
    clock::Instant,
    id::{OfficeId, UnitId, VisitRoundId},
    visit::RoundState,
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A round of home visits.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "visit_round")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The round.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VisitRoundId,
    /// Where it goes: `Krayan Induk dan Krayan Barat`.
    pub title: Sealed<String>,
    /// Its first day.
    pub from_day: Date,
    /// Its last day.
    pub until_day: Date,
    /// The unit that goes; the office otherwise.
    pub unit_id: Option<UnitId>,
    /// How it stands.
    pub state: RoundState,
    /// How to get there, and what to take along.
    pub plan: Option<Sealed<String>>,
    /// What came of it, in words.
    pub report: Option<Sealed<String>>,
    /// How many were served who were not on its list.
    pub others_served: i64,
    /// When it was planned.
    pub created_at: Instant,
    /// When what came of it was written down, or it was cancelled.
    pub closed_at: Option<Instant>,
    /// Which change of it this is.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
