//! The requests whose clocks an outage stopped: how long each has taken by the clock on the wall, and by its own.

use chrono::TimeDelta;
use loket_core::{clock::Instant, id::RequestId, permission::Permission};
use loket_entity::request;
use sea_orm::{ColumnTrait, Condition};

use super::{
    due::Due,
    recount::touched,
    store::{open, within},
    views::rows,
};
use crate::{
    domain::outages::OutageView,
    infra::{Cx, Outcome},
};

/// How many are listed.
const MOST: u64 = 50;

/// A request whose clock stood still.
#[derive(Debug, Clone)]
pub struct StoppedRow {
    /// The request.
    pub id: RequestId,
    /// Its receipt number.
    pub receipt: String,
    /// Service and variant.
    pub service: String,
    /// Since complete papers, by the clock on the wall.
    pub gross: TimeDelta,
    /// What its own clock counted of that.
    pub net: TimeDelta,
    /// What this outage took of it.
    pub stopped: TimeDelta,
    /// Until when it is due; nothing while it stands still.
    pub due: Option<Instant>,
    /// Whether it is settled.
    pub ended: bool,
}

/// What was not ready at a moment.
fn unready_at(at: Instant) -> Condition {
    Condition::any().add(request::Column::ReadyAt.is_null()).add(request::Column::ReadyAt.gt(at))
}

/// The requests whose clocks an outage stopped, of those that may be seen, and whether there are more.
pub async fn stopped(cx: &Cx<'_>, outage: &OutageView) -> Outcome<(Vec<StoppedRow>, bool)> {
    let Some(pause) = outage.times.pause() else { return Ok((Vec::new(), false)) };
    let until = pause.until.unwrap_or(cx.now()).min(cx.now());
    let counted = Condition::all()
        .add(request::Column::Terms.is_not_null())
        .add(request::Column::CompleteFrom.lt(until))
        .add(unready_at(pause.from))
        .add(touched(&outage.scope));
    let going = within(cx, Permission::ReadRequests)
        .filter(counted.clone())
        .filter(open())
        .ascending(request::Column::Id)
        .up_to(MOST + 1)
        .await?;
    let closed = within(cx, Permission::ReadRequests)
        .filter(counted)
        .filter(request::Column::ClosedAt.gt(pause.from))
        .ascending(request::Column::ClosedAt)
        .up_to(MOST + 1)
        .await?;
    let mut found: Vec<_> = going.into_iter().chain(closed).collect();
    let more = found.len() as u64 > MOST;
    found.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    found.retain(|row| !row.elsewhere);
    let (mut stood, mut all) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
    for (row, due) in Due::of_each(cx, &found).await? {
        let (Some(took), Some(from)) = (due.took(row, cx.now()), row.complete_from) else { continue };
        all.push((took, due.counted_within(row, pause.from..until), due.at(from)));
        stood.push(row.clone());
    }
    let names = rows(cx, stood.clone()).await?;
    let shown = stood.iter().zip(names).zip(all).map(|((row, named), (took, stopped, due))| StoppedRow {
        id: row.id,
        receipt: named.receipt,
        service: named.service,
        gross: took.gross,
        net: took.net,
        stopped,
        due,
        ended: row.ready_at.is_some() || row.closed_at.is_some(),
    });
    Ok((shown.filter(|row| !row.stopped.is_zero()).collect(), more))
}
