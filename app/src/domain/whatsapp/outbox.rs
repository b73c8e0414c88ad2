//! The outbox: a message to a citizen is a row of its conversation, queued in the transaction of whatever
//! it follows from, and sent by a job after the commit.

use loket_core::{
    delivery::DeliveryState,
    id::{ConversationId, FileId, MessageId, RequestId, UserId},
    kinds::Direction,
    whatsapp::MessageKind,
};
use loket_entity::{conversation, message};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Value};
use serde::{Deserialize, Serialize};

use super::content::{CONTENT, Content};
use crate::{
    infra::{Cx, Outcome},
    queue::NewJob,
};

/// The kind of the job that sends what a conversation has queued.
pub const SEND: &str = "whatsapp.send";

/// What [`SEND`] needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SendConversation {
    /// Whose queue.
    pub conversation_id: ConversationId,
}

/// Which request a message is about, and which officer wrote it; nobody for automatic ones.
pub type Origin = (Option<RequestId>, Option<UserId>);

/// Queues a text.
pub async fn queue_text(
    cx: &mut Cx<'_>,
    conversation: ConversationId,
    origin: Origin,
    body: String,
) -> Outcome<MessageId> {
    queue(cx, conversation, origin, (MessageKind::Text, Content::Text { body })).await
}

/// Queues a document of the office's store: file, name on the phone, caption.
pub async fn queue_document(
    cx: &mut Cx<'_>,
    conversation: ConversationId,
    origin: Origin,
    (file, filename, caption): (FileId, String, String),
) -> Outcome<MessageId> {
    let content = Content::Attachment { caption: Some(caption), filename: Some(filename), file: Some(file) };
    queue(cx, conversation, origin, (MessageKind::Document, content)).await
}

async fn queue(
    cx: &mut Cx<'_>,
    id: ConversationId,
    (request, author): Origin,
    (kind, content): (MessageKind, Content),
) -> Outcome<MessageId> {
    let conversation = cx
        .tx()
        .find::<conversation::Entity>()
        .filter(conversation::Column::Id.eq(id))
        .required("conversation of a message")
        .await?;
    let message: MessageId = cx.new_id();
    let json = serde_json::to_value(&content).map_err(|_| crate::infra::Fault::Inconsistent("content"))?;
    cx.tx()
        .insert::<message::Entity>(message::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(message),
            conversation_id: Set(id),
            number_id: Set(conversation.number_id),
            request_id: Set(request),
            direction: Set(Direction::Out),
            kind: Set(kind),
            wamid: Set(None),
            wamid_idx: Set(None),
            content: Set(cx.seal(&json, CONTENT.of(message.0))?),
            author: Set(author),
            delivery: Set(Some(DeliveryState::Queued)),
            delivery_at: Set(Some(cx.now())),
            attempts: Set(0),
            error_code: Set(None),
            at: Set(cx.now()),
            recorded_at: Set(cx.now()),
            read_at: Set(None),
        })
        .await?;
    touch(cx, &conversation, author.is_some()).await?;
    let job = NewJob::new(SEND, &SendConversation { conversation_id: id })?
        .unique(format!("send:{id}"))
        .priority(5);
    cx.enqueue(job).await?;
    Ok(message)
}

/// The conversation moved; a person's words also end its turn in the queue, automatic ones do not.
async fn touch(cx: &Cx<'_>, row: &conversation::Model, by_person: bool) -> Outcome<()> {
    let mut change = cx
        .tx()
        .change::<conversation::Entity>(Condition::all().add(conversation::Column::Id.eq(row.id)))
        .set(conversation::Column::LastMessageAt, cx.now());
    if by_person {
        change = change
            .set(conversation::Column::UnansweredSince, Option::<loket_core::clock::Instant>::None)
            .set(conversation::Column::AssignedTo, cx.officer().map_or(Value::Uuid(None), Value::from));
    }
    change.run().await?;
    Ok(())
}
