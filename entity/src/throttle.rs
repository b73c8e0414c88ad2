//! How often somebody tried something.

use loket_core::clock::Instant;
use sea_orm::entity::prelude::*;

/// How often somebody tried something.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "throttle")]
pub struct Model {
    /// A keyed hash of what is counted; never the address itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: Vec<u8>,
    /// How often in this window.
    pub hits: i64,
    /// When the count starts again.
    pub window_ends_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
