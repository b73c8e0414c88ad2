//! What happened to a service of an office on a day; a province reads it too.

use loket_core::id::{OfficeId, ServiceId};
use sea_orm::entity::prelude::*;

/// What happened to a service of an office on a day; a province reads it too.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "fact_day")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The day on the office's calendar.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    /// Requests that came in.
    pub arrived: i64,
    /// Requests that were finished.
    pub finished: i64,
    /// Requests that were refused.
    pub rejected: i64,
    /// Requests that were cancelled.
    pub cancelled: i64,
    /// Finished ones that never waited for the citizen.
    pub first_right: i64,
    /// Requests that came to an end, whatever became of them later.
    pub ended: i64,
    /// Requests that were taken up again after their end.
    pub reopened: i64,
    /// Ready within the standard of time.
    pub in_time: i64,
    /// Requests whose standard of time ran out before they were ready.
    pub late: i64,
    /// Ready by the date that the citizen was told.
    pub kept: i64,
    /// Dates that citizens were told and that were missed.
    pub missed: i64,
    /// First answers by the time that the office set itself.
    pub answered_in_time: i64,
    /// Requests that nobody had answered by then.
    pub answered_late: i64,
    /// How long first answers took: a `loket_core::kpi::Histogram`.
    pub response: Vec<u8>,
    /// How long products took: a `loket_core::kpi::Histogram`.
    pub settlement: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
