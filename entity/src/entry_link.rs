//! A line that waits for its identity numbers, which are typed behind a link.

use loket_core::{
    clock::Instant,
    id::{ConversationId, EntryLinkId, MessageId, OfficeId, RequestId, VariantId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A line that waits for its identity numbers, which are typed behind a link.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "entry_link")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The link.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EntryLinkId,
    /// Where the line was written.
    pub conversation_id: ConversationId,
    /// The line.
    pub message_id: MessageId,
    /// The variant of a service that it asks for.
    pub variant_id: VariantId,
    /// What was read of it; key to value.
    pub fields: Sealed<Json>,
    /// Why fields were read as they were; see `loket_core::format::Note`.
    pub notes: Option<Json>,
    /// When the line was written.
    pub written_at: Instant,
    /// What was written from here on belongs to it: photos came before it, or it was written once before.
    pub since: Instant,
    /// Until when the link is good.
    pub until: Instant,
    /// When its address was queued for the citizen.
    pub told_at: Option<Instant>,
    /// The request that was opened with it.
    pub request_id: Option<RequestId>,
}

impl ActiveModelBehavior for ActiveModel {}
