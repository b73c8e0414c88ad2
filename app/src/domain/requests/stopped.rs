//! The requests whose clocks an outage stopped: how long each has taken by the clock on the wall, and by its own.

use chrono::TimeDelta;
use loket_core::{clock::Instant, id::RequestId, permission::Permission};
use loket_entity::request;
use sea_orm::{ColumnTrait, Condition};

use super::{
    due::{Counting, moves},
    recount::touched,
    store::within,
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
    let open = within(cx, Permission::ReadRequests)
        .filter(counted.clone())
        .filter(request::Column::ClosedAt.is_null())
        .ascending(request::Column::Id)
        .up_to(MOST + 1)
        .await?;
    let closed = within(cx, Permission::ReadRequests)
        .filter(counted)
        .filter(request::Column::ClosedAt.gt(pause.from))
        .ascending(request::Column::ClosedAt)
        .up_to(MOST + 1)
        .await?;
    let mut found: Vec<_> = open.into_iter().chain(closed).collect();
    let more = found.len() as u64 > MOST;
    found.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    let begun = found.iter().filter_map(|row| row.complete_from).min().unwrap_or(cx.now());
    let mut counting = Counting::since(cx, begun).await?;
    let mut moves = moves(cx, found.iter().map(|row| row.id).collect()).await?;
    let (mut stood, mut all) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
    for row in found.into_iter().filter(|row| !row.elsewhere) {
        let moved = moves.remove(&row.id).unwrap_or_default();
        let Some(due) = counting.due(cx, &row, moved).await? else { continue };
        let (Some(took), Some(from)) = (due.took(&row, cx.now()), row.complete_from) else { continue };
        all.push((took, due.counted_within(&row, pause.from..until), due.at(from)));
        stood.push(row);
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
