//! The list of what an office owes and owed: a page of one state, how many there are of each, and the month in numbers.

use std::collections::HashMap;

use chrono::Datelike;
use loket_core::{clock::Instant, compensation::CompensationState, id::RequestId, permission::Permission};
use loket_entity::{compensation, request};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{
    super::{
        cursor::Cursor,
        queue::{Beside, COUNTED, Counted},
        store,
        views::{QueueRow, rows},
    },
    ended,
};
use crate::{
    domain::{
        accounts::policy::{self, Columns},
        tenancy::Office,
    },
    infra::{Cx, Outcome, Scoped},
};

const PAGE: u64 = 50;

/// What is owed of a request, in a list.
#[derive(Debug, Clone)]
pub struct CompensationLine {
    /// The request.
    pub row: QueueRow,
    /// The due time that was missed.
    pub missed_at: Instant,
    /// When the request was settled all the same; nothing while it is not.
    pub ended_at: Option<Instant>,
    /// How far it has come, and since when.
    pub state: (CompensationState, Instant),
}

/// A page of a state.
#[derive(Debug, Clone)]
pub struct CompensationPage {
    /// Its rows.
    pub rows: Vec<CompensationLine>,
    /// The row before which the page before it ends; nothing on the first page.
    pub before: Option<Cursor>,
    /// The row behind which the next page begins; nothing on the last page.
    pub behind: Option<Cursor>,
}

/// A month in numbers, as far as they were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CompensationMonth {
    /// Missed, and offered to the citizen since.
    pub offered: Counted,
    /// Missed, and not offered yet.
    pub owed: Counted,
    /// Missed where the standard promises nothing.
    pub without_rule: Counted,
}

/// Begins a query of what whoever asks may see.
fn visible<'t>(cx: &'t Cx<'_>) -> Scoped<'t, compensation::Entity> {
    let columns = Columns {
        service: Some(compensation::Column::ServiceId),
        unit: Some(compensation::Column::UnitId),
        district: Some(compensation::Column::DistrictCode),
    };
    let reach = cx.reach(Permission::ReadRequests);
    cx.tx().find::<compensation::Entity>().filter(policy::condition(&reach, &columns))
}

fn in_state(state: CompensationState) -> Condition {
    Condition::all().add(compensation::Column::State.eq(state))
}

/// How many there are in each state: one statement.
pub async fn compensation_counts(cx: &Cx<'_>) -> Outcome<Vec<(CompensationState, Counted)>> {
    let states = CompensationState::ALL.iter().copied();
    let queries = states.clone().map(|state| visible(cx).filter(in_state(state))).collect();
    let found = cx.tx().counts_up_to(queries, COUNTED + 1).await?;
    Ok(states.zip(found.into_iter().map(Counted::of)).collect())
}

/// How many are owed and not offered yet.
pub async fn compensations_owed(cx: &Cx<'_>) -> Outcome<Counted> {
    let owed = visible(cx).filter(in_state(CompensationState::Owed));
    let found = cx.tx().counts_up_to(vec![owed], COUNTED + 1).await?;
    Ok(found.first().copied().map(Counted::of).unwrap_or_default())
}

/// What was missed since the month began, by what the office did about it.
pub async fn compensation_month(cx: &Cx<'_>, office: &Office) -> Outcome<CompensationMonth> {
    use CompensationState::{Accepted, Declined, Given, Offered, Owed};
    let today = office.zone.date(cx.now());
    let first = today.with_day(1).unwrap_or(today);
    let begins = office.zone.instant(first.and_time(chrono::NaiveTime::MIN));
    let since = |states: &[CompensationState]| {
        let these = Condition::all()
            .add(compensation::Column::State.is_in(states.iter().copied()))
            .add(compensation::Column::MissedAt.gte(begins));
        visible(cx).filter(these)
    };
    let told = vec![since(&[Offered, Accepted, Given, Declined]), since(&[Owed])];
    let told = cx.tx().counts_up_to(told, COUNTED + 1).await?;
    let without = store::within(cx, Permission::ReadRequests)
        .filter(request::Column::DueAt.gte(begins))
        .filter(store::late(cx.now()))
        .filter(Condition::all().add(nothing_owed()));
    let without = cx.tx().counts_up_to(vec![without], COUNTED + 1).await?;
    let count = |found: &[u64], at: usize| found.get(at).copied().map(Counted::of).unwrap_or_default();
    Ok(CompensationMonth {
        offered: count(&told, 0),
        owed: count(&told, 1),
        without_rule: count(&without, 0),
    })
}

/// Requests of which nothing was ever owed; found by the key.
fn nothing_owed() -> Expr {
    let own = |column: request::Column| (request::Entity, column);
    let of = |column: compensation::Column| Expr::col((compensation::Entity, column));
    let owed = Query::select()
        .expr(Expr::val(1))
        .from(compensation::Entity)
        .and_where(of(compensation::Column::TenantId).equals(own(request::Column::TenantId)))
        .and_where(of(compensation::Column::Id).equals(own(request::Column::Id)))
        .to_owned();
    Expr::not_exists(owed)
}

/// A page of a state: of what somebody must still do the oldest first, of the rest the latest.
pub async fn compensations(
    cx: &Cx<'_>,
    state: CompensationState,
    beside: Beside,
) -> Outcome<CompensationPage> {
    let order = (compensation::Column::MissedAt, compensation::Column::Id);
    let oldest_first = state.is_open();
    let query = visible(cx).filter(in_state(state));
    let (query, ascending) = match beside {
        Beside::Start => (query, oldest_first),
        Beside::Behind(row) => (query.filter(row.past(order, oldest_first)), oldest_first),
        Beside::Before(row) => (query.filter(row.past(order, !oldest_first)), !oldest_first),
    };
    let query = if ascending {
        query.ascending(order.0).ascending(order.1)
    } else {
        query.descending(order.0).descending(order.1)
    };
    let mut found = query.up_to(PAGE + 1).await?;
    let further = found.len() as u64 > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    if matches!(beside, Beside::Before(_)) {
        found.reverse();
    }
    let at = |row: &compensation::Model| Cursor { at: row.missed_at, id: row.id.0 };
    let (first, last) = (found.first().map(at), found.last().map(at));
    let (earlier, later) = match beside {
        Beside::Start => (false, further),
        Beside::Behind(_) => (true, further),
        Beside::Before(_) => (further, true),
    };
    Ok(CompensationPage {
        rows: lines(cx, found).await?,
        before: first.filter(|_| earlier),
        behind: last.filter(|_| later),
    })
}

async fn lines(cx: &Cx<'_>, found: Vec<compensation::Model>) -> Outcome<Vec<CompensationLine>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<RequestId> = found.iter().map(|one| one.id).collect();
    let these = request::Column::Id.is_in(ids);
    let requests = cx.tx().find::<request::Entity>().filter(these).up_to(PAGE + 1).await?;
    let ends: HashMap<RequestId, Option<Instant>> = requests.iter().map(|row| (row.id, ended(row))).collect();
    let mut known: HashMap<RequestId, QueueRow> =
        rows(cx, requests).await?.into_iter().map(|row| (row.id, row)).collect();
    let line = |one: compensation::Model| {
        Some(CompensationLine {
            row: known.remove(&one.id)?,
            missed_at: one.missed_at,
            ended_at: ends.get(&one.id).copied().flatten(),
            state: (one.state, one.since),
        })
    };
    Ok(found.into_iter().filter_map(line).collect())
}
