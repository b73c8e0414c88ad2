//! Slots in which things are collected: cut from a place's service hours, so many people in each; and when somebody who has
//! not come is reminded.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

use crate::{calendar::Calendar, clock::Instant, zone::OfficeZone};

/// Nobody is given a slot that begins sooner: they read the message first.
const SOONEST: TimeDelta = TimeDelta::hours(2);
/// As long as the longest slot.
const LONGEST_SLOT: TimeDelta = TimeDelta::minutes(60);

/// How a place cuts its hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    minutes: u16,
    seats: u16,
}

impl Plan {
    /// How long a slot may be, in minutes.
    pub const MINUTES: [u16; 4] = [15, 20, 30, 60];
    /// The most people in a slot.
    pub const MOST: u16 = 100;

    /// Slots of so many minutes for so many people each.
    pub fn of(minutes: u16, seats: u16) -> Option<Self> {
        let holds = Self::MINUTES.contains(&minutes) && (1..=Self::MOST).contains(&seats);
        holds.then_some(Self { minutes, seats })
    }

    /// How long a slot is, in minutes.
    pub const fn minutes(self) -> u16 {
        self.minutes
    }

    /// How many people come in one.
    pub const fn seats(self) -> u16 {
        self.seats
    }

    /// The slots of a day, in order. What is left of an opening and is shorter than a slot is none.
    pub fn slots(self, calendar: &Calendar, day: NaiveDate) -> Vec<Slot> {
        let length = TimeDelta::minutes(self.minutes.into());
        let mut all: Vec<Slot> = Vec::new();
        for open in calendar.open_on(day) {
            let mut from = open.start;
            while from + length <= open.end {
                let before = u32::try_from(all.len()).unwrap_or(u32::MAX);
                all.push(Slot { from, until: from + length, before: before * u32::from(self.seats) });
                from += length;
            }
        }
        all
    }

    /// The slot of a place that begins at a moment; nothing where none does.
    pub fn slot_at(self, calendar: &Calendar, from: Instant) -> Option<Slot> {
        let slots = self.slots(calendar, calendar.zone().date(from));
        slots.into_iter().find(|slot| slot.from == from)
    }
}

/// A slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// When it begins.
    pub from: Instant,
    /// When it ends.
    pub until: Instant,
    /// How many people come before it on its day, if all come.
    before: u32,
}

/// A seat that somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// When its slot begins.
    pub from: Instant,
    /// When its slot ends.
    pub until: Instant,
    /// Which seat of the slot, counted from 0.
    pub seat: u16,
    /// The number that was told.
    pub number: u32,
}

/// The seats that are taken at a place. Slots that were cut otherwise before count as far as they overlap.
#[derive(Debug, Clone)]
pub struct Taken {
    zone: OfficeZone,
    seats: BTreeMap<Instant, Vec<Seat>>,
    numbers: BTreeMap<NaiveDate, BTreeSet<u32>>,
}

impl Taken {
    /// None, at a place of a zone.
    pub const fn none(zone: OfficeZone) -> Self {
        Self { zone, seats: BTreeMap::new(), numbers: BTreeMap::new() }
    }

    /// Takes a seat.
    pub fn take(&mut self, seat: Seat) {
        self.numbers.entry(self.zone.date(seat.from)).or_default().insert(seat.number);
        self.seats.entry(seat.from).or_default().push(seat);
    }

    /// The first seat of a slot for so many people that nobody has; nothing where it is full.
    pub fn offer(&self, seats: u16, slot: Slot) -> Option<Offer> {
        let near = self.seats.range(slot.from - LONGEST_SLOT..slot.until).flat_map(|(_, seats)| seats);
        let (own, others): (Vec<&Seat>, Vec<&Seat>) =
            near.filter(|one| one.until > slot.from).partition(|one| one.from == slot.from);
        let free = usize::from(seats).checked_sub(own.len() + others.len()).filter(|free| *free > 0)?;
        let seat = (0..=Plan::MOST).find(|seat| own.iter().all(|one| one.seat != *seat))?;
        Some(Offer {
            slot,
            seat,
            number: self.number(slot, seat),
            free: u16::try_from(free).unwrap_or(Plan::MOST),
        })
    }

    /// The number of a seat; where hours or slots were cut otherwise when somebody got it, the next that nobody has.
    fn number(&self, slot: Slot, seat: u16) -> u32 {
        let number = slot.before + u32::from(seat) + 1;
        match self.numbers.get(&self.zone.date(slot.from)) {
            Some(used) if used.contains(&number) => used.last().map_or(number, |last| last + 1),
            _ => number,
        }
    }
}

/// A slot in which somebody can still come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Which.
    pub slot: Slot,
    /// The first seat that is free.
    pub seat: u16,
    /// Its number, counted through the day from 1.
    pub number: u32,
    /// How many are free.
    pub free: u16,
}

impl Offer {
    /// The seat, once it is somebody's.
    pub const fn taken(&self) -> Seat {
        Seat { from: self.slot.from, until: self.slot.until, seat: self.seat, number: self.number }
    }
}

/// The slots from a moment on in which somebody can still come, in order: a few of each of the next few days.
pub fn offers<'c>(
    (plan, calendar): (Plan, &dyn Fn(NaiveDate) -> &'c Calendar),
    (now, farthest): (Instant, usize),
    taken: &Taken,
    (days, each): (usize, usize),
) -> Vec<Offer> {
    let of_day = |day: NaiveDate| {
        let slots = plan.slots(calendar(day), day).into_iter().filter(|slot| slot.from >= now + SOONEST);
        slots.filter_map(|slot| taken.offer(plan.seats, slot)).take(each).collect::<Vec<_>>()
    };
    let all = taken.zone.date(now).iter_days().take(farthest).map(of_day).filter(|offers| !offers.is_empty());
    all.take(days).flatten().collect()
}

words!(/// Why somebody who has not come is written to.
    Nudge {
    /// Their slot is tomorrow.
    Tomorrow = "tomorrow",
    /// They did not come to their slot.
    Missed = "missed",
    /// It has lain there for long.
    Waiting = "waiting",
});

/// Something that lies ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lying {
    /// Since when.
    pub ready: Instant,
    /// When its citizen was last given a place or time.
    pub given: Instant,
    /// The slot that was given, if one was.
    pub slot: Option<Range<Instant>>,
}

/// After how many days somebody is reminded of what still lies there; the office's courtesy, no law.
const REMINDED_AFTER: [u64; 3] = [7, 30, 60];
/// The hours at which they are reminded; of tomorrow in the afternoon.
const MORNING: u32 = 9;
const AFTERNOON: u32 = 15;

/// When whoever was told at a moment to come at another is reminded of it: the afternoon before, unless they were told that
/// day and know it.
pub fn eve(given: Instant, from: Instant, zone: OfficeZone) -> Option<Instant> {
    let time = NaiveTime::from_hms_opt(AFTERNOON, 0, 0).unwrap_or_default();
    let eve = zone.instant(zone.date(from).pred_opt()?.and_time(time));
    Some(eve).filter(|eve| *eve >= given + TimeDelta::hours(20))
}

impl Lying {
    /// When somebody is reminded next after a moment, and of what.
    pub fn nudge_after(&self, after: Instant, zone: OfficeZone) -> Option<(Instant, Nudge)> {
        self.nudges(zone).into_iter().find(|(at, _)| *at > after)
    }

    /// What somebody is to be reminded of now who was to be at some moment before: the last of it, and nothing that is over.
    pub fn nudge_at(&self, now: Instant, zone: OfficeZone) -> Option<Nudge> {
        let last = self.nudges(zone).into_iter().rfind(|(at, _)| *at <= now).map(|(_, nudge)| nudge);
        let over = self.slot.as_ref().is_some_and(|slot| slot.start <= now);
        last.filter(|nudge| *nudge != Nudge::Tomorrow || !over)
    }

    /// When they are reminded, in order.
    fn nudges(&self, zone: OfficeZone) -> Vec<(Instant, Nudge)> {
        let at = |day: NaiveDate, hour| {
            zone.instant(day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()))
        };
        let slot = self.slot.as_ref();
        let eve = slot.and_then(|slot| eve(self.given, slot.start, zone));
        let missed = slot.and_then(|slot| zone.date(slot.end).succ_opt()).map(|day| at(day, MORNING));
        let long = REMINDED_AFTER.into_iter().filter_map(|days| {
            let day = zone.date(self.ready).checked_add_days(Days::new(days))?;
            Some(at(day, MORNING)).filter(|at| missed.is_none_or(|missed| *at > missed))
        });
        let eve = eve.map(|at| (at, Nudge::Tomorrow)).into_iter();
        let all = eve.chain(missed.map(|at| (at, Nudge::Missed)));
        all.chain(long.map(|at| (at, Nudge::Waiting))).collect()
    }
}

#[cfg(test)]
mod tests;
