//! How long what is open has been open, in a few bands.

use chrono::TimeDelta;

use crate::clock::Instant;

words! {
    /// A band of ages, in days of 24 hours.
    AgeBand {
        /// Less than a day.
        Day = "1",
        /// One day to less than three.
        Three = "3",
        /// Three days to less than a week.
        Week = "7",
        /// A week to less than two.
        Fortnight = "14",
        /// Two weeks to less than thirty days.
        Month = "30",
        /// Thirty days and more.
        Older = "lebih",
    }
}

impl AgeBand {
    /// From how many days on, and below how many; nothing where it has no end.
    pub const fn days(self) -> (i64, Option<i64>) {
        match self {
            Self::Day => (0, Some(1)),
            Self::Three => (1, Some(3)),
            Self::Week => (3, Some(7)),
            Self::Fortnight => (7, Some(14)),
            Self::Month => (14, Some(30)),
            Self::Older => (30, None),
        }
    }

    /// Its name on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Day => "Kurang dari 1 hari",
            Self::Three => "1 sampai 2 hari",
            Self::Week => "3 sampai 6 hari",
            Self::Fortnight => "7 sampai 13 hari",
            Self::Month => "14 sampai 29 hari",
            Self::Older => "30 hari atau lebih",
        }
    }

    /// Its name below an axis.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Day => "<1",
            Self::Three => "1–2",
            Self::Week => "3–6",
            Self::Fortnight => "7–13",
            Self::Month => "14–29",
            Self::Older => "30+",
        }
    }

    /// When what lies in the band began, seen from `now`: after the first, up to and with the second. Either
    /// may be missing: what began in the future, by a clock that is ahead, is young.
    pub fn began(self, now: Instant) -> (Option<Instant>, Option<Instant>) {
        let (from, below) = self.days();
        let back = |days| now - TimeDelta::days(days);
        (below.map(back), (from > 0).then(|| back(from)))
    }

    /// The band of something that began at `at`.
    pub fn of(at: Instant, now: Instant) -> Self {
        let found = Self::ALL.iter().find(|band| band.began(now).0.is_none_or(|after| at > after));
        found.copied().unwrap_or(Self::Older)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bands_lie_side_by_side() {
        for pair in AgeBand::ALL.windows(2) {
            assert_eq!(pair[0].days().1, Some(pair[1].days().0));
        }
    }

    proptest! {
        #[test]
        fn every_age_lies_in_exactly_one_band(seconds in -9_000_i64..9_000_000) {
            let now = Instant::default() + TimeDelta::days(20_000);
            let at = now - TimeDelta::seconds(seconds);
            let inside = |band: &&AgeBand| {
                let (after, until) = band.began(now);
                after.is_none_or(|after| at > after) && until.is_none_or(|until| at <= until)
            };
            let found: Vec<AgeBand> = AgeBand::ALL.iter().filter(inside).copied().collect();
            prop_assert_eq!(found, vec![AgeBand::of(at, now)]);
        }
    }
}
