//! What became of one item of a webhook body.

use loket_core::{
    clock::Instant,
    id::{DeliveryId, OfficeId},
    kinds::ItemOutcome,
};
use sea_orm::entity::prelude::*;

/// What became of one item of a webhook body.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_item")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The body.
    #[sea_orm(primary_key, auto_increment = false)]
    pub delivery_id: DeliveryId,
    /// Where in it, as `e0.c1.m3`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: String,
    /// What it was.
    pub kind: String,
    /// What became of it.
    pub outcome: ItemOutcome,
    /// Why it was set aside, as a code.
    pub reason: Option<String>,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
