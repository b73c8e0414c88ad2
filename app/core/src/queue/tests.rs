//! Paces, turns and queues: by hand, for any office, and simulated.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::{
    calendar::{Calendar, HoursKind, Timetable},
    clock::Instant,
    dice::Dice,
    id::UserId,
    zone::OfficeZone,
};

/// 08.00–12.00 and 13.00–15.00 WIB, Friday 08.00–11.30 and 13.00–15.00.
fn office() -> Calendar {
    Timetable::usual().calendar(HoursKind::Service, OfficeZone::Wib, &[])
}

/// A moment in November 2026, in WIB: the 23rd is a Monday.
fn at(local: &str) -> Instant {
    let text = format!("2026-11-{local}");
    let local = chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H.%M").unwrap_or_default();
    OfficeZone::Wib.instant(local)
}

fn person(number: u128) -> Option<UserId> {
    Some(UserId(uuid::Uuid::from_u128(number)))
}

fn answer(asked: &str, given: &str) -> Answer {
    Answer { asked: at(asked), given: at(given), by: person(1) }
}

fn last_week() -> std::ops::Range<Instant> {
    at("16 00.00")..at("23 08.00")
}

/// Ten answers on a Thursday, a quarter of an hour each, all asked for in the morning.
fn thursday() -> Vec<Answer> {
    let given = ["08.15", "08.30", "08.45", "09.00", "09.15", "09.30", "09.45", "10.00", "10.15", "10.30"];
    given.iter().map(|given| answer("19 07.00", &format!("19 {given}"))).collect()
}

fn four_an_hour() -> Pace {
    Pace { answers: 10, busy: TimeDelta::minutes(150), days: 1, seats: 1 }
}

#[test]
fn a_pace_counts_open_time_in_which_somebody_waited_and_no_other() {
    assert_eq!(pace(&office(), &thursday(), &[], last_week()), Some(four_an_hour()));
    // Nobody waited on Friday; one who waits since Friday 14.00 has waited for an hour.
    let waiting = pace(&office(), &thursday(), &[at("20 14.00")], last_week());
    assert_eq!(waiting.map(|pace| pace.busy), Some(TimeDelta::minutes(210)));
    // Two who wait at once wait through the same time.
    let both = pace(&office(), &thursday(), &[at("20 14.00"), at("20 14.30")], last_week());
    assert_eq!(both, waiting);
}

#[test]
fn too_few_answers_say_nothing() {
    let four: Vec<Answer> = thursday().into_iter().take(FEWEST - 1).collect();
    assert_eq!(pace(&office(), &four, &[], last_week()), None);
    // Nor do answers that all came at once, or before the span.
    let at_once = vec![answer("21 10.00", "21 11.00"); 9];
    assert_eq!(pace(&office(), &at_once, &[], last_week()), None, "a Saturday");
    assert_eq!(pace(&office(), &thursday(), &[], at("20 00.00")..at("23 08.00")), None);
}

#[test]
fn people_are_counted_day_by_day() {
    let mut answers = thursday();
    answers.push(Answer { by: person(2), ..answer("20 08.00", "20 08.10") });
    answers.push(Answer { by: person(1), ..answer("20 08.00", "20 08.20") });
    let found = pace(&office(), &answers, &[], last_week());
    assert_eq!(found.map(|pace| (pace.days, pace.seats, pace.officers())), Some((2, 3, 15)));
}

#[test]
fn a_turn_is_told_to_the_quarter_of_an_hour_and_never_too_early() {
    let office = office();
    let expected = |now: &str, place| four_an_hour().expected(&office, at(now), place);
    // One in a quarter of an hour on average, and nearly as much for unevenness: 27.75 minutes.
    assert_eq!(expected("23 09.00", 1), Some(at("23 09.30")));
    // Four in an hour, 85 % of two more: 85.5 minutes.
    assert_eq!(expected("23 09.00", 4), Some(at("23 10.30")));
    // The rest of noon is not counted, nor is the night.
    assert_eq!(expected("23 11.50", 1), Some(at("23 13.30")));
    assert_eq!(expected("23 20.00", 4), Some(at("24 09.30")));
    assert_eq!(expected("23 09.00", 0), expected("23 09.00", 1));
    assert_eq!(expected("23 09.00", 3_000), None, "too far ahead to say");
}

#[test]
fn an_estimate_is_told_to_the_next_quarter_unless_it_is_one() {
    for (exact, told) in [("09.00", "09.00"), ("09.01", "09.15"), ("09.15", "09.15"), ("23.59", "24.00")] {
        let told = if told == "24.00" { at("24 00.00") } else { at(&format!("23 {told}")) };
        assert_eq!(quarter(at(&format!("23 {exact}"))), told, "{exact}");
    }
}

#[test]
fn as_many_answers_as_are_needed_say_something() {
    let five: Vec<Answer> = thursday().into_iter().take(FEWEST).collect();
    assert_eq!(pace(&office(), &five, &[], last_week()).map(|pace| pace.answers), Some(5));
}

#[test]
fn two_who_answer_at_once_are_busy_only_while_two_wait() {
    let by = |(number, one): (u128, Answer)| Answer { by: person(number % 2), ..one };
    let answers: Vec<Answer> = (0..).zip(thursday()).map(by).collect();
    let found = pace(&office(), &answers, &[], last_week());
    // Nine quarters of an hour with two or more waiting, and half of the last.
    let busy = TimeDelta::minutes(135) + TimeDelta::seconds(450);
    assert_eq!(found, Some(Pace { answers: 10, busy, days: 1, seats: 2 }));
}

#[test]
fn people_are_counted_in_tenths_and_hands_in_whole_ones() {
    let pace = |days, seats| Pace { answers: 10, busy: TimeDelta::hours(20), days, seats };
    let officers = |days, seats| pace(days, seats).officers();
    assert_eq!([officers(4, 5), officers(3, 5), officers(1, 2), officers(0, 2)], [13, 17, 20, 0]);
    // Whoever comes while a hand is free waits as long as whoever comes as the last that finds one.
    let expected = |tenths, place| pace(10, tenths).expected(&office(), at("23 08.00"), place);
    for (tenths, hands) in [(4, 1), (14, 1), (15, 2), (24, 2), (25, 3), (31, 3)] {
        assert_eq!(expected(tenths, 1), expected(tenths, hands), "{tenths} tenths");
        assert_ne!(expected(tenths, 1), expected(tenths, hands + 1), "{tenths} tenths");
    }
}

#[test]
fn a_pace_that_is_known_from_little_is_told_with_more_care() {
    // 40 quarters of an hour, 85 % of the root of 40 + 40²/10 more: 780.3 minutes of 300, 360 and the rest.
    assert_eq!(four_an_hour().expected(&office(), at("23 09.00"), 40), Some(at("25 10.15")));
    let well_known = Pace { answers: 1_000, busy: TimeDelta::minutes(15_000), days: 1, seats: 1 };
    // 85 % of the root of 41.6 more: 682.2 minutes.
    assert_eq!(well_known.expected(&office(), at("23 09.00"), 40), Some(at("25 08.30")));
    let slow = Pace { answers: 5, busy: TimeDelta::days(100_000_000), days: 1, seats: 1 };
    assert_eq!(slow.expected(&office(), at("23 09.00"), u32::MAX), None);
}

#[test]
fn one_more_officer_shares_the_work() {
    let pair = Pace { days: 2, seats: 2, ..four_an_hour() };
    assert_eq!(pair.with(2), Some(Pace { busy: TimeDelta::minutes(50), seats: 6, ..pair }));
    let two = four_an_hour().with(1);
    assert_eq!(two.map(|pace| (pace.busy, pace.seats)), Some((TimeDelta::minutes(75), 2)));
    assert_eq!(four_an_hour().with(0), Some(four_an_hour()));
    assert_eq!(four_an_hour().with(-1), None);
    assert_eq!(two.and_then(|pace| pace.with(-1)), Some(Pace { seats: 1, ..four_an_hour() }));
}

fn nobody() -> Arrivals {
    Arrivals::default()
}

/// So many in each hour from 08.00 to 15.00 of a working day.
fn every_hour(thousandths: u32) -> Arrivals {
    let mut all = nobody();
    all.working[8..15].fill(thousandths);
    all
}

#[test]
fn a_queue_is_empty_when_all_of_it_was_answered_and_what_came_meanwhile() {
    let ahead = |now: &str| hours(&office(), at(now));
    let clears = |now: &str, waiting, arrivals: &Arrivals| {
        outlook(&ahead(now), four_an_hour(), waiting, arrivals).clears
    };
    assert_eq!(clears("23 09.00", 0, &nobody()), Some(at("23 09.00")));
    assert_eq!(clears("23 09.00", 6, &nobody()), Some(at("23 10.30")));
    assert_eq!(clears("23 11.30", 3, &nobody()), Some(at("23 13.15")));
    assert_eq!(clears("23 18.00", 2, &nobody()), Some(at("24 08.30")));
    // Two come each hour while four are answered.
    assert_eq!(clears("23 09.00", 4, &every_hour(2_000)), Some(at("23 11.00")));
    // Five come each hour: it never is.
    assert_eq!(clears("23 09.00", 4, &every_hour(5_000)), None);
}

#[test]
fn the_load_is_what_comes_of_what_can_be_answered() {
    let ahead = hours(&office(), at("23 00.00"));
    let load = |arrivals: &Arrivals| outlook(&ahead, four_an_hour(), 0, arrivals).load;
    // 14 a day for 23 or 24 that can be answered: 280 for 4 × 29.5 × 4.
    assert_eq!(load(&every_hour(2_000)), 59);
    assert_eq!(load(&nobody()), 0);
    assert_eq!(outlook(&[], four_an_hour(), 1, &nobody()).load, u64::MAX, "never open");
    let weekend = Arrivals { closed: [500; 24], ..nobody() };
    assert_eq!(load(&weekend), 20, "what comes on a Sunday is answered on Monday");
}

#[test]
fn four_weeks_are_looked_through_hour_by_hour() {
    let ahead = hours(&office(), at("23 09.20"));
    assert_eq!(ahead.first().map(|hour| hour.lasts), Some(TimeDelta::minutes(40)));
    assert_eq!((ahead.len(), ahead.iter().map(|hour| hour.open.num_minutes()).sum::<i64>()), (673, 7_080));
    assert!(ahead.iter().all(|hour| hour.open <= hour.lasts && hour.opens >= hour.from));
}

prop_compose! {
    fn paces()(answers in 5_u32..2_000, minutes in 1_i64..20_000, days in 1_u32..15, people in 1_u32..9) -> Pace {
        Pace { answers, busy: TimeDelta::minutes(minutes), days, seats: days * people }
    }
}

proptest! {
    #[test]
    fn whoever_stands_further_back_is_never_told_an_earlier_time(
        pace in paces(), place in 1_u32..400, further in 0_u32..400, minutes in 0_i64..40_000,
    ) {
        let (office, now) = (office(), at("01 00.00") + TimeDelta::minutes(minutes));
        let (near, far) = (pace.expected(&office, now, place), pace.expected(&office, now, place + further));
        prop_assert!(near.is_none_or(|near| near >= now));
        prop_assert!(far.is_none() || near <= far);
        prop_assert!(near.is_some() || far.is_none());
    }

    #[test]
    fn nobody_waits_longer_because_somebody_helps(
        pace in paces(), place in 1_u32..400, waiting in 0_u64..400, arrivals in 0_u32..9_000,
    ) {
        let (office, now) = (office(), at("23 09.00"));
        let Some(helped) = pace.with(1) else { return Err(TestCaseError::fail("more people are people")) };
        let (alone, with) = (pace.expected(&office, now, place), helped.expected(&office, now, place));
        prop_assert!(alone.is_none() || with <= alone);
        let ahead = hours(&office, now);
        let of = |pace| outlook(&ahead, pace, waiting, &every_hour(arrivals));
        let (alone, with) = (of(pace), of(helped));
        prop_assert!(with.load <= alone.load);
        prop_assert!(alone.clears.is_none() || with.clears.is_some_and(|at| Some(at) <= alone.clears));
    }

    #[test]
    fn more_who_wait_never_make_an_office_quicker(
        waits in prop::collection::vec((0_i64..9_000, 0_i64..3_000), 5..60),
        waiting in prop::collection::vec(0_i64..10_000, 0..20),
    ) {
        let (start, end) = (at("16 00.00"), at("23 08.00"));
        let after = |minutes| start + TimeDelta::minutes(minutes);
        let answers: Vec<Answer> = waits
            .iter()
            .map(|(asked, wait)| Answer { asked: after(*asked), given: after(asked + wait), by: None })
            .collect();
        let waiting: Vec<Instant> = waiting.into_iter().map(after).collect();
        let (none, some) =
            (pace(&office(), &answers, &[], start..end), pace(&office(), &answers, &waiting, start..end));
        if let (Some(none), Some(some)) = (none, some) {
            prop_assert!(some.busy >= none.busy);
            prop_assert!(some.busy <= office().worked(start..end));
            prop_assert_eq!(some.answers, none.answers);
        }
    }
}

/// Offices from idle to crowded, with one officer to three: who was told a time, and who was answered by it.
mod simulated {
    use super::*;

    const DAYS: i64 = 28;
    const KNOWN: TimeDelta = TimeDelta::days(14);

    struct Desk {
        officers: usize,
        /// Minutes that a request takes on average.
        minutes: f64,
        /// Minutes between two arrivals by day; at night it is six times as long.
        between: f64,
    }

    #[derive(Default, Debug)]
    struct Told {
        all: u32,
        kept: u32,
        /// Open minutes by which the answer came before or after the time that was told.
        off: Vec<i64>,
    }

    struct Waiting {
        since: Instant,
        told: Option<Instant>,
    }

    fn run(desk: &Desk, seed: u64, told: &mut Told) {
        let (office, mut dice) = (office(), Dice(seed));
        let start = at("02 00.00");
        let mut free: Vec<f64> = vec![0.0; desk.officers];
        let mut held: Vec<Option<Waiting>> = free.iter().map(|_| None).collect();
        let mut queue: std::collections::VecDeque<Waiting> = std::collections::VecDeque::new();
        let mut answers: Vec<Answer> = Vec::new();
        let (mut next, mut known) = (dice.wait(desk.between), None);
        for minute in 0..DAYS * 24 * 60 {
            let now = start + TimeDelta::minutes(minute);
            let hour = OfficeZone::Wib.time(now);
            let by_day = ("07.00".."20.00").contains(&hour.as_str());
            next -= if by_day { 1.0 } else { 1.0 / 6.0 };
            if minute % 120 == 0 && (by_day || known.is_none()) {
                let waiting: Vec<Instant> =
                    held.iter().flatten().chain(&queue).map(|one| one.since).collect();
                known = pace(&office, &answers, &waiting, now - KNOWN..now);
            }
            while next <= 0.0 {
                next += dice.wait(desk.between);
                let place = held.iter().flatten().count() + queue.len() + 1;
                let expected = known.filter(|_| minute > 7 * 24 * 60);
                let told =
                    expected.and_then(|pace| pace.expected(&office, now, u32::try_from(place).unwrap_or(1)));
                queue.push_back(Waiting { since: now, told });
            }
            if !office.is_open(now) {
                continue;
            }
            for (officer, left) in free.iter_mut().enumerate() {
                *left -= 1.0;
                if *left > 0.0 {
                    continue;
                }
                if let Some(done) = held[officer].take() {
                    answers.push(Answer { asked: done.since, given: now, by: person(officer as u128) });
                    if let Some(expected) = done.told {
                        told.all += 1;
                        told.kept += u32::from(now <= expected);
                        let (early, late) = (office.worked(now..expected), office.worked(expected..now));
                        told.off.push((late - early).num_minutes());
                    }
                }
                held[officer] = queue.pop_front();
                *left = held[officer].as_ref().map_or(0.0, |_| dice.wait(desk.minutes));
            }
        }
    }

    #[test]
    fn of_ten_who_are_told_a_time_eight_or_nine_are_answered_by_it_and_it_is_not_far_off() {
        let usual = [(1, 6.0, 30.0), (2, 8.0, 20.0), (3, 10.0, 16.0)].map(|desk| (desk, 40));
        // Nearly as much comes as can be answered, and more than that: the queue grows for weeks.
        let crowded = [((1, 6.0, 22.0), 90), ((1, 6.0, 14.0), 150)];
        for ((officers, minutes, between), most_early) in usual.into_iter().chain(crowded) {
            let mut told = Told::default();
            (0..8).for_each(|seed| run(&Desk { officers, minutes, between }, seed, &mut told));
            told.off.sort_unstable();
            let (share, half) = (f64::from(told.kept) / f64::from(told.all), told.off[told.off.len() / 2]);
            let case = format!("{officers} × {minutes} / {between}: {share} of {}, {half}", told.all);
            assert!(told.all > 3_000 && (0.75..0.95).contains(&share), "{case}");
            assert!((-most_early..=0).contains(&half), "{case}");
        }
    }
}
