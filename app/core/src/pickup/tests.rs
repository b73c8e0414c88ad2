//! Slots, seats and numbers by hand and for any plan; reminders.

use proptest::prelude::*;

use super::*;
use crate::calendar::{Hours, Opening, Week};

const ZONE: OfficeZone = OfficeZone::Wita;

fn at(local: &str) -> Instant {
    ZONE.instant(chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H.%M").unwrap_or_default())
}

fn opening(text: &str) -> Opening {
    let mut times = text.split('-').map(|time| {
        let (hour, minute) = time.split_once('.').unwrap_or(("0", "0"));
        crate::calendar::DayTime::new(hour.parse().unwrap_or(0), minute.parse().unwrap_or(0))
            .unwrap_or(crate::calendar::DayTime::START)
    });
    let start = crate::calendar::DayTime::START;
    Opening { from: times.next().unwrap_or(start), until: times.next().unwrap_or(start) }
}

/// Monday to Friday 08.00 to 12.00 and 13.00 to 15.10.
fn calendar() -> Calendar {
    let open = || Hours::new([opening("8.00-12.00"), opening("13.00-15.10")]).unwrap_or_default();
    let mut days: [Hours; 7] = std::array::from_fn(|_| open());
    days[5] = Hours::CLOSED;
    days[6] = Hours::CLOSED;
    Calendar::new(ZONE, Week(days))
}

fn plan(minutes: u16, seats: u16) -> Plan {
    Plan::of(minutes, seats).unwrap_or(Plan { minutes: 60, seats: 1 })
}

fn nobody() -> Taken {
    Taken::none(ZONE)
}

fn slot(plan: Plan, from: &str) -> Slot {
    plan.slot_at(&calendar(), at(from)).unwrap_or(Slot { from: at(from), until: at(from), before: 0 })
}

#[test]
fn hours_are_cut_into_slots_and_what_is_left_is_none() {
    let day = "2026-11-23".parse().unwrap_or_default();
    let slots = plan(60, 5).slots(&calendar(), day);
    let starts: Vec<String> = slots.iter().map(|slot| ZONE.time(slot.from)).collect();
    assert_eq!(
        starts,
        ["08.00", "09.00", "10.00", "11.00", "13.00", "14.00"].map(|time| format!("{time} WITA"))
    );
    let number = |slot: &Slot| nobody().offer(5, *slot).map(|offer| offer.number);
    let numbers: Vec<_> = slots.iter().filter_map(number).collect();
    assert_eq!(numbers, [1, 6, 11, 16, 21, 26]);
    let sunday = "2026-11-22".parse().unwrap_or_default();
    assert!(plan(15, 1).slots(&calendar(), sunday).is_empty());
}

#[test]
fn the_first_offer_leaves_time_to_read_and_skips_what_is_full() {
    let plan = plan(60, 2);
    let mut taken = nobody();
    for from in ["2026-11-23 13.00", "2026-11-23 13.00", "2026-11-23 14.00"] {
        let offer = taken.offer(2, slot(plan, from)).map(|offer| offer.taken());
        offer.into_iter().for_each(|seat| taken.take(seat));
    }
    let calendar = calendar();
    let of_day = |_: NaiveDate| &calendar;
    let found = offers((plan, &of_day), (at("2026-11-23 10.30"), 30), &taken, (2, 2));
    let told: Vec<_> = found.iter().map(|one| (one.slot.from, one.seat, one.free)).collect();
    assert_eq!(
        told,
        [(at("2026-11-23 14.00"), 1, 1), (at("2026-11-24 08.00"), 0, 2), (at("2026-11-24 09.00"), 0, 2),]
    );
    let friday = offers((plan, &of_day), (at("2026-11-27 14.00"), 30), &taken, (1, 1));
    assert_eq!(friday.first().map(|one| one.slot.from), Some(at("2026-11-30 08.00")), "over the weekend");
}

#[test]
fn whoever_has_a_seat_of_slots_that_were_cut_otherwise_counts_and_keeps_their_number() {
    let (wide, narrow) = (plan(60, 2), plan(20, 2));
    let mut taken = nobody();
    for _ in 0..2 {
        let offer = taken.offer(2, slot(wide, "2026-11-23 09.00")).map(|offer| offer.taken());
        offer.into_iter().for_each(|seat| taken.take(seat));
    }
    for from in ["2026-11-23 09.00", "2026-11-23 09.20", "2026-11-23 09.40"] {
        assert_eq!(taken.offer(2, slot(narrow, from)), None, "{from}");
    }
    // Numbers 3 and 4 are theirs: whoever comes at twenty past eight gets the next that is free.
    let early = taken.offer(2, slot(narrow, "2026-11-23 08.20")).map(|offer| (offer.number, offer.free));
    assert_eq!(early, Some((5, 2)));
}

#[test]
fn a_plan_has_a_length_that_people_can_read() {
    for (minutes, seats) in [(0, 5), (10, 5), (45, 5), (30, 0), (30, 101)] {
        assert_eq!(Plan::of(minutes, seats), None, "{minutes} {seats}");
    }
    assert!(Plan::of(30, 100).is_some());
}

#[test]
fn somebody_is_reminded_the_day_before_and_after_a_slot_they_missed() {
    let lying = Lying {
        ready: at("2026-11-23 10.00"),
        given: at("2026-11-23 10.00"),
        slot: Some(at("2026-11-26 09.00")..at("2026-11-26 09.30")),
    };
    let mut told = Vec::new();
    let mut now = lying.ready;
    while let Some((at, nudge)) = lying.nudge_after(now, ZONE) {
        told.push((at, nudge));
        now = at;
    }
    assert_eq!(
        told,
        [
            (at("2026-11-25 15.00"), Nudge::Tomorrow),
            (at("2026-11-27 09.00"), Nudge::Missed),
            (at("2026-11-30 09.00"), Nudge::Waiting),
            (at("2026-12-23 09.00"), Nudge::Waiting),
            (at("2027-01-22 09.00"), Nudge::Waiting),
        ]
    );
    let today = Lying { slot: Some(at("2026-11-24 09.00")..at("2026-11-24 09.30")), ..lying };
    assert_eq!(
        today.nudge_after(today.ready, ZONE),
        Some((at("2026-11-25 09.00"), Nudge::Missed)),
        "told today for tomorrow"
    );
}

#[test]
fn what_is_over_is_reminded_of_no_more() {
    let slot = Some(at("2026-11-26 09.00")..at("2026-11-26 09.30"));
    let lying = Lying { ready: at("2026-11-23 10.00"), given: at("2026-11-23 10.00"), slot };
    let now = |moment: &str| lying.nudge_at(at(moment), ZONE);
    assert_eq!(now("2026-11-25 14.59"), None);
    assert_eq!(now("2026-11-25 15.00"), Some(Nudge::Tomorrow));
    assert_eq!(now("2026-11-26 09.00"), None, "a server that stood still reminds nobody of what has begun");
    assert_eq!(
        (now("2026-11-27 09.00"), now("2026-11-30 09.00")),
        (Some(Nudge::Missed), Some(Nudge::Waiting))
    );
}

proptest! {
    #[test]
    fn numbers_of_a_day_are_each_given_once_in_the_order_of_the_clock(
        minutes in proptest::sample::select(Plan::MINUTES.to_vec()), seats in 1_u16..=20
    ) {
        let day = "2026-11-24".parse().unwrap_or_default();
        let plan = plan(minutes, seats);
        let mut taken = nobody();
        let mut numbers = Vec::new();
        for slot in plan.slots(&calendar(), day) {
            while let Some(offer) = taken.offer(seats, slot) {
                numbers.push(offer.number);
                taken.take(offer.taken());
            }
        }
        let expected: Vec<u32> = (1..=u32::try_from(numbers.len()).unwrap_or(0)).collect();
        prop_assert_eq!(numbers, expected);
    }

    #[test]
    fn no_moment_has_more_people_than_seats_however_often_the_plan_changes(
        changes in proptest::collection::vec(
            (proptest::sample::select(Plan::MINUTES.to_vec()), 1_u16..=4, 0_usize..40), 1..40)
    ) {
        let day = "2026-11-24".parse().unwrap_or_default();
        let (mut taken, mut all): (Taken, Vec<Seat>) = (nobody(), Vec::new());
        for (minutes, seats, wanted) in changes {
            let slots = plan(minutes, seats).slots(&calendar(), day);
            let Some(slot) = slots.get(wanted % slots.len().max(1)).copied() else { continue };
            let Some(offer) = taken.offer(seats, slot) else { continue };
            let seat = offer.taken();
            let there = all.iter().filter(|one| one.from < seat.until && seat.from < one.until).count();
            prop_assert!(there < usize::from(seats) && offer.free as usize == usize::from(seats) - there);
            prop_assert!(all.iter().all(|one| one.number != seat.number), "a number is one person's");
            prop_assert!(all.iter().all(|one| (one.from, one.seat) != (seat.from, seat.seat)));
            taken.take(seat);
            all.push(seat);
        }
    }
}
