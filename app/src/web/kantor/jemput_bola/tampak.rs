//! How a round of home visits is shown.

use chrono::NaiveDate;
use loket_core::{
    visit::{RoundState, VisitResult},
    zone::long_date,
};

use crate::web::parts::{Tag, Tone};

/// How a round stands: one that is planned and over waits for its results.
pub(super) fn state(state: RoundState, until: NaiveDate, today: NaiveDate) -> Tag {
    match state {
        RoundState::Planned if until < today => Tag::new("menunggu hasil", "warn"),
        RoundState::Planned => Tag::new("direncanakan", "info"),
        RoundState::Done => Tag::new("selesai", "ok"),
        RoundState::Cancelled => Tag::new("dibatalkan", "quiet"),
    }
}

/// What came of a visit.
pub(super) fn result(result: VisitResult) -> Tag {
    let tone: Tone = match result {
        VisitResult::Awaited => "quiet",
        VisitResult::Served => "ok",
        VisitResult::Absent | VisitResult::Again => "warn",
        VisitResult::Unneeded => "info",
    };
    Tag::new(result.label().to_lowercase(), tone)
}

/// `Rabu, 2 Desember 2026`, or from then until another day.
pub(super) fn days((from, until): (NaiveDate, NaiveDate)) -> String {
    if from == until { long_date(from) } else { format!("{} sampai {}", long_date(from), long_date(until)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_that_is_over_asks_for_its_results() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let said = |today| state(RoundState::Planned, day("2026-12-04"), day(today)).word;
        assert_eq!(said("2026-12-04"), "direncanakan");
        assert_eq!(said("2026-12-05"), "menunggu hasil");
        assert_eq!(days((day("2026-12-02"), day("2026-12-02"))), "Rabu, 2 Desember 2026");
        assert_eq!(
            days((day("2026-12-02"), day("2026-12-04"))),
            "Rabu, 2 Desember 2026 sampai Jumat, 4 Desember 2026"
        );
    }
}
