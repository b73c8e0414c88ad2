//! A settlement clock as a page explains it.

use std::ops::Range;

use chrono::{NaiveDate, TimeDelta};
use loket_core::{
    clock::Instant,
    request::{Cause, Standstill},
};
use loket_entity::request;

use super::Due;

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
    /// Until when; nothing while it stands still.
    pub due: Option<Instant>,
    /// Why it stands still now, if it does.
    pub stands: Option<Cause>,
    /// How long it took until now, or until it was over, by the wall clock.
    pub gross: TimeDelta,
    /// What was counted of that.
    pub net: TimeDelta,
    /// What will have been counted when it is due.
    pub allowed: TimeDelta,
    /// What is or was counted until it is due, day by day.
    pub counted: Vec<(NaiveDate, Vec<Range<Instant>>)>,
    /// When it stood still, and why.
    pub stood: Vec<Standstill>,
    /// What the citizen was told.
    pub told: Option<PromiseView>,
}

/// The last date that a citizen was told, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromiseView {
    /// The date.
    pub date: Instant,
    /// Whether it was taken back.
    pub withheld: bool,
    /// When they were told that it may not hold.
    pub warned_at: Option<Instant>,
    /// Whether one that they were told was missed.
    pub missed: bool,
}

impl Due {
    /// The clock of a request whose papers were declared complete.
    pub fn view(&self, row: &request::Model, now: Instant) -> Option<ClockView> {
        let from = row.complete_from?;
        let (term, calendar, terms) = (self.term, self.calendar.as_ref(), &self.terms);
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
            told: row.promised_at.map(|date| PromiseView {
                date,
                withheld: row.withheld_at.is_some(),
                warned_at: row.warned_at,
                missed: row.promise_missed_at.is_some(),
            }),
            stands: clock.stands(now).filter(|_| ended.is_none()),
            stood: {
                let met =
                    |one: &Standstill| one.pause.from <= now && one.pause.until.is_none_or(|end| end > from);
                clock.stood.into_iter().filter(met).collect()
            },
        })
    }
}
