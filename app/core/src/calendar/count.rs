//! Counting time while an office is open.

use std::ops::Range;

use chrono::{NaiveDate, TimeDelta};

use super::Calendar;
use crate::clock::Instant;

/// How many days are looked through for an opening or a due time: a calendar that is not open for so long never is.
pub const MOST_DAYS: usize = 1_100;

/// Longest span that is counted, in days: some forty years.
const LONGEST: usize = 15_000;

impl Calendar {
    /// Whether it is open at a moment.
    pub fn is_open(&self, at: Instant) -> bool {
        self.open_on(self.zone.date(at)).iter().any(|one| one.contains(&at))
    }

    /// The first moment from `at` on at which it is open: `at` itself where it is. Nothing where it does not open within
    /// [`MOST_DAYS`].
    pub fn next_opening(&self, at: Instant) -> Option<Instant> {
        self.days_from(at).take(MOST_DAYS).find_map(|day| {
            self.open_on(day).into_iter().find(|one| one.end > at).map(|one| one.start.max(at))
        })
    }

    /// The times at which it is open between two moments, in order: what a clock counts.
    pub fn intervals(&self, span: Range<Instant>) -> Vec<Range<Instant>> {
        if span.start >= span.end {
            return Vec::new();
        }
        let last = self.zone.date(span.end);
        self.days_from(span.start)
            .take(LONGEST)
            .take_while(|day| *day <= last)
            .flat_map(|day| self.open_on(day))
            .map(|one| one.start.max(span.start)..one.end.min(span.end))
            .filter(|one| one.start < one.end)
            .collect()
    }

    /// A span cut at the midnights of its zone.
    pub fn by_day(&self, span: Range<Instant>) -> Vec<Range<Instant>> {
        if span.start >= span.end {
            return Vec::new();
        }
        let midnight = |day: NaiveDate| self.zone.midnight(day);
        self.days_from(span.start)
            .take(LONGEST)
            .map(|day| midnight(day).max(span.start)..midnight(day.succ_opt().unwrap_or(day)).min(span.end))
            .take_while(|one| one.start < one.end)
            .collect()
    }

    /// How long it is open between two moments; nothing where the second is not after the first.
    pub fn worked(&self, span: Range<Instant>) -> TimeDelta {
        self.intervals(span).into_iter().map(|one| one.end - one.start).sum()
    }

    /// The moment at which it has been open for this long since `from`. It may be the moment at which it closes, and is
    /// `from` for no time at all. Nothing where that is not within [`MOST_DAYS`].
    pub fn after(&self, from: Instant, work: TimeDelta) -> Option<Instant> {
        let mut left = work;
        if left <= TimeDelta::zero() {
            return Some(from);
        }
        for day in self.days_from(from).take(MOST_DAYS) {
            for one in self.open_on(day) {
                let start = one.start.max(from);
                let open = one.end - start;
                if open >= left {
                    return Some(start + left);
                }
                left -= open.max(TimeDelta::zero());
            }
        }
        None
    }

    /// The working day that is so many working days after a date; the date itself, working day or not, is not counted.
    /// Nothing where there are not so many within [`MOST_DAYS`].
    pub fn days_after(&self, date: NaiveDate, days: u32) -> Option<NaiveDate> {
        let Some(nth) = usize::try_from(days).ok()?.checked_sub(1) else { return Some(date) };
        let later = date.iter_days().skip(1).take(MOST_DAYS);
        later.filter(|day| self.is_working_day(*day)).nth(nth)
    }

    /// When it closes on a day; nothing on a day on which it is not open.
    pub fn closes_on(&self, date: NaiveDate) -> Option<Instant> {
        self.open_on(date).last().map(|one| one.end)
    }

    fn days_from(&self, at: Instant) -> impl Iterator<Item = NaiveDate> + use<> {
        self.zone.date(at).iter_days()
    }
}
