//! What lies ready: one row of a request, from the day on which it is ready to the one on which it is collected.

use std::ops::Range;

use chrono::NaiveDate;
use loket_core::{
    clock::Instant,
    handover::Collectors,
    id::{PickupPointId, RequestId},
    pickup::{Lying, Nudge},
    zone::OfficeZone,
};
use loket_entity::pickup;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{
    error::PickupError,
    places,
    points::{PointView, point},
    slots::{Booked, FULL},
};
use crate::{
    domain::tenancy::Office,
    infra::{Cx, Outcome},
};

/// More people than come to an office on a day.
const MOST_OF_DAY: u64 = 5_000;

/// What lies ready, as pages and letters need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickupView {
    /// Which request's it is.
    pub id: RequestId,
    /// Which place, where it is one of the office's.
    pub point: Option<PointView>,
    /// Where it is, in words; empty where nobody said.
    pub place: String,
    /// The slot that was told, with its number.
    pub slot: Option<(Range<Instant>, u32)>,
    /// Whom it is given to, as its citizen was told.
    pub collectors: Collectors,
    /// When this place and time was given.
    pub given_at: Instant,
    /// Whether its citizen was told of it.
    pub told: bool,
    /// Since when it lies there.
    pub ready_at: Instant,
    /// How often its citizen was reminded, and when last.
    pub reminded: (i64, Option<Instant>),
    /// When it was collected.
    pub collected_at: Option<Instant>,
}

impl PickupView {
    fn lying(&self) -> Lying {
        let slot = self.slot.as_ref().map(|(slot, _)| slot.clone());
        Lying { ready: self.ready_at, given: self.given_at, slot }
    }
}

/// What lies ready of a request; nothing where nothing does, or did.
pub async fn of(cx: &Cx<'_>, request: RequestId) -> Outcome<Option<PickupView>> {
    let row = cx.tx().find::<pickup::Entity>().filter(pickup::Column::Id.eq(request)).one().await?;
    let Some(row) = row else { return Ok(None) };
    let point = match row.point_id {
        Some(id) => point(cx, id).await?,
        None => None,
    };
    view(cx, row, point).map(Some)
}

fn view(cx: &Cx<'_>, row: pickup::Model, point: Option<PointView>) -> Outcome<PickupView> {
    let written = row.place.as_ref().map(|place| cx.open(place, places::PLACE.of(row.id.0))).transpose()?;
    let place = point.as_ref().map(|point| point.said.name.clone()).or(written).unwrap_or_default();
    let number = row.number.and_then(|number| u32::try_from(number).ok());
    let slot = row.starts_at.zip(row.ends_at).zip(number);
    Ok(PickupView {
        id: row.id,
        point,
        place,
        slot: slot.map(|((from, until), number)| (from..until, number)),
        collectors: row.collectors,
        given_at: row.given_at,
        told: row.told_at.is_some(),
        ready_at: row.ready_at,
        reminded: (row.reminders, row.reminded_at),
        collected_at: row.collected_at,
    })
}

/// Where something lies: a seat at one of the office's places, or what an officer wrote.
#[derive(Debug, Clone)]
pub enum Seated<'s> {
    /// One of the office's places.
    Booked(Booked),
    /// Another one, and whom it is given to there.
    Written(&'s str, Collectors),
}

impl Seated<'_> {
    /// Where, in words.
    pub fn place(&self) -> &str {
        match self {
            Self::Booked(booked) => &booked.point.said.name,
            Self::Written(place, _) => place,
        }
    }

    /// Whom it is given to there.
    pub const fn collectors(&self) -> Collectors {
        match self {
            Self::Booked(booked) => booked.point.said.collectors,
            Self::Written(_, collectors) => *collectors,
        }
    }

    /// When, with the number; nothing where its citizen comes without a slot.
    pub fn slot(&self) -> Option<(Instant, u32)> {
        match self {
            Self::Booked(booked) => booked.seat.map(|seat| (seat.from, seat.number)),
            Self::Written(..) => None,
        }
    }
}

/// Since when something lies there, how often its citizen was reminded, and when last.
#[derive(Debug, Clone, Copy)]
pub struct Since {
    /// Since when it is ready.
    pub ready_at: Instant,
    /// How often its citizen was reminded, and when last.
    pub reminded: (i64, Option<Instant>),
}

/// Says where something lies from now on, and when its citizen comes; it is not yet told.
///
/// # Errors
/// That the seat was given to somebody else meanwhile.
pub async fn put(
    cx: &Cx<'_>,
    zone: OfficeZone,
    (request, since): (RequestId, Since),
    seated: &Seated<'_>,
) -> Result<(), PickupError> {
    withdraw(cx, request).await?;
    let (point, seat, place) = match seated {
        Seated::Booked(booked) => (Some(booked.point.id), booked.seat, None),
        Seated::Written(place, _) => {
            (None, None, Some(cx.seal(&(*place).to_owned(), places::PLACE.of(request.0))?))
        }
    };
    let slot = seat.map(|seat| seat.from..seat.until);
    let lying = Lying { ready: since.ready_at, given: cx.now(), slot: slot.clone() };
    let row = pickup::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(request),
        point_id: Set(point),
        place: Set(place),
        starts_at: Set(slot.as_ref().map(|slot| slot.start)),
        ends_at: Set(slot.map(|slot| slot.end)),
        seat: Set(seat.map(|seat| seat.seat.into())),
        number: Set(seat.map(|seat| seat.number.into())),
        collectors: Set(seated.collectors()),
        given_at: Set(cx.now()),
        told_at: Set(None),
        ready_at: Set(since.ready_at),
        remind_at: Set(lying.nudge_after(cx.now(), zone).map(|(at, _)| at)),
        reminded_at: Set(since.reminded.1),
        reminders: Set(since.reminded.0),
        collected_at: Set(None),
    };
    if cx.tx().insert_once::<pickup::Entity>(row).await? { Ok(()) } else { Err(FULL) }
}

/// Nothing of a request lies ready any more: it is made again, or nobody wants it.
pub async fn withdraw(cx: &Cx<'_>, request: RequestId) -> Outcome<()> {
    cx.tx().delete::<pickup::Entity>(pickup::Column::Id.eq(request)).await?;
    Ok(())
}

/// It was collected.
pub async fn collected(cx: &Cx<'_>, request: RequestId) -> Outcome<()> {
    let this = pickup::Column::Id.eq(request);
    cx.tx()
        .change::<pickup::Entity>(this)
        .set(pickup::Column::CollectedAt, cx.now())
        .set(pickup::Column::RemindAt, Option::<Instant>::None)
        .run()
        .await?;
    Ok(())
}

/// Its citizen was told where it lies and when to come.
pub async fn told(cx: &Cx<'_>, request: RequestId) -> Outcome<()> {
    let this = pickup::Column::Id.eq(request);
    cx.tx().change::<pickup::Entity>(this).set(pickup::Column::ToldAt, cx.now()).run().await?;
    Ok(())
}

/// Whoever comes to a place on a day, in the order of their numbers.
pub async fn of_day(
    cx: &Cx<'_>,
    office: &Office,
    (point, day): (&PointView, NaiveDate),
) -> Outcome<Vec<PickupView>> {
    let midnight = office.zone.midnight(day);
    let these = Condition::all()
        .add(pickup::Column::PointId.eq(point.id))
        .add(pickup::Column::StartsAt.gte(midnight))
        .add(pickup::Column::StartsAt.lt(office.zone.midnight(day.succ_opt().unwrap_or(day))));
    let rows = cx.tx().find::<pickup::Entity>().filter(these).up_to(MOST_OF_DAY).await?;
    let mut all: Vec<PickupView> =
        rows.into_iter().map(|row| view(cx, row, Some(point.clone()))).collect::<Outcome<_>>()?;
    all.sort_by_key(|one| (one.slot.as_ref().map(|(slot, number)| (slot.start, *number)), one.id));
    Ok(all)
}

/// Whoever is to come to a place in a slot that begins in a span, and has not: for which request, where, and when.
pub async fn between(
    cx: &Cx<'_>,
    (from, until): (Instant, Instant),
) -> Outcome<Vec<(RequestId, PickupPointId, Range<Instant>)>> {
    let these = Condition::all()
        .add(pickup::Column::StartsAt.gte(from))
        .add(pickup::Column::StartsAt.lt(until))
        .add(pickup::Column::CollectedAt.is_null());
    let rows = cx.tx().find::<pickup::Entity>().filter(these).up_to(MOST_OF_DAY).await?;
    let comes = |row: pickup::Model| Some((row.id, row.point_id?, row.starts_at?..row.ends_at?));
    Ok(rows.into_iter().filter_map(comes).collect())
}

/// Whose citizen is to be reminded by now, the first first.
pub async fn due(cx: &Cx<'_>, most: u64) -> Outcome<Vec<RequestId>> {
    let now = pickup::Column::RemindAt.lte(cx.now());
    let found = cx.tx().find::<pickup::Entity>().filter(now).ascending(pickup::Column::RemindAt);
    Ok(found.up_to(most).await?.into_iter().map(|row| row.id).collect())
}

/// Takes up what is to be reminded of now, so that nobody else does: why, if there is still something to say.
pub async fn take_up(
    cx: &Cx<'_>,
    office: &Office,
    request: RequestId,
) -> Outcome<Option<(PickupView, Option<Nudge>)>> {
    let Some(view) = of(cx, request).await? else { return Ok(None) };
    let (lying, now) = (view.lying(), cx.now());
    let next = lying.nudge_after(now, office.zone).map(|(at, _)| at);
    let taken = cx.tx().change::<pickup::Entity>(still_due(request, now)).set(pickup::Column::RemindAt, next);
    let taken = taken.run().await?;
    Ok((taken == 1).then(|| (view, lying.nudge_at(now, office.zone))))
}

fn still_due(request: RequestId, now: Instant) -> Condition {
    Condition::all()
        .add(pickup::Column::Id.eq(request))
        .add(pickup::Column::RemindAt.lte(now))
        .add(pickup::Column::CollectedAt.is_null())
}

/// What could not be read is looked at again later.
pub async fn put_off(cx: &Cx<'_>, request: RequestId, until: Option<Instant>) -> Outcome<()> {
    let this = still_due(request, cx.now());
    cx.tx().change::<pickup::Entity>(this).set(pickup::Column::RemindAt, until).run().await?;
    Ok(())
}

/// Somebody was reminded: they know where it lies, and when.
pub async fn reminded(cx: &Cx<'_>, view: &PickupView) -> Outcome<()> {
    let this = pickup::Column::Id.eq(view.id);
    cx.tx()
        .change::<pickup::Entity>(this)
        .set(pickup::Column::ToldAt, cx.now())
        .set(pickup::Column::Reminders, view.reminded.0 + 1)
        .set(pickup::Column::RemindedAt, cx.now())
        .run()
        .await?;
    Ok(())
}
