//! One message, in or out.

use loket_core::{
    clock::Instant,
    delivery::DeliveryState,
    id::{ConversationId, MessageId, NumberId, OfficeId, RequestId, UserId},
    kinds::Direction,
    whatsapp::MessageKind,
};
use sea_orm::entity::prelude::*;

use crate::sealed::{BlindIndex, Sealed};

/// One message, in or out.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The message; for one of ours also its callback data at Meta.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Through which number.
    pub number_id: NumberId,
    /// The request it belongs to.
    pub request_id: Option<RequestId>,
    /// Which way.
    pub direction: Direction,
    /// What it is.
    pub kind: MessageKind,
    /// Meta's id of it.
    pub wamid: Option<Sealed<String>>,
    /// Finds it; unique within a number.
    pub wamid_idx: Option<BlindIndex>,
    /// What it says; see `whatsapp::content::Content`.
    pub content: Sealed<Json>,
    /// The officer who wrote it; nobody for automatic ones.
    pub author: Option<UserId>,
    /// How far one of ours has come.
    pub delivery: Option<DeliveryState>,
    /// Since when.
    pub delivery_at: Option<Instant>,
    /// How often it was handed to Meta.
    pub attempts: i64,
    /// Meta's code, when it failed.
    pub error_code: Option<i64>,
    /// When it was written, by Meta's clock for a citizen's.
    pub at: Instant,
    /// When we stored it.
    pub recorded_at: Instant,
    /// When intake read one of the citizen's: until then it may still become a request.
    pub read_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
