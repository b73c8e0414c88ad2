//! The settlement clock of a request: what it is counted by is frozen when it is opened, and its due time follows its
//! history from then on.

use std::{collections::HashMap, ops::Range, sync::Arc};

use chrono::{Datelike, TimeDelta};
use loket_core::{
    calendar::{Calendar, Elapsed, HoursKind, Pause, Term},
    clock::Instant,
    id::{RequestId, UnitId},
    outage::OutageKind,
    reply::Promise,
    request::{
        Alarm, Cause, Channel, Move, NEARING, RequestState, Settlement, Silence, Standstill, Terms,
        TimetableRef, Told, Watch,
    },
    zone::OfficeZone,
};
use loket_entity::{request, request_event};
use sea_orm::{ColumnTrait, Condition};

mod explained;

pub use explained::{ClockView, PromiseView};

use super::{compensation, forwarding, stale, store};
use crate::{
    domain::{
        calendars::{self, Of},
        catalogue::ServiceView,
        outages::{self, Ledger},
        tenancy::Office,
    },
    infra::{Cx, Fault, Outcome},
};

/// More steps than a request takes.
const MOST_MOVES: u64 = 500;

/// What a request is counted by that is opened now; nothing where the service's standard says no time.
pub(super) async fn frozen(
    cx: &Cx<'_>,
    office: &Office,
    (service, channel, unit): (&ServiceView, Channel, Option<UnitId>),
) -> Outcome<Option<serde_json::Value>> {
    let Some(limit) = Terms::limit(&service.times, channel) else { return Ok(None) };
    let held = calendars::held(cx, unit, cx.now()).await?;
    let of_unit = match held.of {
        Of::Office => None,
        Of::Unit(id) => Some(id),
    };
    let terms = Terms {
        limit: limit.clone(),
        reading: held.timetable.reading,
        timetable: TimetableRef { unit: of_unit, edition: held.edition },
        zone: office.zone,
    };
    serde_json::to_value(&terms).map(Some).map_err(|_| Fault::Inconsistent("terms of a request"))
}

/// By when a person should answer a request that is opened now, counted in service hours from its first message; nothing where
/// the office set itself no time, and where people stood in front of an officer.
pub(super) async fn answer_by(
    cx: &Cx<'_>,
    office: &Office,
    row: &request::Model,
) -> Outcome<Option<Instant>> {
    let minutes = office.answer_minutes.and_then(TimeDelta::try_minutes);
    let Some(minutes) = minutes.filter(|_| Channel::WRITTEN.contains(&row.channel)) else { return Ok(None) };
    let held = calendars::held(cx, row.unit_id, cx.now()).await?;
    let calendar = held.calendar(HoursKind::Service, office.zone);
    Ok(calendar.after(row.first_message_at, minutes))
}

/// What the settlement clock of a request is counted from: its terms, its calendar, its steps, and what stopped it.
pub(super) struct Due {
    terms: Terms,
    term: Term,
    calendar: Arc<Calendar>,
    moves: Vec<Move>,
    outages: Vec<Standstill>,
}

/// What the date of a request is, as far as one may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Prospect {
    /// Until then, by the rule.
    By(Instant, String),
    /// None while this lasts.
    Withheld(OutageKind),
    /// None yet.
    Later,
}

impl Prospect {
    /// The date, if one may be told.
    pub const fn date(&self) -> Option<Instant> {
        match self {
            Self::By(due, _) => Some(*due),
            Self::Withheld(_) | Self::Later => None,
        }
    }

    /// When it was told that none can be said, if it is told now.
    pub fn withheld(&self, now: Instant) -> Option<Instant> {
        matches!(self, Self::Withheld(_)).then_some(now)
    }

    /// As letters say it.
    pub fn promise(&self) -> Promise<'_> {
        match self {
            Self::By(due, rule) => Promise::By(*due, rule),
            Self::Withheld(kind) => Promise::Withheld(kind.words()),
            Self::Later => Promise::Later,
        }
    }
}

/// What clocks of several requests are counted from: each timetable is read once, and all else as well.
struct Counting {
    ledger: Ledger,
    calendars: HashMap<(TimetableRef, OfficeZone), Arc<Calendar>>,
    moves: HashMap<RequestId, Vec<Move>>,
    handed_on: HashMap<RequestId, Instant>,
}

impl Counting {
    async fn of(cx: &Cx<'_>, rows: &[request::Model]) -> Outcome<Self> {
        let begun = rows.iter().map(|row| row.complete_from.unwrap_or(row.first_message_at)).min();
        let elsewhere = rows.iter().filter(|row| row.elsewhere).map(|row| row.id).collect();
        Ok(Self {
            ledger: outages::ledger(cx, begun.unwrap_or(cx.now())).await?,
            calendars: HashMap::new(),
            moves: moves(cx, rows.iter().map(|row| row.id).collect()).await?,
            handed_on: forwarding::handed_on(cx, elsewhere).await?,
        })
    }

    async fn calendar(&mut self, cx: &Cx<'_>, terms: &Terms) -> Outcome<Arc<Calendar>> {
        let of = (terms.timetable, terms.zone);
        if let Some(known) = self.calendars.get(&of) {
            return Ok(Arc::clone(known));
        }
        let timetable = calendars::of_edition(cx, terms.timetable).await?;
        let calendar = Arc::new(timetable.calendar(HoursKind::Office, terms.zone, calendars::holidays()));
        Ok(Arc::clone(self.calendars.entry(of).or_insert(calendar)))
    }

    async fn due(&mut self, cx: &Cx<'_>, row: &request::Model) -> Outcome<Option<Due>> {
        let Some(stored) = row.terms.clone() else { return Ok(None) };
        let terms: Terms =
            serde_json::from_value(stored).map_err(|_| Fault::Inconsistent("terms of a request"))?;
        let Some(term) = terms.term() else { return Ok(None) };
        let calendar = self.calendar(cx, &terms).await?;
        // What is over is stopped by nothing, what another office works on by nothing of this one's.
        let handed_on = self.handed_on.get(&row.id).copied();
        let ended = [row.ready_at.or(row.closed_at), handed_on].into_iter().flatten().min();
        let met = |one: &Standstill| ended.is_none_or(|ended| one.pause.from < ended);
        let clipped = |one: Standstill| {
            let until = one.pause.until.into_iter().chain(handed_on).min();
            Standstill { pause: Pause { until, ..one.pause }, ..one }
        };
        let outages = self.ledger.standing(store::whereabouts(row)).filter(met).map(clipped).collect();
        let moves = self.moves.remove(&row.id).unwrap_or_default();
        Ok(Some(Due { terms, term, calendar, moves, outages }))
    }
}

impl Due {
    /// Reads it; nothing for a request without terms.
    pub async fn of(cx: &Cx<'_>, row: &request::Model) -> Outcome<Option<Self>> {
        Ok(Self::of_each(cx, std::slice::from_ref(row)).await?.pop().map(|(_, due)| due))
    }

    /// Reads those of several requests, in their order; one without terms is left out.
    pub async fn of_each<'r>(
        cx: &Cx<'_>,
        rows: &'r [request::Model],
    ) -> Outcome<Vec<(&'r request::Model, Self)>> {
        if rows.iter().all(|row| row.terms.is_none()) {
            return Ok(Vec::new());
        }
        let mut counting = Counting::of(cx, rows).await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            all.extend(counting.due(cx, row).await?.map(|due| (row, due)));
        }
        Ok(all)
    }

    fn clock(&self, from: Instant) -> Settlement {
        self.clock_with(from, &self.moves)
    }

    fn clock_with(&self, from: Instant, moves: &[Move]) -> Settlement {
        Settlement::of((self.term, &self.calendar), from, moves, self.outages.iter().copied())
    }

    /// Until when, if the papers were complete from a moment on; nothing while it stands still.
    pub fn at(&self, from: Instant) -> Option<Instant> {
        self.clock(from).due
    }

    /// How long a request has taken until now, or until it was over; nothing before its papers were complete.
    pub fn took(&self, row: &request::Model, now: Instant) -> Option<Elapsed> {
        let from = row.complete_from?;
        let until = row.ready_at.or(row.closed_at).unwrap_or(now);
        Some(self.clock(from).elapsed(self.term, &self.calendar, until))
    }

    /// How much of a span its clock would have counted, had nothing stopped it.
    pub fn counted_within(&self, row: &request::Model, span: Range<Instant>) -> TimeDelta {
        let begun = row.complete_from.map_or(span.end, |from| from.max(span.start));
        let ended = row.ready_at.or(row.closed_at).map_or(span.end, |ended| ended.min(span.end));
        if begun < ended { self.term.counted(&self.calendar, begun..ended) } else { TimeDelta::zero() }
    }

    /// The date that may be promised if the papers are declared complete now, with the rule that it follows. Nothing is
    /// promised by a rule that nobody has compared with its source, for a day that is over or of a year whose holidays
    /// nobody has decreed, or where another office decides; nor while something keeps the office from working on it.
    pub fn promise(&self, row: &request::Model, (from, now): (Instant, Instant)) -> Prospect {
        let declared = Move { at: now, to: RequestState::InProcess };
        let moves: Vec<_> = self.moves.iter().copied().chain([declared]).collect();
        let clock = self.clock_with(from, &moves);
        match (clock.stands(now).and_then(Cause::outage), clock.due) {
            (Some(kind), _) => Prospect::Withheld(kind),
            (_, Some(due)) if !row.elsewhere && !self.terms.limit.basis.is_unverified() => {
                let known = self.terms.zone.date(due).year() <= calendars::last_year();
                if known && due > now { Prospect::By(due, self.terms.words()) } else { Prospect::Later }
            }
            _ => Prospect::Later,
        }
    }
}

/// What is watched of a request; nothing of one that is ready or over, or on which another office works.
pub(super) fn watched(row: &request::Model, clock: Option<&Due>) -> Watch {
    if row.ready_at.is_some() || row.closed_at.is_some() || row.elsewhere {
        return Watch::default();
    }
    let waits = row.state == RequestState::WaitingForCitizen;
    // Whoever wrote and has no answer is not silent.
    let silent = waits && row.unanswered_since.is_none();
    let silence = silent.then_some(Silence { remind_at: row.remind_at, until: row.answer_until });
    let Some((clock, from)) = clock.zip(row.complete_from) else {
        return Watch { silence, ..Watch::default() };
    };
    let counted = clock.clock(from);
    Watch {
        nearing: counted.reaches((clock.term, &clock.calendar), NEARING),
        due: counted.due,
        told: told(row),
        silence,
    }
}

/// The date that the citizen was told and that holds: not while it is their move, nor until their papers are declared
/// complete again, when they are told another.
fn told(row: &request::Model) -> Option<Told> {
    let (date, from) = row.promised_at.zip(row.complete_from)?;
    let works = row.state == RequestState::InProcess && !row.elsewhere && row.closed_at.is_none();
    let missed = row.promise_missed_at.is_some_and(|missed| missed >= date);
    let holds = works && row.withheld_at.is_none() && !missed;
    holds.then_some(Told { date, from, warned: row.warned_at.is_some() })
}

/// The steps of requests that moved them, oldest first.
async fn moves(cx: &Cx<'_>, ids: Vec<RequestId>) -> Outcome<HashMap<RequestId, Vec<Move>>> {
    let most = MOST_MOVES * ids.len() as u64;
    let moving = Condition::all()
        .add(request_event::Column::RequestId.is_in(ids))
        .add(request_event::Column::ToState.is_not_null());
    let rows = cx
        .tx()
        .find::<request_event::Entity>()
        .filter(moving)
        .ascending(request_event::Column::RequestId)
        .ascending(request_event::Column::RecordedAt)
        .ascending(request_event::Column::Id)
        .up_to(most)
        .await?;
    let mut all: HashMap<RequestId, Vec<Move>> = HashMap::new();
    for row in rows {
        let to = row.to_state.map(|to| Move { at: row.at, to });
        all.entry(row.request_id).or_default().extend(to);
    }
    Ok(all)
}

/// Counts the due time of a request again, and when somebody must look at it, after a step that moved it.
/// `before` is the request as it stood: a date that ran out since somebody last looked was missed all the same.
pub(super) async fn follow(cx: &Cx<'_>, before: &request::Model) -> Outcome<()> {
    let missed = told(before).map(|told| told.date).filter(|date| *date <= cx.now());
    if let Some(date) = missed.filter(|_| before.promise_missed_at.is_none()) {
        let this = request::Column::Id.eq(before.id);
        cx.tx().change::<request::Entity>(this).set(request::Column::PromiseMissedAt, date).run_one().await?;
        stale::mark_at(cx, [date]).await?;
    }
    let row = store::reload(cx, before.id).await?;
    let clock = if row.complete_from.is_some() { Due::of(cx, &row).await? } else { None };
    put(cx, &row, clock.as_ref()).await?;
    compensation::follow(cx, &row, due_of(&row, clock.as_ref())).await
}

/// Until when a request is due by its clock.
pub(super) fn due_of(row: &request::Model, clock: Option<&Due>) -> Option<Instant> {
    clock.zip(row.complete_from).and_then(|(clock, from)| clock.at(from))
}

/// Writes down until when a request is due and when somebody must look at it, if that changed; false where somebody changed
/// the request since it was read. A clock that was put back takes its alarm back.
pub(super) async fn put(cx: &Cx<'_>, row: &request::Model, clock: Option<&Due>) -> Outcome<bool> {
    let watch = watched(row, clock);
    let due = due_of(row, clock);
    // What was late when it was handed on stays late here.
    let alarm = if row.elsewhere {
        row.alarm.filter(|alarm| *alarm == Alarm::Over)
    } else {
        row.alarm.min(watch.alarm(cx.now()))
    };
    let next = watch.next(alarm);
    if (due, alarm, next) == (row.due_at, row.alarm, row.next_check) {
        return Ok(true);
    }
    if due != row.due_at {
        // The days on which it was or is late, or in time, are counted anew.
        let moved = [row.due_at, due, row.ready_at].into_iter().flatten();
        stale::mark_at(cx, moved.filter(|at| *at <= cx.now())).await?;
    }
    let changed = cx
        .tx()
        .change::<request::Entity>(store::unchanged(row))
        .set(request::Column::DueAt, due)
        .set(request::Column::Alarm, alarm.map(Alarm::word))
        .set(request::Column::NextCheck, next)
        .run()
        .await?;
    Ok(changed == 1)
}
