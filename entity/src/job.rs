//! Work that follows from an operation.

use loket_core::{
    clock::Instant,
    id::{JobId, OfficeId},
    kinds::JobState,
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// Work that follows from an operation.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// The job.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// The office it is for; nil for the platform.
    pub tenant_id: OfficeId,
    /// Which handler runs it.
    pub kind: String,
    /// What the handler needs.
    pub payload: Sealed<Json>,
    /// Whether it is still to run.
    pub state: JobState,
    /// At most one waiting job of an office has it.
    pub unique_key: Option<String>,
    /// Smaller runs first.
    pub priority: i64,
    /// How often it ran.
    pub attempts: i64,
    /// Not before.
    pub run_at: Instant,
    /// Until when a worker holds it.
    pub lease_until: Option<Instant>,
    /// The class of the last failure; never its text.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
