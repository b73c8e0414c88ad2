//! What came in and was answered in an hour of a day.

use loket_core::id::{FactId, OfficeId, ServiceId, UnitId};
use sea_orm::entity::prelude::*;

/// What came in and was answered in an hour of a day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "fact_hour")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FactId,
    /// The day on the office's calendar.
    pub day: Date,
    /// The hour of that day, 0 to 23.
    pub hour: i64,
    /// The service.
    pub service_id: ServiceId,
    /// The unit.
    pub unit_id: Option<UnitId>,
    /// Written requests that came in.
    pub arrived: i64,
    /// Written requests that were answered for the first time.
    pub answered: i64,
}

impl ActiveModelBehavior for ActiveModel {}
