//! What an outage stops, and how much it took.

use chrono::NaiveDateTime;
use proptest::prelude::*;

use super::*;
use crate::{
    calendar::{HoursKind, Timetable},
    zone::OfficeZone,
};

fn at(local: &str) -> Instant {
    let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H.%M").unwrap_or_default();
    OfficeZone::Wita.instant(local)
}

fn times(from: &str, until: Option<&str>, entered: &str) -> OutageTimes {
    let (from, until, entered_at) = (at(from), until.map(at), at(entered));
    OutageTimes { from, until, around: None, entered_at, approval: Approval::Waiting }
}

#[test]
fn what_is_entered_in_time_stops_clocks_at_once_and_what_is_refused_stops_none() {
    let mut one = times("2026-11-23 09.10", None, "2026-11-23 09.30");
    assert_eq!(one.pause(), Some(Pause { from: at("2026-11-23 09.10"), until: None }));
    assert!(!one.is_late() && one.stops_at(at("2026-11-23 09.10")) && !one.stops_at(at("2026-11-23 09.09")));
    assert_eq!(one.news(at("2026-11-23 10.00")), OutageStep::ToldBegun);
    one.approval = Approval::Refused;
    assert_eq!((one.pause(), one.news(at("2026-11-23 10.00"))), (None, OutageStep::ToldOver));
    assert!(!one.stops_at(at("2026-11-23 10.00")));
}

#[test]
fn what_is_entered_afterwards_waits_for_somebody_elses_word() {
    let mut past = times("2026-11-20 09.00", Some("2026-11-20 15.00"), "2026-11-23 08.00");
    assert!(past.is_late());
    assert_eq!(past.pause(), None);
    past.approval = Approval::Approved;
    assert_eq!(
        past.pause(),
        Some(Pause { from: at("2026-11-20 09.00"), until: Some(at("2026-11-20 15.00")) })
    );
    // What still lasts counts from half an hour before it was written down.
    let lasting = times("2026-11-23 07.30", None, "2026-11-23 10.00");
    assert_eq!(lasting.pause().map(|pause| pause.from), Some(at("2026-11-23 09.30")));
}

#[test]
fn a_way_around_lets_clocks_run_though_the_system_is_still_out() {
    let mut one = times("2026-11-23 09.00", Some("2026-11-23 15.00"), "2026-11-23 09.05");
    one.around = Some(at("2026-11-23 11.00"));
    assert_eq!(one.pause().and_then(|pause| pause.until), one.around);
    assert!(!one.stops_at(at("2026-11-23 11.00")));
    assert_eq!((one.over(), one.news(at("2026-11-23 12.00"))), (one.until, OutageStep::ToldOver));
    assert_eq!(one.out().until, one.until);
    one.around = Some(at("2026-11-23 16.00"));
    assert_eq!(one.pause().and_then(|pause| pause.until), one.until);
}

#[test]
fn availability_counts_hours_of_work_and_what_overlaps_once() {
    let calendar = Timetable::usual().calendar(HoursKind::Office, OfficeZone::Wita, &[]);
    let pause = |from, until| Pause { from: at(from), until: Some(at(until)) };
    let out = [
        pause("2026-11-23 09.00", "2026-11-23 11.00"),
        pause("2026-11-23 10.00", "2026-11-23 12.30"),
        pause("2026-11-23 20.00", "2026-11-24 05.00"),
    ];
    let week = (at("2026-11-23 00.00"), at("2026-11-30 00.00"));
    let one = Availability::of(&calendar, week, &out);
    assert_eq!((one.expected, one.out), (TimeDelta::minutes(2250), TimeDelta::hours(3)));
    assert_eq!(one.per_mille(), Some(920));
    assert_eq!(Availability::of(&calendar, (week.0, week.0), &out).per_mille(), None);
}

proptest! {
    #[test]
    fn an_outage_never_stops_a_clock_outside_of_itself(
        from in 0_i64..10_000, length in proptest::option::of(1_i64..5_000), around in proptest::option::of(0_i64..5_000),
        entered in 0_i64..20_000, said in 0_usize..3,
    ) {
        let minute = |minutes: i64| at("2026-11-23 00.00") + TimeDelta::minutes(minutes);
        let one = OutageTimes {
            from: minute(from),
            until: length.map(|length| minute(from + length)),
            around: around.map(|after| minute(from + after)),
            entered_at: minute(entered),
            approval: Approval::ALL[said],
        };
        if let Some(pause) = one.pause() {
            prop_assert!(pause.from >= one.from);
            prop_assert!(one.until.is_none_or(|until| pause.until.is_some_and(|end| end <= until)));
            prop_assert!(pause.until.is_none_or(|end| pause.from < end));
            prop_assert!(one.approval == Approval::Approved || pause.from >= one.entered_at - GRACE);
        }
        let approved = OutageTimes { approval: Approval::Approved, ..one };
        prop_assert!(one.pause().is_none() || approved.pause().is_some());
    }
}
