//! Who may see a file that a citizen sent: whoever may see the conversation it came in.

use loket_core::{
    clock::Instant,
    id::{ConversationId, FileId, MediaId},
    kinds::Direction,
    permission::Permission,
};
use loket_entity::{media, message};
use sea_orm::ColumnTrait;

use super::sight::Sight;
use crate::infra::{Cx, Outcome};

/// A file as it came: which attachment, in which conversation.
pub struct Arrival {
    /// The attachment.
    pub media: MediaId,
    /// The conversation.
    pub conversation: ConversationId,
    /// When it was sent.
    pub at: Instant,
    /// Whether the conversation may be seen.
    pub in_reach: bool,
}

/// How a file came; nothing for one of ours.
pub async fn arrival(cx: &Cx<'_>, id: FileId) -> Outcome<Option<Arrival>> {
    let Some(media) = cx.tx().find::<media::Entity>().filter(media::Column::FileId.eq(id)).one().await?
    else {
        return Ok(None);
    };
    let message = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::Id.eq(media.message_id))
        .required("message of an attachment")
        .await?;
    if message.direction == Direction::Out {
        return Ok(None);
    }
    let in_reach = Sight::of(cx, Permission::ReadRequests).await?.covers(message.number_id);
    Ok(Some(Arrival { media: media.id, conversation: message.conversation_id, at: message.at, in_reach }))
}
