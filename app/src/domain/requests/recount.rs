//! Clocks are counted anew after the ledger of outages changed: of every request that it touches, a part at a time.

use loket_core::{clock::Instant, id::RequestId, permission::Scope};
use loket_entity::request;
use sea_orm::{ColumnTrait, Condition};

use super::{
    compensation,
    due::{Due, due_of, follow, put},
    store,
};
use crate::{
    domain::outages::{Follow, OutageView},
    infra::{Cx, Outcome},
};

/// How many requests are counted anew at once.
const PART: u64 = 500;

/// Counts a part of the requests that an outage touches anew; gives where to go on, or nothing when all are passed. First the
/// open ones, then those that were closed after it began.
pub async fn recount(cx: &Cx<'_>, outage: &OutageView, from: Follow) -> Outcome<Option<Follow>> {
    let counted = Condition::all()
        .add(request::Column::Terms.is_not_null())
        .add(request::Column::CompleteFrom.is_not_null())
        .add(touched(&outage.scope));
    let (rows, closed) = match from.closed {
        None => (still_open(cx, counted, from.open).await?, false),
        Some(place) => (closed(cx, counted, place).await?, true),
    };
    for (row, due) in Due::of_each(cx, &rows).await? {
        // Whoever changed it meanwhile is counted behind them.
        if !put(cx, row, Some(&due)).await? {
            follow(cx, row).await?;
            continue;
        }
        let holds = due_of(row, Some(&due));
        if holds != row.due_at {
            compensation::follow(cx, row, holds).await?;
        }
    }
    let last = rows.last().filter(|_| rows.len() as u64 == PART);
    Ok(match (last, closed) {
        (Some(row), false) => Some(Follow { open: Some(row.id), ..from }),
        (Some(row), true) => Some(Follow { closed: row.closed_at.map(|at| (at, row.id)), ..from }),
        (None, false) => Some(Follow { closed: Some((from.since, RequestId::NIL)), ..from }),
        (None, true) => None,
    })
}

/// The requests that a scope covers.
pub(super) fn touched(scope: &Scope) -> Condition {
    let mut all = Condition::all();
    if !scope.services.is_empty() {
        all = all.add(request::Column::ServiceId.is_in(scope.services.clone()));
    }
    if !scope.units.is_empty() {
        all = all.add(request::Column::UnitId.is_in(scope.units.clone()));
    }
    all
}

async fn still_open(
    cx: &Cx<'_>,
    counted: Condition,
    behind: Option<RequestId>,
) -> Outcome<Vec<request::Model>> {
    cx.tx()
        .find::<request::Entity>()
        .filter(counted)
        .filter(store::open())
        .filter(request::Column::Id.gt(behind.unwrap_or(RequestId::NIL)))
        .ascending(request::Column::Id)
        .up_to(PART)
        .await
}

async fn closed(
    cx: &Cx<'_>,
    counted: Condition,
    (at, id): (Instant, RequestId),
) -> Outcome<Vec<request::Model>> {
    let same = Condition::all().add(request::Column::ClosedAt.eq(at)).add(request::Column::Id.gt(id));
    let behind = Condition::any().add(request::Column::ClosedAt.gt(at)).add(same);
    cx.tx()
        .find::<request::Entity>()
        .filter(counted)
        .filter(request::Column::ClosedAt.gte(at))
        .filter(behind)
        .ascending(request::Column::ClosedAt)
        .ascending(request::Column::Id)
        .up_to(PART)
        .await
}
