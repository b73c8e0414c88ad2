//! What happened in some spans of time, looked up in the requests themselves: for today, for the days whose facts
//! are no longer so, and for counting facts. Every query is held to its spans by an index.

use loket_core::{
    clock::Instant,
    id::{ServiceId, UnitId, VariantId},
    kpi::{Happened, Metric},
    request::{Channel, PaperReason, RequestState},
};
use loket_entity::{request, request_event};
use sea_orm::{Condition, FromQueryResult};

use super::{
    filter::{Filter, Selection},
    select::{self, Span},
};
use crate::infra::{Cx, Outcome};

/// More than this happens nowhere in the few days that are looked up at once.
const MOST: u64 = 500_000;

/// Where something happened, as finely as facts are kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub(super) struct Place {
    pub(super) service_id: ServiceId,
    pub(super) variant_id: VariantId,
    pub(super) unit_id: Option<UnitId>,
    pub(super) district_code: Option<String>,
    pub(super) channel: Channel,
}

/// Something that happened.
pub(super) struct Event<W> {
    pub(super) at: Instant,
    pub(super) place: Place,
    pub(super) what: W,
}

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    place: Place,
    state: RequestState,
    first_message_at: Instant,
    opened_at: Instant,
    answered_at: Option<Instant>,
    complete_from: Option<Instant>,
    ready_at: Option<Instant>,
    closed_at: Option<Instant>,
}

/// A figure's rows, and what one of them says.
type Reading = (Metric, fn(&Row) -> Option<(Instant, Happened)>);

const ARRIVALS: Reading = (Metric::Arrived, |row| Some((row.opened_at, Happened::Arrived)));
const READINGS: [Reading; 5] = [
    ARRIVALS,
    // Every closed request, however it ended: what is open is what came less what was closed.
    (Metric::OnTime, |row| Some((row.closed_at?, Happened::Closed(row.state)))),
    (Metric::FirstTimeRight, |row| Some((row.closed_at?, Happened::FirstTimeRight))),
    (Metric::Response, |row| {
        let at = row.answered_at?;
        Some((at, Happened::Answered(at - row.first_message_at)))
    }),
    (Metric::Settlement, |row| {
        let at = row.ready_at?;
        Some((at, Happened::Ready(at - row.complete_from?)))
    }),
];

/// Everything that happened to requests of a condition in some spans.
pub(super) async fn happened(
    cx: &Cx<'_>,
    which: &Condition,
    spans: &[Span],
) -> Outcome<Vec<Event<Happened>>> {
    let mut found = Vec::new();
    for reading in READINGS {
        found.append(&mut read(cx, which, (spans, reading)).await?);
    }
    Ok(found)
}

/// The requests of a condition that came in in some spans.
pub(super) async fn arrivals(
    cx: &Cx<'_>,
    which: &Condition,
    spans: &[Span],
) -> Outcome<Vec<Event<Happened>>> {
    read(cx, which, (spans, ARRIVALS)).await
}

async fn read(
    cx: &Cx<'_>,
    which: &Condition,
    (spans, (metric, says)): (&[Span], Reading),
) -> Outcome<Vec<Event<Happened>>> {
    if spans.is_empty() {
        return Ok(Vec::new());
    }
    let rows = cx
        .tx()
        .find::<request::Entity>()
        .filter(which.clone())
        .filter(select::belongs(metric))
        .filter(select::within(select::moment(metric), spans))
        .columns::<Row>(columns(), MOST)
        .await?;
    let event = |row: Row| says(&row).map(|(at, what)| Event { at, place: row.place, what });
    Ok(rows.into_iter().filter_map(event).collect())
}

fn columns() -> impl Iterator<Item = request::Column> {
    use request::Column::{AnsweredAt, ClosedAt, CompleteFrom, FirstMessageAt, OpenedAt, ReadyAt, State};
    let times = [State, FirstMessageAt, OpenedAt, AnsweredAt, CompleteFrom, ReadyAt, ClosedAt];
    select::REQUESTS.columns().into_iter().chain(times)
}

#[derive(FromQueryResult)]
struct Rejection {
    #[sea_orm(nested)]
    place: Place,
    at: Instant,
    reason: Option<String>,
}

/// Every rejected paper of a condition on history in some spans.
pub(super) async fn rejected(
    cx: &Cx<'_>,
    (filter, reached): (&Filter, Condition),
    spans: &[Span],
) -> Outcome<Vec<Event<PaperReason>>> {
    if spans.is_empty() {
        return Ok(Vec::new());
    }
    let selection = Selection::of(Metric::Incomplete, filter.clone());
    let times = [request_event::Column::At, request_event::Column::Reason];
    let rows = cx
        .tx()
        .find::<request_event::Entity>()
        .filter(reached)
        .filter(select::rejections(&selection, spans))
        .columns::<Rejection>(select::EVENTS.columns().into_iter().chain(times), MOST)
        .await?;
    let event = |row: Rejection| {
        let what = row.reason.as_deref()?.parse().ok()?;
        Some(Event { at: row.at, place: row.place, what })
    };
    Ok(rows.into_iter().filter_map(event).collect())
}
