//! An attachment of a citizen's message.

use loket_core::{
    clock::Instant,
    id::{FileId, MediaId, MessageId, OfficeId},
    kinds::MediaState,
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// An attachment of a citizen's message.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The attachment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaId,
    /// Its message.
    pub message_id: MessageId,
    /// What Meta calls it.
    pub graph_id: Sealed<String>,
    /// What Meta says it is.
    pub mime: String,
    /// How far it has come.
    pub state: MediaState,
    /// Why it was refused or lost, as a code.
    pub reason: Option<String>,
    /// Where it lies.
    pub file_id: Option<FileId>,
    /// When it was announced.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
