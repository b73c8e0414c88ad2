//! The working calendar of an office: when it is open, and how working time is counted.
//!
//! A calendar is a value: the openings of each weekday, seasons with hours of their own (Ramadan), holidays, days that are
//! open whatever else holds (by shift on a cuti bersama, on a Saturday). What nobody foresaw is an outage, which stops clocks
//! and changes no calendar. Every interval is half open: 08.00–12.00 holds 08.00 and no longer 12.00. Nothing here reads a
//! clock, or the zone of the machine: a day is a day in the office's zone.

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
}

impl Calendar {
    /// A calendar with a week and nothing else.
    pub const fn new(zone: OfficeZone, week: Week) -> Self {
        Self { zone, week, seasons: Vec::new(), holidays: BTreeMap::new(), set: BTreeMap::new() }
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

    /// When it is open on a day.
    pub fn open_on(&self, date: NaiveDate) -> Vec<Range<Instant>> {
        let midnight = self.zone.midnight(date);
        let planned = self.day(date).0.openings().iter();
        planned
            .map(|one| midnight + one.from.since_midnight()..midnight + one.until.since_midnight())
            .collect()
    }

    /// Whether it is open at all on a day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !self.day(date).0.openings().is_empty()
    }
}
