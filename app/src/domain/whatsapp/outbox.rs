//! The outbox: a message of ours is written in the transaction of the step it belongs to, and sent by a
//! job after the commit.

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    delivery::DeliveryState,
    id::{ConversationId, FileId, MediaId, MessageId, RequestId, UserId},
    kinds::{Direction, MediaState},
    whatsapp::MessageKind,
    window,
};
use loket_entity::{conversation, file, media, message};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{
    content::{Content, GRAPH_ID},
    conversations, sending,
};
use crate::infra::{Cx, Fault, Outcome};

/// Which request a message is about, and which officer wrote it; nobody for automatic ones.
pub type Origin = (Option<RequestId>, Option<UserId>);

/// Queues words to the citizen of a conversation. An officer's words answer what waited there.
pub async fn queue_text(
    cx: &mut Cx<'_>,
    conversation: ConversationId,
    origin: Origin,
    body: String,
) -> Outcome<MessageId> {
    let content = Content::Text { body };
    queue(cx, conversation, origin, (MessageKind::Text, &content)).await
}

/// Queues a stored file, with the name the citizen sees and words under it (none when empty).
pub async fn queue_document(
    cx: &mut Cx<'_>,
    conversation: ConversationId,
    origin: Origin,
    (file, filename, caption): (FileId, String, String),
) -> Outcome<MessageId> {
    let stored = cx.tx().find::<file::Entity>().filter(file::Column::Id.eq(file));
    let mime = stored.required("the file of a message").await?.mime;
    let content = Content::Attachment {
        caption: (!caption.is_empty()).then_some(caption),
        filename: Some(filename),
        file: Some(file),
    };
    let message = queue(cx, conversation, origin, (MessageKind::Document, &content)).await?;
    let id: MediaId = cx.new_id();
    let row = media::ActiveModel {
        id: Set(id),
        message_id: Set(message),
        // Meta's id of it is known after the upload.
        graph_id: Set(cx.seal(&String::new(), GRAPH_ID.of(id.0))?),
        mime: Set(mime),
        state: Set(MediaState::Stored),
        reason: Set(None),
        file_id: Set(Some(file)),
        created_at: Set(cx.now()),
        ..Default::default()
    };
    cx.tx().insert::<media::Entity>(row).await?;
    Ok(message)
}

async fn queue(
    cx: &mut Cx<'_>,
    id: ConversationId,
    (request, author): Origin,
    (kind, content): (MessageKind, &Content),
) -> Outcome<MessageId> {
    let conversation =
        conversations::by_id(cx, id).await?.ok_or(Fault::Inconsistent("the conversation of a message"))?;
    let at = after_the_last(cx, id).await?;
    let message: MessageId = cx.new_id();
    let row = message::ActiveModel {
        id: Set(message),
        conversation_id: Set(id),
        number_id: Set(conversation.number_id),
        request_id: Set(request),
        direction: Set(Direction::Out),
        kind: Set(kind),
        wamid: Set(None),
        wamid_idx: Set(None),
        content: Set(content.seal(cx, message)?),
        author: Set(author),
        delivery: Set(Some(DeliveryState::Queued)),
        delivery_at: Set(Some(cx.now())),
        attempts: Set(0),
        error_code: Set(None),
        at: Set(at),
        recorded_at: Set(cx.now()),
        read_at: Set(None),
        ..Default::default()
    };
    cx.tx().insert::<message::Entity>(row).await?;
    conversations::spoke(cx, id, (at, author)).await?;
    sending::wake(cx, id).await?;
    cx.audit("message.queued", ("message", Some(message.0)))?;
    Ok(message)
}

/// Whether the citizen of a conversation hears what is written to them now: its 24 hours are not over.
pub async fn can_be_told(cx: &Cx<'_>, id: ConversationId) -> Outcome<bool> {
    let found = conversations::by_id(cx, id).await?;
    Ok(found.is_some_and(|conversation| window_open(&conversation, cx.now())))
}

/// When the citizen of a conversation last wrote.
pub async fn last_inbound(cx: &Cx<'_>, id: ConversationId) -> Outcome<Option<Instant>> {
    Ok(conversations::by_id(cx, id).await?.and_then(|conversation| conversation.last_inbound_at))
}

pub(super) fn window_open(conversation: &conversation::Model, now: Instant) -> bool {
    window::window_open(conversation.last_inbound_at, now, window::MARGIN)
}

/// Now, or a microsecond after the last of ours: what one step says twice arrives in that order.
async fn after_the_last(cx: &Cx<'_>, conversation: ConversationId) -> Outcome<Instant> {
    let not_before_now = Condition::all()
        .add(message::Column::ConversationId.eq(conversation))
        .add(message::Column::Direction.eq(Direction::Out))
        .add(message::Column::At.gte(cx.now()));
    let last = cx
        .tx()
        .find::<message::Entity>()
        .filter(not_before_now)
        .descending(message::Column::At)
        .one()
        .await?;
    Ok(last.map_or(cx.now(), |last| last.at + TimeDelta::microseconds(1)))
}
