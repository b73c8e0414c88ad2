//! The working calendar of an office: when it is open, and how working time is counted.
//!
//! A calendar is a value: the openings of each weekday, seasons with hours of their own (Ramadan), holidays, days that are
//! open whatever else holds (by shift on a cuti bersama, on a Saturday), and times at which it was closed unforeseen. Every
//! interval is half open: 08.00–12.00 holds 08.00 and no longer 12.00. Nothing here reads a clock, or the zone of the
//! machine: a day is a day in the office's zone.

mod count;
mod holiday;
mod hours;
mod term;
#[cfg(test)]
mod tests;
mod timetable;

pub use count::MOST_DAYS;
pub use holiday::{Holiday, HolidayFault, HolidayKind, holidays};
pub use hours::{DayTime, Hours, HoursError, NoDayTime, Opening, Week};
pub use term::{DayReading, Elapsed, Pause, Term, elapsed, standing_apart};
pub use timetable::{Both, HoursKind, OwnDay, SeasonHours, Timetable};

use std::{collections::BTreeMap, ops::Range};

use chrono::NaiveDate;

use crate::{clock::Instant, zone::OfficeZone};

/// Days on which the week is another: Ramadan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// What it is called.
    pub name: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// The week that holds.
    pub week: Week,
}

/// Why a day is as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because<'c> {
    /// It was set for this day alone.
    Set,
    /// It is a holiday.
    Holiday(&'c Holiday),
    /// A season's week holds.
    Season(&'c str),
    /// The usual week holds.
    Week,
}

/// When an office, a unit or a service is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    zone: OfficeZone,
    week: Week,
    seasons: Vec<Season>,
    holidays: BTreeMap<NaiveDate, Holiday>,
    set: BTreeMap<NaiveDate, Hours>,
    /// In order, apart from each other.
    closures: Vec<Range<Instant>>,
}

impl Calendar {
    /// A calendar with a week and nothing else.
    pub const fn new(zone: OfficeZone, week: Week) -> Self {
        Self {
            zone,
            week,
            seasons: Vec::new(),
            holidays: BTreeMap::new(),
            set: BTreeMap::new(),
            closures: Vec::new(),
        }
    }

    /// With a season; of two that hold on a day the one that was added last does.
    #[must_use]
    pub fn with_season(mut self, season: Season) -> Self {
        self.seasons.push(season);
        self
    }

    /// With holidays; of two on a day the one that was added last is named.
    #[must_use]
    pub fn with_holidays(mut self, holidays: impl IntoIterator<Item = Holiday>) -> Self {
        self.holidays.extend(holidays.into_iter().map(|holiday| (holiday.date, holiday)));
        self
    }

    /// With a day that is open at these times whatever else holds, or closed.
    #[must_use]
    pub fn with_day(mut self, date: NaiveDate, hours: Hours) -> Self {
        self.set.insert(date, hours);
        self
    }

    /// With a time at which it was closed unforeseen.
    #[must_use]
    pub fn with_closure(mut self, closure: Range<Instant>) -> Self {
        if closure.start >= closure.end {
            return self;
        }
        self.closures.push(closure);
        self.closures.sort_by_key(|one| one.start);
        let mut apart: Vec<Range<Instant>> = Vec::with_capacity(self.closures.len());
        for one in self.closures {
            match apart.last_mut() {
                Some(last) if one.start <= last.end => last.end = last.end.max(one.end),
                _ => apart.push(one),
            }
        }
        self.closures = apart;
        self
    }

    /// Its zone.
    pub const fn zone(&self) -> OfficeZone {
        self.zone
    }

    /// The openings planned for a day, and why.
    pub fn day(&self, date: NaiveDate) -> (&Hours, Because<'_>) {
        if let Some(hours) = self.set.get(&date) {
            return (hours, Because::Set);
        }
        if let Some(holiday) = self.holidays.get(&date) {
            return (&hours::CLOSED, Because::Holiday(holiday));
        }
        match self.seasons.iter().rev().find(|season| (season.from..=season.until).contains(&date)) {
            Some(season) => (season.week.on(date), Because::Season(&season.name)),
            None => (self.week.on(date), Because::Week),
        }
    }

    /// When it is really open on a day: as planned, without the times at which it was closed unforeseen.
    pub fn open_on(&self, date: NaiveDate) -> Vec<Range<Instant>> {
        let midnight = self.zone.midnight(date);
        let planned = self.day(date).0.openings().iter();
        let mut open: Vec<Range<Instant>> = planned
            .map(|one| midnight + one.from.since_midnight()..midnight + one.until.since_midnight())
            .collect();
        let first = self.closures.partition_point(|closure| closure.end <= midnight);
        for closure in self.closures.iter().skip(first) {
            if open.last().is_none_or(|last| closure.start >= last.end) {
                break;
            }
            open = open.into_iter().flat_map(|one| without(one, closure)).collect();
        }
        open
    }

    /// Whether it is open at all on a day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !self.open_on(date).is_empty()
    }
}

/// What is left of an interval without another: nothing, one part or two.
fn without(one: Range<Instant>, closure: &Range<Instant>) -> impl Iterator<Item = Range<Instant>> + use<> {
    let before = one.start..one.end.min(closure.start);
    let after = one.start.max(closure.end)..one.end;
    [before, after].into_iter().filter(|part| part.start < part.end)
}
