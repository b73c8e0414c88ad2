//! What a citizen is told of their turn when a request comes: the place in its queue, and by when a person probably answers.

use std::collections::BTreeMap;

use loket_core::{clock::Instant, id::RequestId, request::Channel};
use loket_entity::{answer_forecast, request};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, prelude::Uuid};

use super::{Lane, paces, waiting_in};
use crate::{
    domain::tenancy::Office,
    infra::{Cx, Outcome},
};

/// Further back nobody is counted.
const LAST_PLACE: u64 = 9_999;

/// A turn as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The place, counted from 1.
    pub place: u32,
    /// By when a person probably answers; nothing where too little is known, or something is out.
    pub expected: Option<Instant>,
}

/// Foretells the turn of a request that was just opened and keeps what it was foretold from; nothing where nobody waits for
/// a first answer. `since` is the turn that whoever asks again has already.
pub async fn foretell(
    cx: &Cx<'_>,
    office: &Office,
    row: &request::Model,
    since: Option<Instant>,
) -> Outcome<()> {
    let waits = match row.channel {
        Channel::Web => true,
        _ => row.conversation_id.is_some() && row.unanswered_since.is_some(),
    };
    if !waits || row.answered_at.is_some() || !Channel::WRITTEN.contains(&row.channel) {
        return Ok(());
    }
    let lane = Lane::of(row);
    let turn = request::Column::TurnAt;
    let before = match since {
        // Whoever asks again stands where they stood, behind nobody who came later.
        Some(since) => Condition::all().add(turn.lt(since)),
        None => Condition::any()
            .add(turn.lt(row.turn_at))
            .add(Condition::all().add(turn.eq(row.turn_at)).add(request::Column::Id.lt(row.id))),
    };
    let nth = nth(cx, waiting_in(lane).add(before)).await?;
    let known = paces::known(cx, office).await?;
    let pace = known.pace(lane).filter(|_| office.disrupted(lane.whereabouts()).is_none());
    let expected = pace.and_then(|pace| pace.expected(known.hours(lane.unit), cx.now(), nth));
    cx.tx()
        .insert::<answer_forecast::Entity>(answer_forecast::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(cx.new_id::<Uuid>()),
            request_id: Set(row.id),
            service_id: Set(lane.service),
            unit_id: Set(lane.unit),
            place: Set(i64::from(nth)),
            expected_at: Set(expected),
            answers: Set(pace.map(|pace| i64::from(pace.answers))),
            busy_minutes: Set(pace.map(|pace| pace.busy.num_minutes())),
            officers: Set(pace.map(|pace| i64::from(pace.officers()))),
            since: Set(pace.map(|_| known.since)),
            made_at: Set(cx.now()),
        })
        .await
}

/// The place behind some requests.
async fn nth(cx: &Cx<'_>, ahead: Condition) -> Outcome<u32> {
    let ahead = cx.tx().find::<request::Entity>().filter(ahead);
    let ahead = cx.tx().counts_up_to(vec![ahead], LAST_PLACE - 1).await?;
    Ok(u32::try_from(ahead.into_iter().sum::<u64>()).unwrap_or(u32::MAX - 1) + 1)
}

/// The turn that was told for a request; nothing where none was.
pub async fn turn(cx: &Cx<'_>, id: RequestId) -> Outcome<Option<Turn>> {
    Ok(turns(cx, vec![id]).await?.remove(&id))
}

/// The turns that were told for some requests.
pub async fn turns(cx: &Cx<'_>, of: Vec<RequestId>) -> Outcome<BTreeMap<RequestId, Turn>> {
    if of.is_empty() {
        return Ok(BTreeMap::new());
    }
    let most = of.len() as u64;
    let rows = cx
        .tx()
        .find::<answer_forecast::Entity>()
        .filter(answer_forecast::Column::RequestId.is_in(of))
        .up_to(most)
        .await?;
    let told = |row: answer_forecast::Model| Turn {
        place: u32::try_from(row.place).unwrap_or(u32::MAX),
        expected: row.expected_at,
    };
    Ok(rows.into_iter().map(|row| (row.request_id, told(row))).collect())
}
