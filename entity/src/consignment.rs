//! That something which is ready was sent instead of lying at a counter.

use loket_core::{
    clock::Instant,
    consignment::{ConsignmentState, ConsignmentWay, ReturnReason},
    handover::Collectors,
    id::{ConsignmentId, OfficeId, PickupPointId, RequestId, UserId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// That something which is ready was sent; a request may have been sent several times, one of which is not over.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "consignment")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The consignment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsignmentId,
    /// Of which request.
    pub request_id: RequestId,
    /// How it is sent.
    pub way: ConsignmentWay,
    /// How it stands.
    pub state: ConsignmentState,
    /// The office's own place where it goes; nothing where it goes elsewhere.
    pub point_id: Option<PickupPointId>,
    /// The citizen's address, or the name of the other office.
    pub destination: Option<Sealed<String>>,
    /// The courier, or who takes it along.
    pub carrier: Option<Sealed<String>>,
    /// The courier's tracking number, or that of the covering letter.
    pub number: Option<Sealed<String>>,
    /// What officers should know.
    pub note: Option<Sealed<String>>,
    /// Who acknowledged it at the place or the other office.
    pub receiver: Option<Sealed<String>>,
    /// When it was sent.
    pub sent_at: Instant,
    /// Who sent it.
    pub sent_by: Option<UserId>,
    /// When somebody should have heard that it came.
    pub expected_by: Option<Instant>,
    /// Whether its citizen must be told of it as it stands.
    pub to_tell: bool,
    /// When its citizen was told of it as it stands; nothing where no message reached them.
    pub told_at: Option<Instant>,
    /// Whom it was given to where it lay before; that holds again where it comes back.
    pub collectors: Collectors,
    /// When it came to the place or the other office.
    pub arrived_at: Option<Instant>,
    /// Since when nothing follows any more.
    pub ended_at: Option<Instant>,
    /// Why it came back.
    pub reason: Option<ReturnReason>,
    /// Counts changes: whoever saves must have seen the last.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
