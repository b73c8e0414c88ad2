//! That something was handed over: to whom, and what was looked at before.

use loket_core::{
    clock::Instant,
    handover::{FamilyCard, HandoverWay, Proof, Receiver},
    id::{FileId, HandoverId, OfficeId, PickupPointId, RequestId, UserId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// That something was handed over; lines are only ever added.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "handover")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HandoverId,
    /// Of which request.
    pub request_id: RequestId,
    /// When.
    pub at: Instant,
    /// How.
    pub way: HandoverWay,
    /// Who received it at a counter; nothing where a document was sent.
    pub receiver: Option<Receiver>,
    /// What they showed.
    pub proof: Option<Proof>,
    /// Their name, where they are not the applicant.
    pub name: Option<Sealed<String>>,
    /// How the KK that they showed stands to the one of the request.
    pub family_card: Option<FamilyCard>,
    /// Number or date of their written authority.
    pub letter: Option<Sealed<String>>,
    /// Where it was collected; nothing where that was none of the office's places.
    pub point_id: Option<PickupPointId>,
    /// How the officer made sure who holds the number, where that changed since the request came; how it was sent otherwise; or who brought
    /// it, by which number.
    pub assurance: Option<Sealed<String>>,
    /// The document that was sent.
    pub file_id: Option<FileId>,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: Option<Sealed<String>>,
    /// Who gave or sent it.
    pub actor_id: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
