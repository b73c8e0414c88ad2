//! One line of a request's history. Rows are never changed.

use loket_core::{
    clock::Instant,
    id::{OfficeId, PaperId, RequestEventId, RequestId, ServiceId, UnitId, VariantId},
    kinds::ActorKind,
    request::{Channel, RequestEventKind, RequestState},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// One line of a request's history. Rows are never changed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "request_event")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RequestEventId,
    /// Whose.
    pub request_id: RequestId,
    /// What happened.
    pub kind: RequestEventKind,
    /// When it happened.
    pub at: Instant,
    /// When we wrote it down.
    pub recorded_at: Instant,
    /// Who.
    pub actor_kind: ActorKind,
    /// Which one.
    pub actor_id: Option<Uuid>,
    /// By what way.
    pub channel: Channel,
    /// The unit at that time.
    pub unit_id: Option<UnitId>,
    /// The service at that time.
    pub service_id: ServiceId,
    /// The variant at that time.
    pub variant_id: VariantId,
    /// The kecamatan at that time.
    pub district_code: Option<String>,
    /// The state before, where it changed.
    pub from_state: Option<RequestState>,
    /// The state after.
    pub to_state: Option<RequestState>,
    /// A coded reason.
    pub reason: Option<String>,
    /// The paper it is about.
    pub paper_id: Option<PaperId>,
    /// Words of people.
    pub payload: Option<Sealed<Json>>,
}

impl ActiveModelBehavior for ActiveModel {}
