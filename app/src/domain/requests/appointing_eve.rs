//! Whoever has an appointment is reminded of it the afternoon before; whoever could not be told of it is told once they hear it.

use loket_core::{
    id::AppointmentId,
    reply::{AppointmentReminder, AppointmentSet},
    request::RequestEventKind,
};
use loket_entity::request;

use super::{
    history::Line,
    store::{self, Edit},
    telling::tell,
    watch::is_heard,
};
use crate::{
    domain::{
        appointments::{self, AppointmentView},
        pickup::{self, PointView},
        tenancy::Office,
    },
    infra::{Actor, Cx, Fault, House, Outcome, SystemReason},
};

/// How many are reminded in one turn of an office: the others' turn comes before the rest.
const PART: u64 = 500;

/// Reminds whoever has an appointment tomorrow, and tells whoever was not told of theirs, where they hear it; says how many
/// were looked at. Each in a transaction of its own: one that cannot be read keeps nobody else from being reminded.
pub async fn remind_appointments(house: &House, office: &Office) -> Outcome<u64> {
    let cx = Cx::read(house, office.id, Actor::System(SystemReason::Clocks)).await?;
    let due = appointments::due(&cx, PART).await?;
    let (mut heard, mut unheard) = (Vec::new(), Vec::new());
    for (id, request) in &due {
        let hears = match store::find(&cx, *request).await? {
            Some(row) => row.state.is_terminal() || is_heard(&cx, &row).await?,
            None => true,
        };
        if hears { heard.push(*id) } else { unheard.push(*id) }
    }
    drop(cx);
    if !unheard.is_empty() {
        let mut cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
        let detail = serde_json::json!({ "unheard": unheard.len() });
        appointments::wait_for(&cx, unheard).await?;
        cx.audit_with("request.appointments_put_off", ("appointment", None), Some(&detail))?;
        cx.commit().await?;
    }
    for id in heard {
        match remind(house, office, id).await {
            Ok(()) | Err(Fault::Stale) => {}
            Err(fault) if fault.is_passing() => return Err(fault),
            Err(fault) => {
                tracing::warn!(office = %office.id, appointment = %id, fault = %fault, "a citizen could not be reminded");
                let mut cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
                let later = cx.now() + appointments::AGAIN;
                appointments::put_off(&cx, id, Some(later)).await?;
                cx.audit("request.appointment_put_off", ("appointment", Some(id.0)))?;
                cx.commit().await?;
            }
        }
    }
    Ok(due.len() as u64)
}

async fn remind(house: &House, office: &Office, id: AppointmentId) -> Outcome<()> {
    let mut cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
    let Some(one) = appointments::appointment(&cx, id).await? else { return Ok(()) };
    let row = store::find(&cx, one.request).await?.filter(|row| !row.state.is_terminal());
    if let Some(row) = &row {
        // Requests are held before what hangs on them: by whoever gives, moves or takes back as well.
        Edit::of(row).save(&cx).await?;
    }
    let one = appointments::take_up(&cx, id).await?;
    if let Some((row, one)) = row.zip(one)
        && let Some(point) = pickup::point(&cx, one.point).await?
    {
        reminded(&mut cx, office, (&row, &one), &point).await?;
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
    if !pickup::is_open(cx, office, (point.said.unit, from)).await? {
        return Ok(());
    }
    let (purpose, place, slot) = (point.said.purpose, point.said.name.as_str(), (from, one.number));
    let heard = tell(cx, office, row, |addressed| {
        let (subject, head) = (addressed.subject(), addressed.head());
        if one.is_told() {
            AppointmentReminder { subject, purpose, place, slot }.text(&head)
        } else {
            AppointmentSet { subject, purpose, place, slot, was: one.told }.text(&head)
        }
    });
    if heard.await? {
        Line::new(RequestEventKind::Reminded).record(cx, row).await?;
        appointments::told(cx, office.zone, (one.id, from)).await?;
    }
    Ok(())
}
