//! Two contacts turned out to be one person: their requests follow.

use loket_core::id::{ContactId, ConversationId};
use loket_entity::request;
use sea_orm::{ColumnTrait, Condition};

use super::link;
use crate::infra::{Cx, Outcome};

/// Moves what one contact handed in to the other, and what was talked about in emptied conversations to
/// those that have the messages now.
pub async fn follow_merge(
    cx: &mut Cx<'_>,
    (from, into): (ContactId, ContactId),
    conversations: &[(ConversationId, ConversationId)],
) -> Outcome<()> {
    cx.tx()
        .change::<request::Entity>(Condition::all().add(request::Column::SubmitterId.eq(from)))
        .set(request::Column::SubmitterId, into)
        .run()
        .await?;
    for (emptied, kept) in conversations {
        cx.tx()
            .change::<request::Entity>(Condition::all().add(request::Column::ConversationId.eq(*emptied)))
            .set(request::Column::ConversationId, *kept)
            .run()
            .await?;
        link::follow(cx, *emptied, *kept).await?;
    }
    cx.audit("request.followed_merge", ("contact", Some(into.0)))
}
