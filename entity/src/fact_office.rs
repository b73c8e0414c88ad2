//! How an office stands, and up to which day its facts are counted; a province reads it too.

use loket_core::{clock::Instant, id::OfficeId};
use sea_orm::entity::prelude::*;

/// How an office stands, and up to which day its facts are counted; a province reads it too.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "fact_office")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// Every day up to this one is counted; later ones are looked up.
    pub built_through: Option<Date>,
    /// Open requests.
    pub open: i64,
    /// Open requests that nobody has taken.
    pub untaken: i64,
    /// Since when the oldest of them waits.
    pub oldest_untaken_at: Option<Instant>,
    /// When a citizen last wrote.
    pub last_message_at: Option<Instant>,
    /// When this was counted.
    pub counted_at: Instant,
    /// How often its facts were counted: what was read of them in one turn is so until the next.
    pub turn: i64,
}

impl ActiveModelBehavior for ActiveModel {}
