//! How a message's try ended, written down: uploaded or not, accepted or not, or nobody knows.
//!
//! A status may have come before the answer to our own call: whatever is written here never takes a
//! message back.

use std::time::Duration;

use loket_core::{
    delivery::DeliveryState,
    id::{MessageId, OfficeId},
};
use loket_entity::{media, message};
use sea_orm::{ColumnTrait, Condition, ExprTrait, sea_query::Expr};

use super::{
    content::GRAPH_ID,
    conversations, messages,
    rules::{self, Fate, Tried},
    sending::{Ready, Upload},
    status,
};
use crate::infra::{
    Cx, Fault, House, Outcome, SystemReason,
    graph::{Accepted, FailureClass, MediaFailure, SendFailure, classify},
};

/// Meta has the file.
pub async fn uploaded(house: &House, office: OfficeId, upload: &Upload, graph_id: &str) -> Outcome<()> {
    let cx = Cx::system(house, office, SystemReason::Outbox).await?;
    cx.tx()
        .change::<media::Entity>(media::Column::Id.eq(upload.media))
        .set(media::Column::GraphId, cx.seal(&graph_id.to_owned(), GRAPH_ID.of(upload.media.0))?)
        .run_one()
        .await?;
    cx.commit().await
}

/// Meta did not take the file; nothing went out.
pub async fn not_uploaded(
    house: &House,
    office: OfficeId,
    upload: &Upload,
    failure: &MediaFailure,
) -> Outcome<()> {
    let (class, code) = match failure {
        MediaFailure::Retry { after } => (FailureClass::Retry { after: *after }, None),
        MediaFailure::Channel | MediaFailure::Gone => (FailureClass::Channel, None),
        MediaFailure::Refused { code } => (FailureClass::Permanent, *code),
        MediaFailure::TooLarge { .. } | MediaFailure::BadType | MediaFailure::BadId => {
            (FailureClass::Permanent, Some(131_053))
        }
        _ => (FailureClass::Retry { after: Duration::from_secs(30) }, None),
    };
    let tried = Tried {
        message: upload.message,
        attempts: upload.attempts + 1,
        class,
        coded: true,
        refused_before: false,
    };
    let cx = Cx::system(house, office, SystemReason::Outbox).await?;
    settle(&cx, upload.message, (DeliveryState::Queued, rules::after_failure(tried)), code).await?;
    let failed = message::Column::Id.eq(upload.message);
    cx.tx()
        .change::<message::Entity>(failed)
        .set_expr(message::Column::Attempts, Expr::col(message::Column::Attempts).add(1))
        .run()
        .await?;
    cx.commit().await
}

/// Meta took the message over.
pub async fn accepted(house: &House, office: OfficeId, ready: &Ready, taken: &Accepted) -> Outcome<()> {
    let mut cx = Cx::system(house, office, SystemReason::Outbox).await?;
    messages::name(&cx, ready.message, &taken.wamid).await?;
    messages::advance(&cx, ready.message, (DeliveryState::Accepted, None)).await?;
    cx.tx()
        .change::<message::Entity>(message::Column::Id.eq(ready.message))
        .set(message::Column::ErrorCode, Option::<i64>::None)
        .run()
        .await?;
    let row = messages::by_id(&cx, ready.message).await?.ok_or(Fault::Inconsistent("a sent message"))?;
    status::join(&mut cx, &row, &taken.wamid).await?;
    conversations::touch(&cx, row.conversation_id).await?;
    cx.commit().await
}

/// Meta did not take the message over, or nobody knows whether it did.
pub async fn failed(house: &House, office: OfficeId, ready: &Ready, failure: &SendFailure) -> Outcome<()> {
    let tried = Tried {
        message: ready.message,
        attempts: ready.attempts,
        class: failure.class,
        coded: failure.code.is_some(),
        refused_before: ready.refused_before,
    };
    let fate = rules::after_failure(tried);
    if fate == Fate::Hold {
        tracing::error!(%office, number = %ready.from.0, code = failure.code, "a number cannot send");
    }
    let cx = Cx::system(house, office, SystemReason::Outbox).await?;
    settle(&cx, ready.message, (DeliveryState::Sending, fate), failure.code).await?;
    let row = messages::by_id(&cx, ready.message).await?.ok_or(Fault::Inconsistent("a sent message"))?;
    conversations::touch(&cx, row.conversation_id).await?;
    cx.commit().await
}

/// Writes a fate, unless the message has moved on: a status may have come before the answer.
async fn settle(
    cx: &Cx<'_>,
    id: MessageId,
    (from, fate): (DeliveryState, Fate),
    code: Option<i64>,
) -> Outcome<()> {
    let still = Condition::all().add(message::Column::Id.eq(id)).add(message::Column::Delivery.eq(from));
    let change = cx.tx().change::<message::Entity>(still).set(message::Column::ErrorCode, code);
    let queued_until = |pause| (DeliveryState::Queued, Some(cx.now() + pause));
    let (state, at) = match fate {
        Fate::Requeue(pause) => queued_until(pause),
        Fate::Hold => queued_until(rules::CHANNEL_PAUSE),
        Fate::Fail => (DeliveryState::Failed, Some(cx.now())),
        // Counted from the call, which `delivery_at` tells.
        Fate::Uncertain => (DeliveryState::Uncertain, None),
    };
    let change = change.set(message::Column::Delivery, state.word());
    let change = match at {
        Some(at) => change.set(message::Column::DeliveryAt, at),
        None => change,
    };
    change.run().await.map(|_| ())
}

/// What an officer is told about a message that failed with a code.
pub fn advice(code: Option<i64>) -> &'static str {
    let class = code.map_or(FailureClass::Permanent, classify);
    SendFailure { class, code, title: String::new() }.advice()
}
