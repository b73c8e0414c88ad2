//! How long something may take, and until when, where the clock stood still for a while.

use std::ops::Range;

use chrono::{Days, TimeDelta};

use super::Calendar;
use crate::clock::Instant;

words!(/// What an office means by "1x24 jam". The law says no more than the words (Permendagri 19/2018: up to 1×24 hours from complete
    /// papers), so the office picks, and the citizen is told which.
    DayReading {
    /// Twenty-four hours by the clock on the wall, day and night.
    Hours = "jam",
    /// The same time on the next day on which the office works.
    NextWorkingDay = "hari_kerja_berikutnya",
});

impl DayReading {
    /// What it means, as people read it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hours => "24 jam terus, siang dan malam",
            Self::NextWorkingDay => "sampai jam yang sama pada hari kerja berikutnya",
        }
    }
}

impl Default for DayReading {
    /// The stricter one for the office, until it picks.
    fn default() -> Self {
        Self::Hours
    }
}

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// So many minutes while the office is open.
    Minutes(u32),
    /// So many hours while the office is open.
    WorkingHours(u32),
    /// Until the office closes on the so-manieth working day after this one.
    WorkingDays(u32),
    /// Until the end of the so-manieth day after this one.
    CalendarDays(u32),
    /// So many times 24 hours, by the office's reading.
    DayAndNight(u32, DayReading),
}

/// A time in which a clock stands still; without an end while it still does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// It stands still from here.
    pub from: Instant,
    /// It runs again from here.
    pub until: Option<Instant>,
}

impl Term {
    /// Until when, were the clock never to stand still. Nothing where the calendar does not come so far.
    pub fn due(self, calendar: &Calendar, from: Instant) -> Option<Instant> {
        match self {
            Self::Minutes(minutes) => calendar.after(from, TimeDelta::minutes(minutes.into())),
            Self::WorkingHours(hours) => calendar.after(from, TimeDelta::hours(hours.into())),
            Self::WorkingDays(0) => Some(from),
            Self::WorkingDays(days) => {
                let day = calendar.days_after(calendar.zone().date(from), days)?;
                calendar.closes_on(day)
            }
            Self::CalendarDays(days) => {
                let zone = calendar.zone();
                let next = zone.date(from).checked_add_days(Days::new(u64::from(days) + 1))?;
                Some(zone.midnight(next))
            }
            Self::DayAndNight(days, DayReading::Hours) => {
                from.checked_add_signed(TimeDelta::days(days.into()))
            }
            Self::DayAndNight(days, DayReading::NextWorkingDay) => same_time(calendar, from, days),
        }
    }

    /// Until when, where the clock stood still: so much later as it would have counted meanwhile. Nothing while it stands
    /// still without an end in sight, if that would move it.
    pub fn due_with(self, calendar: &Calendar, from: Instant, pauses: &[Pause]) -> Option<Instant> {
        let base = self.due(calendar, from)?;
        let mut due = base;
        // Each round takes in at least one more pause, or ends.
        for _ in 0..=pauses.len() {
            let stood = standing(pauses, from..due)?;
            let lost: TimeDelta = stood.into_iter().map(|span| self.counted(calendar, span)).sum();
            let later = self.moved(calendar, base, lost)?;
            if later == due {
                break;
            }
            due = later;
        }
        Some(due)
    }

    /// The parts of a span that the clock of this term counts, in order.
    pub fn intervals(self, calendar: &Calendar, span: Range<Instant>) -> Vec<Range<Instant>> {
        if !self.is_round_the_clock() {
            return calendar.intervals(span);
        }
        calendar.by_day(span)
    }

    /// How much of a span the clock of this term counts.
    pub fn counted(self, calendar: &Calendar, span: Range<Instant>) -> TimeDelta {
        self.intervals(calendar, span).into_iter().map(|one| one.end - one.start).sum()
    }

    fn moved(self, calendar: &Calendar, from: Instant, by: TimeDelta) -> Option<Instant> {
        if self.is_round_the_clock() { from.checked_add_signed(by) } else { calendar.after(from, by) }
    }

    /// Whether nights and closed days are counted like any time.
    pub const fn is_round_the_clock(self) -> bool {
        matches!(self, Self::CalendarDays(_) | Self::DayAndNight(_, DayReading::Hours))
    }
}

/// The same time, so many working days later. What begins while the office is closed begins when it opens; a time at which
/// the office is not yet open, or no longer, becomes its first or last.
fn same_time(calendar: &Calendar, from: Instant, days: u32) -> Option<Instant> {
    let begun = calendar.next_opening(from)?;
    let local = calendar.zone().local(begun);
    let day = calendar.days_after(local.date_naive(), days)?;
    if days == 0 {
        return Some(begun);
    }
    let open = calendar.open_on(day);
    let (first, last) = (open.first()?.start, open.last()?.end);
    Some(calendar.zone().instant(day.and_time(local.time())).clamp(first, last))
}

/// What of a span lies in pauses, each moment once; a pause that begins in it counts to its end. Nothing where one that has
/// no end begins in it.
fn standing(pauses: &[Pause], span: Range<Instant>) -> Option<Vec<Range<Instant>>> {
    let begun = joined(pauses).into_iter().filter(|pause| pause.from < span.end);
    let each = begun.map(|pause| pause.until.map(|until| pause.from.max(span.start)..until));
    let all: Option<Vec<Range<Instant>>> = each.collect();
    all.map(|all| all.into_iter().filter(|part| part.start < part.end).collect())
}

/// Pauses in order, those that touch made one: how a pause was written down says nothing.
fn joined(pauses: &[Pause]) -> Vec<Pause> {
    let mut all: Vec<Pause> =
        pauses.iter().filter(|pause| pause.until.is_none_or(|until| pause.from < until)).copied().collect();
    all.sort_by_key(|pause| pause.from);
    let mut apart: Vec<Pause> = Vec::with_capacity(all.len());
    for pause in all {
        match apart.last_mut() {
            Some(last) if last.until.is_none_or(|until| pause.from <= until) => {
                last.until = last.until.zip(pause.until).map(|(one, other)| one.max(other));
            }
            _ => apart.push(pause),
        }
    }
    apart
}

/// What is left of intervals in order without the times at which a clock stood still.
pub fn standing_apart(counted: Vec<Range<Instant>>, pauses: &[Pause]) -> Vec<Range<Instant>> {
    joined(pauses).into_iter().fold(counted, |left, pause| {
        let until = pause.until.unwrap_or(Instant::MAX_UTC);
        left.into_iter().flat_map(|one| without(one, &(pause.from..until))).collect()
    })
}

/// What is left of an interval without another: nothing, one part or two.
fn without(one: Range<Instant>, other: &Range<Instant>) -> impl Iterator<Item = Range<Instant>> + use<> {
    let before = one.start..one.end.min(other.start);
    let after = one.start.max(other.end)..one.end;
    [before, after].into_iter().filter(|part| part.start < part.end)
}

/// How long something took: by the wall clock, and by its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    /// From beginning to end.
    pub gross: TimeDelta,
    /// What the clock counted: without pauses, and by its term without the time in which the office was closed.
    pub net: TimeDelta,
}

/// How long something took until a moment.
pub fn elapsed(calendar: &Calendar, term: Term, span: Range<Instant>, pauses: &[Pause]) -> Elapsed {
    let ended: Vec<Pause> = pauses
        .iter()
        .map(|pause| Pause { until: Some(pause.until.unwrap_or(span.end).min(span.end)), ..*pause })
        .collect();
    let stood = standing(&ended, span.clone()).unwrap_or_default();
    let lost: TimeDelta = stood.into_iter().map(|part| term.counted(calendar, part)).sum();
    let counted = term.counted(calendar, span.clone());
    Elapsed { gross: (span.end - span.start).max(TimeDelta::zero()), net: counted - lost }
}
