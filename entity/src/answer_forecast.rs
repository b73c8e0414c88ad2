//! What a citizen was told of their turn, and what it was foretold from.

use loket_core::{
    clock::Instant,
    id::{OfficeId, RequestId, ServiceId, UnitId},
};
use sea_orm::entity::prelude::*;

/// What a citizen was told of their turn, and what it was foretold from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "answer_forecast")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose turn: one row for a request.
    pub request_id: RequestId,
    /// In which queue: of this service,
    pub service_id: ServiceId,
    /// at this unit.
    pub unit_id: Option<UnitId>,
    /// The place in it, counted from 1.
    pub place: i64,
    /// By when a person was to answer, in eight of ten cases; nothing where that could not be said.
    pub expected_at: Option<Instant>,
    /// From how many answers that was foretold,
    pub answers: Option<i64>,
    /// given in how many minutes in which everybody who answers had somebody waiting,
    pub busy_minutes: Option<i64>,
    /// by how many people a day, in tenths,
    pub officers: Option<i64>,
    /// since when.
    pub since: Option<Instant>,
    /// When it was told.
    pub made_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
