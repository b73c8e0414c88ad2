//! The database's half of sending: claiming one message, and recording what became of it. The call to
//! Meta lies between the two, outside any transaction.

use chrono::TimeDelta;
use loket_core::{
    delivery::DeliveryState,
    id::{ConversationId, FileId, MessageId, MessageStatusId},
    kinds::Direction,
    window,
};
use loket_entity::{conversation, file, message, message_status, wa_number};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{
    content::{Content, TOKEN, WAMID},
    reading, statuses,
};
use crate::{
    domain::contacts::{self, Address},
    infra::{
        Cx, Outcome,
        graph::{AccessToken, FailureClass, SendFailure, classify},
        seal::IndexKind,
    },
};

/// Meta's code for "the 24 hours are over".
pub const WINDOW_CLOSED: i64 = 131_047;
/// How long a failure inside our own window waits for its one repetition (Meta admits rare refusals).
const INSIDE_WINDOW_RETRY: TimeDelta = TimeDelta::seconds(45);
const MOST_ATTEMPTS: i64 = 6;

/// What the sender finds in a conversation's queue.
pub enum Next {
    /// Nothing waits.
    Nothing,
    /// An earlier message has no answer yet: overtaking it would turn the order round.
    Blocked,
    /// A message failed before it was sent; look again.
    Skipped,
    /// This one; it is claimed.
    Send(Box<Claimed>),
}

/// A message that is about to be sent.
pub struct Claimed {
    /// The message.
    pub id: MessageId,
    /// To whom.
    pub to: Address,
    /// What it says.
    pub content: Content,
    /// The file to send with it.
    pub file: Option<ClaimedFile>,
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// The number's token.
    pub token: AccessToken,
    /// How often it was handed over, this time included.
    pub attempts: i64,
}

/// A file of the office's store that is about to be sent.
pub struct ClaimedFile {
    /// The file.
    pub id: FileId,
    /// Where it lies.
    pub storage_key: String,
    /// Its type.
    pub mime: String,
}

/// Claims the oldest queued message of a conversation.
pub async fn claim_next(cx: &Cx<'_>, id: ConversationId) -> Outcome<Next> {
    let waiting = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::ConversationId.eq(id))
        .filter(message::Column::Direction.eq(Direction::Out))
        .filter(message::Column::Delivery.is_in([
            DeliveryState::Queued,
            DeliveryState::Sending,
            DeliveryState::Uncertain,
        ]))
        .ascending(message::Column::RecordedAt)
        .ascending(message::Column::Id)
        .one()
        .await?;
    let Some(row) = waiting else { return Ok(Next::Nothing) };
    if row.delivery != Some(DeliveryState::Queued) {
        return Ok(Next::Blocked);
    }
    let conversation = cx
        .tx()
        .find::<conversation::Entity>()
        .filter(conversation::Column::Id.eq(id))
        .required("conversation of a message")
        .await?;
    let address = contacts::address(cx, conversation.contact_id).await?;
    let open = window::window_open(conversation.last_inbound_at, cx.now(), window::MARGIN);
    let (Some(to), true) = (address, open) else {
        fail(cx, &row, Some(WINDOW_CLOSED)).await?;
        return Ok(Next::Skipped);
    };
    let same = Condition::all()
        .add(message::Column::Id.eq(row.id))
        .add(message::Column::Delivery.eq(DeliveryState::Queued));
    let changed = cx
        .tx()
        .change::<message::Entity>(same)
        .set(message::Column::Delivery, DeliveryState::Sending.word())
        .set(message::Column::DeliveryAt, cx.now())
        .set(message::Column::Attempts, row.attempts + 1)
        .run()
        .await?;
    if changed == 0 {
        return Ok(Next::Blocked);
    }
    claimed(cx, &row, to).await.map(|claimed| Next::Send(Box::new(claimed)))
}

async fn claimed(cx: &Cx<'_>, row: &message::Model, to: Address) -> Outcome<Claimed> {
    let number = cx
        .tx()
        .find::<wa_number::Entity>()
        .filter(wa_number::Column::Id.eq(row.number_id))
        .required("number of a message")
        .await?;
    let token: String = cx.open(&number.token, TOKEN.of(number.id.0))?;
    let content = reading::open(cx, row)?;
    let file = match &content {
        Content::Attachment { file: Some(id), .. } => Some(file_row(cx, *id).await?),
        _ => None,
    };
    Ok(Claimed {
        id: row.id,
        to,
        content,
        file: file.map(|row| ClaimedFile { id: row.id, storage_key: row.storage_key, mime: row.mime }),
        phone_number_id: number.phone_number_id,
        token: AccessToken::new(token),
        attempts: row.attempts + 1,
    })
}

async fn file_row(cx: &Cx<'_>, id: FileId) -> Outcome<file::Model> {
    cx.tx().find::<file::Entity>().filter(file::Column::Id.eq(id)).required("file of a message").await
}

/// Meta took the message. Statuses may have come before this answer: they are joined now.
pub async fn accepted(cx: &Cx<'_>, id: MessageId, wamid: &str) -> Outcome<()> {
    let row = load(cx, id).await?;
    let index = cx.index(IndexKind::Wamid, wamid);
    let state = row.delivery.unwrap_or(DeliveryState::Sending).merge(DeliveryState::Accepted);
    cx.tx()
        .change::<message::Entity>(Condition::all().add(message::Column::Id.eq(id)))
        .set(message::Column::Wamid, cx.seal(&wamid.to_owned(), WAMID.of(id.0))?)
        .set(message::Column::WamidIdx, index.clone())
        .set(message::Column::Delivery, state.word())
        .set(message::Column::DeliveryAt, cx.now())
        .run_one()
        .await?;
    status(cx, (id, DeliveryState::Accepted), None).await?;
    statuses::join_parked(cx, (row.number_id, id), &index).await
}

/// What happens to a message that Meta did not take.
pub enum AfterFailure {
    /// It is over; go on with the next.
    GoOn,
    /// It stays in the queue; look again after this long.
    Wait(TimeDelta),
}

/// Records a failure by its class.
pub async fn failed(cx: &Cx<'_>, id: MessageId, failure: &SendFailure) -> Outcome<AfterFailure> {
    let row = load(cx, id).await?;
    match failure.class {
        FailureClass::Unknown => {
            set(cx, id, DeliveryState::Uncertain).await?;
            Ok(AfterFailure::Wait(TimeDelta::seconds(5)))
        }
        FailureClass::Channel => wait(cx, id, TimeDelta::minutes(10)).await,
        FailureClass::PairRate if row.attempts < MOST_ATTEMPTS => {
            let power = u32::try_from(row.attempts.clamp(1, 6)).unwrap_or(6);
            wait(cx, id, TimeDelta::seconds(4_i64.pow(power))).await
        }
        FailureClass::Retry { after } if row.attempts < MOST_ATTEMPTS => {
            let after = TimeDelta::from_std(after).unwrap_or(TimeDelta::seconds(60));
            wait(cx, id, after * i32::try_from(row.attempts).unwrap_or(1)).await
        }
        FailureClass::WindowClosed if row.attempts < 2 => wait(cx, id, INSIDE_WINDOW_RETRY).await,
        _ => {
            fail(cx, &row, failure.code).await?;
            Ok(AfterFailure::GoOn)
        }
    }
}

/// The file of a message could not be handed to Meta before the message itself was tried.
pub async fn file_failed(cx: &Cx<'_>, id: MessageId, may_pass: bool) -> Outcome<AfterFailure> {
    let row = load(cx, id).await?;
    if may_pass && row.attempts < MOST_ATTEMPTS {
        return wait(cx, id, TimeDelta::seconds(15 * row.attempts)).await;
    }
    fail(cx, &row, Some(131_053)).await?;
    Ok(AfterFailure::GoOn)
}

async fn wait(cx: &Cx<'_>, id: MessageId, delay: TimeDelta) -> Outcome<AfterFailure> {
    set(cx, id, DeliveryState::Queued).await?;
    Ok(AfterFailure::Wait(delay))
}

async fn set(cx: &Cx<'_>, id: MessageId, state: DeliveryState) -> Outcome<()> {
    // A status that came by callback data may already say more than we know.
    let ours = Condition::all()
        .add(message::Column::Id.eq(id))
        .add(message::Column::Delivery.is_in([DeliveryState::Sending, DeliveryState::Uncertain]));
    cx.tx()
        .change::<message::Entity>(ours)
        .set(message::Column::Delivery, state.word())
        .set(message::Column::DeliveryAt, cx.now())
        .run()
        .await?;
    Ok(())
}

async fn fail(cx: &Cx<'_>, row: &message::Model, code: Option<i64>) -> Outcome<()> {
    cx.tx()
        .change::<message::Entity>(Condition::all().add(message::Column::Id.eq(row.id)))
        .set(message::Column::Delivery, DeliveryState::Failed.word())
        .set(message::Column::DeliveryAt, cx.now())
        .set(message::Column::ErrorCode, code)
        .run_one()
        .await?;
    status(cx, (row.id, DeliveryState::Failed), code).await
}

async fn status(cx: &Cx<'_>, (id, state): (MessageId, DeliveryState), code: Option<i64>) -> Outcome<()> {
    cx.tx()
        .insert_once::<message_status::Entity>(message_status::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(cx.new_id::<MessageStatusId>()),
            message_id: Set(id),
            status: Set(state),
            error_code: Set(code),
            pricing_category: Set(None),
            billable: Set(None),
            at: Set(cx.now()),
            recorded_at: Set(cx.now()),
        })
        .await?;
    Ok(())
}

async fn load(cx: &Cx<'_>, id: MessageId) -> Outcome<message::Model> {
    cx.tx()
        .find::<message::Entity>()
        .filter(message::Column::Id.eq(id))
        .required("a message being sent")
        .await
}

/// What an officer is told about a message that failed with a code.
pub fn advice(code: Option<i64>) -> &'static str {
    let class = code.map_or(FailureClass::Permanent, classify);
    SendFailure { class, code, title: String::new() }.advice()
}
