//! Whoever has an appointment is reminded of it the afternoon before.

use chrono::TimeDelta;
use loket_core::{
    id::AppointmentId,
    reply::{AppointmentReminder, AppointmentSet},
    request::RequestEventKind,
};
use loket_entity::request;

use super::{
    history::Line,
    store::{self, Edit},
    telling::Addressed,
    watch::is_heard,
};
use crate::{
    domain::{
        appointments::{self, AppointmentView},
        pickup::{self, PointView},
        tenancy::Office,
    },
    infra::{Actor, Cx, House, Outcome, SystemReason},
};

/// How many are reminded in one turn of an office: the others' turn comes before the rest.
const PART: u64 = 500;
/// When what could not be read is looked at again.
const LATER: TimeDelta = TimeDelta::hours(1);

/// Reminds whoever has an appointment tomorrow, where they hear it; says how many were looked at. Each in a transaction of its
/// own: one that cannot be read keeps nobody else from being reminded.
pub async fn remind_appointments(house: &House, office: &Office) -> Outcome<u64> {
    let cx = Cx::read(house, office.id, Actor::System(SystemReason::Clocks)).await?;
    let due = appointments::due(&cx, PART).await?;
    drop(cx);
    let looked = due.len() as u64;
    for id in due {
        match remind(house, office, id).await {
            Ok(()) => {}
            Err(fault) if fault.is_passing() => return Err(fault),
            Err(fault) => {
                tracing::warn!(office = %office.id, appointment = %id, fault = %fault, "a citizen could not be reminded");
                let mut cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
                let later = cx.now() + LATER;
                appointments::put_off(&cx, id, Some(later)).await?;
                cx.audit("request.appointment_put_off", ("appointment", Some(id.0)))?;
                cx.commit().await?;
            }
        }
    }
    Ok(looked)
}

async fn remind(house: &House, office: &Office, id: AppointmentId) -> Outcome<()> {
    let mut cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
    if let Some(one) = appointments::take_up(&cx, id).await? {
        let row = store::find(&cx, one.request).await?.filter(|row| !row.state.is_terminal());
        let point = pickup::point(&cx, one.point).await?;
        if let Some((row, point)) = row.zip(point) {
            reminded(&mut cx, office, (&row, &one), &point).await?;
        }
    }
    cx.audit("request.appointment_looked_at", ("appointment", Some(id.0)))?;
    cx.commit().await
}

/// Reminds somebody where they hear it. Whoever was never told is told all of it; nobody is called to a place that is closed.
async fn reminded(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, one): (&request::Model, &AppointmentView),
    point: &PointView,
) -> Outcome<()> {
    let from = one.timing.slot.start;
    if !pickup::is_open(cx, office, (point.said.unit, from)).await? || !is_heard(cx, row).await? {
        return Ok(());
    }
    // The letter to the office that talks with the citizen is found by the version that it made.
    Edit::of(row).save(cx).await?;
    Line::new(RequestEventKind::Reminded).write(cx, row).await?;
    let addressed = Addressed::of(cx, office, row).await?;
    let (subject, purpose, place) = (addressed.subject(), point.said.purpose, point.said.name.as_str());
    let (slot, head) = ((from, one.number), addressed.head());
    let text = if one.told {
        AppointmentReminder { subject, purpose, place, slot }.text(&head)
    } else {
        AppointmentSet { subject, purpose, place, slot, was: None }.text(&head)
    };
    addressed.say(cx, text).await?;
    appointments::told(cx, one.id).await
}
