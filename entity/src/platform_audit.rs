//! What happened before or above an office. Rows are never changed.

use loket_core::{clock::Instant, id::AuditId, kinds::ActorKind};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// What happened before or above an office. Rows are never changed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_audit")]
pub struct Model {
    /// The entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditId,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor_kind: ActorKind,
    /// Which one.
    pub actor_id: Option<Uuid>,
    /// What, as `sign_in.refused`.
    pub action: String,
    /// What it was done to.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Option<Uuid>,
    /// More, sealed with the platform's key.
    pub detail: Option<Sealed<Json>>,
}

impl ActiveModelBehavior for ActiveModel {}
