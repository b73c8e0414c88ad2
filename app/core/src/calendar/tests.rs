//! The calendar and its terms: worked examples with names of offices, and what holds of any calendar.

use chrono::{NaiveDate, TimeDelta};
use proptest::{collection::vec, prelude::*, sample::select};

use super::*;
use crate::zone::OfficeZone;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn hours(text: &str) -> Hours {
    let openings = text.split_whitespace().filter_map(|one| {
        let (from, until) = one.split_once('-')?;
        Some(Opening { from: from.parse().ok()?, until: until.parse().ok()? })
    });
    Hours::new(openings).unwrap_or_default()
}

/// Monday to Thursday 07.30–16.00 with an hour of rest, Friday until 16.30 with ninety minutes: Perpres 21/2023.
fn usual() -> Week {
    let (day, friday) = (hours("07.30-12.00 13.00-16.00"), hours("07.30-11.30 13.00-16.30"));
    Week([day.clone(), day.clone(), day.clone(), day, friday, Hours::CLOSED, Hours::CLOSED])
}

/// The weeks of Ramadan in the same rule.
fn ramadan() -> Week {
    let (day, friday) = (hours("08.00-12.00 12.30-15.00"), hours("08.00-12.00 13.00-15.30"));
    Week([day.clone(), day.clone(), day.clone(), day, friday, Hours::CLOSED, Hours::CLOSED])
}

fn holiday(date: &str, kind: HolidayKind) -> Holiday {
    Holiday { date: day(date), name: "Libur".to_owned(), kind, source: "SKB".to_owned(), verified: true }
}

/// Tangerang in 2026: WIB, Ramadan 1447 from 19 February, Idulfitri with its cuti bersama.
fn tangerang() -> Calendar {
    let season = Season {
        name: "Ramadan 1447".to_owned(),
        from: day("2026-02-19"),
        until: day("2026-03-20"),
        week: ramadan(),
    };
    let off = [("2026-03-20", HolidayKind::JointLeave), ("2026-03-23", HolidayKind::JointLeave)];
    Calendar::new(OfficeZone::Wib, usual())
        .with_season(season)
        .with_holidays(off.map(|(date, kind)| holiday(date, kind)))
}

fn at(calendar: &Calendar, local: &str) -> Instant {
    let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H.%M").unwrap_or_default();
    calendar.zone().instant(local)
}

#[test]
fn the_weeks_of_the_rule_are_as_long_as_it_says() {
    assert_eq!(usual().length(), TimeDelta::minutes(37 * 60 + 30), "Perpres 21/2023");
    assert_eq!(ramadan().length(), TimeDelta::minutes(32 * 60 + 30), "Perpres 21/2023, Ramadan");
}

#[test]
fn an_opening_holds_its_first_minute_and_not_its_last() {
    let office = tangerang();
    let table = [
        ("07.29", false),
        ("07.30", true),
        ("11.59", true),
        ("12.00", false),
        ("13.00", true),
        ("16.00", false),
    ];
    for (time, open) in table {
        assert_eq!(office.is_open(at(&office, &format!("2026-11-23 {time}"))), open, "{time}");
    }
}

#[test]
fn work_goes_on_after_rest_weekend_and_holiday() {
    let office = tangerang();
    for (from, minutes, due) in [
        ("2026-11-23 11.30", 60, "2026-11-23 13.30"),
        ("2026-11-23 15.00", 60, "2026-11-23 16.00"),
        ("2026-11-23 15.00", 61, "2026-11-24 07.31"),
        ("2026-11-27 16.00", 60, "2026-11-30 08.00"),
        ("2026-11-28 10.00", 30, "2026-11-30 08.00"),
        // The last day before Idulfitri is a Thursday of Ramadan; the Monday after is cuti bersama.
        ("2026-03-19 14.30", 60, "2026-03-24 08.00"),
    ] {
        let found = office.after(at(&office, from), TimeDelta::minutes(minutes));
        assert_eq!(found, Some(at(&office, due)), "{from} and {minutes} minutes");
    }
}

#[test]
fn a_cuti_bersama_that_is_worked_by_shift_counts_and_says_why() {
    let office = tangerang();
    let monday = day("2026-03-23");
    assert!(!office.is_working_day(monday));
    assert!(matches!(office.day(monday).1, Because::Holiday(one) if one.kind == HolidayKind::JointLeave));
    let office = office.with_day(monday, hours("09.00-12.00"));
    assert_eq!(office.day(monday).1, Because::Set);
    let due = office.after(at(&office, "2026-03-19 14.30"), TimeDelta::hours(2));
    assert_eq!(due, Some(at(&office, "2026-03-23 10.30")));
}

#[test]
fn an_unforeseen_closure_is_not_counted_wherever_it_lies() {
    let office = tangerang();
    let span = at(&office, "2026-11-23 10.00")..at(&office, "2026-11-24 08.00");
    let closed = office.clone().with_closure(span);
    let worked = |one: &Calendar| one.worked(at(one, "2026-11-23 07.30")..at(one, "2026-11-24 09.00"));
    assert_eq!(worked(&office), TimeDelta::minutes(7 * 60 + 30 + 90));
    assert_eq!(worked(&closed), TimeDelta::minutes(150 + 60));
    assert_eq!(closed.next_opening(at(&closed, "2026-11-23 10.00")), Some(at(&closed, "2026-11-24 08.00")));
    assert_eq!(closed.closes_on(day("2026-11-23")), Some(at(&closed, "2026-11-23 10.00")));
}

#[test]
fn working_days_are_counted_from_the_day_after() {
    let office = tangerang();
    for (from, days, due) in [
        ("2026-11-26", 1, "2026-11-27"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 2, "2026-12-01"),
        ("2026-03-19", 1, "2026-03-24"),
        ("2026-11-28", 0, "2026-11-28"),
    ] {
        assert_eq!(office.days_after(day(from), days), Some(day(due)), "{from} and {days}");
    }
}

#[test]
fn what_never_opens_is_never_due() {
    let office = Calendar::new(OfficeZone::Wit, Week::default());
    let now = at(&office, "2026-11-23 09.00");
    assert_eq!(office.next_opening(now), None);
    assert_eq!(office.after(now, TimeDelta::minutes(1)), None);
    assert_eq!(office.days_after(day("2026-11-23"), 1), None);
    assert_eq!(office.after(now, TimeDelta::zero()), Some(now));
}

#[test]
fn a_day_of_the_office_is_a_day_in_its_own_zone() {
    // 23.30 UTC on Sunday is Monday in each of them, and open only where it is past half past seven.
    let moment = "2026-11-22T23:30:00Z".parse().unwrap_or_default();
    let open = [OfficeZone::Wib, OfficeZone::Wita, OfficeZone::Wit]
        .map(|zone| Calendar::new(zone, usual()).is_open(moment));
    assert_eq!(open, [false, true, true]);
}

#[test]
fn hours_that_make_no_day_are_refused_with_a_sentence() {
    let opening = |from: &str, until: &str| Opening {
        from: from.parse().unwrap_or_else(|_| unreachable!("a time")),
        until: until.parse().unwrap_or_else(|_| unreachable!("a time")),
    };
    assert_eq!(Hours::new([opening("12.00", "08.00")]), Err(HoursError::Backwards));
    assert_eq!(Hours::new([opening("08.00", "08.00")]), Err(HoursError::Backwards));
    assert_eq!(Hours::new([opening("08.00", "12.00"), opening("11.59", "13.00")]), Err(HoursError::Overlap));
    let touching = Hours::new([opening("13.00", "16.00"), opening("08.00", "13.00")]);
    assert_eq!(touching.map(|hours| hours.to_string()), Ok("08.00–16.00".to_owned()));
    assert_eq!(Hours::new(vec![opening("08.00", "09.00"); 9]), Err(HoursError::TooMany));
    assert_eq!(Hours::CLOSED.to_string(), "tutup");
    assert_eq!(hours("00.00-24.00").length(), TimeDelta::hours(24));
    for (text, read) in [("8", Some("08.00")), ("7:30", Some("07.30")), ("24.00", Some("24.00"))] {
        assert_eq!(text.parse::<DayTime>().ok().map(|time| time.to_string()).as_deref(), read, "{text}");
    }
    for text in ["24.01", "25", "8.5", "-1.00", "", "08.60", "pagi"] {
        assert_eq!(text.parse::<DayTime>(), Err(NoDayTime), "{text}");
    }
}

#[test]
fn a_list_of_holidays_says_what_is_not_verified_and_which_line_is_none() {
    let list = "date,name,kind,decree\n2026-01-01,Tahun Baru,libur_nasional,SKB 1497/2025\n\
                2025-01-28,Imlek,cuti_bersama,\"SKB (dari ingatan; periksa)\"\n";
    let found = holidays(list).unwrap_or_default();
    let told: Vec<_> = found.iter().map(|one| (one.kind, one.verified)).collect();
    assert_eq!(told, [(HolidayKind::National, true), (HolidayKind::JointLeave, false)]);
    assert_eq!(holidays("date,name,kind,decree\n2026-13-01,A,libur_nasional,SKB\n"), Err(HolidayFault(2)));
    assert_eq!(holidays("date,name,kind,decree\n2026-01-01,A,libur_nasional,\n"), Err(HolidayFault(2)));
    assert_eq!(holidays("date,name,kind,decree\n2026-01-01,A,libur,SKB\n"), Err(HolidayFault(2)));
}

/// Kupang in December 2026: WITA, Christmas with its cuti bersama the day before.
fn kupang() -> Calendar {
    let off = [("2026-12-24", HolidayKind::JointLeave), ("2026-12-25", HolidayKind::National)];
    Calendar::new(OfficeZone::Wita, usual()).with_holidays(off.map(|(date, kind)| holiday(date, kind)))
}

fn pause(calendar: &Calendar, from: &str, until: &str) -> Pause {
    Pause { from: at(calendar, from), until: Some(at(calendar, until)) }
}

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

fn zones() -> impl Strategy<Value = OfficeZone> {
    select(OfficeZone::ALL)
}

fn any_hours() -> impl Strategy<Value = Hours> {
    let cuts = proptest::collection::btree_set(0_u16..=1440, 0..7);
    cuts.prop_map(|cuts| {
        let cuts: Vec<u16> = cuts.into_iter().collect();
        let time = |minutes: u16| DayTime::new(minutes / 60, minutes % 60);
        let openings = cuts
            .chunks_exact(2)
            .filter_map(|pair| Some(Opening { from: time(pair[0])?, until: time(pair[1])? }));
        Hours::new(openings).unwrap_or_default()
    })
}

fn any_week() -> impl Strategy<Value = Week> {
    vec(any_hours(), 7).prop_map(|days| Week(std::array::from_fn(|at| days[at].clone())))
}

const EPOCH: &str = "2026-01-01";

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..120).prop_map(|days| day(EPOCH) + chrono::Days::new(days))
}

fn moments() -> impl Strategy<Value = Instant> {
    let start: Instant = "2026-01-01T00:00:00Z".parse().unwrap_or_default();
    (0_i64..120 * 24 * 60).prop_map(move |minutes| start + TimeDelta::minutes(minutes))
}

prop_compose! {
    fn calendars()(
        zone in zones(), week in any_week(), season in any_week(), (first, last) in (any_day(), any_day()),
        off in vec(any_day(), 0..8), set in vec((any_day(), any_hours()), 0..4),
        closed in vec((moments(), 0_i64..5000), 0..4),
    ) -> Calendar {
        let mut one = Calendar::new(zone, week)
            .with_season(Season { name: "Ramadan".to_owned(), from: first, until: last, week: season })
            .with_holidays(off.into_iter().map(|date| holiday(&date.to_string(), HolidayKind::National)));
        for (date, hours) in set {
            one = one.with_day(date, hours);
        }
        for (from, minutes) in closed {
            one = one.with_closure(from..from + TimeDelta::minutes(minutes));
        }
        one
    }
}

fn terms() -> impl Strategy<Value = Term> {
    let readings = select(DayReading::ALL);
    prop_oneof![
        (1_u32..2000).prop_map(Term::Minutes),
        (1_u32..60).prop_map(Term::WorkingHours),
        (1_u32..15).prop_map(Term::WorkingDays),
        (1_u32..30).prop_map(Term::CalendarDays),
        (1_u32..4, readings).prop_map(|(days, reading)| Term::DayAndNight(days, reading)),
    ]
}

fn spans() -> impl Strategy<Value = TimeDelta> {
    (0_i64..20_000).prop_map(TimeDelta::minutes)
}

proptest! {
    #[test]
    fn what_is_due_is_not_before_it_began_and_as_much_was_worked(
        office in calendars(), from in moments(), work in spans(),
    ) {
        if let Some(due) = office.after(from, work) {
            prop_assert!(due >= from);
            prop_assert_eq!(office.worked(from..due), work);
        }
    }

    #[test]
    fn who_comes_later_or_needs_more_is_not_served_earlier(
        office in calendars(), (one, other) in (moments(), moments()), (less, more) in (spans(), spans()),
    ) {
        let (first, second) = (one.min(other), one.max(other));
        let (less, more) = (less.min(more), less.max(more));
        if let (Some(early), Some(late)) = (office.after(first, less), office.after(second, less)) {
            prop_assert!(early <= late);
        }
        if let (Some(early), Some(late)) = (office.after(first, less), office.after(first, more)) {
            prop_assert!(early <= late);
        }
    }

    #[test]
    fn cutting_a_span_changes_nothing(office in calendars(), mut cuts in vec(moments(), 3)) {
        cuts.sort();
        let (from, between, until) = (cuts[0], cuts[1], cuts[2]);
        let parts = office.worked(from..between) + office.worked(between..until);
        prop_assert_eq!(parts, office.worked(from..until));
    }

    #[test]
    fn a_holiday_or_a_closure_makes_nothing_earlier(
        office in calendars(), from in moments(), work in spans(), off in any_day(), closed in moments(), minutes in 0_i64..5000,
    ) {
        let Some(due) = office.after(from, work) else { return Ok(()) };
        let free = !office.set.contains_key(&off);
        let off = office.clone().with_holidays([holiday(&off.to_string(), HolidayKind::Local)]);
        if let Some(later) = off.after(from, work).filter(|_| free) {
            prop_assert!(later >= due);
        }
        let closed = office.with_closure(closed..closed + TimeDelta::minutes(minutes));
        if let Some(later) = closed.after(from, work) {
            prop_assert!(later >= due);
        }
    }

    #[test]
    fn intervals_lie_in_order_apart_and_open_to_their_last_moment(office in calendars(), from in moments(), span in spans()) {
        let until = from + span;
        let found = office.intervals(from..until);
        for one in &found {
            prop_assert!(from <= one.start && one.start < one.end && one.end <= until);
            prop_assert!(office.is_open(one.start));
            prop_assert!(office.is_open(one.end - TimeDelta::microseconds(1)));
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start);
        }
    }

    #[test]
    fn the_next_opening_is_open_and_nothing_before_it_is(office in calendars(), from in moments()) {
        if let Some(opens) = office.next_opening(from) {
            prop_assert!(opens >= from && office.is_open(opens));
            prop_assert_eq!(office.worked(from..opens), TimeDelta::zero());
        }
    }

    #[test]
    fn a_calendar_by_minutes_counts_the_same(office in calendars(), from in moments(), minutes in 0_i64..3000) {
        let open = (0..minutes).filter(|minute| office.is_open(from + TimeDelta::minutes(*minute))).count();
        let worked = office.worked(from..from + TimeDelta::minutes(minutes));
        prop_assert_eq!(worked, TimeDelta::minutes(i64::try_from(open).unwrap_or_default()));
    }

    #[test]
    fn the_working_day_that_is_counted_to_is_one_and_so_many_later(office in calendars(), from in any_day(), days in 1_u32..30) {
        if let Some(due) = office.days_after(from, days) {
            prop_assert!(due > from && office.is_working_day(due));
            let between = from.iter_days().skip(1).take_while(|day| *day <= due);
            let counted = between.filter(|day| office.is_working_day(*day)).count();
            prop_assert_eq!(u32::try_from(counted), Ok(days));
        }
    }

    #[test]
    fn no_term_is_over_before_it_begins_and_none_overtakes(
        office in calendars(), term in terms(), (one, other) in (moments(), moments()),
    ) {
        let (first, second) = (one.min(other), one.max(other));
        if let Some(due) = term.due(&office, first) {
            prop_assert!(due >= first);
            if let Some(later) = term.due(&office, second) {
                prop_assert!(due <= later);
            }
        }
    }

    #[test]
    fn a_clock_that_stood_still_is_late_by_what_it_did_not_count(
        office in calendars(), term in terms(), from in moments(), stood in vec((moments(), 0_i64..5000), 0..4),
    ) {
        let pauses: Vec<Pause> = stood
            .iter()
            .map(|(at, minutes)| Pause { from: *at, until: Some(*at + TimeDelta::minutes(*minutes)) })
            .collect();
        let (Some(due), Some(later)) = (term.due(&office, from), term.due_with(&office, from, &pauses)) else {
            return Ok(());
        };
        prop_assert!(later >= due);
        let whole = elapsed(&office, term, from..due, &[]);
        let net = elapsed(&office, term, from..later, &pauses);
        prop_assert_eq!(net.net, whole.net);
        prop_assert!(net.gross >= whole.gross && net.gross >= net.net);
        // A pause in two parts is one.
        let halves: Vec<Pause> = pauses
            .iter()
            .flat_map(|pause| {
                let half = pause.from + (pause.until.unwrap_or(pause.from) - pause.from) / 2;
                [Pause { until: Some(half), ..*pause }, Pause { from: half, ..*pause }]
            })
            .collect();
        prop_assert_eq!(term.due_with(&office, from, &halves), Some(later));
    }
}
