//! One line of the audit trail. Rows are never changed.

use loket_core::{
    clock::Instant,
    id::{AuditId, OfficeId},
    kinds::ActorKind,
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// One line of the audit trail. Rows are never changed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditId,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor_kind: ActorKind,
    /// Which one.
    pub actor_id: Option<Uuid>,
    /// What, as `request.taken`.
    pub action: String,
    /// What it was done to.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Option<Uuid>,
    /// Old and new, or what was looked at.
    pub detail: Option<Sealed<Json>>,
}

impl ActiveModelBehavior for ActiveModel {}
