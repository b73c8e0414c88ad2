//! What holds of any calendar and any term.

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

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
    ) -> Calendar {
        let mut one = Calendar::new(zone, week)
            .with_season(Season { name: "Ramadan".to_owned(), from: first, until: last, week: season })
            .with_holidays(off.into_iter().map(|date| holiday(&date.to_string(), HolidayKind::National)));
        for (date, hours) in set {
            one = one.with_day(date, hours);
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
    fn a_holiday_makes_nothing_earlier(
        office in calendars(), from in moments(), work in spans(), off in any_day(),
    ) {
        let Some(due) = office.after(from, work) else { return Ok(()) };
        let free = !office.set.contains_key(&off);
        let off = office.with_holidays([holiday(&off.to_string(), HolidayKind::Local)]);
        if let Some(later) = off.after(from, work).filter(|_| free) {
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
    fn at_the_moment_it_closes_it_is_closed_until_it_opens_again(office in calendars(), on in any_day()) {
        for one in office.open_on(on) {
            if let Some(opens) = office.next_opening(one.end) {
                prop_assert!(office.is_open(opens));
            }
        }
    }

    #[test]
    fn a_span_that_is_cut_at_midnights_is_the_same_span(office in calendars(), from in moments(), span in spans()) {
        let until = from + span;
        let parts = office.by_day(from..until);
        prop_assert_eq!(parts.is_empty(), from == until);
        prop_assert!(office.by_day(until..from).is_empty());
        let ends = parts.first().zip(parts.last());
        prop_assert!(ends.is_none_or(|(first, last)| first.start == from && last.end == until));
        for pair in parts.windows(2) {
            prop_assert_eq!(pair[0].end, pair[1].start);
            prop_assert_eq!(office.zone().midnight(office.zone().date(pair[1].start)), pair[1].start);
        }
        for one in &parts {
            let last = one.end - TimeDelta::microseconds(1);
            prop_assert_eq!(office.zone().date(one.start), office.zone().date(last));
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
