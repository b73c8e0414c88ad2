//! A paper of one request.

use loket_core::{
    clock::Instant,
    id::{FileId, MediaId, OfficeId, PaperId, RequestId, UserId},
    request::{PaperReason, PaperState},
};
use sea_orm::entity::prelude::*;

/// A paper of one request.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "paper")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The paper.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaperId,
    /// Whose.
    pub request_id: RequestId,
    /// The requirement's code.
    pub code: String,
    /// The requirement's name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its place in the list.
    pub position: i64,
    /// Where it stands.
    pub state: PaperState,
    /// The attachment that is taken for it.
    pub media_id: Option<MediaId>,
    /// The file that is taken for it, where it came as a file of its own.
    pub file_id: Option<FileId>,
    /// Why it was rejected.
    pub reason: Option<PaperReason>,
    /// When it came in.
    pub received_at: Option<Instant>,
    /// When an officer decided.
    pub decided_at: Option<Instant>,
    /// Who decided.
    pub decided_by: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
