//! The clocks of the year's requests: what they are counted by, until when they were due, and what their citizens were told.

use std::ops::Range;

use loket_core::{
    calendar::{Calendar, DayReading, HoursKind, Pause},
    clock::Instant,
    outage::OutageKind,
    request::{Cause, Move, RequestState, Settlement, Standstill, Terms, TimetableRef},
    standard::TimeLimit,
    zone::OfficeZone,
};

use super::rows::Drawn;
use crate::{
    demo::setup::{Trouble, trouble},
    domain::calendars,
    infra::Cx,
};

/// What an office's clocks run by.
pub(super) struct Clocks {
    edition: i64,
    reading: DayReading,
    zone: OfficeZone,
    calendar: Calendar,
    /// When citizens are answered.
    pub(super) service: Calendar,
    /// When its work was stopped, and why.
    stopped: Vec<(OutageKind, Range<Instant>)>,
}

/// The clock of a request.
#[derive(Default)]
pub(super) struct Clock {
    pub(super) terms: Option<serde_json::Value>,
    pub(super) due: Option<Instant>,
    pub(super) promised: Option<Instant>,
    pub(super) withheld: Option<Instant>,
    pub(super) missed: Option<Instant>,
    /// When the watcher looks at it: at once, where it is still open.
    pub(super) check: Option<Instant>,
}

impl Clocks {
    /// Reads the timetable that the office published.
    pub(super) async fn open(
        cx: &Cx<'_>,
        zone: OfficeZone,
        stopped: Vec<(OutageKind, Range<Instant>)>,
    ) -> Result<Self, Trouble> {
        let held = calendars::held(cx, None, cx.now()).await.map_err(trouble)?;
        let (calendar, service) =
            (held.calendar(HoursKind::Office, zone), held.calendar(HoursKind::Service, zone));
        Ok(Self { edition: held.edition, reading: held.timetable.reading, zone, calendar, service, stopped })
    }

    /// Whether something stopped the office's work at a moment.
    pub(super) fn is_stopped(&self, at: Instant) -> bool {
        self.stopped.iter().any(|(_, span)| span.contains(&at))
    }

    /// The clock of a case whose service may take so long.
    pub(super) fn of(&self, times: &[TimeLimit], drawn: &Drawn<'_>) -> Result<Clock, Trouble> {
        let Some(limit) = Terms::limit(times, drawn.case.arrival.channel) else {
            return Ok(Clock::default());
        };
        let timetable = TimetableRef { unit: None, edition: self.edition };
        let terms = Terms { limit: limit.clone(), reading: self.reading, timetable, zone: self.zone };
        let stored = Some(serde_json::to_value(&terms).map_err(trouble)?);
        let standing = &drawn.standing;
        let (Some(from), Some(term)) = (standing.complete_from, terms.term()) else {
            return Ok(Clock { terms: stored, ..Clock::default() });
        };
        let from = drawn.at(from);
        let moves: Vec<Move> = drawn
            .lines
            .iter()
            .filter_map(|line| Some(Move { at: drawn.at(line.at), to: line.moving?.1 }))
            .collect();
        let ended = standing.ready.or(standing.closed).map(|at| drawn.at(at));
        let as_known = |until: Option<Instant>| {
            let known: Vec<Move> =
                moves.iter().copied().filter(|one| until.is_none_or(|until| one.at <= until)).collect();
            let stood = self.stopped.iter().filter(|(_, span)| until.is_none_or(|until| span.start < until));
            let stood = stood.map(|(kind, span)| Standstill {
                pause: Pause { from: span.start, until: Some(span.end) },
                cause: Cause::Outage(*kind),
            });
            Settlement::of((term, &self.calendar), from, &known, stood)
        };
        let due = as_known(ended).due;
        let declared = standing.declared.map(|at| drawn.at(at));
        let told = declared.and_then(|declared| {
            let clock = as_known(Some(declared));
            clock.due.filter(|due| *due > declared && clock.stands(declared).is_none())
        });
        let promised = told.filter(|_| !limit.basis.is_unverified());
        // Whoever waits hears of what stops the office's work, and that their date moves.
        let withheld = promised.zip(declared).and_then(|(date, declared)| {
            self.stopped.iter().map(|(_, span)| span.start).find(|start| declared < *start && *start < date)
        });
        let until = ended.unwrap_or_else(|| drawn.at(drawn.ledger.plan.until));
        let waits = |at: Instant| {
            moves
                .iter()
                .rfind(|one| one.at <= at)
                .is_some_and(|one| one.to == RequestState::WaitingForCitizen)
        };
        let missed = promised.filter(|date| withheld.is_none() && *date < until && !waits(*date));
        Ok(Clock { terms: stored, due, promised, withheld, missed, check: ended.is_none().then_some(from) })
    }
}
