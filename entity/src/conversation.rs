//! What one contact and one number said to each other.

use loket_core::{
    clock::Instant,
    id::{ContactId, ConversationId, NumberId, OfficeId, UserId},
};
use sea_orm::entity::prelude::*;

/// What one contact and one number said to each other.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conversation")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The conversation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConversationId,
    /// With whom.
    pub contact_id: ContactId,
    /// On which number.
    pub number_id: NumberId,
    /// Who is answering.
    pub assigned_to: Option<UserId>,
    /// Since when.
    pub assigned_at: Option<Instant>,
    /// Opens the 24-hour window.
    pub last_inbound_at: Option<Instant>,
    /// The first message nobody has answered yet: the turn.
    pub unanswered_since: Option<Instant>,
    /// When either side last wrote.
    pub last_message_at: Instant,
    /// What the questions that wait seem to be about, in the words of the office's catalogue.
    pub hint: Option<String>,
    /// Counts changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
