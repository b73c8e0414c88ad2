//! Whoever must come in person gets an appointment, is told of it, may get another one, and it is written down whether they
//! came. Nothing follows by itself: the request goes on as the officer decides.

use loket_core::{
    appointment::{AppointmentState, NotNow, PlacePurpose},
    clock::Instant,
    id::{AppointmentId, PickupPointId, RequestId},
    permission::Permission,
    pickup::Seat,
    reply::{AppointmentCancelled, AppointmentMissed, AppointmentSet},
    request::RequestEventKind,
};
use loket_entity::request;

use super::{
    error::RequestError,
    history::Line,
    store::{self, Edit},
    telling::tell,
};
use crate::{
    domain::{
        appointments::{self, AppointmentView},
        pickup::{self, PickupError, PointOffers, PointView},
        tenancy::Office,
    },
    infra::{Cx, Outcome},
};

/// How many free times somebody who did not come reads.
const TIMES: usize = 3;

impl From<NotNow> for RequestError {
    fn from(why: NotNow) -> Self {
        Self::Invalid(why.sentence())
    }
}

/// A place and time that an officer chose.
#[derive(Debug, Clone, Copy)]
pub struct Appointing<'a> {
    /// The place, and when the slot begins; nothing where none was chosen.
    pub at: Option<(PickupPointId, Instant)>,
    /// What the officer at the place should know; may be empty.
    pub note: &'a str,
}

/// Gives somebody an appointment, or another one in place of the one that is awaited, and tells them; says whether they know
/// of it. Where place and time are the same only the note changes. What another office decides may have its person come here.
///
/// # Errors
/// That the request is over, or the slot is full or over.
pub async fn offer_appointment(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    asked: &Appointing<'_>,
) -> Result<bool, RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    if row.state.is_terminal() {
        return Err(RequestError::Invalid("Janji temu hanya untuk permohonan yang masih dikerjakan."));
    }
    let before = appointments::awaited(cx, id).await?;
    if let Some(before) = &before {
        before.timing.may_move(cx.now(), office.zone)?;
    }
    let (point, from) = asked.at.ok_or(RequestError::Invalid(CHOOSE))?;
    if let Some(same) = before.as_ref().filter(|one| (one.point, one.timing.slot.start) == (point, from)) {
        Edit::of(&row).save(cx).await?;
        appointments::note(cx, same.id, asked.note).await?;
        cx.audit("request.appointment_noted", ("request", Some(id.0)))?;
        return Ok(same.is_told());
    }
    let booked = pickup::book(cx, office, (point, Some(from)), &PlacePurpose::APPOINTED).await;
    let booked = booked.map_err(|error| match error {
        PickupError::NotFound => RequestError::Invalid(CHOOSE),
        error => error.into(),
    })?;
    let seat = booked.seat.ok_or(RequestError::Invalid(CHOOSE))?;
    let told = given(cx, office, (&row, before.as_ref()), (&booked.point, seat, asked.note)).await?;
    cx.audit("request.appointment_given", ("request", Some(id.0)))?;
    Ok(told)
}

const CHOOSE: &str = "Pilih tempat dan jadwal dari daftar.";

/// Gives a seat, and tells its citizen where they hear it; says whether they did. Whoever changed the request meanwhile is
/// not overruled.
pub(super) async fn given(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, before): (&request::Model, Option<&AppointmentView>),
    (point, seat, note): (&PointView, Seat, &str),
) -> Result<bool, RequestError> {
    Edit::of(row).save(cx).await?;
    let id = appointments::give(cx, (row.id, before), (point.id, seat, note)).await?;
    let kind = match before {
        None => RequestEventKind::AppointmentSet,
        Some(_) => RequestEventKind::AppointmentMoved,
    };
    Line::new(kind).write(cx, row).await?;
    let (purpose, place, slot) = (point.said.purpose, point.said.name.as_str(), (seat.from, seat.number));
    let was = before.and_then(|before| before.told);
    let heard = tell(cx, office, row, |addressed| {
        AppointmentSet { subject: addressed.subject(), purpose, place, slot, was }.text(&addressed.head())
    })
    .await?;
    if heard {
        appointments::told(cx, office.zone, (id, seat.from)).await?;
    }
    Ok(heard)
}

/// An appointment does not take place; whoever knew of one is told. Says whether nobody has to be told otherwise.
pub async fn cancel_appointment(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
) -> Result<bool, RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let one = appointments::awaited(cx, id).await?;
    let one = one.ok_or(RequestError::Invalid("Tidak ada janji temu yang ditunggu."))?;
    one.timing.may_cancel(cx.now())?;
    Edit::of(&row).save(cx).await?;
    let known = off(cx, office, (&row, &one), true).await?.ok_or(NotNow::Written)?;
    cx.audit("request.appointment_cancelled", ("request", Some(id.0)))?;
    Ok(known)
}

/// Frees a seat and tells whoever was told of one; says whether nobody has to be told otherwise. Nothing where somebody wrote
/// something of it meanwhile.
async fn off(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, one): (&request::Model, &AppointmentView),
    goes_on: bool,
) -> Outcome<Option<bool>> {
    let cancelled = (AppointmentState::Awaited, AppointmentState::Cancelled);
    if !appointments::record(cx, one.id, cancelled).await? {
        return Ok(None);
    }
    Line::new(RequestEventKind::AppointmentCancelled).record(cx, row).await?;
    let Some(was) = one.told.filter(|told| *told > cx.now()) else { return Ok(Some(true)) };
    let purpose = purpose_of(cx, one).await?;
    let heard = tell(cx, office, row, |addressed| {
        AppointmentCancelled { subject: addressed.subject(), purpose, was, goes_on }.text(&addressed.head())
    });
    Ok(Some(heard.await?))
}

/// A request ended: its person is not awaited any more, and whoever knew of an appointment is told. Where it ended well on the
/// day of the appointment they may be the one who sits there: it is still written down whether they came.
pub(super) async fn leave(
    cx: &mut Cx<'_>,
    office: &Office,
    row: &request::Model,
    served: bool,
) -> Outcome<()> {
    let Some(one) = appointments::awaited(cx, row.id).await? else { return Ok(()) };
    let (start, today) = (one.timing.slot.start, office.zone.date(cx.now()));
    let kept = start <= cx.now() || (served && office.zone.date(start) == today);
    if !kept {
        off(cx, office, (row, &one), false).await?;
    }
    Ok(())
}

async fn purpose_of(cx: &Cx<'_>, one: &AppointmentView) -> Outcome<PlacePurpose> {
    let point = pickup::point(cx, one.point).await?;
    Ok(point.map_or(PlacePurpose::Recording, |point| point.said.purpose))
}

/// Writes down whether somebody came. Whoever did not is offered another time where they hear it; says whether they did.
///
/// # Errors
/// That it is too early for that, or it was written down already.
pub async fn record_attendance(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, came): (AppointmentId, bool),
) -> Result<bool, RequestError> {
    let known = appointments::appointment(cx, id).await?.ok_or(RequestError::NotFound)?;
    let row = store::load(cx, known.request, Permission::HandleRequests).await?;
    Edit::of(&row).save(cx).await?;
    // Nobody moves it from here on.
    let one = appointments::appointment(cx, id).await?.ok_or(RequestError::NotFound)?;
    one.timing.may_record(came, cx.now(), office.zone)?;
    let corrects = one.timing.state != AppointmentState::Awaited;
    if corrects && appointments::awaited(cx, row.id).await?.is_some() {
        return Err(RequestError::Invalid(
            "Warga ini sudah mendapat jadwal lain. Batalkan dahulu jadwal itu dari halaman permohonannya.",
        ));
    }
    let (state, kind) = if came {
        (AppointmentState::Attended, RequestEventKind::AppointmentAttended)
    } else {
        (AppointmentState::Missed, RequestEventKind::AppointmentMissed)
    };
    if !appointments::record(cx, id, (one.timing.state, state)).await? {
        return Err(NotNow::Written.into());
    }
    Line::new(kind).write(cx, &row).await?;
    // Nobody is reproached with a time that they were not told.
    let tells = !came && !corrects && one.is_told() && !row.state.is_terminal();
    let told = tells && missed(cx, office, (&row, &one)).await?;
    cx.audit(&format!("request.{}", kind.word()), ("request", Some(row.id.0)))?;
    Ok(told)
}

/// Offers another time, with some that are free; says whether that was heard.
async fn missed(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, one): (&request::Model, &AppointmentView),
) -> Outcome<bool> {
    let purpose = purpose_of(cx, one).await?;
    let places = pickup::appointed(cx, office, row.unit_id).await?;
    let here = places.iter().filter(|place| place.point.id == one.point);
    let free: Vec<Instant> =
        here.flat_map(|place| place.offers.iter().map(|offer| offer.slot.from)).take(TIMES).collect();
    let was = one.timing.slot.start;
    tell(cx, office, row, |addressed| {
        AppointmentMissed { subject: addressed.subject(), purpose, was, free: &free }.text(&addressed.head())
    })
    .await
}

/// The appointments of a request, and where and when it could have one.
#[derive(Debug, Clone, Default)]
pub struct Appointments {
    /// Each with its place, the latest first.
    pub all: Vec<(AppointmentView, PointView)>,
    /// Places with slots to choose from; only for whoever may choose.
    pub places: Vec<PointOffers>,
}

/// Reads them.
pub(super) async fn of(cx: &Cx<'_>, office: &Office, row: &request::Model) -> Outcome<Appointments> {
    let mut found = Appointments::default();
    let all = appointments::of_request(cx, row.id).await?;
    if !all.is_empty() {
        let points = pickup::points(cx).await?;
        let with = |one: AppointmentView| {
            let point = points.iter().find(|point| point.id == one.point)?.clone();
            Some((one, point))
        };
        found.all = all.into_iter().filter_map(with).collect();
    }
    let works = cx.reach(Permission::HandleRequests).covers(store::whereabouts(row));
    if works && !row.state.is_terminal() {
        found.places = pickup::appointed(cx, office, row.unit_id).await?;
    }
    Ok(found)
}
