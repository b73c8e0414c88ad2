//! What happened on a day, divided as finely as pages ask; only the office itself reads it.

use loket_core::{
    id::{FactId, OfficeId, ServiceId, UnitId, VariantId},
    request::Channel,
};
use sea_orm::entity::prelude::*;

/// What happened on a day, divided as finely as pages ask; only the office itself reads it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "fact_case")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FactId,
    /// The day on the office's calendar.
    pub day: Date,
    /// The service.
    pub service_id: ServiceId,
    /// The variant.
    pub variant_id: VariantId,
    /// The unit.
    pub unit_id: Option<UnitId>,
    /// The kecamatan, when it is known.
    pub district_code: Option<String>,
    /// By what way.
    pub channel: Channel,
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
