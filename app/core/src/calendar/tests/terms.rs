//! Until when something may take: worked examples.

use super::*;

#[test]
fn one_times_24_hours_in_kupang_has_two_readings() {
    let office = kupang();
    let (wall, working) =
        (Term::DayAndNight(1, DayReading::Hours), Term::DayAndNight(1, DayReading::NextWorkingDay));
    for (from, by_the_wall, next_day) in [
        // Friday to Monday.
        ("2026-11-27 10.15", "2026-11-28 10.15", "2026-11-30 10.15"),
        // Wednesday before the cuti bersama: Thursday and Friday are off, then it is Monday.
        ("2026-12-23 14.00", "2026-12-24 14.00", "2026-12-28 14.00"),
        // On a Saturday it begins on Monday, when the office opens.
        ("2026-11-28 20.00", "2026-11-29 20.00", "2026-12-01 07.30"),
        // Friday is open until half past four, Monday is not.
        ("2026-11-27 16.20", "2026-11-28 16.20", "2026-11-30 16.00"),
    ] {
        let begun = at(&office, from);
        assert_eq!(wall.due(&office, begun), Some(at(&office, by_the_wall)), "{from}");
        assert_eq!(working.due(&office, begun), Some(at(&office, next_day)), "{from}");
    }
}

#[test]
fn two_working_days_in_nunukan_are_longer_by_an_outage_of_siak() {
    let office = Calendar::new(OfficeZone::Wita, usual());
    let begun = at(&office, "2026-11-23 10.00");
    let term = Term::WorkingDays(2);
    assert_eq!(term.due(&office, begun), Some(at(&office, "2026-11-25 16.00")));
    // SIAK was down on Tuesday from ten until Wednesday nine: five hours of Tuesday and ninety minutes of Wednesday.
    let outage = [pause(&office, "2026-11-24 10.00", "2026-11-25 09.00")];
    assert_eq!(term.due_with(&office, begun, &outage), Some(at(&office, "2026-11-26 15.00")));
    let took = elapsed(&office, term, begun..at(&office, "2026-11-26 09.00"), &outage);
    assert_eq!(took.gross, TimeDelta::hours(71));
    // 300 minutes of Monday, 150 of Tuesday, 360 of Wednesday, 90 of Thursday.
    assert_eq!(took.net, TimeDelta::minutes(300 + 150 + 360 + 90));
    // While it is down nobody can say.
    let down = [Pause { from: outage[0].from, until: None }];
    assert_eq!(term.due_with(&office, begun, &down), None);
}

#[test]
fn two_weeks_in_batu_wait_for_blangko() {
    let office = Calendar::new(OfficeZone::Wib, usual());
    let begun = at(&office, "2026-11-02 08.30");
    let term = Term::WorkingDays(10);
    assert_eq!(term.due(&office, begun), Some(at(&office, "2026-11-16 16.00")));
    // Out of stock for a week, and again for a day that only the first week brought into reach.
    let out = [
        pause(&office, "2026-11-09 00.00", "2026-11-16 00.00"),
        pause(&office, "2026-11-19 00.00", "2026-11-20 00.00"),
    ];
    assert_eq!(term.due_with(&office, begun, &out), Some(at(&office, "2026-11-24 16.00")));
    // What begins to be missing after it was due moves nothing.
    let later = [pause(&office, "2026-11-16 16.00", "2026-11-20 00.00")];
    assert_eq!(term.due_with(&office, begun, &later), Some(at(&office, "2026-11-16 16.00")));
}

#[test]
fn in_ramadan_tangerang_works_shorter_and_needs_more_days() {
    let office = tangerang();
    let hours = Term::WorkingHours(8);
    assert_eq!(hours.due(&office, at(&office, "2026-02-09 07.30")), Some(at(&office, "2026-02-10 08.00")));
    assert_eq!(hours.due(&office, at(&office, "2026-02-23 08.00")), Some(at(&office, "2026-02-24 09.30")));
    let days = Term::CalendarDays(14);
    assert_eq!(days.due(&office, at(&office, "2026-02-23 08.00")), Some(at(&office, "2026-03-10 00.00")));
}

#[test]
fn a_day_and_a_night_stand_still_by_the_clock_on_the_wall() {
    let office = tangerang();
    let friday = at(&office, "2026-11-27 14.00");
    let weekend = pause(&office, "2026-11-28 10.00", "2026-11-29 10.00");
    for term in [Term::DayAndNight(1, DayReading::Hours), Term::CalendarDays(3)] {
        let later = term.due(&office, friday).map(|due| due + TimeDelta::days(1));
        assert_eq!(term.due_with(&office, friday, &[weekend]), later, "{term:?}");
        let took = elapsed(&office, term, friday..friday + TimeDelta::days(2), &[weekend]);
        assert_eq!(took, Elapsed { gross: TimeDelta::days(2), net: TimeDelta::days(1) }, "{term:?}");
    }
}

#[test]
fn what_is_paused_from_end_to_end_leaves_nothing_behind() {
    let office = tangerang();
    let (from, until) = (at(&office, "2026-11-23 09.00"), at(&office, "2026-11-23 11.00"));
    let whole = [pause(&office, "2026-11-23 09.00", "2026-11-23 11.00")];
    assert_eq!(standing_apart(vec![from..until], &whole), []);
    let half = [pause(&office, "2026-11-23 09.00", "2026-11-23 10.00")];
    let left = at(&office, "2026-11-23 10.00")..until;
    assert_eq!(standing_apart(vec![from..until], &half), [left]);
}
