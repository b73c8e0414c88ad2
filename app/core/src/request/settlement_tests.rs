//! The settlement clock: frozen terms, waiting for the citizen, and why a date is the one it is.

use chrono::{NaiveDate, TimeDelta};
use proptest::{collection::vec, prelude::*, sample::select};

use super::*;
use crate::{
    calendar::{Calendar, DayReading, HoursKind, Pause, Term, Timetable},
    clock::Instant,
    outage::OutageKind,
    standard::{Basis, TimeLimit, TimeUnit},
    zone::OfficeZone,
};

fn nunukan() -> Calendar {
    Timetable::usual().calendar(HoursKind::Office, OfficeZone::Wita, &[])
}

fn at(local: &str) -> Instant {
    let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H.%M").unwrap_or_default();
    OfficeZone::Wita.instant(local)
}

fn moves(all: &[(&str, RequestState)]) -> Vec<Move> {
    all.iter().map(|(local, to)| Move { at: at(local), to: *to }).collect()
}

fn limit(amount: i64, unit: TimeUnit, channel: Option<Channel>) -> TimeLimit {
    TimeLimit { amount, unit, channel, basis: Basis::default() }
}

fn terms(limit: TimeLimit, reading: DayReading) -> Terms {
    Terms { limit, reading, timetable: TimetableRef { unit: None, edition: 1 }, zone: OfficeZone::Wita }
}

#[test]
fn the_limit_of_a_channel_goes_before_the_one_for_all() {
    let all =
        [limit(3, TimeUnit::WorkingDays, None), limit(1, TimeUnit::WorkingDays, Some(Channel::WhatsApp))];
    let amount = |times: &[TimeLimit], channel| Terms::limit(times, channel).map(|one| one.amount);
    assert_eq!(amount(&all, Channel::WhatsApp), Some(1));
    assert_eq!(amount(&all, Channel::Counter), Some(3));
    assert_eq!(amount(&all[1..], Channel::Counter), None);
}

#[test]
fn only_what_keeps_the_office_from_working_is_an_outage() {
    let siak = OutageKind::Siak;
    assert_eq!(Cause::Citizen.outage(), None);
    assert_eq!((Cause::Outage(siak).outage(), Cause::Unapproved(siak).outage()), (Some(siak), Some(siak)));
}

#[test]
fn a_clock_stands_from_the_first_moment_of_a_pause_to_just_before_its_last() {
    let stood = |from: &str, until: Option<&str>, cause| Standstill {
        pause: Pause { from: at(from), until: until.map(at) },
        cause,
    };
    let outage = Cause::Outage(OutageKind::Siak);
    let clock = Settlement {
        from: at("2026-11-23 08.00"),
        due: None,
        stood: vec![
            stood("2026-11-23 09.00", Some("2026-11-23 10.00"), outage),
            stood("2026-11-24 09.00", None, Cause::Citizen),
        ],
    };
    for (moment, cause) in [
        ("2026-11-23 08.59", None),
        ("2026-11-23 09.00", Some(outage)),
        ("2026-11-23 09.59", Some(outage)),
        ("2026-11-23 10.00", None),
        ("2026-11-24 09.00", Some(Cause::Citizen)),
        ("2027-11-24 09.00", Some(Cause::Citizen)),
    ] {
        assert_eq!(clock.stands(at(moment)), cause, "{moment}");
    }
}

#[test]
fn a_limit_reads_as_what_is_counted() {
    let of = |amount, unit, reading| terms(limit(amount, unit, None), reading);
    let next = DayReading::NextWorkingDay;
    assert_eq!(of(2, TimeUnit::WorkingDays, next).term(), Some(Term::WorkingDays(2)));
    assert_eq!(of(1, TimeUnit::DaysAndNights, next).term(), Some(Term::DayAndNight(1, next)));
    assert_eq!(of(0, TimeUnit::WorkingDays, next).term(), None);
    assert_eq!(of(-1, TimeUnit::Minutes, next).term(), None);
    assert_eq!(of(2, TimeUnit::WorkingDays, next).words(), "paling lama 2 hari kerja");
    assert_eq!(
        of(1, TimeUnit::DaysAndNights, next).words(),
        "paling lama 1 x 24 jam, yaitu sampai jam yang sama pada hari kerja berikutnya"
    );
}

#[test]
fn terms_are_read_back_as_they_were_frozen() {
    let frozen = terms(limit(1, TimeUnit::DaysAndNights, None), DayReading::NextWorkingDay);
    let json = serde_json::to_value(&frozen).unwrap_or_default();
    assert_eq!(serde_json::from_value::<Terms>(json).ok(), Some(frozen));
}

#[test]
fn in_nunukan_two_working_days_wait_while_the_citizen_is_asked() {
    use RequestState::{InProcess, WaitingForCitizen};
    let (calendar, term) = (nunukan(), Term::WorkingDays(2));
    // Complete on Monday 10.00, asked once more on Tuesday 09.00, answered on Thursday 09.00.
    let mut history = moves(&[("2026-11-23 11.00", InProcess), ("2026-11-24 09.00", WaitingForCitizen)]);
    let waiting = Settlement::of((term, &calendar), at("2026-11-23 10.00"), &history, []);
    assert_eq!(waiting.due, None, "no date while it waits");
    history.push(Move { at: at("2026-11-26 09.00"), to: InProcess });
    let settled = Settlement::of((term, &calendar), at("2026-11-23 10.00"), &history, []);
    // Fifteen hours of work were lost, the length of two working days: the end of Wednesday becomes the end of Friday.
    assert_eq!(settled.due, Some(at("2026-11-27 16.30")));
    let took = settled.elapsed(term, &calendar, at("2026-11-26 10.00"));
    assert_eq!(took.gross, TimeDelta::days(3));
    assert_eq!(took.net, TimeDelta::hours(5 + 1) + TimeDelta::minutes(90));
    let counted = settled.counted(term, &calendar, at("2026-11-26 10.00"));
    let expected = [
        ("2026-11-23 10.00", "2026-11-23 12.00"),
        ("2026-11-23 13.00", "2026-11-23 16.00"),
        ("2026-11-24 07.30", "2026-11-24 09.00"),
        ("2026-11-26 09.00", "2026-11-26 10.00"),
    ];
    assert_eq!(counted, expected.map(|(from, until)| at(from)..at(until)));
}

/// SIAK out in Nunukan, from one local time to another.
fn siak(from: &str, until: Option<&str>) -> Standstill {
    let pause = Pause { from: at(from), until: until.map(at) };
    Standstill { pause, cause: Cause::Outage(OutageKind::Siak) }
}

#[test]
fn in_nunukan_two_working_days_stand_still_while_siak_is_out() {
    let (calendar, term) = (nunukan(), Term::WorkingDays(2));
    let from = at("2026-11-23 10.00");
    let clock = |outages: &[Standstill]| Settlement::of((term, &calendar), from, &[], outages.to_vec());
    assert_eq!(clock(&[]).due, Some(at("2026-11-25 16.00")));
    let lasting = clock(&[siak("2026-11-24 08.00", None)]);
    assert_eq!(
        (lasting.due, lasting.stands(at("2026-11-24 09.00"))),
        (None, Some(Cause::Outage(OutageKind::Siak)))
    );
    // Five hours of work were lost on Tuesday, the rest at noon is none of them.
    let over = clock(&[siak("2026-11-24 08.00", Some("2026-11-24 14.00"))]);
    assert_eq!((over.due, over.stands(at("2026-11-24 14.00"))), (Some(at("2026-11-26 13.30")), None));
    let took = over.elapsed(term, &calendar, at("2026-11-24 15.00"));
    assert_eq!((took.gross, took.net), (TimeDelta::hours(29), TimeDelta::hours(5) + TimeDelta::minutes(90)));
    // What was out at night, before the papers came or after the date has moved nothing.
    for harmless in [
        siak("2026-11-24 17.00", Some("2026-11-25 07.00")),
        siak("2026-11-20 08.00", Some("2026-11-23 10.00")),
        siak("2026-11-25 16.00", None),
    ] {
        assert_eq!(clock(&[harmless]).due, Some(at("2026-11-25 16.00")), "{harmless:?}");
    }
}

#[test]
fn in_batu_ten_working_days_stand_still_for_two_weeks_without_blank_cards() {
    let wib = |local: &str| {
        let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H.%M").unwrap_or_default();
        OfficeZone::Wib.instant(local)
    };
    let calendar = Timetable::usual().calendar(HoursKind::Office, OfficeZone::Wib, &[]);
    let term = Term::WorkingDays(10);
    let from = wib("2026-11-02 09.00");
    let out = Pause { from: wib("2026-11-09 07.30"), until: Some(wib("2026-11-20 16.30")) };
    let stood = [Standstill { pause: out, cause: Cause::Outage(OutageKind::Other) }];
    assert_eq!(Settlement::of((term, &calendar), from, &[], []).due, Some(wib("2026-11-16 16.00")));
    let clock = Settlement::of((term, &calendar), from, &[], stood);
    // Ten working days without cards, and the end of a Monday is the end of a Monday two weeks later.
    assert_eq!(clock.due, Some(wib("2026-11-30 16.00")));
}

#[test]
fn closing_and_reopening_gains_nothing_and_parking_gains_what_was_parked() {
    use RequestState::{Finished, InProcess, Ready, WaitingForCitizen};
    let (calendar, term) = (nunukan(), Term::WorkingDays(2));
    let from = at("2026-11-23 10.00");
    let due =
        |history: &[(&str, RequestState)]| Settlement::of((term, &calendar), from, &moves(history), []).due;
    let plain = due(&[]);
    let closed =
        [("2026-11-24 15.00", Ready), ("2026-11-24 15.30", Finished), ("2026-11-26 09.00", InProcess)];
    assert_eq!(due(&closed), plain, "what was closed and taken up again was due all the time");
    // Fourteen of eighteen hours are gone, 78 percent: a day of waiting moves the date by a day of work and no more.
    let parked = [("2026-11-25 11.30", WaitingForCitizen), ("2026-11-26 11.30", InProcess)];
    assert_eq!((plain, due(&parked)), (Some(at("2026-11-25 16.00")), Some(at("2026-11-26 16.00"))));
}

#[test]
fn waiting_and_an_outage_at_the_same_time_count_once() {
    use RequestState::{InProcess, WaitingForCitizen};
    let (calendar, term) = (nunukan(), Term::WorkingDays(2));
    let from = at("2026-11-23 10.00");
    let history = moves(&[("2026-11-24 08.00", WaitingForCitizen), ("2026-11-24 12.00", InProcess)]);
    let both = [siak("2026-11-24 10.00", Some("2026-11-24 14.00"))];
    let clock = Settlement::of((term, &calendar), from, &history, both);
    assert_eq!(clock.due, Some(at("2026-11-26 13.30")));
    assert_eq!(
        clock.stood.iter().map(|one| one.cause.words()).collect::<Vec<_>>(),
        ["menunggu warga", "gangguan SIAK"]
    );
}

#[test]
fn waiting_is_read_from_the_history_and_from_nothing_else() {
    use RequestState::{Cancelled, InProcess, Verification, WaitingForCitizen};
    let history = moves(&[
        ("2026-11-23 08.00", Verification),
        ("2026-11-23 09.00", WaitingForCitizen),
        ("2026-11-23 10.00", WaitingForCitizen),
        ("2026-11-23 11.00", Verification),
        ("2026-11-23 12.00", InProcess),
        ("2026-11-24 09.00", WaitingForCitizen),
        ("2026-11-24 10.00", Cancelled),
        ("2026-11-25 10.00", Verification),
    ]);
    let spans: Vec<_> = waits(&history).iter().map(|one| (one.pause.from, one.pause.until)).collect();
    assert_eq!(
        spans,
        [
            (at("2026-11-23 09.00"), Some(at("2026-11-23 11.00"))),
            (at("2026-11-24 09.00"), Some(at("2026-11-25 10.00"))),
        ]
    );
    assert_eq!(waits(&history[..2])[0].pause.until, None);
    assert_eq!(waits(&[]), []);
}

fn histories() -> impl Strategy<Value = Vec<Move>> {
    let states = select(vec![RequestState::InProcess, RequestState::WaitingForCitizen, RequestState::Ready]);
    let start = OfficeZone::Wita.midnight(NaiveDate::default());
    vec((0_i64..60 * 24 * 20, states), 0..8).prop_map(move |mut all| {
        all.sort_by_key(|(minutes, _)| *minutes);
        all.into_iter().map(|(minutes, to)| Move { at: start + TimeDelta::minutes(minutes), to }).collect()
    })
}

/// Spans in which something was out; the last may last.
fn outages() -> impl Strategy<Value = Vec<Standstill>> {
    let start = OfficeZone::Wita.midnight(NaiveDate::default());
    let minute = move |minutes: i64| start + TimeDelta::minutes(minutes);
    let span = (0_i64..60 * 24 * 15, proptest::option::weighted(0.9, 1_i64..60 * 24));
    let stand = move |(from, length): (i64, Option<i64>)| Standstill {
        pause: Pause { from: minute(from), until: length.map(|length| minute(from + length)) },
        cause: Cause::Outage(OutageKind::Siak),
    };
    vec(span, 0..4).prop_map(move |all| all.into_iter().map(stand).collect())
}

fn any_term() -> impl Strategy<Value = Term> {
    select(vec![
        Term::Minutes(90),
        Term::WorkingHours(5),
        Term::WorkingDays(2),
        Term::CalendarDays(3),
        Term::DayAndNight(1, DayReading::Hours),
        Term::DayAndNight(1, DayReading::NextWorkingDay),
    ])
}

#[test]
fn four_fifths_are_gone_on_the_last_morning_of_two_working_days_in_nunukan() {
    let (calendar, term) = (nunukan(), Term::WorkingDays(2));
    let clock = Settlement::of((term, &calendar), at("2026-11-23 10.00"), &[], []);
    // Five hours of Monday and seven and a half of each day after it: 20 hours, of which 16.
    assert_eq!(clock.due, Some(at("2026-11-25 16.00")));
    assert_eq!(clock.reaches((term, &calendar), 80), Some(at("2026-11-25 11.00")));
    assert_eq!(clock.reaches((term, &calendar), 100), clock.due);
}

proptest! {
    #[test]
    fn what_is_counted_is_what_it_took(history in histories(), outages in outages(), term in any_term(), from in 0_i64..60 * 24 * 5, took in 0_i64..60 * 24 * 20) {
        let calendar = nunukan();
        let start = OfficeZone::Wita.midnight(NaiveDate::default());
        let from = start + TimeDelta::minutes(from);
        let until = from + TimeDelta::minutes(took);
        let clock = Settlement::of((term, &calendar), from, &history, outages);
        let counted = clock.counted(term, &calendar, until);
        let sum: TimeDelta = counted.iter().map(|one| one.end - one.start).sum();
        prop_assert_eq!(sum, clock.elapsed(term, &calendar, until).net);
        prop_assert!(counted.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    #[test]
    fn a_part_of_the_time_is_gone_when_that_part_was_counted(history in histories(), outages in outages(), term in any_term(), from in 0_i64..60 * 24 * 5, part in 1_i32..=100) {
        let calendar = nunukan();
        let from = OfficeZone::Wita.midnight(NaiveDate::default()) + TimeDelta::minutes(from);
        let clock = Settlement::of((term, &calendar), from, &history, outages);
        let (reached, due) = (clock.reaches((term, &calendar), part), clock.due);
        prop_assert_eq!(reached.is_some(), due.is_some());
        if let (Some(reached), Some(due)) = (reached, due) {
            prop_assert!(from <= reached && reached <= due);
            let net = |until| clock.elapsed(term, &calendar, until).net;
            prop_assert_eq!(net(reached), net(due) * part / 100);
        }
    }

    #[test]
    fn standing_still_never_makes_it_due_earlier(history in histories(), outages in outages(), term in any_term(), from in 0_i64..60 * 24 * 5) {
        let calendar = nunukan();
        let start = OfficeZone::Wita.midnight(NaiveDate::default());
        let from = start + TimeDelta::minutes(from);
        let plain = Settlement::of((term, &calendar), from, &[], []).due;
        let with = Settlement::of((term, &calendar), from, &history, outages).due;
        prop_assert!(with.is_none() || with >= plain, "{:?} {:?}", plain, with);
    }
}
