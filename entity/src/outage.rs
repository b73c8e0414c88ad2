//! Something that keeps an office from working, or kept it.

use loket_core::{
    clock::Instant,
    id::{OfficeId, OutageId, UserId},
    outage::{Approval, OutageKind, Provider},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// Something that keeps an office from working, or kept it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outage")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The outage.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutageId,
    /// What is out.
    pub kind: OutageKind,
    /// Who answers for it.
    pub provider: Provider,
    /// What it touches, as `loket_core::permission::Scope`.
    #[sea_orm(column_type = "JsonBinary")]
    pub scope: Json,
    /// The number under which whoever answers for it knows it.
    pub reference: Option<Sealed<String>>,
    /// What officers say of it.
    pub note: Sealed<String>,
    /// Since when.
    pub started_at: Instant,
    /// Until when; nothing while it lasts.
    pub ended_at: Option<Instant>,
    /// From when on work went on by another way.
    pub around_at: Option<Instant>,
    /// When it was written down.
    pub entered_at: Instant,
    /// By whom.
    pub entered_by: Option<UserId>,
    /// Who said that it was over.
    pub ended_by: Option<UserId>,
    /// What somebody else said of it.
    pub approval: Approval,
    /// Who.
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<Instant>,
    /// Counts changes: whoever saves must have seen the last.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
