//! Days whose figures are no longer so.
//!
//! A request is counted on the days it came in, was answered, ran out of time, was ready and was closed. What takes one of
//! these back, or adds to a day that is over, says so here, in its own transaction; the facts of that day are then counted
//! again, and until that is done the day is looked up in the requests themselves.

use loket_core::{clock::Instant, id::FactId};
use loket_entity::{fact_stale, request};
use sea_orm::ActiveValue::Set;

use crate::infra::{Cx, Outcome};

/// Marks every day on which the request, as it stood until now, was counted.
pub(super) async fn mark(cx: &Cx<'_>, row: &request::Model) -> Outcome<()> {
    let opened = Some(row.opened_at);
    let over = |end: &Instant| *end <= cx.now();
    let ran_out = [row.due_at.filter(over), row.answer_by.filter(over), row.promise_missed_at];
    let moments = [opened, row.answered_at, row.ready_at, row.closed_at].into_iter().chain(ran_out);
    mark_at(cx, moments.flatten()).await
}

/// Marks the days of some moments.
pub(super) async fn mark_at(cx: &Cx<'_>, moments: impl IntoIterator<Item = Instant>) -> Outcome<()> {
    let rows = moments.into_iter().map(|at| fact_stale::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(cx.new_id::<FactId>()),
        at: Set(at),
    });
    cx.tx().insert_all::<fact_stale::Entity>(rows.collect()).await
}
