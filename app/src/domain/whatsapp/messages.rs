//! The rows of messages, as several use cases find and advance them.

use loket_core::{
    delivery::DeliveryState,
    id::{MessageId, NumberId},
};
use loket_entity::{message, sealed::BlindIndex};
use sea_orm::{ColumnTrait, Condition};

use super::content::WAMID;
use crate::infra::{Cx, Outcome, seal::IndexKind};

pub(super) async fn by_id(cx: &Cx<'_>, id: MessageId) -> Outcome<Option<message::Model>> {
    cx.tx().find::<message::Entity>().filter(message::Column::Id.eq(id)).one().await
}

pub(super) async fn by_wamid(
    cx: &Cx<'_>,
    number: NumberId,
    wamid: &BlindIndex,
) -> Outcome<Option<message::Model>> {
    let it = Condition::all()
        .add(message::Column::NumberId.eq(number))
        .add(message::Column::WamidIdx.eq(wamid.clone()));
    cx.tx().find::<message::Entity>().filter(it).one().await
}

/// Takes a message of ours further, never back; says whether it moved.
pub(super) async fn advance(
    cx: &Cx<'_>,
    id: MessageId,
    (to, error_code): (DeliveryState, Option<i64>),
) -> Outcome<bool> {
    let below = DeliveryState::ALL.iter().copied().filter(|state| *state < to);
    let behind = Condition::all().add(message::Column::Id.eq(id)).add(message::Column::Delivery.is_in(below));
    let mut change = cx
        .tx()
        .change::<message::Entity>(behind)
        .set(message::Column::Delivery, to.word())
        .set(message::Column::DeliveryAt, cx.now());
    if to == DeliveryState::Failed {
        change = change.set(message::Column::ErrorCode, error_code);
    }
    Ok(change.run().await? == 1)
}

/// Remembers Meta's id of a message of ours, unless it has one: the first holds.
pub(super) async fn name(cx: &Cx<'_>, id: MessageId, wamid: &str) -> Outcome<()> {
    let nameless = Condition::all().add(message::Column::Id.eq(id)).add(message::Column::WamidIdx.is_null());
    cx.tx()
        .change::<message::Entity>(nameless)
        .set(message::Column::Wamid, cx.seal(&wamid.to_owned(), WAMID.of(id.0))?)
        .set(message::Column::WamidIdx, cx.index(IndexKind::Wamid, wamid))
        .run()
        .await
        .map(|_| ())
}
