//! Two contacts were one person: what they said is brought together.
//!
//! It happens when somebody known by a telephone and by a BSUID shows both in one message. The emptied
//! conversation stays as a row, since requests may name it; [`event::CONTACTS_MERGED`] lets them follow.

use loket_core::{
    clock::Instant,
    id::{ContactId, ConversationId},
};
use loket_entity::{conversation, message};
use sea_orm::{ColumnTrait, Condition};

use super::{conversations, event, sending};
use crate::infra::{Cx, Outcome};

/// More numbers than an office has.
const MOST: u64 = 200;

/// Moves the conversations of `from` to `into`.
pub(super) async fn absorb(cx: &mut Cx<'_>, from: ContactId, into: ContactId) -> Outcome<()> {
    let theirs = cx
        .tx()
        .find::<conversation::Entity>()
        .filter(conversation::Column::ContactId.eq(from))
        .up_to(MOST)
        .await?;
    let mut emptied = Vec::new();
    for old in theirs {
        match conversations::of(cx, (into, old.number_id)).await? {
            Some(new) => {
                join(cx, &old, new.id).await?;
                emptied.push((old.id, new.id));
            }
            None => {
                cx.tx()
                    .change::<conversation::Entity>(conversation::Column::Id.eq(old.id))
                    .set(conversation::Column::ContactId, into)
                    .run_one()
                    .await?;
            }
        }
    }
    cx.audit("contact.merged", ("contact", Some(into.0)))?;
    event::contacts_merged(cx, &event::ContactsMerged { from, into, conversations: emptied }).await
}

async fn join(cx: &mut Cx<'_>, old: &conversation::Model, new: ConversationId) -> Outcome<()> {
    cx.tx()
        .change::<message::Entity>(Condition::all().add(message::Column::ConversationId.eq(old.id)))
        .set(message::Column::ConversationId, new)
        .run()
        .await?;
    if let Some(at) = old.last_inbound_at {
        let heard = conversations::Heard { at, opens_window: true, asks_for_answer: false };
        conversations::heard(cx, new, heard).await?;
    }
    if let Some(at) = old.unanswered_since {
        let heard = conversations::Heard { at, opens_window: false, asks_for_answer: true };
        conversations::heard(cx, new, heard).await?;
    }
    conversations::spoke(cx, new, (old.last_message_at, None)).await?;
    cx.tx()
        .change::<conversation::Entity>(conversation::Column::Id.eq(old.id))
        .set(conversation::Column::UnansweredSince, Option::<Instant>::None)
        .set(conversation::Column::LastMessageAt, conversations::NEVER)
        .run_one()
        .await?;
    sending::wake(cx, new).await
}
