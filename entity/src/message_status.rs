//! A state one of our messages reached.

use loket_core::{
    clock::Instant,
    delivery::DeliveryState,
    id::{MessageId, MessageStatusId, OfficeId},
};
use sea_orm::entity::prelude::*;

/// A state one of our messages reached.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message_status")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageStatusId,
    /// The message.
    pub message_id: MessageId,
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
