//! Something that an office prints with, at one place.

use loket_core::{
    clock::Instant,
    id::{OfficeId, OutageId, StockItemId, UnitId},
    stock::StockKind,
};
use sea_orm::entity::prelude::*;

/// Something that an office prints with, at one place, with how much of it is left.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_item")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StockItemId,
    /// What it is.
    pub kind: StockKind,
    /// The unit that keeps it for itself; nothing where it serves every other.
    pub unit_id: Option<UnitId>,
    /// So many pieces are used...
    pub pieces: i64,
    /// ...for so many documents.
    pub documents: i64,
    /// What is left, in millionths of a piece; below nothing where more was used than was known of.
    pub balance: i64,
    /// When somebody last counted.
    pub counted_at: Option<Instant>,
    /// When anything last happened to it.
    pub changed_at: Instant,
    /// Working days that it lasts; nothing where that cannot be foretold, or is far off.
    pub days: Option<i64>,
    /// Working days that it lasts in nine cases of ten; nothing where that cannot be foretold.
    pub careful: Option<i64>,
    /// How many cases that are in hand will take it, when that was foretold.
    pub waiting: i64,
    /// When that was foretold.
    pub looked_at: Option<Instant>,
    /// Since when it is running short.
    pub low_since: Option<Instant>,
    /// The entry in the ledger of outages that says that it is out.
    pub outage_id: Option<OutageId>,
    /// When the ledger of it began.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
