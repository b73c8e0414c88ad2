//! The secret of an office, wrapped by the master key.

use loket_core::{clock::Instant, id::OfficeId};
use sea_orm::entity::prelude::*;

/// The secret of an office, wrapped by the master key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "office_key")]
pub struct Model {
    /// The office; nil for the platform's own.
    #[sea_orm(primary_key, auto_increment = false)]
    pub office_id: OfficeId,
    /// Counts up at each rotation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    /// Nonce, ciphertext and tag.
    pub wrapped: Vec<u8>,
    /// When it was made.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
