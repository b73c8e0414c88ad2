//! The rows of appointments: given, told, reminded of, and what came of them.

use chrono::{NaiveDate, TimeDelta};
use loket_core::{
    appointment::{AppointmentState, Timing},
    clock::Instant,
    id::{AppointmentId, PickupPointId, RequestId},
    pickup::{Seat, eve},
    zone::OfficeZone,
};
use loket_entity::{appointment as row, sealed::Sealed};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::places;
use crate::{
    domain::{
        pickup::{FULL, PickupError, PointView},
        tenancy::Office,
    },
    infra::{Cx, Outcome},
};

/// More people than come to an office on a day.
pub const MOST_OF_DAY: u64 = 5_000;
/// How many appointments of a request are remembered on its page.
const MOST_OF_REQUEST: u64 = 20;
const LONGEST_NOTE: usize = 300;
/// When it is looked at again whether somebody hears who did not.
pub const AGAIN: TimeDelta = TimeDelta::hours(1);

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentView {
    /// Which.
    pub id: AppointmentId,
    /// Of which request.
    pub request: RequestId,
    /// Where.
    pub point: PickupPointId,
    /// When, and how it stands.
    pub timing: Timing,
    /// The number that its citizen was told, counted through the day from 1.
    pub number: u32,
    /// The beginning that its citizen was told last; another one where no message of this one reached them.
    pub told: Option<Instant>,
    /// When it was written down whether they came.
    pub recorded_at: Option<Instant>,
    /// What the officer at the place should know; may be empty.
    pub note: String,
}

impl AppointmentView {
    /// Whether its citizen was told of this time.
    pub fn is_told(&self) -> bool {
        self.told == Some(self.timing.slot.start)
    }
}

fn view(cx: &Cx<'_>, row: row::Model) -> Outcome<AppointmentView> {
    let note = row.note.as_ref().map(|note| cx.open(note, places::NOTE.of(row.id.0))).transpose()?;
    Ok(AppointmentView {
        id: row.id,
        request: row.request_id,
        point: row.point_id,
        timing: Timing { slot: row.starts_at..row.ends_at, state: row.state },
        number: u32::try_from(row.number).unwrap_or_default(),
        told: row.told_start,
        recorded_at: row.recorded_at,
        note: note.unwrap_or_default(),
    })
}

/// One by its id.
pub async fn appointment(cx: &Cx<'_>, id: AppointmentId) -> Outcome<Option<AppointmentView>> {
    let found = cx.tx().find::<row::Entity>().filter(row::Column::Id.eq(id)).one().await?;
    found.map(|row| view(cx, row)).transpose()
}

/// Those of a request, the latest first.
pub async fn of_request(cx: &Cx<'_>, request: RequestId) -> Outcome<Vec<AppointmentView>> {
    let found = cx.tx().find::<row::Entity>().filter(row::Column::RequestId.eq(request));
    let rows = found.descending(row::Column::Id).up_to(MOST_OF_REQUEST).await?;
    rows.into_iter().map(|row| view(cx, row)).collect()
}

fn awaits(request: RequestId) -> Condition {
    Condition::all()
        .add(row::Column::RequestId.eq(request))
        .add(row::Column::State.eq(AppointmentState::Awaited))
}

/// The one that is awaited of a request.
pub async fn awaited(cx: &Cx<'_>, request: RequestId) -> Outcome<Option<AppointmentView>> {
    let found = cx.tx().find::<row::Entity>().filter(awaits(request)).one().await?;
    found.map(|row| view(cx, row)).transpose()
}

/// Those at a place on a day, in the order of their numbers.
pub async fn of_day(
    cx: &Cx<'_>,
    office: &Office,
    (point, day): (&PointView, NaiveDate),
) -> Outcome<Vec<AppointmentView>> {
    let midnight = office.zone.midnight(day);
    let these = Condition::all()
        .add(row::Column::PointId.eq(point.id))
        .add(row::Column::StartsAt.gte(midnight))
        .add(row::Column::StartsAt.lt(office.zone.midnight(day.succ_opt().unwrap_or(day))));
    let rows = cx.tx().find::<row::Entity>().filter(these).up_to(MOST_OF_DAY).await?;
    let mut all: Vec<AppointmentView> = rows.into_iter().map(|row| view(cx, row)).collect::<Outcome<_>>()?;
    all.sort_by_key(|one| (one.timing.slot.start, one.number, one.id));
    Ok(all)
}

/// Those that are awaited between two moments, at every place.
pub async fn between(cx: &Cx<'_>, (from, until): (Instant, Instant)) -> Outcome<Vec<AppointmentView>> {
    let these = Condition::all()
        .add(row::Column::StartsAt.gte(from))
        .add(row::Column::StartsAt.lt(until))
        .add(row::Column::State.eq(AppointmentState::Awaited));
    let rows = cx.tx().find::<row::Entity>().filter(these).up_to(MOST_OF_DAY).await?;
    rows.into_iter().map(|row| view(cx, row)).collect()
}

/// Gives a request a seat, in place of the one that it awaits, if it does; its citizen knows of that one only. It is looked at
/// again soon, until they are told.
///
/// # Errors
/// That the seat was given to somebody else meanwhile, or the note is too long.
pub async fn give(
    cx: &Cx<'_>,
    (request, before): (RequestId, Option<&AppointmentView>),
    (point, seat, note): (PickupPointId, Seat, &str),
) -> Result<AppointmentId, PickupError> {
    let id: AppointmentId = before.map_or_else(|| cx.new_id(), |before| before.id);
    if before.is_some() {
        let this = awaits(request).add(row::Column::Id.eq(id));
        cx.tx().delete::<row::Entity>(this).await?;
    }
    let note = sealed(cx, id, note)?;
    let given = row::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        request_id: Set(request),
        point_id: Set(point),
        starts_at: Set(seat.from),
        ends_at: Set(seat.until),
        seat: Set(seat.seat.into()),
        number: Set(seat.number.into()),
        given_at: Set(cx.now()),
        told_start: Set(before.and_then(|before| before.told)),
        remind_at: Set(Some(cx.now() + AGAIN)),
        state: Set(AppointmentState::Awaited),
        recorded_at: Set(None),
        recorded_by: Set(None),
        note: Set(note),
    };
    if cx.tx().insert_once::<row::Entity>(given).await? { Ok(id) } else { Err(FULL) }
}

fn sealed(cx: &Cx<'_>, id: AppointmentId, note: &str) -> Result<Option<Sealed<String>>, PickupError> {
    let note = note.trim();
    if note.chars().count() > LONGEST_NOTE {
        return Err(PickupError::Invalid("Catatan untuk petugas paling panjang 300 huruf."));
    }
    let sealed = (!note.is_empty()).then(|| cx.seal(&note.to_owned(), places::NOTE.of(id.0)));
    Ok(sealed.transpose()?)
}

/// Notes something else for the officer at the place.
///
/// # Errors
/// That it is too long.
pub async fn note(cx: &Cx<'_>, id: AppointmentId, note: &str) -> Result<(), PickupError> {
    let note = sealed(cx, id, note)?;
    cx.tx().change::<row::Entity>(row::Column::Id.eq(id)).set(row::Column::Note, note).run().await?;
    Ok(())
}

/// Forgets what was noted for the officers at the places of a request.
pub async fn forget_notes(cx: &Cx<'_>, request: RequestId) -> Outcome<()> {
    let these = Condition::all().add(row::Column::RequestId.eq(request)).add(row::Column::Note.is_not_null());
    cx.tx().change::<row::Entity>(these).set(row::Column::Note, Option::<Sealed<String>>::None).run().await?;
    Ok(())
}

/// Its citizen was told just now where and when to come; they are reminded the afternoon before.
pub async fn told(cx: &Cx<'_>, zone: OfficeZone, (id, start): (AppointmentId, Instant)) -> Outcome<()> {
    let change = cx.tx().change::<row::Entity>(row::Column::Id.eq(id));
    let change = change.set(row::Column::ToldStart, start);
    change.set(row::Column::RemindAt, eve(cx.now(), start, zone)).run().await?;
    Ok(())
}

/// Writes down what came of one that stood as `was`; says whether it still did.
pub async fn record(
    cx: &Cx<'_>,
    id: AppointmentId,
    (was, state): (AppointmentState, AppointmentState),
) -> Outcome<bool> {
    let this = Condition::all().add(row::Column::Id.eq(id)).add(row::Column::State.eq(was));
    Ok(ended(cx, this, state).await? == 1)
}

async fn ended(cx: &Cx<'_>, these: Condition, state: AppointmentState) -> Outcome<u64> {
    cx.tx()
        .change::<row::Entity>(these)
        .set(row::Column::State, state.word())
        .set(row::Column::RecordedAt, cx.now())
        .set(row::Column::RecordedBy, cx.officer())
        .set(row::Column::RemindAt, Option::<Instant>::None)
        .run()
        .await
}

/// Whose citizen is to be reminded by now, or told, the first first; with their requests.
pub async fn due(cx: &Cx<'_>, most: u64) -> Outcome<Vec<(AppointmentId, RequestId)>> {
    let now = row::Column::RemindAt.lte(cx.now());
    let found = cx.tx().find::<row::Entity>().filter(now).ascending(row::Column::RemindAt);
    Ok(found.up_to(most).await?.into_iter().map(|row| (row.id, row.request_id)).collect())
}

/// Takes up what is to be reminded of now, so that nobody else does; nothing where that is over.
pub async fn take_up(cx: &Cx<'_>, id: AppointmentId) -> Outcome<Option<AppointmentView>> {
    let taken = put_off(cx, id, None).await?;
    let found = if taken { appointment(cx, id).await? } else { None };
    Ok(found.filter(|one| one.timing.may_cancel(cx.now()).is_ok()))
}

/// Looks at one again later, or not at all; says whether it was due.
pub async fn put_off(cx: &Cx<'_>, id: AppointmentId, until: Option<Instant>) -> Outcome<bool> {
    let this = Condition::all().add(row::Column::Id.eq(id)).add(row::Column::RemindAt.lte(cx.now()));
    Ok(cx.tx().change::<row::Entity>(this).set(row::Column::RemindAt, until).run().await? == 1)
}

/// Looks again at those that are awaited and due, whose citizens hear nothing now; at none that has begun.
pub async fn wait_for(cx: &Cx<'_>, ids: Vec<AppointmentId>) -> Outcome<()> {
    let due = Condition::all().add(row::Column::Id.is_in(ids)).add(row::Column::RemindAt.lte(cx.now()));
    let over = due.clone().add(row::Column::StartsAt.lte(cx.now() + AGAIN));
    cx.tx().change::<row::Entity>(over).set(row::Column::RemindAt, Option::<Instant>::None).run().await?;
    cx.tx().change::<row::Entity>(due).set(row::Column::RemindAt, cx.now() + AGAIN).run().await?;
    Ok(())
}
