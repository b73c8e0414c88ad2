//! Messages whose fate is open: the process died, or the line did, between a call to Meta and its answer.
//!
//! Meta knows no idempotency key, so such a message is not sent again at once: if it went out, a status
//! that carries our id comes and settles it. Only when none has come for a while is it sent again, and
//! that is written into the audit trail, where the doubled ones can be counted.

use chrono::TimeDelta;
use loket_core::{delivery::DeliveryState, id::OfficeId, kinds::Direction};
use loket_entity::{message, parked_status};
use sea_orm::{ColumnTrait, Condition};

use super::{conversations, sending, status};
use crate::infra::{Actor, Cx, House, Outcome, SystemReason};

/// The schedule and the job.
pub const RECONCILE: &str = "whatsapp.reconcile";

const MOST: u64 = 500;

/// How long is waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For the answer to a call: longer than the client itself waits.
    pub answer: TimeDelta,
    /// For a status that settles an open message, from the call on.
    pub status: TimeDelta,
    /// For the job of a message that waits in the outbox; then another is queued.
    pub job: TimeDelta,
}

impl Default for Patience {
    fn default() -> Self {
        Self { answer: TimeDelta::seconds(60), status: TimeDelta::minutes(2), job: TimeDelta::seconds(60) }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Calls whose answer will not come any more.
    pub uncertain: usize,
    /// Messages that are sent again.
    pub resent: usize,
    /// Conversations whose outbox was waiting without a job.
    pub woken: usize,
    /// Parked states that found their message.
    pub joined: usize,
}

/// Settles what is open in one office.
pub async fn reconcile(house: &House, office: OfficeId, patience: Patience) -> Outcome<Reconciled> {
    let look = Cx::read(house, office, Actor::System(SystemReason::Outbox)).await?;
    let nothing = stale(&look, patience).await?.is_empty() && !anything_parked(&look).await?;
    drop(look);
    if nothing {
        return Ok(Reconciled::default());
    }
    let mut cx = Cx::system(house, office, SystemReason::Outbox).await?;
    let mut done = Reconciled::default();
    for row in stale(&cx, patience).await? {
        settle(&mut cx, &row, patience, &mut done).await?;
    }
    done.joined = status::join_stragglers(&mut cx).await?;
    cx.commit().await?;
    if done.resent > 0 {
        tracing::warn!(%office, resent = done.resent, "messages of unknown fate are sent again");
    }
    Ok(done)
}

/// Messages that are not settled and have not moved for the shortest of the waits.
async fn stale(cx: &Cx<'_>, patience: Patience) -> Outcome<Vec<message::Model>> {
    let shortest = patience.answer.min(patience.status).min(patience.job);
    let unsettled = [DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Uncertain];
    let open = Condition::all()
        .add(message::Column::Direction.eq(Direction::Out))
        .add(message::Column::Delivery.is_in(unsettled))
        .add(message::Column::DeliveryAt.lte(cx.now() - shortest));
    cx.tx().find::<message::Entity>().filter(open).ascending(message::Column::DeliveryAt).up_to(MOST).await
}

async fn anything_parked(cx: &Cx<'_>) -> Outcome<bool> {
    let recent = parked_status::Column::RecordedAt.gt(cx.now() - TimeDelta::hours(24));
    cx.tx().find::<parked_status::Entity>().filter(recent).exists().await
}

async fn settle(
    cx: &mut Cx<'_>,
    row: &message::Model,
    patience: Patience,
    done: &mut Reconciled,
) -> Outcome<()> {
    let age = row.delivery_at.map_or(TimeDelta::zero(), |at| cx.now() - at);
    let open = matches!(row.delivery, Some(DeliveryState::Sending | DeliveryState::Uncertain));
    if row.delivery == Some(DeliveryState::Queued) && age >= patience.job {
        sending::wake(cx, row.conversation_id).await?;
        done.woken += 1;
    } else if open && age >= patience.status {
        if change(cx, row, DeliveryState::Queued).await? {
            cx.audit("message.resent", ("message", Some(row.id.0)))?;
            sending::wake(cx, row.conversation_id).await?;
            done.resent += 1;
        }
    } else if row.delivery == Some(DeliveryState::Sending)
        && age >= patience.answer
        && change(cx, row, DeliveryState::Uncertain).await?
    {
        done.uncertain += 1;
    }
    Ok(())
}

/// Changes a message that still is as it was found; says whether it was.
async fn change(cx: &Cx<'_>, row: &message::Model, to: DeliveryState) -> Outcome<bool> {
    let still =
        Condition::all().add(message::Column::Id.eq(row.id)).add(message::Column::Delivery.eq(row.delivery));
    let mut change = cx.tx().change::<message::Entity>(still).set(message::Column::Delivery, to.word());
    if to == DeliveryState::Queued {
        change = change.set(message::Column::DeliveryAt, cx.now());
    }
    let changed = change.run().await? == 1;
    if changed {
        conversations::touch(cx, row.conversation_id).await?;
    }
    Ok(changed)
}
