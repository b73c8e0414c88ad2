//! Rounds of home visits (jemput bola): officers go where people cannot come from, with a list on paper, and write down
//! afterwards what came of each visit.

use chrono::NaiveDate;

words!(/// How a round stands.
    RoundState {
    /// It is planned or under way.
    Planned = "direncanakan",
    /// What came of it is written down.
    Done = "selesai",
    /// It does not take place.
    Cancelled = "dibatalkan",
});

impl RoundState {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Planned => "Direncanakan",
            Self::Done => "Selesai",
            Self::Cancelled => "Dibatalkan",
        }
    }
}

words!(/// What came of a visit.
    VisitResult {
    /// Nobody wrote that down yet.
    Awaited = "belum",
    /// The person was served.
    Served = "dilayani",
    /// Nobody was met.
    Absent = "tidak_bertemu",
    /// The person was met and could not be served.
    Again = "perlu_ulang",
    /// The person needs no visit any more.
    Unneeded = "tidak_perlu",
});

impl VisitResult {
    /// What can be written down of a visit, in the order of the form.
    pub const SAID: [Self; 4] = [Self::Served, Self::Absent, Self::Again, Self::Unneeded];

    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Awaited => "Belum dicatat",
            Self::Served => "Dilayani",
            Self::Absent => "Tidak bertemu",
            Self::Again => "Bertemu, perlu diulang",
            Self::Unneeded => "Tidak perlu lagi",
        }
    }

    /// Whether whoever was to be visited still waits for a visit, so that another round may take them.
    pub const fn leaves_waiting(self) -> bool {
        matches!(self, Self::Absent | Self::Again)
    }
}

/// The longest round, in days.
const LONGEST: i64 = 31;
/// How long ahead a round is planned, in days.
const FURTHEST: i64 = 366;

/// Why a round is not planned so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum BadDays {
    /// It ends before it begins.
    Backwards,
    /// It is over before today.
    Over,
    /// It takes more than a month.
    TooLong,
    /// It begins in more than a year.
    TooFar,
}

impl BadDays {
    /// Why, and what to do, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Backwards => "Hari terakhir mendahului hari pertama. Periksa tanggalnya.",
            Self::Over => "Harinya sudah lewat. Pilih hari ini atau sesudahnya.",
            Self::TooLong => "Satu putaran paling lama 31 hari. Bagi menjadi beberapa putaran.",
            Self::TooFar => "Pilih hari dalam satu tahun ke depan.",
        }
    }
}

/// Whether a round may take place on these days.
pub fn check_days((from, until): (NaiveDate, NaiveDate), today: NaiveDate) -> Result<(), BadDays> {
    if until < from {
        return Err(BadDays::Backwards);
    }
    if until < today {
        return Err(BadDays::Over);
    }
    if (until - from).num_days() >= LONGEST {
        return Err(BadDays::TooLong);
    }
    if (from - today).num_days() > FURTHEST {
        return Err(BadDays::TooFar);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_takes_place_on_days_that_come() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let today = day("2026-11-23");
        for (from, until, said) in [
            ("2026-11-23", "2026-11-23", Ok(())),
            ("2026-11-20", "2026-11-23", Ok(())),
            ("2026-12-01", "2026-12-31", Ok(())),
            ("2026-12-01", "2027-01-01", Err(BadDays::TooLong)),
            ("2026-11-24", "2026-11-23", Err(BadDays::Backwards)),
            ("2026-11-20", "2026-11-22", Err(BadDays::Over)),
            ("2027-11-24", "2027-11-24", Ok(())),
            ("2027-11-25", "2027-11-25", Err(BadDays::TooFar)),
        ] {
            assert_eq!(check_days((day(from), day(until)), today), said, "{from} {until}");
        }
    }

    #[test]
    fn only_who_was_not_served_may_be_visited_again() {
        let waiting: Vec<_> = VisitResult::ALL.iter().filter(|one| one.leaves_waiting()).collect();
        assert_eq!(waiting, [&VisitResult::Absent, &VisitResult::Again]);
        assert!(VisitResult::SAID.iter().all(|one| *one != VisitResult::Awaited));
    }
}
