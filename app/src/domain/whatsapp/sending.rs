//! One message's way out, step by step. Each step is a short transaction; the calls to Meta happen
//! between them, in `jobs::send`.
//!
//! A message is `sending` from just before the call until its answer is recorded. If the process dies in
//! between, nobody knows whether it went out: [`super::reconcile`] decides, never the sender. How a try ended is written by [`super::settling`].

use std::fmt;

use chrono::TimeDelta;
use loket_core::{
    delivery::DeliveryState,
    id::{ConversationId, FileId, MediaId, MessageId, OfficeId},
    kinds::Direction,
};
use loket_entity::{conversation, file, media, message, wa_number};
use sea_orm::{ColumnTrait, Condition, ExprTrait, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::{
    content::{Content, GRAPH_ID},
    conversations, messages, numbers, outbox, rules,
};
use crate::{
    domain::contacts::{self, Address},
    infra::{
        Cx, Fault, House, Outcome, SystemReason,
        graph::{AccessToken, OutContent, Outgoing, Recipient},
    },
    queue::NewJob,
};

/// The job that empties a conversation's outbox.
pub const SEND: &str = "whatsapp.send";

/// How soon the next look is when another worker is at an earlier message.
const TURN: TimeDelta = TimeDelta::seconds(1);

/// What [`SEND`] carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendConversation {
    /// Whose outbox.
    pub conversation_id: ConversationId,
}

/// Queues [`SEND`]; at most one waits per conversation.
pub async fn wake(cx: &mut Cx<'_>, conversation_id: ConversationId) -> Outcome<()> {
    let job = NewJob::new(SEND, &SendConversation { conversation_id })?
        .unique(format!("send:{conversation_id}"))
        .priority(5);
    cx.enqueue(job).await
}

/// What is to be done next for a conversation.
#[derive(Debug)]
pub enum Next {
    /// Nothing waits, or what waits is woken by what it waits for.
    Nothing,
    /// Not before this has passed.
    Wait(TimeDelta),
    /// A file has to be with Meta first.
    Upload(Upload),
    /// The message is claimed: call Meta now, then record how it ended.
    Send(Box<Ready>),
    /// Something was settled without a call; look again.
    Again,
}

/// A file to upload.
pub struct Upload {
    /// For which message.
    pub message: MessageId,
    /// Its attachment.
    pub media: MediaId,
    /// Where the file lies.
    pub file: (FileId, String),
    /// Its type.
    pub mime: String,
    /// The name the citizen sees.
    pub filename: String,
    /// From which number, with what token.
    pub from: (String, AccessToken),
    pub(super) attempts: i64,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("message", &self.message).finish_non_exhaustive()
    }
}

/// A claimed message.
#[derive(Debug)]
pub struct Ready {
    /// The message.
    pub message: MessageId,
    /// From which number, with what token.
    pub from: (String, AccessToken),
    /// What to send.
    pub outgoing: Outgoing,
    pub(super) attempts: i64,
    pub(super) refused_before: bool,
}

/// Looks at the oldest message of a conversation that is not settled, and claims it if its time has come.
pub async fn next(house: &House, office: OfficeId, id: ConversationId) -> Outcome<Next> {
    let cx = Cx::system(house, office, SystemReason::Outbox).await?;
    let Some(head) = oldest(&cx, id).await? else { return Ok(Next::Nothing) };
    match head.delivery {
        Some(DeliveryState::Sending) => return Ok(Next::Wait(TURN)),
        Some(DeliveryState::Queued) => {}
        _ => return Ok(Next::Nothing),
    }
    let wait = head.delivery_at.map_or(TimeDelta::zero(), |at| at - cx.now());
    if wait > TimeDelta::zero() {
        return Ok(Next::Wait(wait));
    }
    let row = conversations::by_id(&cx, id).await?.ok_or(Fault::Inconsistent("a conversation"))?;
    let number = numbers::by_id(&cx, head.number_id).await?;
    if !number.active || !number.has_token {
        return Ok(Next::Wait(rules::CHANNEL_PAUSE));
    }
    let next = prepare(&cx, head, (&row, &number)).await?;
    if !matches!(next, Next::Upload(_)) {
        cx.commit().await?;
    }
    Ok(next)
}

async fn oldest(cx: &Cx<'_>, id: ConversationId) -> Outcome<Option<message::Model>> {
    let unsettled = [DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Uncertain];
    let waiting = Condition::all()
        .add(message::Column::ConversationId.eq(id))
        .add(message::Column::Direction.eq(Direction::Out))
        .add(message::Column::Delivery.is_in(unsettled));
    cx.tx()
        .find::<message::Entity>()
        .filter(waiting)
        .ascending(message::Column::At)
        .ascending(message::Column::Id)
        .one()
        .await
}

async fn prepare(
    cx: &Cx<'_>,
    head: message::Model,
    (row, number): (&conversation::Model, &wa_number::Model),
) -> Outcome<Next> {
    let to = contacts::address(cx, row.contact_id).await?;
    let Some(to) = to.filter(|_| outbox::window_open(row, cx.now())) else {
        let code = (!outbox::window_open(row, cx.now())).then_some(rules::WINDOW_CLOSED);
        messages::advance(cx, head.id, (DeliveryState::Failed, code)).await?;
        conversations::touch(cx, row.id).await?;
        return Ok(Next::Again);
    };
    let from = (number.phone_number_id.clone(), numbers::token(cx, number)?);
    let content = match content(cx, &head).await? {
        Ok(content) => content,
        Err(upload) => return Ok(Next::Upload(Upload { from, ..upload.found(cx).await? })),
    };
    if !claim(cx, head.id).await? {
        return Ok(Next::Again);
    }
    let to = match to {
        Address::Phone(id) => Recipient::Phone(id.expose().to_owned()),
        Address::Bsuid(id) => Recipient::Bsuid(id.expose().to_owned()),
    };
    let callback_data = Some(head.id.to_string());
    Ok(Next::Send(Box::new(Ready {
        message: head.id,
        from,
        outgoing: Outgoing { to, content, callback_data, reply_to: None },
        attempts: head.attempts + 1,
        refused_before: head.error_code == Some(rules::WINDOW_CLOSED),
    })))
}

/// From `queued` to `sending`, by one worker only.
async fn claim(cx: &Cx<'_>, id: MessageId) -> Outcome<bool> {
    let queued = Condition::all()
        .add(message::Column::Id.eq(id))
        .add(message::Column::Delivery.eq(DeliveryState::Queued));
    let claimed = cx
        .tx()
        .change::<message::Entity>(queued)
        .set(message::Column::Delivery, DeliveryState::Sending.word())
        .set(message::Column::DeliveryAt, cx.now())
        .set_expr(message::Column::Attempts, Expr::col(message::Column::Attempts).add(1))
        .run()
        .await?;
    Ok(claimed == 1)
}

/// A file that Meta does not have yet.
struct Missing {
    media: media::Model,
    filename: String,
    attempts: i64,
}

impl Missing {
    async fn found(self, cx: &Cx<'_>) -> Outcome<Upload> {
        let id = self.media.file_id.ok_or(Fault::Inconsistent("the file of a message"))?;
        let stored = cx.tx().find::<file::Entity>().filter(file::Column::Id.eq(id));
        let stored = stored.required("the file of a message").await?;
        Ok(Upload {
            message: self.media.message_id,
            media: self.media.id,
            file: (id, stored.storage_key),
            mime: stored.mime,
            filename: self.filename,
            from: (String::new(), AccessToken::new("")),
            attempts: self.attempts,
        })
    }
}

async fn content(cx: &Cx<'_>, head: &message::Model) -> Outcome<Result<OutContent, Missing>> {
    let (caption, filename) = match Content::open(cx, head.id, &head.content)? {
        Content::Text { body } => return Ok(Ok(OutContent::Text { body })),
        Content::Attachment { caption, filename, .. } => (caption, filename),
        Content::Placeholder { .. } => {
            return Err(Fault::Inconsistent("a message of ours of a kind that is not sent"));
        }
    };
    let media = cx.tx().find::<media::Entity>().filter(media::Column::MessageId.eq(head.id));
    let media = media.required("the attachment of a message").await?;
    let graph_id: String = cx.open(&media.graph_id, GRAPH_ID.of(media.id.0))?;
    let filename = filename.unwrap_or_else(|| "dokumen".to_owned());
    if graph_id.is_empty() {
        return Ok(Err(Missing { media, filename, attempts: head.attempts }));
    }
    Ok(Ok(OutContent::Document { media_id: graph_id, filename, caption }))
}
