//! The last serial an office gave out in a month.

use loket_core::id::OfficeId;
use sea_orm::entity::prelude::*;

/// The last serial an office gave out in a month.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "receipt_counter")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `yymm`.
    pub month: String,
    /// The last serial.
    pub last: i64,
}

impl ActiveModelBehavior for ActiveModel {}
