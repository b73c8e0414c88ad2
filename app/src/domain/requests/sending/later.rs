//! Whoever could not be told of what was sent is told once they hear it.

use loket_core::{
    consignment::ConsignmentWay,
    id::{ConsignmentId, RequestId},
    reply::AtOtherOffice,
};

use super::{
    super::{
        store::{self, Edit},
        telling::{Addressed, tell},
        watch::is_heard,
    },
    place_of,
    send::tidings,
};
use crate::{
    domain::{
        consignments::{self, ConsignmentView, Sending, Told},
        pickup,
        tenancy::Office,
    },
    infra::{Actor, Cx, Fault, House, Outcome, SystemReason},
};

/// How many are looked at in one turn of an office: the others' turn comes before the rest.
const PART: u64 = 500;

/// Tells whoever hears it by now what they should know of a consignment and do not; says how many there were. Each in a
/// transaction of its own: one that cannot be read keeps nobody else waiting.
pub async fn tell_consignments(house: &House, office: &Office) -> Outcome<u64> {
    let cx = Cx::read(house, office.id, Actor::System(SystemReason::Clocks)).await?;
    let mut heard = Vec::new();
    for one in consignments::untold(&cx, PART).await? {
        if let Some(row) = store::find(&cx, one.request).await?
            && is_heard(&cx, &row).await?
        {
            heard.push((row.id, one.id));
        }
    }
    drop(cx);
    let mut told = 0;
    for (request, id) in heard {
        match say(house, office, (request, id)).await {
            Ok(()) => told += 1,
            Err(Fault::Stale) => {}
            Err(fault) if fault.is_passing() => return Err(fault),
            Err(fault) => {
                tracing::warn!(office = %office.id, consignment = %id, fault = %fault, "a citizen could not be told");
            }
        }
    }
    Ok(told)
}

async fn say(house: &House, office: &Office, (request, id): (RequestId, ConsignmentId)) -> Outcome<()> {
    let mut cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
    let Some(row) = store::find(&cx, request).await? else { return Ok(()) };
    Edit::of(&row).save(&cx).await?;
    let still = |one: &ConsignmentView| one.id == id && one.told == Told::No;
    let Some(one) = consignments::open_of(&cx, request).await?.filter(still) else { return Ok(()) };
    let place = place_of(&one, &pickup::points(&cx).await?);
    if tell(&mut cx, office, &row, |addressed| words(addressed, &one, &place)).await? {
        consignments::told(&cx, id).await?;
    }
    cx.audit("request.consignment_told", ("request", Some(request.0)))?;
    cx.commit().await
}

/// What they should have heard.
fn words(addressed: &Addressed<'_>, one: &ConsignmentView, place: &str) -> String {
    if one.way == ConsignmentWay::Office && one.course.arrived_at.is_some() {
        let (subject, product) = (addressed.subject(), &addressed.service.output);
        return AtOtherOffice { subject, product, place }.text(&addressed.head());
    }
    let sending = Sending {
        way: one.way,
        point: one.point,
        destination: &one.destination,
        carrier: &one.carrier,
        number: &one.number,
        note: &one.note,
    };
    tidings(addressed, (&sending, place), "")
}
