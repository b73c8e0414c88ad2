//! A state of a message we do not know yet.

use loket_core::{
    clock::Instant,
    delivery::DeliveryState,
    id::{MessageStatusId, NumberId, OfficeId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::BlindIndex;

/// A state of a message we do not know yet.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "parked_status")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageStatusId,
    /// The number it came for.
    pub number_id: NumberId,
    /// The message it speaks of.
    pub wamid_idx: BlindIndex,
    /// The state.
    pub status: DeliveryState,
    /// Meta's code, when it failed.
    pub error_code: Option<i64>,
    /// What Meta bills it as.
    pub pricing_category: Option<String>,
    /// Whether Meta bills it.
    pub billable: Option<bool>,
    /// When, by Meta's clock.
    pub at: Instant,
    /// When we heard.
    pub recorded_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
