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
    telling::Addressed,
    watch::is_heard,
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
    /// The place, and when the slot begins.
    pub at: (PickupPointId, Instant),
    /// What the officer at the place should know; may be empty.
    pub note: &'a str,
}

/// Gives somebody an appointment, or another one in place of the one that is awaited, and tells them.
///
/// # Errors
/// That the request is over or another office has it, or the slot is full or over.
pub async fn offer_appointment(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    asked: &Appointing<'_>,
) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    if row.elsewhere || row.state.is_terminal() {
        return Err(RequestError::Invalid(
            "Janji temu hanya untuk permohonan yang masih dikerjakan di kantor ini.",
        ));
    }
    let before = appointments::awaited(cx, id).await?;
    if let Some(before) = &before {
        before.timing.may_move(cx.now(), office.zone)?;
    }
    let (point, from) = asked.at;
    let booked = pickup::book(cx, office, (point, Some(from)), &PlacePurpose::APPOINTED).await;
    let booked = booked.map_err(|error| match error {
        PickupError::NotFound => RequestError::Invalid(CHOOSE),
        error => error.into(),
    })?;
    let seat = booked.seat.ok_or(RequestError::Invalid(CHOOSE))?;
    given(cx, office, (&row, before.as_ref()), (&booked.point, seat, asked.note)).await?;
    cx.audit("request.appointment_given", ("request", Some(id.0)))?;
    Ok(())
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
    let id = appointments::give(cx, office.zone, (row.id, before), (point.id, seat, note)).await?;
    let kind = match before {
        None => RequestEventKind::AppointmentSet,
        Some(_) => RequestEventKind::AppointmentMoved,
    };
    Line::new(kind).write(cx, row).await?;
    if !is_heard(cx, row).await? {
        return Ok(false);
    }
    let addressed = Addressed::of(cx, office, row).await?;
    let text = AppointmentSet {
        subject: addressed.subject(),
        purpose: point.said.purpose,
        place: &point.said.name,
        slot: (seat.from, seat.number),
        was: before.filter(|before| before.told).map(|before| before.timing.slot.start),
    }
    .text(&addressed.head());
    addressed.say(cx, text).await?;
    appointments::told(cx, id).await?;
    Ok(true)
}

/// An appointment does not take place; whoever knew of it is told.
pub async fn cancel_appointment(cx: &mut Cx<'_>, office: &Office, id: RequestId) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let one = appointments::awaited(cx, id).await?;
    let one = one.ok_or(RequestError::Invalid("Tidak ada janji temu yang ditunggu."))?;
    one.timing.may_move(cx.now(), office.zone)?;
    Edit::of(&row).save(cx).await?;
    if !appointments::record(cx, one.id, AppointmentState::Cancelled).await? {
        return Err(NotNow::Written.into());
    }
    Line::new(RequestEventKind::AppointmentCancelled).write(cx, &row).await?;
    if one.told && is_heard(cx, &row).await? {
        let purpose = purpose_of(cx, &one).await?;
        let addressed = Addressed::of(cx, office, &row).await?;
        let text = AppointmentCancelled { subject: addressed.subject(), purpose, was: one.timing.slot.start };
        addressed.say(cx, text.text(&addressed.head())).await?;
    }
    cx.audit("request.appointment_cancelled", ("request", Some(id.0)))?;
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
    let one = appointments::appointment(cx, id).await?.ok_or(RequestError::NotFound)?;
    let row = store::load(cx, one.request, Permission::HandleRequests).await?;
    one.timing.may_record(came, cx.now(), office.zone)?;
    let (state, kind) = if came {
        (AppointmentState::Attended, RequestEventKind::AppointmentAttended)
    } else {
        (AppointmentState::Missed, RequestEventKind::AppointmentMissed)
    };
    Edit::of(&row).save(cx).await?;
    if !appointments::record(cx, id, state).await? {
        return Err(NotNow::Written.into());
    }
    Line::new(kind).write(cx, &row).await?;
    let tells = !came && !row.state.is_terminal() && is_heard(cx, &row).await?;
    if tells {
        missed(cx, office, (&row, &one)).await?;
    }
    cx.audit(&format!("request.{}", kind.word()), ("request", Some(row.id.0)))?;
    Ok(tells)
}

/// Offers another time, with some that are free.
async fn missed(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, one): (&request::Model, &AppointmentView),
) -> Outcome<()> {
    let purpose = purpose_of(cx, one).await?;
    let places = pickup::appointed(cx, office, row.unit_id).await?;
    let here = places.iter().filter(|place| place.point.id == one.point);
    let free: Vec<Instant> =
        here.flat_map(|place| place.offers.iter().map(|offer| offer.slot.from)).take(TIMES).collect();
    let addressed = Addressed::of(cx, office, row).await?;
    let text =
        AppointmentMissed { subject: addressed.subject(), purpose, was: one.timing.slot.start, free: &free };
    addressed.say(cx, text.text(&addressed.head())).await
}

/// A request ended: nobody waits for its person any more.
pub(super) async fn release(cx: &Cx<'_>, row: &request::Model) -> Outcome<()> {
    if appointments::release(cx, row.id).await? {
        Line::new(RequestEventKind::AppointmentCancelled).record(cx, row).await?;
    }
    Ok(())
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
    if works && !row.elsewhere && !row.state.is_terminal() {
        found.places = pickup::appointed(cx, office, row.unit_id).await?;
    }
    Ok(found)
}
