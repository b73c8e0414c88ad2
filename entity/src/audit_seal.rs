//! A sealed batch of the audit trail. Rows are never changed.

use loket_core::{
    clock::Instant,
    id::{AuditId, OfficeId},
};
use sea_orm::entity::prelude::*;

/// A sealed batch of the audit trail. Rows are never changed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_seal")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The seal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditId,
    /// Counts up from 1.
    pub seq: i64,
    /// The ids sealed, 16 bytes each, in order.
    pub entries: Vec<u8>,
    /// SHA-256 over the entries and `previous`.
    pub root: Vec<u8>,
    /// The root before.
    pub previous: Vec<u8>,
    /// How many entries it seals.
    pub entry_count: i64,
    /// Everything recorded before is sealed.
    pub sealed_until: Instant,
    /// When it was made.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
