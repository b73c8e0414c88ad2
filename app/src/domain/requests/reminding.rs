//! Whoever has not collected what lies ready is reminded.

use chrono::TimeDelta;
use loket_core::{
    id::RequestId,
    pickup::Nudge,
    reply::{PickupReminder, ReadyForPickup},
    request::{RequestEventKind, RequestState},
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
        pickup::{self, PickupView},
        tenancy::Office,
    },
    infra::{Actor, Cx, House, Outcome, SystemReason},
};

/// How many are reminded in one turn of an office: the others' turn comes before the rest.
const PART: u64 = 500;
/// When what could not be read is looked at again.
const LATER: TimeDelta = TimeDelta::hours(6);

/// Reminds whoever has not collected what lies ready, where they hear it; says how many were looked at. Each in a transaction
/// of its own: one that cannot be read keeps nobody else from being reminded.
pub async fn remind_collecting(house: &House, office: &Office) -> Outcome<u64> {
    let cx = Cx::read(house, office.id, Actor::System(SystemReason::Clocks)).await?;
    let due = pickup::due(&cx, PART).await?;
    drop(cx);
    let looked = due.len() as u64;
    for id in due {
        match remind(house, office, id).await {
            Ok(()) => {}
            Err(fault) if fault.is_passing() => return Err(fault),
            Err(fault) => {
                tracing::warn!(office = %office.id, request = %id, fault = %fault, "a citizen could not be reminded");
                let mut cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
                let later = cx.now() + LATER;
                pickup::put_off(&cx, id, Some(later)).await?;
                cx.audit("request.pickup_put_off", ("request", Some(id.0)))?;
                cx.commit().await?;
            }
        }
    }
    Ok(looked)
}

async fn remind(house: &House, office: &Office, id: RequestId) -> Outcome<()> {
    let mut cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
    let row = store::find(&cx, id).await?.filter(|row| row.state == RequestState::Ready && !row.elsewhere);
    match row {
        None => pickup::put_off(&cx, id, None).await?,
        Some(row) => {
            if let Some((view, Some(nudge))) = pickup::take_up(&cx, office, id).await? {
                nudged(&mut cx, office, (&row, &view), nudge).await?;
            }
        }
    }
    cx.audit("request.pickup_looked_at", ("request", Some(id.0)))?;
    cx.commit().await
}

/// Reminds somebody where they hear it. Whoever was never told is told all of it; nobody is called to a place that is closed.
async fn nudged(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, view): (&request::Model, &PickupView),
    nudge: Nudge,
) -> Outcome<()> {
    let unit = view.point.as_ref().and_then(|point| point.said.unit);
    if let (Nudge::Tomorrow, Some((slot, _))) = (nudge, &view.slot)
        && !pickup::is_open(cx, office, (unit, slot.start)).await?
    {
        return Ok(());
    }
    if !is_heard(cx, row).await? {
        return Ok(());
    }
    // The letter to the office that talks with the citizen is found by the version that it made.
    Edit::of(row).save(cx).await?;
    Line::new(RequestEventKind::Reminded).write(cx, row).await?;
    let hours = match &view.point {
        Some(point) => pickup::hours_of(cx, office, point).await?,
        None => String::new(),
    };
    let addressed = Addressed::of(cx, office, row).await?;
    let slot = view.slot.as_ref().map(|(slot, number)| (slot.start, *number));
    let (subject, product) = (addressed.subject(), addressed.service.output.as_str());
    let text = if view.told {
        let ready_since = view.ready_at;
        PickupReminder { subject, product, place: &view.place, hours: &hours, nudge, slot, ready_since }
            .text(&addressed.head())
    } else {
        let slot = slot.filter(|(from, _)| *from > cx.now());
        let who = view.collectors.told();
        ReadyForPickup { subject, product, place: &view.place, hours: &hours, slot, who, recipient: None }
            .text(&addressed.head())
    };
    addressed.say(cx, text).await?;
    pickup::reminded(cx, view).await
}
