//! What becomes of our messages: states that come twice, in any order, or before we know the message.

use chrono::TimeDelta;
use loket_core::{
    delivery::DeliveryState,
    id::{MessageId, MessageStatusId},
    kinds::{Direction, ItemOutcome},
    whatsapp::StatusUpdate,
};
use loket_entity::{message, message_status, parked_status, sealed::BlindIndex, wa_number};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{
    conversations,
    item::{self, Ending},
    messages, rules, sending,
};
use crate::infra::{Cx, Outcome, seal::IndexKind};

/// How many parked states are joined at once.
const MOST_PARKED: u64 = 200;
/// How long a parked state is looked at again; later it stays as an orphan.
const PARKED_FOR: TimeDelta = TimeDelta::hours(24);

/// One state as it is stored, parked or not.
struct Reached {
    state: DeliveryState,
    error_code: Option<i64>,
    pricing_category: Option<String>,
    billable: Option<bool>,
    at: loket_core::clock::Instant,
}

impl Reached {
    fn of(update: &StatusUpdate, state: DeliveryState) -> Self {
        let pricing = update.pricing.as_ref();
        Self {
            state,
            error_code: update.errors.first().and_then(|error| error.code),
            pricing_category: pricing.and_then(|pricing| rules::price_category(pricing.category.as_deref()?)),
            billable: pricing.and_then(|pricing| pricing.billable),
            at: update.at,
        }
    }
}

/// Applies a state to the message it speaks of; keeps it for later when that is not known yet.
pub(super) async fn merge(
    cx: &mut Cx<'_>,
    number: &wa_number::Model,
    update: &StatusUpdate,
) -> Outcome<Ending> {
    let Some(state) = item::state(update.status) else { return Ok((ItemOutcome::Kept, None)) };
    let reached = Reached::of(update, state);
    let index = cx.index(IndexKind::Wamid, &update.wamid);
    let Some(message) = find(cx, number, (&index, update)).await? else {
        let fresh = park(cx, (number, index), reached).await?;
        let outcome = if fresh { ItemOutcome::Handled } else { ItemOutcome::Repeated };
        return Ok((outcome, Some("parked")));
    };
    messages::name(cx, message.id, &update.wamid).await?;
    let fresh = apply(cx, &message, reached).await?;
    Ok((if fresh { ItemOutcome::Handled } else { ItemOutcome::Repeated }, None))
}

/// By Meta's id, or else by our own, which Meta hands back: the answer to our call may have been lost.
async fn find(
    cx: &Cx<'_>,
    number: &wa_number::Model,
    (index, update): (&BlindIndex, &StatusUpdate),
) -> Outcome<Option<message::Model>> {
    let ours = |row: &message::Model| row.direction == Direction::Out && row.number_id == number.id;
    if let Some(row) = messages::by_wamid(cx, number.id, index).await? {
        return Ok(Some(row).filter(ours));
    }
    let Some(id) = update.callback_data.as_deref().and_then(|data| data.parse::<MessageId>().ok()) else {
        return Ok(None);
    };
    Ok(messages::by_id(cx, id).await?.filter(ours))
}

/// Says whether the state was new.
async fn apply(cx: &mut Cx<'_>, message: &message::Model, reached: Reached) -> Outcome<bool> {
    let row = message_status::ActiveModel {
        id: Set(cx.new_id()),
        message_id: Set(message.id),
        status: Set(reached.state),
        error_code: Set(reached.error_code),
        pricing_category: Set(reached.pricing_category),
        billable: Set(reached.billable),
        at: Set(reached.at),
        recorded_at: Set(cx.now()),
        ..Default::default()
    };
    if !cx.tx().insert_once::<message_status::Entity>(row).await? {
        return Ok(false);
    }
    if messages::advance(cx, message.id, (reached.state, reached.error_code)).await? {
        conversations::touch(cx, message.conversation_id).await?;
    }
    // What waited behind a message whose fate was open may go on.
    if matches!(message.delivery, Some(DeliveryState::Sending | DeliveryState::Uncertain)) {
        sending::wake(cx, message.conversation_id).await?;
    }
    Ok(true)
}

async fn park(
    cx: &Cx<'_>,
    (number, index): (&wa_number::Model, BlindIndex),
    reached: Reached,
) -> Outcome<bool> {
    let id: MessageStatusId = cx.new_id();
    let row = parked_status::ActiveModel {
        id: Set(id),
        number_id: Set(number.id),
        wamid_idx: Set(index),
        status: Set(reached.state),
        error_code: Set(reached.error_code),
        pricing_category: Set(reached.pricing_category),
        billable: Set(reached.billable),
        at: Set(reached.at),
        recorded_at: Set(cx.now()),
        ..Default::default()
    };
    cx.tx().insert_once::<parked_status::Entity>(row).await
}

/// A message's id at Meta became known: applies what was parked for it.
pub(super) async fn join(cx: &mut Cx<'_>, message: &message::Model, wamid: &str) -> Outcome<()> {
    let index = cx.index(IndexKind::Wamid, wamid);
    let waiting = Condition::all()
        .add(parked_status::Column::NumberId.eq(message.number_id))
        .add(parked_status::Column::WamidIdx.eq(index));
    let rows = cx.tx().find::<parked_status::Entity>().filter(waiting).up_to(MOST_PARKED).await?;
    for row in rows {
        unpark(cx, message, row).await?;
    }
    Ok(())
}

async fn unpark(cx: &mut Cx<'_>, message: &message::Model, row: parked_status::Model) -> Outcome<()> {
    let reached = Reached {
        state: row.status,
        error_code: row.error_code,
        pricing_category: row.pricing_category,
        billable: row.billable,
        at: row.at,
    };
    apply(cx, message, reached).await?;
    cx.tx().delete::<parked_status::Entity>(parked_status::Column::Id.eq(row.id)).await?;
    Ok(())
}

/// Joins parked states whose message became known in the same moment, when neither side could see the
/// other; says how many.
pub(super) async fn join_stragglers(cx: &mut Cx<'_>) -> Outcome<usize> {
    let recent = parked_status::Column::RecordedAt.gt(cx.now() - PARKED_FOR);
    let parked = cx
        .tx()
        .find::<parked_status::Entity>()
        .filter(recent)
        .descending(parked_status::Column::RecordedAt)
        .up_to(MOST_PARKED)
        .await?;
    if parked.is_empty() {
        return Ok(0);
    }
    let indexes = parked.iter().map(|row| row.wamid_idx.clone());
    let known = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::WamidIdx.is_in(indexes))
        .up_to(MOST_PARKED)
        .await?;
    let mut joined = 0;
    for row in parked {
        let its = |message: &&message::Model| {
            message.direction == Direction::Out
                && message.number_id == row.number_id
                && message.wamid_idx.as_ref() == Some(&row.wamid_idx)
        };
        if let Some(message) = known.iter().find(its) {
            unpark(cx, message, row).await?;
            joined += 1;
        }
    }
    Ok(joined)
}
