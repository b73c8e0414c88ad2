//! A visit of a round.

use loket_core::{
    clock::Instant,
    id::{OfficeId, RequestId, UserId, VisitId, VisitRoundId},
    visit::VisitResult,
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A visit of a round.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "visit")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The visit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VisitId,
    /// Of which round.
    pub round_id: VisitRoundId,
    /// To the person of which request.
    pub request_id: RequestId,
    /// What came of it.
    pub result: VisitResult,
    /// What is said of it.
    pub note: Option<Sealed<String>>,
    /// When it was planned.
    pub added_at: Instant,
    /// The first of the days that its citizen was told last; nothing where they were told none.
    pub told_from: Option<Date>,
    /// The last of them.
    pub told_until: Option<Date>,
    /// When what came of it was written down.
    pub recorded_at: Option<Instant>,
    /// Who wrote that down.
    pub recorded_by: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
