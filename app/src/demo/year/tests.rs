//! The plan of the year, without a database: sums, hours, order, and that nothing depends on chance.
#![expect(clippy::unwrap_used, reason = "a test that stumbles has failed")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use loket_core::{
    kinds::OutputDelivery,
    request::{AskReason, CloseReason, PaperState, PaperTally, RequestEventKind, RequestState, Step, next},
};
use proptest::prelude::*;

use super::{
    arrivals::{Ground, Semester},
    calendar::{Local, Times, day_of, is_working_day, midnight, plus},
    history::{Happening, Kind, Standing, Who, history},
    plan::{LENGTH, OfficePlan, Scale, plan},
    profile::{Trouble, YEARS},
};
use crate::demo::offices::OFFICES;

const NUNUKAN: usize = 2;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-21")
}

fn planned(place: usize) -> OfficePlan {
    plan(place, (today(), LENGTH), Scale::Small).unwrap()
}

/// How many requests of a service were opened from one day to another, by kecamatan.
fn by_district(plan: &OfficePlan, service: usize, (from, to): (NaiveDate, NaiveDate)) -> Vec<u64> {
    let mut sums = vec![0; 21];
    for case in &plan.cases {
        let arrival = &case.arrival;
        if arrival.service == service && (from..=to).contains(&day_of(arrival.opened)) {
            sums[arrival.district] += 1;
        }
    }
    sums
}

#[test]
fn nunukan_has_the_published_ktp_of_every_whole_semester_divided_over_its_21_kecamatan() {
    for (end, from, to, published) in [
        ("2026-11-21", "2026-01-01", "2026-06-30", 10_160),
        ("2027-01-01", "2026-07-01", "2026-12-31", 16_990),
        ("2027-07-01", "2027-01-01", "2027-06-30", 12_158),
        ("2026-01-01", "2025-07-01", "2025-12-31", 9_923),
    ] {
        let plan = plan(NUNUKAN, (day(end), LENGTH), Scale::Small).unwrap();
        let parts = by_district(&plan, 0, (day(from), day(to)));
        assert_eq!(parts.iter().sum::<u64>(), published, "{from}");
        assert!(parts.iter().all(|part| *part > 0), "{parts:?}");
    }
}

#[test]
fn the_five_offices_have_about_thirty_thousand_requests() {
    let counts: Vec<usize> = (0..OFFICES.len()).map(|place| planned(place).cases.len()).collect();
    let sum: usize = counts.iter().sum();
    assert!((28_000..36_000).contains(&sum), "{counts:?}");
}

#[test]
fn the_same_day_and_scale_give_the_same_plan() {
    for place in 0..OFFICES.len() {
        assert_eq!(format!("{:?}", planned(place).cases), format!("{:?}", planned(place).cases));
    }
}

#[test]
fn what_came_on_a_day_does_not_depend_on_when_the_year_ends() {
    let count = |end: &str| {
        let plan = plan(0, (day(end), LENGTH), Scale::Small).unwrap();
        let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for case in
            plan.cases.iter().filter(|case| case.arrival.channel == loket_core::request::Channel::WhatsApp)
        {
            *days.entry(day_of(case.arrival.opened)).or_default() += 1;
        }
        days.split_off(&day("2026-03-01")).into_iter().take(90).collect::<Vec<_>>()
    };
    assert_eq!(count("2026-11-21"), count("2026-08-05"));
}

#[test]
fn officers_work_in_the_offices_hours_and_never_on_a_holiday_or_while_it_is_closed() {
    for (place, year) in YEARS.iter().enumerate() {
        let plan = planned(place);
        let hours = Times::of(year.hours, (plus(today(), -400), today()));
        let closed = year.incidents.iter().filter(|incident| incident.what == Trouble::Closed);
        let closed: Vec<NaiveDate> =
            closed.map(|incident| hours.day_from(plus(today(), -incident.back)).unwrap()).collect();
        for case in &plan.cases {
            for line in history(case, plan.kind(case), plan.until) {
                assert!(line.at <= line.recorded && line.recorded < plan.until);
                if line.who == Who::Officer {
                    let at = line.recorded;
                    assert_eq!(hours.from(at), Some(at), "{line:?}");
                    assert!(is_working_day(day_of(at)) && !closed.contains(&day_of(at)), "{line:?}");
                }
            }
        }
    }
}

fn step(line: &Happening, papers: PaperTally) -> Option<Step> {
    let (from, to) = line.moving?;
    Some(match (line.kind, from, to) {
        (RequestEventKind::Taken, ..) => Step::Take,
        (RequestEventKind::Asked, ..) => Step::AskCitizen { reason: line.reason?.parse::<AskReason>().ok()? },
        (RequestEventKind::StateChanged, ..) => Step::CitizenAnswered,
        (RequestEventKind::DeclaredComplete, ..) => Step::DeclareComplete { papers },
        (RequestEventKind::Ready | RequestEventKind::ResultUploaded, ..) => Step::MarkReady,
        (RequestEventKind::Finished, ..) => Step::Finish,
        (RequestEventKind::Rejected, ..) => {
            Step::Reject { reason: line.reason?.parse::<CloseReason>().ok()? }
        }
        (RequestEventKind::Cancelled, ..) => {
            Step::Cancel { reason: line.reason?.parse::<CloseReason>().ok()? }
        }
        _ => return None,
    })
}

#[test]
fn every_history_follows_the_state_machine_in_order() {
    for place in 0..OFFICES.len() {
        let plan = planned(place);
        for case in &plan.cases {
            let kind = plan.kind(case);
            let lines = history(case, kind, plan.until);
            assert_eq!(lines[0].kind, RequestEventKind::Opened);
            let mut state = RequestState::Received;
            for (number, line) in lines.iter().enumerate() {
                let before = Standing::after(&lines[..number], case, kind);
                assert!(number == 0 || lines[number - 1].recorded <= line.recorded, "{lines:#?}");
                if let Some((from, to)) = line.moving {
                    let tally = PaperTally::of(before.papers.iter().map(|paper| paper.state));
                    assert_eq!(from, state, "{lines:#?}");
                    assert_eq!(next(state, step(line, tally).unwrap()), Ok(to), "{lines:#?}");
                    state = to;
                }
                if line.kind == RequestEventKind::PaperRejected {
                    assert_ne!(before.papers[line.paper.unwrap()].state, PaperState::Absent);
                }
            }
            let standing = Standing::after(&lines, case, kind);
            assert_eq!(standing.state, state);
            assert_eq!(standing.closed.is_some(), state.is_terminal());
            assert!(
                standing.ready.is_some() || !matches!(state, RequestState::Ready | RequestState::Finished)
            );
        }
    }
}

/// Spans in minutes, sorted: from the first message to the first answer, and from complete papers to the product.
fn spans(plan: &OfficePlan) -> [Vec<i64>; 2] {
    let mut spans = [Vec::new(), Vec::new()];
    for case in &plan.cases {
        let kind = plan.kind(case);
        let standing = Standing::after(&history(case, kind, plan.until), case, kind);
        if case.arrival.channel == loket_core::request::Channel::WhatsApp {
            spans[0].extend(standing.answered.map(|at| (at - case.arrival.first) / 60));
        }
        spans[1].extend(standing.ready.zip(standing.complete_from).map(|(to, from)| (to - from) / 60));
    }
    spans.iter_mut().for_each(|spans| spans.sort_unstable());
    spans
}

#[test]
fn figures_look_like_those_of_an_office() {
    for (place, office) in OFFICES.iter().enumerate() {
        let plan = planned(place);
        let (mut finished, mut right, mut open, mut old, mut waiting) = (0, 0, 0, 0, 0);
        for case in &plan.cases {
            let kind = plan.kind(case);
            let lines = history(case, kind, plan.until);
            let standing = Standing::after(&lines, case, kind);
            if standing.state == RequestState::Finished {
                finished += 1;
                right += usize::from(!lines.iter().any(|line| line.kind == RequestEventKind::Asked));
            }
            open += usize::from(!standing.state.is_terminal());
            waiting += usize::from(standing.state == RequestState::Received);
            old +=
                usize::from(!standing.state.is_terminal() && plan.until - case.arrival.first > 14 * 86_400);
        }
        let [response, settlement] = spans(&plan);
        let at = |spans: &[i64], hundredths: usize| spans[spans.len() * hundredths / 100];
        let told = format!(
            "{}: {} requests, {finished} finished, {right} at once, {open} open, {old} of them old, {waiting} not taken; response {} and {} min, settlement {} and {} min",
            office.slug,
            plan.cases.len(),
            at(&response, 50),
            at(&response, 90),
            at(&settlement, 50),
            at(&settlement, 90)
        );
        let share = right as f64 / finished as f64;
        assert!((0.6..0.97).contains(&share), "{told}");
        assert!((20..600).contains(&at(&response, 50)), "{told}");
        assert!((at(&response, 50) * 2..6_000).contains(&at(&response, 90)), "{told}");
        assert!((at(&settlement, 50) * 3 / 2..40_000).contains(&at(&settlement, 90)), "{told}");
        assert!(open > 3 && open < plan.cases.len() / 10 && old > 0 && waiting > 0, "{told}");
    }
}

#[test]
fn an_outage_is_a_dip_and_a_peak_follows() {
    let plan = planned(NUNUKAN);
    let mut ready: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for at in plan.cases.iter().filter(|case| case.arrival.service == 0).filter_map(|case| case.ready) {
        *ready.entry(day_of(at)).or_default() += 1;
    }
    let on = |back: i64| ready.get(&plus(today(), -back)).copied().unwrap_or(0);
    let usual = (35..60).map(on).sum::<usize>() * 7 / 25;
    // Cards were out for six working days from the 29th day before today.
    let (without, after) = ((22..=27).map(on).sum::<usize>(), (13..=19).map(on).sum::<usize>());
    assert!(without < usual / 3, "{without} of {usual}");
    assert!(after > usual * 5 / 4, "{after} of {usual}");
}

fn ground<'a>(place: usize, desk: &'a Times) -> Ground<'a> {
    Ground { place, year: &YEARS[place], formats: OFFICES[place].typed_all_year, desk, factor: 1 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_semester_adds_up_exactly_whatever_was_closed(
        place in 0..OFFICES.len(), back in 0_i64..700, closed in prop::collection::vec((0_i64..184, 1_i64..4), 0..5),
    ) {
        let semester = Semester::of(plus(today(), -back));
        let from = semester.from();
        let gone: Vec<(Local, Local)> = closed
            .iter()
            .map(|(first, days)| (midnight(plus(from, *first)), midnight(plus(from, first + days))))
            .collect();
        let desk = Times::of(YEARS[place].hours, (plus(from, -30), plus(from, 220))).without(&gone);
        let ground = ground(place, &desk);
        for (service, profile) in YEARS[place].services.iter().enumerate() {
            let drawn = ground.semester(service, semester);
            prop_assert_eq!(drawn.len() as u64, semester.volume(profile));
            for one in &drawn {
                prop_assert!((from..=semester.last()).contains(&day_of(one.opened)));
                prop_assert!(one.first <= one.opened);
            }
        }
    }
}

#[test]
fn a_product_that_is_told_is_never_left_lying() {
    let plan = planned(1);
    let told = |case: &&super::Case| plan.kind(case).delivery == OutputDelivery::Status;
    let ends = plan.cases.iter().filter(told).filter_map(|case| {
        let kind: Kind = plan.kind(case);
        history(case, kind, plan.until).last().and_then(|line| line.reason)
    });
    assert!(ends.into_iter().all(|reason| reason != CloseReason::NotPickedUp.word()));
}
