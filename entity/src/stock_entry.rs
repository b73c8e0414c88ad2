//! A line of the ledger of stock.

use loket_core::{
    clock::Instant,
    id::{OfficeId, RequestId, StockEntryId, StockItemId, UserId},
    stock::{SpoilReason, StockMove},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A line of the ledger of stock; lines are only ever added.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_entry")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StockEntryId,
    /// Of what.
    pub item_id: StockItemId,
    /// What happened.
    pub step: StockMove,
    /// How much came, was used or spoiled, or was counted; in millionths of a piece.
    pub quantity: i64,
    /// What was left then.
    pub balance: i64,
    /// Why it spoiled.
    pub reason: Option<SpoilReason>,
    /// What is said of it.
    pub note: Option<Sealed<String>>,
    /// The request whose document it was used for.
    pub request_id: Option<RequestId>,
    /// Who wrote it; nothing for Loket itself.
    pub actor_id: Option<UserId>,
    /// When.
    pub at: Instant,
    /// On which day of the office's zone.
    pub day: Date,
    /// What the form that says so is known by: its key and what it says.
    pub form_key: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
