//! Slots that are still free, and the one that is taken.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{NaiveDate, TimeDelta};
use loket_core::{
    appointment::PlacePurpose,
    calendar::{Calendar, HoursKind},
    clock::Instant,
    id::{PickupPointId, UnitId},
    pickup::{self, Offer, Seat, Taken},
    zone::OfficeZone,
};

use super::{
    error::PickupError,
    points::{PointView, point, points},
    seats::taken,
};
use crate::{
    domain::{
        calendars::{self, Of, Published},
        tenancy::Office,
    },
    infra::{Cx, Outcome},
};

/// Of how many days and how many slots of each a page offers some.
const OFFERED: (usize, usize) = (4, 4);
/// The same where people have an appointment: they say when they can come.
const OFFERED_APPOINTED: (usize, usize) = (6, 40);
/// How far ahead a page looks for them.
const OFFERED_AHEAD: TimeDelta = TimeDelta::days(14);
/// How far ahead seats are given at all.
pub const AHEAD: TimeDelta = TimeDelta::days(40);
/// Of how many places slots are offered.
const MOST_PLACES: usize = 30;

/// A place, and slots of its next days in which somebody can still come.
#[derive(Debug, Clone)]
pub struct PointOffers {
    /// The place.
    pub point: PointView,
    /// The slots; none where people come without one.
    pub offers: Vec<Offer>,
}

/// A seat that is somebody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// Where.
    pub point: PointView,
    /// When, and which seat; nothing where people come without a slot.
    pub seat: Option<Seat>,
}

/// The hours of a place: those that hold, and those that were published to hold from later moments on, in order.
struct Hours {
    now: Calendar,
    later: Vec<(Instant, Calendar)>,
}

impl Hours {
    /// Of a unit, or of the office; nothing where it has published none: nobody is given a time that was only guessed.
    async fn of(cx: &Cx<'_>, zone: OfficeZone, unit: Option<UnitId>) -> Outcome<Option<Self>> {
        let held = calendars::held(cx, unit, cx.now()).await?;
        if !held.is_said() {
            return Ok(None);
        }
        let which = |held: &Published| (held.of, held.edition);
        let calendar = |held: &Published| held.calendar(HoursKind::Service, zone);
        let mut hours = Self { now: calendar(&held), later: Vec::new() };
        let (first, end) = (zone.date(cx.now()), zone.date(cx.now() + AHEAD));
        let last = calendars::held(cx, unit, zone.midnight(end)).await?;
        // Spans of days at whose ends different editions hold, the latest last: halved until they are a day. Editions begin
        // with days.
        let mut spans = vec![(first, which(&held), end, last)];
        while let Some((from, before, until, after)) = spans.pop() {
            if before == which(&after) {
                continue;
            }
            let days = (until - from).num_days();
            if days <= 1 {
                hours.later.push((zone.midnight(until), calendar(&after)));
                continue;
            }
            let half = from + TimeDelta::days(days / 2);
            let then = calendars::held(cx, unit, zone.midnight(half)).await?;
            spans.push((half, which(&then), until, after));
            spans.push((from, before, half, then));
        }
        Ok(Some(hours))
    }

    fn on(&self, zone: OfficeZone, day: NaiveDate) -> &Calendar {
        let held = self.later.iter().rev().find(|(from, _)| zone.midnight(day) >= *from);
        held.map_or(&self.now, |(_, later)| later)
    }
}

/// Whether a place is open at a moment, as far as its hours are known.
pub async fn is_open(cx: &Cx<'_>, office: &Office, (unit, at): (Option<UnitId>, Instant)) -> Outcome<bool> {
    let held = calendars::held(cx, unit, at).await?;
    Ok(!held.is_said() || held.calendar(HoursKind::Service, office.zone).is_open(at))
}

/// When a place is open, in words: a unit's own hours, or what citizens are told of the office's.
pub async fn hours_of(cx: &Cx<'_>, office: &Office, point: &PointView) -> Outcome<String> {
    let held = calendars::held(cx, point.said.unit, cx.now()).await?;
    if held.of == Of::Office {
        return Ok(office.hours.clone());
    }
    let (week, _) = held.timetable.week_on(office.zone.date(cx.now()), HoursKind::Service);
    Ok(format!("{} {}", week.words(), office.zone))
}

/// The places where what a unit made can be collected, its own first, each with slots of the next days.
pub async fn offered(cx: &Cx<'_>, office: &Office, unit: Option<UnitId>) -> Outcome<Vec<PointOffers>> {
    offers_at(cx, office, unit, false).await
}

/// The places for which people have an appointment, those of a unit first, each with slots of the next days.
pub async fn appointed(cx: &Cx<'_>, office: &Office, unit: Option<UnitId>) -> Outcome<Vec<PointOffers>> {
    offers_at(cx, office, unit, true).await
}

async fn offers_at(
    cx: &Cx<'_>,
    office: &Office,
    unit: Option<UnitId>,
    appointed: bool,
) -> Outcome<Vec<PointOffers>> {
    let here = |one: &PointView| one.said.active && one.said.purpose.is_appointed() == appointed;
    let mut all: Vec<PointView> = points(cx).await?.into_iter().filter(here).collect();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let nearness = |one: &PointView| match one.said.unit {
        own if own == unit => 0,
        None => 1,
        Some(_) => 2,
    };
    all.sort_by_key(nearness);
    all.truncate(MOST_PLACES);
    let zone = office.zone;
    let mut taken = taken(cx, zone, (appointed, None), (cx.now(), OFFERED_AHEAD)).await?;
    let mut known: HashMap<Option<UnitId>, Option<Hours>> = HashMap::new();
    for unit in all.iter().filter(|point| point.said.plan.is_some()).map(|point| point.said.unit) {
        if let Entry::Vacant(unknown) = known.entry(unit) {
            unknown.insert(Hours::of(cx, zone, unit).await?);
        }
    }
    let farthest = usize::try_from(OFFERED_AHEAD.num_days()).unwrap_or(0);
    let with = |point: PointView| {
        let taken = taken.remove(&point.id).unwrap_or_else(|| Taken::none(zone));
        let hours = known.get(&point.said.unit).and_then(Option::as_ref);
        let offers = match point.said.plan.zip(hours) {
            Some((plan, hours)) => {
                let calendar = |day: NaiveDate| hours.on(zone, day);
                let most = if appointed { OFFERED_APPOINTED } else { OFFERED };
                pickup::offers((plan, &calendar), (cx.now(), farthest), &taken, most)
            }
            None => Vec::new(),
        };
        PointOffers { point, offers }
    };
    Ok(all.into_iter().map(with).collect())
}

/// A seat at a place for one of some purposes: in the slot that begins at `from`, or without one.
///
/// # Errors
/// That the place is none, or for something else, or the slot is full or over.
pub async fn book(
    cx: &Cx<'_>,
    office: &Office,
    (id, from): (PickupPointId, Option<Instant>),
    purposes: &[PlacePurpose],
) -> Result<Booked, PickupError> {
    let here = |point: &PointView| point.said.active && purposes.contains(&point.said.purpose);
    let point = point(cx, id).await?.filter(here).ok_or(PickupError::NotFound)?;
    let (Some(from), Some(plan)) = (from, point.said.plan) else {
        return Ok(Booked { point, seat: None });
    };
    let hours = Hours::of(cx, office.zone, point.said.unit).await?;
    let slot = hours.and_then(|hours| plan.slot_at(hours.on(office.zone, office.zone.date(from)), from));
    let over = |slot: &pickup::Slot| match point.said.purpose.is_appointed() {
        true => slot.from <= cx.now(),
        false => slot.until <= cx.now(),
    };
    let slot = slot.filter(|slot| !over(slot) && slot.from < cx.now() + AHEAD);
    let slot = slot.ok_or(PickupError::Invalid("Jadwal itu tidak ada lagi. Pilih jadwal lain."))?;
    let at = (point.said.purpose.is_appointed(), Some(id));
    let taken = taken(cx, office.zone, at, (from, TimeDelta::days(1))).await?.remove(&id);
    let taken = taken.unwrap_or_else(|| Taken::none(office.zone));
    let offer = taken.offer(plan.seats(), slot).ok_or(FULL)?;
    Ok(Booked { point, seat: Some(offer.taken()) })
}

/// That somebody else was quicker.
pub const FULL: PickupError = PickupError::Invalid("Jadwal itu baru saja penuh. Pilih jadwal lain.");

/// So many first free seats of a place from a day on, in order; fewer where there are not so many.
pub async fn first_from(
    cx: &Cx<'_>,
    office: &Office,
    (point, day): (&PointView, NaiveDate),
    count: usize,
) -> Outcome<Vec<Seat>> {
    let Some(plan) = point.said.plan else { return Ok(Vec::new()) };
    let Some(hours) = Hours::of(cx, office.zone, point.said.unit).await? else { return Ok(Vec::new()) };
    let from = office.zone.midnight(day).max(cx.now());
    let at = (point.said.purpose.is_appointed(), Some(point.id));
    let taken = taken(cx, office.zone, at, (from, AHEAD)).await?.remove(&point.id);
    let mut taken = taken.unwrap_or_else(|| Taken::none(office.zone));
    let mut seats = Vec::new();
    let end = office.zone.date(cx.now() + AHEAD);
    let days = office.zone.date(from).iter_days().take_while(|day| *day < end);
    let slots = days.flat_map(|day| plan.slots(hours.on(office.zone, day), day));
    for slot in slots.filter(|slot| slot.from >= from) {
        while seats.len() < count {
            let Some(offer) = taken.offer(plan.seats(), slot) else { break };
            taken.take(offer.taken());
            seats.push(offer.taken());
        }
    }
    Ok(seats)
}
