//! Acting for the head of an office: as what, and on which days.
//!
//! UU 30/2014, pasal 14 ayat (2): a *pelaksana harian* stands in for a head who is away for a time, a *pelaksana
//! tugas* where there is no head. Both act by a dated letter, and on its days only.

use chrono::{Days as CalendarDays, NaiveDate};

use crate::{clock::Instant, zone::OfficeZone};

words!(/// As what somebody acts for the head.
    ActingKind {
    /// Pelaksana harian: the head is away.
    Plh = "plh",
    /// Pelaksana tugas: there is no head.
    Plt = "plt",
});

impl ActingKind {
    /// As it stands before the office: `Plh. Kepala Dinas`.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Plh => "Plh.",
            Self::Plt => "Plt.",
        }
    }

    /// Written out.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Plh => "Pelaksana harian (Plh.): kepala sedang berhalangan",
            Self::Plt => "Pelaksana tugas (Plt.): jabatan kepala sedang kosong",
        }
    }
}

/// More days than a letter names; a longer time is a new letter.
const MOST_DAYS: i64 = 366;

/// The days of a letter, both included, on the office's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub until: NaiveDate,
}

/// Why days do not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum DaysRefusal {
    /// The last comes before the first.
    Backwards,
    /// The last is over.
    Over,
    /// Longer than a letter may name.
    TooLong,
}

impl DaysRefusal {
    /// What is wrong, in one Indonesian sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Backwards => "Tanggal selesai mendahului tanggal mulai.",
            Self::Over => "Tanggal selesai sudah lewat. Pilih hari ini atau sesudahnya.",
            Self::TooLong => "Paling lama satu tahun. Untuk waktu yang lebih panjang, catat surat yang baru.",
        }
    }
}

impl Days {
    /// The days between two moments, the second excluded.
    pub fn of(zone: OfficeZone, start: Instant, end: Instant) -> Self {
        let until = zone.date(end).checked_sub_days(CalendarDays::new(1)).unwrap_or(NaiveDate::MIN);
        Self { from: zone.date(start), until }
    }

    /// Whether they may be named today.
    pub fn check(self, today: NaiveDate) -> Result<(), DaysRefusal> {
        if self.until < self.from {
            Err(DaysRefusal::Backwards)
        } else if self.until < today {
            Err(DaysRefusal::Over)
        } else if (self.until - self.from).num_days() >= MOST_DAYS {
            Err(DaysRefusal::TooLong)
        } else {
            Ok(())
        }
    }

    /// When the first begins.
    pub fn start(self, zone: OfficeZone) -> Instant {
        zone.midnight(self.from)
    }

    /// When the last is over.
    pub fn end(self, zone: OfficeZone) -> Instant {
        let after = self.until.checked_add_days(CalendarDays::new(1)).unwrap_or(NaiveDate::MAX);
        zone.midnight(after)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn day(number: i32) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(739_000 + number).unwrap_or_default()
    }

    fn days(from: i32, until: i32) -> Days {
        Days { from: day(from), until: day(until) }
    }

    #[test]
    fn a_letter_names_days_that_are_not_over_and_at_most_a_year() {
        for (from, until, found) in [
            (0, 0, Ok(())),
            (-3, 0, Ok(())),
            (5, 9, Ok(())),
            (1, 0, Err(DaysRefusal::Backwards)),
            (-3, -1, Err(DaysRefusal::Over)),
            (0, 365, Ok(())),
            (0, 366, Err(DaysRefusal::TooLong)),
        ] {
            assert_eq!(days(from, until).check(day(0)), found, "{from} to {until}");
        }
    }

    #[test]
    fn a_day_is_the_offices_own() {
        let one = Days { from: day(0), until: day(0) };
        for zone in OfficeZone::ALL {
            assert_eq!(one.end(*zone) - one.start(*zone), TimeDelta::days(1));
        }
        assert_eq!(one.start(OfficeZone::Wib) - one.start(OfficeZone::Wit), TimeDelta::hours(2));
    }

    proptest! {
        /// Rows are compared by moments, letters by days: both say the same.
        #[test]
        fn moments_overlap_when_days_do(a in -20..20_i32, b in 0..9_i32, c in -20..20_i32, d in 0..9_i32) {
            let (one, other) = (days(a, a + b), days(c, c + d));
            let zone = OfficeZone::Wita;
            let moments = one.start(zone) < other.end(zone) && other.start(zone) < one.end(zone);
            let shared = (a..=a + b).any(|number| (c..=c + d).contains(&number));
            prop_assert_eq!(moments, shared);
            prop_assert_eq!(Days::of(zone, one.start(zone), one.end(zone)), one);
        }
    }
}
