//! That the documents of a variant are made with something.

use loket_core::id::{OfficeId, StockItemId, VariantId};
use sea_orm::entity::prelude::*;

/// That the documents of a variant are made with something.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_use")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// With what.
    pub item_id: StockItemId,
    /// Whose documents.
    pub variant_id: VariantId,
}

impl ActiveModelBehavior for ActiveModel {}
