//! When something regular is due.

use loket_core::clock::Instant;
use sea_orm::entity::prelude::*;

/// When something regular is due.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// When next.
    pub next_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
