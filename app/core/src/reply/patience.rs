//! How often a faulty line is answered: the first time the reply teaches, the second time a person takes over and the
//! citizen is told so, and after that Loket says nothing more of it.
//!
//! Faults count per conversation, until a line succeeds or a working day passes without another fault. A working day is
//! one from Monday to Friday; holidays do not lengthen it, which at worst teaches once more after one.

use chrono::{Datelike, Days, Weekday};

use crate::{clock::Instant, zone::OfficeZone};

/// What a message was, as far as it was meant as a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// A line in it was complete.
    Good,
    /// A line in it had faults, and none was complete.
    Faulty,
    /// One line was complete and another had faults.
    Mixed,
}

/// What a faulty line is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lesson {
    /// What is wrong, and the line to copy.
    Teach,
    /// That a person takes over.
    HandOver,
    /// Nothing: the citizen knows that a person takes over.
    Silence,
}

/// When a working day has passed since a moment: the same time of the next day from Monday to Friday.
pub fn a_working_day_after(at: Instant, zone: OfficeZone) -> Instant {
    let local = zone.local(at).naive_local();
    let days = match local.weekday() {
        Weekday::Fri => 3,
        Weekday::Sat => 2,
        _ => 1,
    };
    let date = local.date().checked_add_days(Days::new(days)).unwrap_or(local.date());
    zone.instant(date.and_time(local.time()))
}

/// What a fault at `now` is answered with, after the earlier attempts of its conversation, oldest first.
pub fn lesson(
    earlier: impl IntoIterator<Item = (Instant, Attempt)>,
    now: Instant,
    zone: OfficeZone,
) -> Lesson {
    let mut faults = 0_u32;
    let mut last: Option<Instant> = None;
    let over = |last: Option<Instant>, at| last.is_some_and(|last| a_working_day_after(last, zone) <= at);
    for (at, attempt) in earlier {
        if over(last, at) || attempt != Attempt::Faulty {
            faults = 0;
        }
        if attempt != Attempt::Good {
            faults += 1;
            last = Some(at);
        }
    }
    if over(last, now) {
        faults = 0;
    }
    match faults {
        0 => Lesson::Teach,
        1 => Lesson::HandOver,
        _ => Lesson::Silence,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta};
    use proptest::prelude::*;

    use super::{Attempt::*, Lesson::*, *};

    const ZONE: OfficeZone = OfficeZone::Wib;

    /// A moment of the week that begins on Monday 16 November 2026.
    fn on(day: u64, hour: u32) -> Instant {
        let monday = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap_or_default();
        let date = monday.checked_add_days(Days::new(day)).unwrap_or(monday);
        ZONE.instant(date.and_hms_opt(hour, 0, 0).unwrap_or_default())
    }

    #[test]
    fn a_working_day_is_over_at_the_same_time_of_the_next_one() {
        for (at, over) in [
            (on(0, 10), on(1, 10)),
            (on(3, 16), on(4, 16)),
            (on(4, 10), on(7, 10)),
            (on(5, 9), on(7, 9)),
            (on(6, 23), on(7, 23)),
        ] {
            assert_eq!(a_working_day_after(at, ZONE), over, "{at}");
        }
    }

    #[test]
    fn faults_count_until_a_line_succeeds_or_a_working_day_passes() {
        for (earlier, now, expected) in [
            (vec![], on(0, 9), Teach),
            (vec![(on(0, 8), Faulty)], on(0, 9), HandOver),
            (vec![(on(0, 7), Faulty), (on(0, 8), Faulty)], on(0, 9), Silence),
            (vec![(on(0, 7), Faulty), (on(0, 8), Good)], on(0, 9), Teach),
            (vec![(on(0, 7), Good), (on(0, 8), Faulty)], on(0, 9), HandOver),
            (vec![(on(0, 7), Faulty), (on(0, 8), Mixed)], on(0, 9), HandOver),
            (vec![(on(0, 9), Faulty)], on(1, 9), Teach),
            (vec![(on(0, 9), Faulty)], on(1, 8), HandOver),
            // Over a weekend no working day passes.
            (vec![(on(4, 9), Faulty)], on(7, 8), HandOver),
            (vec![(on(4, 9), Faulty)], on(7, 9), Teach),
            // Somebody who keeps trying is told once only, however long it takes.
            (vec![(on(0, 9), Faulty), (on(0, 10), Faulty)], on(1, 9), Silence),
            (vec![(on(0, 9), Faulty), (on(0, 10), Faulty)], on(1, 10), Teach),
            (vec![(on(0, 9), Faulty), (on(1, 10), Faulty)], on(1, 11), HandOver),
        ] {
            assert_eq!(lesson(earlier.clone(), now, ZONE), expected, "{earlier:?}");
        }
    }

    proptest! {
        #[test]
        fn a_line_that_succeeded_last_is_always_taught_anew(
            hours in proptest::collection::vec((0_u64..28, 0_u32..24, 0_usize..3), 0..8),
        ) {
            let mut past: Vec<_> =
                hours.into_iter().map(|(day, hour, kind)| (on(day, hour), [Good, Faulty, Mixed][kind])).collect();
            past.sort_by_key(|(at, _)| *at);
            let last = past.last().map_or(on(0, 0), |(at, _)| *at);
            let now = last + TimeDelta::minutes(1);
            let told = lesson(past.clone(), now, ZONE);
            past.push((last, Good));
            prop_assert_eq!(lesson(past.clone(), now, ZONE), Teach);
            past.push((last, Faulty));
            prop_assert_eq!(lesson(past.clone(), now, ZONE), HandOver);
            past.push((last, Faulty));
            prop_assert_eq!(lesson(past, now, ZONE), Silence);
            prop_assert!(matches!(told, Teach | HandOver | Silence));
        }
    }
}
