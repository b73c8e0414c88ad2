//! When an office of the demonstration is open: weekdays, holidays, Ramadan, breaks, and what outages take away.
//!
//! Holidays and cuti bersama are those of the joint ministerial decrees that ship with Loket; in a year that they do
//! not know, only the feasts of fixed date are kept. Hours of Ramadan: Perpres 21/2023, from 08.00, half an
//! hour of rest (an hour on Fridays), to 15.00 or 15.30.

use std::{collections::HashSet, sync::LazyLock};

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use loket_core::{clock::Instant, zone::OfficeZone};

use crate::domain::calendars;

static LISTED: LazyLock<HashSet<NaiveDate>> =
    LazyLock::new(|| calendars::holidays().iter().map(|holiday| holiday.date).collect());
static LISTED_YEARS: LazyLock<HashSet<i32>> =
    LazyLock::new(|| LISTED.iter().map(|day: &NaiveDate| day.year()).collect());

/// Feasts of fixed date, month and day.
const FIXED: [(u32, u32); 5] = [(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)];

/// First and last day of Ramadan 1446 to 1448 H, as year, month, day.
const RAMADAN: [[(i32, u32, u32); 2]; 3] =
    [[(2025, 3, 1), (2025, 3, 30)], [(2026, 2, 19), (2026, 3, 20)], NEXT_RAMADAN];

/// Ramadan 1448 H: derived from the feast in the joint decree, until the sidang isbat says it.
const NEXT_RAMADAN: [(i32, u32, u32); 2] = [(2027, 2, 8), (2027, 3, 9)];

/// A date as it stands in a table.
fn date((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The first and the last day of the Ramadan that the demonstration's offices have before them.
pub fn next_ramadan() -> [NaiveDate; 2] {
    NEXT_RAMADAN.map(date)
}

/// A moment on an office's own clocks, in seconds since 1970 by its calendar.
pub type Local = i64;

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// The moment a day begins.
pub fn midnight(day: NaiveDate) -> Local {
    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
}

/// The day of a moment.
pub fn day_of(at: Local) -> NaiveDate {
    written(at).date()
}

/// A moment as clocks there show it.
fn written(at: Local) -> NaiveDateTime {
    chrono::DateTime::from_timestamp(at, 0).unwrap_or_default().naive_utc()
}

/// A moment as everybody's.
pub fn instant(at: Local, zone: OfficeZone) -> Instant {
    zone.instant(written(at))
}

/// Whether offices work on a day.
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day)
}

fn is_holiday(day: NaiveDate) -> bool {
    if LISTED_YEARS.contains(&day.year()) {
        LISTED.contains(&day)
    } else {
        FIXED.contains(&(day.month(), day.day()))
    }
}

/// Whether a day is in Ramadan, in the years that are known.
pub fn is_ramadan(day: NaiveDate) -> bool {
    RAMADAN.iter().any(|[first, last]| (date(*first)..=date(*last)).contains(&day))
}

/// When an office serves, in minutes of the day.
#[derive(Debug, Clone, Copy)]
pub struct Hours {
    /// It opens.
    pub open: i64,
    /// It closes from Monday to Thursday.
    pub close: i64,
    /// It closes on Fridays.
    pub friday: i64,
}

const NOON: i64 = 12 * 60;

impl Hours {
    /// From when to when it serves on a day; nothing on a day without work.
    pub fn on(self, day: NaiveDate) -> Vec<(Local, Local)> {
        if !is_working_day(day) {
            return Vec::new();
        }
        let at = |minute: i64| midnight(day) + minute * 60;
        let minutes = self.minutes(is_ramadan(day), day.weekday() == Weekday::Fri);
        minutes.into_iter().map(|(from, to)| (at(from), at(to))).collect()
    }

    /// The same in minutes of the day, around an hour of rest at noon, ninety minutes on Fridays.
    pub fn minutes(self, ramadan: bool, friday: bool) -> Vec<(i64, i64)> {
        let (open, close, rest) = match (ramadan, friday) {
            (false, false) => (self.open, self.close, (NOON, NOON + 60)),
            (false, true) => (self.open, self.friday, (NOON - 30, NOON + 60)),
            (true, false) => (self.open.max(8 * 60), self.close.min(15 * 60), (NOON, NOON + 30)),
            (true, true) => (self.open.max(8 * 60), self.friday.min(15 * 60 + 30), (NOON - 30, NOON + 30)),
        };
        let spans = [(open, close.min(rest.0)), (rest.1, close)];
        spans.into_iter().filter(|(from, to)| from < to).collect()
    }
}

/// Spans of time in which something can be done, in order and apart.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<(Local, Local)>);

impl Times {
    /// The hours of an office from one day to another, the second left out.
    pub fn of(hours: Hours, (from, to): (NaiveDate, NaiveDate)) -> Self {
        Self(from.iter_days().take_while(|day| *day < to).flat_map(|day| hours.on(day)).collect())
    }

    /// What is left of them without some spans.
    pub fn without(&self, gone: &[(Local, Local)]) -> Self {
        let mut left = self.0.clone();
        for (from, to) in gone {
            let cut = |(start, end): (Local, Local)| [(start, end.min(*from)), (start.max(*to), end)];
            left = left.into_iter().flat_map(cut).filter(|(start, end)| start < end).collect();
        }
        Self(left)
    }

    /// The spans that end after a moment.
    fn after(&self, at: Local) -> &[(Local, Local)] {
        let first = self.0.partition_point(|(_, end)| *end <= at);
        self.0.get(first..).unwrap_or_default()
    }

    /// The first moment from `at` on; nothing after the last span.
    pub fn from(&self, at: Local) -> Option<Local> {
        self.after(at).first().map(|(start, _)| at.max(*start))
    }

    /// The moment when `work` seconds of it are done that begins at `at`.
    pub fn done(&self, at: Local, work: i64) -> Option<Local> {
        let mut left = work;
        for (start, end) in self.after(at) {
            let start = at.max(*start);
            // What is done at the very end is done within the span.
            if start + left < *end {
                return Some(start + left);
            }
            left -= end - start;
        }
        None
    }

    /// The spans of a day.
    pub fn on(&self, day: NaiveDate) -> &[(Local, Local)] {
        let spans = self.after(midnight(day));
        let end = spans.partition_point(|(start, _)| *start < midnight(day) + DAY);
        spans.get(..end).unwrap_or_default()
    }

    /// How much there is from one moment to another, in seconds.
    pub fn length(&self, (from, to): (Local, Local)) -> i64 {
        let within = |(start, end): &(Local, Local)| ((*end).min(to) - (*start).max(from)).max(0);
        self.after(from).iter().take_while(|(start, _)| *start < to).map(within).sum()
    }

    /// The place of a share of a day's time, from 0 up to 1; nothing on a day without any.
    pub fn part_of(&self, day: NaiveDate, share: f64) -> Option<Local> {
        let spans = self.on(day);
        let all: i64 = spans.iter().map(|(start, end)| end - start).sum();
        let (first, _) = spans.first()?;
        self.done(*first, (all as f64 * share) as i64)
    }

    /// The first day from `day` on that has some.
    pub fn day_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.from(midnight(day)).map(day_of)
    }

    /// The last day up to `day` that has some.
    pub fn day_until(&self, day: NaiveDate) -> Option<NaiveDate> {
        let until = self.0.partition_point(|(start, _)| *start < midnight(day) + DAY);
        self.0.get(..until)?.last().map(|(start, _)| day_of(*start))
    }
}

/// The day that lies `days` later, or earlier.
pub fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(TimeDelta::days(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NUNUKAN: Hours = Hours { open: 450, close: 960, friday: 990 };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn told(spans: &[(Local, Local)]) -> Vec<String> {
        let time = |at: Local| written(at).format("%H.%M").to_string();
        spans.iter().map(|(from, to)| format!("{}-{}", time(*from), time(*to))).collect()
    }

    #[test]
    fn hours_follow_the_weekday_and_the_fast() {
        for (date, hours) in [
            ("2026-11-19", vec!["07.30-12.00", "13.00-16.00"]),
            ("2026-11-20", vec!["07.30-11.30", "13.00-16.30"]),
            ("2026-02-19", vec!["08.00-12.00", "12.30-15.00"]),
            ("2026-02-20", vec!["08.00-11.30", "12.30-15.30"]),
            ("2026-11-21", vec![]),
            ("2026-03-23", vec![]),
            ("2026-12-24", vec![]),
        ] {
            assert_eq!(told(&NUNUKAN.on(day(date))), hours, "{date}");
        }
        let kecamatan = Hours { open: 480, close: 930, friday: 690 };
        assert_eq!(told(&kecamatan.on(day("2026-11-20"))), ["08.00-11.30"]);
    }

    #[test]
    fn years_beyond_the_list_of_holidays_keep_the_fixed_feasts() {
        assert_eq!(LISTED_YEARS.len(), 3);
        assert!(!is_working_day(day("2031-05-01")) && is_working_day(day("2031-05-02")));
    }

    #[test]
    fn what_is_taken_away_is_gone_and_work_goes_on_behind_it() {
        let times = Times::of(NUNUKAN, (day("2026-11-18"), day("2026-11-24")));
        let at = |minute: i64| midnight(day("2026-11-18")) + minute * 60;
        let cut = times.without(&[(at(600), at(900))]);
        assert_eq!(told(cut.on(day("2026-11-18"))), ["07.30-10.00", "15.00-16.00"]);
        assert_eq!(cut.done(at(590), 20 * 60), Some(at(910)));
        assert_eq!(cut.from(at(601)), Some(at(900)));
        assert_eq!(times.length((at(0), at(1440))), 450 * 60);
        // Friday afternoon's work is done on Monday morning.
        let friday = midnight(day("2026-11-20")) + 985 * 60;
        assert_eq!(times.done(friday, 15 * 60), Some(midnight(day("2026-11-23")) + 460 * 60));
        assert_eq!(times.day_from(day("2026-11-21")), Some(day("2026-11-23")));
        assert_eq!(times.day_until(day("2026-11-22")), Some(day("2026-11-20")));
        assert_eq!(times.from(midnight(day("2026-11-24"))), None);
    }

    proptest! {
        #[test]
        fn work_begins_and_ends_within_the_hours(minutes in 0_i64..9_000, work in 0_i64..90_000, share in 0.0_f64..1.0) {
            let first = day("2026-11-02");
            let times = Times::of(NUNUKAN, (first, plus(first, 20))).without(&[(midnight(plus(first, 3)), midnight(plus(first, 4)))]);
            let inside = |at: Local| times.0.iter().any(|(start, end)| (*start..*end).contains(&at));
            let at = midnight(first) + minutes * 60;
            prop_assert!(times.from(at).is_none_or(inside));
            if let Some(done) = times.done(at, work) {
                prop_assert!(inside(done));
                prop_assert_eq!(times.length((at, done)), work);
            }
            prop_assert!(times.part_of(day_of(at), share).is_none_or(inside));
        }
    }
}
