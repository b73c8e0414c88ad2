//! What a citizen wrote that belongs to no request yet, and whether a person answered it.

use loket_core::{clock::Instant, id::ConversationId, kinds::Direction};
use loket_entity::message;
use sea_orm::ColumnTrait;

use super::reading::{self, Unread};
use crate::infra::{Cx, Outcome};

const MOST: u64 = 200;

/// The citizen's messages since a moment that belong to no request, oldest first; at most 200.
pub async fn unlinked(cx: &Cx<'_>, conversation: ConversationId, since: Instant) -> Outcome<Vec<Unread>> {
    let rows = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::ConversationId.eq(conversation))
        .filter(message::Column::Direction.eq(Direction::In))
        .filter(message::Column::RequestId.is_null())
        .filter(message::Column::At.gte(since))
        .ascending(message::Column::At)
        .ascending(message::Column::Id)
        .up_to(MOST)
        .await?;
    let media = reading::media_of(cx, rows.iter().map(|row| row.id).collect()).await?;
    rows.iter().map(|row| Unread::of(cx, row, &media)).collect()
}

/// When an officer first wrote into a conversation at or after a moment; what Loket says by itself is no answer.
pub async fn first_answer(
    cx: &Cx<'_>,
    conversation: ConversationId,
    since: Instant,
) -> Outcome<Option<Instant>> {
    let answer = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::ConversationId.eq(conversation))
        .filter(message::Column::At.gte(since))
        .filter(message::Column::Direction.eq(Direction::Out))
        .filter(message::Column::Author.is_not_null())
        .ascending(message::Column::At)
        .one()
        .await?;
    Ok(answer.map(|row| row.at))
}
