//! How many papers were rejected on a day for a reason; only the office itself reads it.

use loket_core::{
    id::{FactId, OfficeId, ServiceId, UnitId, VariantId},
    request::{Channel, PaperReason},
};
use sea_orm::entity::prelude::*;

/// How many papers were rejected on a day for a reason; only the office itself reads it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "fact_paper")]
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
    /// Why.
    pub reason: PaperReason,
    /// How often.
    pub rejected: i64,
}

impl ActiveModelBehavior for ActiveModel {}
