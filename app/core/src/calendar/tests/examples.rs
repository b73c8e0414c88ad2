//! When an office is open: worked examples.

use super::*;

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

#[test]
fn a_time_of_the_day_is_read_and_told_in_minutes() {
    let afternoon = chrono::NaiveTime::from_hms_opt(13, 5, 59).map(DayTime::of);
    assert_eq!(afternoon, DayTime::new(13, 5));
    assert_eq!(afternoon.map(DayTime::minutes), Some(785));
    assert_eq!(afternoon.map(String::from).as_deref(), Some("13.05"));
    assert_eq!((DayTime::START.minutes(), DayTime::END.minutes()), (0, 1_440));
    assert_eq!(
        (DayTime::new(24, 0), DayTime::new(24, 1), DayTime::new(23, 60)),
        (Some(DayTime::END), None, None)
    );
    for (text, minutes) in [("8", 480), (" 08.00 ", 480), ("8:30", 510), ("24.00", 1_440)] {
        assert_eq!(text.parse().map(DayTime::minutes), Ok(minutes), "{text}");
    }
    for text in
        ["", "8.0", "8.000", "008.00", "8a.00", "a.00", "08.a0", "08.0a", ".30", "08.", "25.00", "+8.00"]
    {
        assert_eq!(text.parse::<DayTime>(), Err(NoDayTime), "{text}");
    }
}

#[test]
fn a_holiday_says_of_what_kind_it_is() {
    let told = HolidayKind::ALL.iter().map(|kind| kind.label()).collect::<Vec<_>>();
    assert_eq!(told, ["Libur nasional", "Cuti bersama", "Libur daerah"]);
}

#[test]
fn a_span_that_ends_at_midnight_has_no_part_of_the_day_that_begins() {
    let office = tangerang();
    let parts = office.by_day(at(&office, "2026-11-23 10.00")..at(&office, "2026-11-25 00.00"));
    let told: Vec<_> =
        parts.iter().map(|one| (office.zone().time(one.start), (one.end - one.start).num_hours())).collect();
    assert_eq!(told, [("10.00 WIB".to_owned(), 14), ("00.00 WIB".to_owned(), 24)]);
}

#[test]
fn hours_are_kept_as_they_were_and_never_read_back_otherwise() {
    let day = hours("08.00-12.00, 13.00-15.00");
    let kept = serde_json::to_string(&day).unwrap_or_default();
    assert_eq!(serde_json::from_str::<Hours>(&kept).ok(), Some(day));
    let (twice, never) = (kept.replace("13.00", "11.00"), kept.replace("15.00", "12.30"));
    assert!(serde_json::from_str::<Hours>(&twice).is_err(), "{twice}");
    assert!(serde_json::from_str::<Hours>(&never).is_err(), "{never}");
}
