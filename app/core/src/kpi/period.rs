//! Days on an office's calendar that figures are told for, and the days they are compared with.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::{clock::Instant, zone::OfficeZone};

words! {
    /// A period that is chosen by its name.
    Preset {
        /// Today.
        Today = "hari",
        /// Today and the six days before.
        Week = "7",
        /// Today and the 29 days before.
        Thirty = "30",
        /// This month up to today.
        Month = "bulan",
        /// From one date to another.
        Range = "rentang",
    }
}

impl Preset {
    /// Its name on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Today => "Hari ini",
            Self::Week => "7 hari",
            Self::Thirty => "30 hari",
            Self::Month => "Bulan ini",
            Self::Range => "Rentang",
        }
    }

    /// What it is compared with, after a number.
    pub const fn before(self) -> &'static str {
        match self {
            Self::Today => "kemarin",
            Self::Week => "pada 7 hari sebelumnya",
            Self::Thirty => "pada 30 hari sebelumnya",
            Self::Month => "pada bulan lalu sampai tanggal yang sama",
            Self::Range => "pada kurun sebelumnya yang sama panjang",
        }
    }
}

/// The longest period, in days.
pub const LONGEST: u64 = 366;
/// How far back a period may begin, in days.
const OLDEST: u64 = 3 * 366;

/// Why two dates make no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum PeriodRefusal {
    /// The second lies before the first.
    Backwards,
    /// It is longer than [`LONGEST`].
    TooLong,
    /// It ends in the future.
    Future,
    /// It begins longer ago than figures are told for.
    TooOld,
}

impl PeriodRefusal {
    /// Why, in one Indonesian sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Backwards => "Tanggal akhir mendahului tanggal awal.",
            Self::TooLong => "Rentang paling panjang 366 hari.",
            Self::Future => "Rentang tidak dapat melewati hari ini.",
            Self::TooOld => "Rentang paling lama dimulai tiga tahun lalu.",
        }
    }
}

/// Whole days on an office's calendar, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    preset: Preset,
    from: NaiveDate,
    to: NaiveDate,
}

impl Period {
    /// A named period as of today; the range is today alone.
    pub fn named(preset: Preset, today: NaiveDate) -> Self {
        let from = match preset {
            Preset::Today | Preset::Range => today,
            Preset::Week => back(today, 6),
            Preset::Thirty => back(today, 29),
            Preset::Month => today.with_day(1).unwrap_or(today),
        };
        Self { preset, from, to: today }
    }

    /// From one date to another.
    pub fn range(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Result<Self, PeriodRefusal> {
        if to < from {
            return Err(PeriodRefusal::Backwards);
        }
        if to > today {
            return Err(PeriodRefusal::Future);
        }
        if from < back(today, OLDEST) {
            return Err(PeriodRefusal::TooOld);
        }
        if from < back(to, LONGEST - 1) {
            return Err(PeriodRefusal::TooLong);
        }
        Ok(Self { preset: Preset::Range, from, to })
    }

    /// How it was chosen.
    pub const fn preset(self) -> Preset {
        self.preset
    }

    /// Its first day.
    pub const fn from(self) -> NaiveDate {
        self.from
    }

    /// Its last day.
    pub const fn to(self) -> NaiveDate {
        self.to
    }

    /// How many days it has.
    pub fn length(self) -> u64 {
        u64::try_from((self.to - self.from).num_days()).unwrap_or(0) + 1
    }

    /// Its days, in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.to)
    }

    /// Whether a day lies in it.
    pub fn covers(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// The days it is compared with: as many right before it; for this month the same days of the last one.
    #[must_use]
    pub fn before(self) -> Self {
        if self.preset == Preset::Month {
            let month = Months::new(1);
            let from = self.from.checked_sub_months(month).unwrap_or(self.from);
            // Of a month with 31 days compared with one of 30, the last day has no counterpart.
            let to = self.to.checked_sub_months(month).unwrap_or(self.to);
            return Self { from, to, ..self };
        }
        let to = back(self.from, 1);
        Self { from: back(to, self.length() - 1), to, ..self }
    }

    /// The same days, and at least `least` up to its last.
    #[must_use]
    pub fn at_least(self, least: u64) -> Self {
        Self { from: self.from.min(back(self.to, least.saturating_sub(1))), ..self }
    }

    /// From midnight before the first day to midnight after the last, on a zone's clocks.
    pub fn instants(self, zone: OfficeZone) -> (Instant, Instant) {
        let after = self.to.checked_add_days(Days::new(1)).unwrap_or(self.to);
        (zone.midnight(self.from), zone.midnight(after))
    }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn ends(period: Period) -> (String, String) {
        (period.from().to_string(), period.to().to_string())
    }

    #[test]
    fn a_period_is_compared_with_as_many_days_before() {
        let today = day("2026-11-23");
        for (preset, from, before) in [
            (Preset::Today, "2026-11-23", ("2026-11-22", "2026-11-22")),
            (Preset::Week, "2026-11-17", ("2026-11-10", "2026-11-16")),
            (Preset::Thirty, "2026-10-25", ("2026-09-25", "2026-10-24")),
            (Preset::Month, "2026-11-01", ("2026-10-01", "2026-10-23")),
        ] {
            let period = Period::named(preset, today);
            assert_eq!(ends(period), (from.to_owned(), "2026-11-23".to_owned()), "{preset}");
            assert_eq!(ends(period.before()), (before.0.to_owned(), before.1.to_owned()), "{preset}");
        }
        let march = Period::named(Preset::Month, day("2026-03-31"));
        assert_eq!(ends(march.before()), ("2026-02-01".to_owned(), "2026-02-28".to_owned()));
    }

    #[test]
    fn a_range_has_bounds() {
        let today = day("2026-11-23");
        let range = |from, to| Period::range(day(from), day(to), today).map(ends);
        assert!(range("2026-11-01", "2026-11-23").is_ok());
        assert_eq!(range("2026-11-02", "2026-11-01"), Err(PeriodRefusal::Backwards));
        assert_eq!(range("2026-11-02", "2026-11-24"), Err(PeriodRefusal::Future));
        assert_eq!(range("2025-11-01", "2026-11-23"), Err(PeriodRefusal::TooLong));
        assert_eq!(range("2016-11-01", "2016-11-02"), Err(PeriodRefusal::TooOld));
    }

    #[test]
    fn a_day_is_the_offices_own() {
        let today = Period::named(Preset::Today, day("2026-11-23"));
        let (from, to) = today.instants(OfficeZone::Wit);
        assert_eq!(
            (from.to_rfc3339(), to.to_rfc3339()),
            ("2026-11-22T15:00:00+00:00".to_owned(), "2026-11-23T15:00:00+00:00".to_owned())
        );
    }

    proptest! {
        #[test]
        fn a_period_and_the_one_before_share_no_day(back_days in 0_u64..300, length in 0_u64..300) {
            let today = day("2026-11-23");
            let to = back(today, back_days);
            let period = Period::range(back(to, length), to, today).unwrap_or(Period::named(Preset::Today, today));
            prop_assert!(period.before().days().all(|day| !period.covers(day)));
            prop_assert_eq!(period.before().length(), period.length());
            prop_assert_eq!(period.days().count() as u64, period.length());
        }
    }
}
