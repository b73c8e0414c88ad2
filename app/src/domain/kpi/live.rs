//! What happened in some spans of time, looked up in the requests themselves: for today, for the days whose facts
//! are no longer so, and for counting facts. Every query is held to its spans by an index.

use loket_core::{
    clock::Instant,
    id::{ServiceId, UnitId, VariantId},
    kpi::{Happened, Metric},
    request::{Channel, PaperReason, RequestEventKind, RequestState},
};
use loket_entity::{request, request_event};
use sea_orm::{ColumnTrait, Condition, FromQueryResult};

use super::{
    filter::{Filter, Selection},
    select::{self, Span},
};
use crate::infra::{Cx, Outcome};

/// More than this is not looked up at once.
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
    answer_by: Option<Instant>,
    complete_from: Option<Instant>,
    due_at: Option<Instant>,
    promise_missed_at: Option<Instant>,
    ready_at: Option<Instant>,
    closed_at: Option<Instant>,
}

/// Requests that are looked up: by which time, which of them at a moment, and what one of them says.
struct Reading {
    moment: request::Column,
    which: fn(Instant) -> Condition,
    says: fn(&Row) -> Option<(Instant, Happened)>,
}

const READINGS: [Reading; 11] = [
    Reading {
        moment: select::moment(Metric::Arrived),
        which: |now| select::belongs(Metric::Arrived, now),
        says: |row| Some((row.opened_at, Happened::Arrived)),
    },
    // Every closed request, however it ended.
    Reading {
        moment: request::Column::ClosedAt,
        which: |_| Condition::all(),
        says: |row| Some((row.closed_at?, Happened::Closed(row.state))),
    },
    Reading {
        moment: select::moment(Metric::FirstTimeRight),
        which: |now| select::belongs(Metric::FirstTimeRight, now),
        says: |row| Some((row.closed_at?, Happened::FirstTimeRight)),
    },
    Reading {
        moment: select::moment(Metric::Response),
        which: |now| select::belongs(Metric::Response, now),
        says: |row| {
            let at = row.answered_at?;
            Some((at, Happened::Answered(at - row.first_message_at)))
        },
    },
    Reading {
        moment: select::moment(Metric::AnsweredInTime),
        which: |now| select::belongs(Metric::AnsweredInTime, now),
        says: |row| Some((row.answered_at?, Happened::AnsweredInTime)),
    },
    Reading {
        moment: request::Column::AnswerBy,
        which: select::answered_late,
        says: |row| Some((row.answer_by?, Happened::AnsweredLate)),
    },
    Reading {
        moment: select::moment(Metric::Settlement),
        which: |now| select::belongs(Metric::Settlement, now),
        says: |row| {
            let at = row.ready_at?;
            Some((at, Happened::Ready(at - row.complete_from?)))
        },
    },
    Reading {
        moment: select::moment(Metric::OnTime),
        which: |now| select::belongs(Metric::OnTime, now),
        says: |row| Some((row.ready_at?, Happened::InTime)),
    },
    Reading {
        moment: select::moment(Metric::Late),
        which: |now| select::belongs(Metric::Late, now),
        says: |row| Some((row.due_at?, Happened::Late)),
    },
    Reading {
        moment: select::moment(Metric::PromiseKept),
        which: |now| select::belongs(Metric::PromiseKept, now),
        says: |row| Some((row.ready_at?, Happened::Kept)),
    },
    Reading {
        moment: request::Column::PromiseMissedAt,
        which: |_| Condition::all(),
        says: |row| Some((row.promise_missed_at?, Happened::Missed)),
    },
];

/// Which requests are looked at, and which lines of their histories.
#[derive(Clone)]
pub(super) struct Which {
    requests: Condition,
    events: Condition,
}

impl Which {
    /// All of the office.
    pub(super) fn all() -> Self {
        Self { requests: Condition::all(), events: Condition::all() }
    }

    /// Those of a filter (its period aside) that whoever asks may see figures of.
    pub(super) fn visible(cx: &Cx<'_>, filter: &Filter) -> Self {
        let (requests, events) = (&select::REQUESTS, &select::EVENTS);
        Self { requests: requests.visible(cx, filter), events: events.visible(cx, filter) }
    }
}

/// Everything that happened in some spans.
pub(super) async fn happened(cx: &Cx<'_>, which: &Which, spans: &[Span]) -> Outcome<Vec<Event<Happened>>> {
    let mut found = Vec::new();
    if spans.is_empty() {
        return Ok(found);
    }
    for reading in &READINGS {
        found.append(&mut read(cx, &which.requests, (spans, reading)).await?);
    }
    found.append(&mut moved(cx, &which.events, spans).await?);
    Ok(found)
}

async fn read(
    cx: &Cx<'_>,
    which: &Condition,
    (spans, reading): (&[Span], &Reading),
) -> Outcome<Vec<Event<Happened>>> {
    let rows = cx
        .tx()
        .find::<request::Entity>()
        .filter(which.clone())
        .filter((reading.which)(cx.now()))
        .filter(select::within(reading.moment, spans))
        .all_columns::<Row>(columns(), (MOST, "requests"))
        .await?;
    let event = |row: Row| (reading.says)(&row).map(|(at, what)| Event { at, place: row.place, what });
    Ok(rows.into_iter().filter_map(event).collect())
}

fn columns() -> impl Iterator<Item = request::Column> {
    use request::Column::{
        AnswerBy, AnsweredAt, ClosedAt, CompleteFrom, DueAt, FirstMessageAt, OpenedAt, PromiseMissedAt,
        ReadyAt, State,
    };
    let times = [
        State,
        FirstMessageAt,
        OpenedAt,
        AnsweredAt,
        AnswerBy,
        CompleteFrom,
        DueAt,
        PromiseMissedAt,
        ReadyAt,
        ClosedAt,
    ];
    select::REQUESTS.columns().into_iter().chain(times)
}

#[derive(FromQueryResult)]
struct Moved {
    #[sea_orm(nested)]
    place: Place,
    at: Instant,
    kind: RequestEventKind,
    from_state: Option<RequestState>,
}

impl Moved {
    /// Ready products are made again too, but such a request had not come to its end.
    fn what(&self) -> Option<Happened> {
        if self.kind != RequestEventKind::Reopened {
            return Some(Happened::Ended);
        }
        self.from_state.filter(|state| state.is_terminal()).map(|_| Happened::Reopened)
    }
}

/// The ends and the reopenings in some spans, by history, which keeps both.
async fn moved(cx: &Cx<'_>, which: &Condition, spans: &[Span]) -> Outcome<Vec<Event<Happened>>> {
    use request_event::Column::{At, FromState, Kind};
    let kinds = RequestEventKind::ENDS.into_iter().chain([RequestEventKind::Reopened]);
    let rows = cx
        .tx()
        .find::<request_event::Entity>()
        .filter(which.clone())
        .filter(Kind.is_in(kinds))
        .filter(select::within(At, spans))
        .all_columns::<Moved>(
            select::EVENTS.columns().into_iter().chain([At, Kind, FromState]),
            (MOST, "ends"),
        )
        .await?;
    let event = |row: Moved| row.what().map(|what| Event { at: row.at, place: row.place, what });
    Ok(rows.into_iter().filter_map(event).collect())
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
        .all_columns::<Rejection>(select::EVENTS.columns().into_iter().chain(times), (MOST, "rejections"))
        .await?;
    let event = |row: Rejection| {
        let what = row.reason.as_deref()?.parse().ok()?;
        Some(Event { at: row.at, place: row.place, what })
    };
    Ok(rows.into_iter().filter_map(event).collect())
}
