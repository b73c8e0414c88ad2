//! The settlement clock of a request: what it is counted by is frozen when it is opened, and its due time follows its
//! history from then on.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, TimeDelta};
use loket_core::{
    calendar::{Calendar, HoursKind, Pause, Term},
    clock::Instant,
    id::{RequestId, UnitId},
    request::{Channel, Move, RequestState, Settlement, Terms, TimetableRef},
};
use loket_entity::{request, request_event};
use sea_orm::{ColumnTrait, Condition};

use super::store;
use crate::{
    domain::{
        calendars::{self, Of},
        catalogue::ServiceView,
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

/// What the settlement clock of a request is counted from: its terms, its calendar and its steps.
pub(super) struct Due {
    terms: Terms,
    term: Term,
    calendar: Calendar,
    moves: Vec<Move>,
}

impl Due {
    /// Reads it; nothing for a request without terms.
    pub async fn of(cx: &Cx<'_>, row: &request::Model) -> Outcome<Option<Self>> {
        let Some(stored) = row.terms.clone() else { return Ok(None) };
        let terms: Terms =
            serde_json::from_value(stored).map_err(|_| Fault::Inconsistent("terms of a request"))?;
        let Some(term) = terms.term() else { return Ok(None) };
        let timetable = calendars::of_edition(cx, terms.timetable).await?;
        let calendar = timetable.calendar(HoursKind::Office, terms.zone, calendars::holidays());
        Ok(Some(Self { term, calendar, moves: moves(cx, row.id).await?, terms }))
    }

    fn clock(&self, from: Instant) -> Settlement {
        Settlement::of(self.term, &self.calendar, from, &self.moves)
    }

    /// The date that may be promised if the papers are declared complete now, with the rule that it follows. Nothing is
    /// promised by a rule that nobody has compared with its source, for a day that is over or of a year whose holidays
    /// nobody has decreed, or where another office decides.
    pub fn promise(
        &self,
        row: &request::Model,
        (from, now): (Instant, Instant),
    ) -> Option<(Instant, String)> {
        if row.elsewhere || self.terms.limit.basis.is_unverified() {
            return None;
        }
        let declared = Move { at: now, to: RequestState::InProcess };
        let moves: Vec<_> = self.moves.iter().copied().chain([declared]).collect();
        let due = Settlement::of(self.term, &self.calendar, from, &moves).due?;
        let known = self.terms.zone.date(due).year() <= calendars::last_year();
        (known && due > now).then(|| (due, self.terms.words()))
    }
}

/// The steps of a request that moved it, oldest first.
async fn moves(cx: &Cx<'_>, id: RequestId) -> Outcome<Vec<Move>> {
    let moving = Condition::all()
        .add(request_event::Column::RequestId.eq(id))
        .add(request_event::Column::ToState.is_not_null());
    let rows = cx
        .tx()
        .find::<request_event::Entity>()
        .filter(moving)
        .ascending(request_event::Column::RecordedAt)
        .ascending(request_event::Column::Id)
        .up_to(MOST_MOVES)
        .await?;
    Ok(rows.iter().filter_map(|row| Some(Move { at: row.at, to: row.to_state? })).collect())
}

/// Counts the due time again after a step that moved a request whose papers were declared complete.
pub(super) async fn follow(cx: &Cx<'_>, id: RequestId) -> Outcome<()> {
    let row = store::reload(cx, id).await?;
    let Some(from) = row.complete_from else { return Ok(()) };
    let Some(due) = Due::of(cx, &row).await? else { return Ok(()) };
    let due = due.clock(from).due;
    if due == row.due_at {
        return Ok(());
    }
    let this = request::Column::Id.eq(id);
    cx.tx().change::<request::Entity>(this).set(request::Column::DueAt, due).run_one().await
}

/// A settlement clock as its page explains it.
#[derive(Debug, Clone)]
pub struct ClockView {
    /// The rule: `paling lama 3 hari kerja`.
    pub rule: String,
    /// Where it stands.
    pub source: String,
    /// Whether nobody has compared it with its source: then it is not promised to the citizen.
    pub unverified: bool,
    /// The edition of the timetable; 0 for the working hours of the rule.
    pub edition: i64,
    /// Whether that is the unit's own.
    pub of_unit: bool,
    /// When the product was there, or it was over.
    pub ended: Option<Instant>,
    /// Whether only time in which the office works is counted.
    pub working: bool,
    /// Until when; nothing while it waits for the citizen.
    pub due: Option<Instant>,
    /// How long it took until now, or until it was over, by the wall clock.
    pub gross: TimeDelta,
    /// What was counted of that.
    pub net: TimeDelta,
    /// What will have been counted when it is due.
    pub allowed: TimeDelta,
    /// What is or was counted until it is due, day by day.
    pub counted: Vec<(NaiveDate, Vec<Range<Instant>>)>,
    /// When it stood still.
    pub pauses: Vec<Pause>,
}

impl Due {
    /// The clock of a request whose papers were declared complete.
    pub fn view(&self, row: &request::Model, now: Instant) -> Option<ClockView> {
        let from = row.complete_from?;
        let (term, calendar, terms) = (self.term, &self.calendar, &self.terms);
        let clock = self.clock(from);
        let ended = row.ready_at.or(row.closed_at);
        let now = ended.unwrap_or(now);
        let took = clock.elapsed(term, calendar, now);
        let until = clock.due.unwrap_or(now);
        let mut counted: Vec<(NaiveDate, Vec<Range<Instant>>)> = Vec::new();
        for one in clock.counted(term, calendar, until) {
            let date = terms.zone.date(one.start);
            match counted.last_mut() {
                Some((day, of_day)) if *day == date => of_day.push(one),
                _ => counted.push((date, vec![one])),
            }
        }
        let allowed = clock.due.map_or(TimeDelta::zero(), |due| clock.elapsed(term, calendar, due).net);
        Some(ClockView {
            rule: terms.words(),
            source: terms.limit.basis.line(),
            unverified: terms.limit.basis.is_unverified(),
            edition: terms.timetable.edition,
            of_unit: terms.timetable.unit.is_some(),
            ended,
            working: !term.is_round_the_clock(),
            due: clock.due,
            gross: took.gross,
            net: took.net,
            allowed,
            counted,
            pauses: clock
                .pauses
                .into_iter()
                .filter(|pause| pause.until.is_none_or(|end| end > from))
                .collect(),
        })
    }
}
