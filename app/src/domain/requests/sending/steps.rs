//! What came of what was sent: somebody acknowledged it, its citizen has it, or it came back.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use loket_core::{
    clock::Instant,
    consignment::{ConsignmentStep, ConsignmentWay, Misstep, ReturnReason, check_day, next},
    handover::{Collectors, HandoverWay},
    id::{ConsignmentId, PickupPointId, RequestId},
    reply::{AtOtherOffice, CameBack, Finished, Handover},
    request::{ReopenReason, RequestEventKind, Step},
};
use loket_entity::request;

use super::{
    super::{
        collecting::call,
        error::RequestError,
        form::RECIPIENT,
        forwarding,
        history::Line,
        product::{CHECK_WITHIN_DAYS, over},
        store::{self, Edit},
        telling::Addressed,
        visiting::Reached,
        watch::is_heard,
    },
    LONGEST, load,
};
use crate::{
    domain::{
        consignments::{self, ConsignmentView, Recorded, Told},
        pickup::{self, Booked, Seated, Since},
        tenancy::Office,
    },
    infra::{Cx, Fault},
};

/// What is reported of a consignment: by whom it was received, and on which day.
#[derive(Debug, Clone, Copy)]
pub struct Reported<'r> {
    /// The consignment, and the change of it that was read.
    pub of: (ConsignmentId, i64),
    /// Who received it.
    pub receiver: &'r str,
    /// On which day.
    pub day: NaiveDate,
}

/// The moment of a day: of a consignment that was sent or came before.
fn moment(
    cx: &Cx<'_>,
    office: &Office,
    (one, day): (&ConsignmentView, NaiveDate),
) -> Result<Instant, Misstep> {
    let (zone, now) = (office.zone, cx.now());
    let before = one.course.arrived_at.unwrap_or(one.course.sent_at);
    check_day(day, (zone.date(before), zone.date(now)))?;
    let noon = zone.midnight(day) + TimeDelta::hours(12);
    Ok(if day == zone.date(now) { now } else { noon.max(before) })
}

fn named(receiver: &str) -> Result<&str, RequestError> {
    match receiver.trim() {
        "" => Err(RequestError::Invalid("Tulis nama penerimanya.")),
        name if name.chars().count() > LONGEST => {
            Err(RequestError::Invalid("Nama penerima paling panjang 120 huruf."))
        }
        name => Ok(name),
    }
}

async fn write(cx: &Cx<'_>, one: &ConsignmentView, said: &Recorded<'_>) -> Result<(), RequestError> {
    if consignments::record(cx, one, said).await? { Ok(()) } else { Err(Misstep::Written.into()) }
}

/// Whoever it was sent to has acknowledged it: its citizen is called. Says whether they heard.
///
/// # Errors
/// That it goes to nobody who acknowledges it, or somebody else was quicker.
pub async fn acknowledge_consignment(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, said): (RequestId, &Reported<'_>),
) -> Result<bool, RequestError> {
    let (row, one) = load(cx, (id, said.of)).await?;
    let at = moment(cx, office, (&one, said.day))?;
    let told = arrive(cx, office, (&row, &one), (named(said.receiver)?, at)).await?;
    cx.audit("request.consignment_arrived", ("request", Some(id.0)))?;
    Ok(told)
}

async fn arrive(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, one): (&request::Model, &ConsignmentView),
    (receiver, at): (&str, Instant),
) -> Result<bool, RequestError> {
    let state = next(one.way, one.state, ConsignmentStep::Arrive)?;
    let edit = Edit::of(row);
    let edit =
        if state.is_over(one.way) { edit.set(request::Column::AwaySince, None::<Instant>) } else { edit };
    edit.save(cx).await?;
    write(cx, one, &Recorded { state, at, receiver, reason: None }).await?;
    Line::new(RequestEventKind::ConsignmentArrived).because(one.way.word()).at(at).record(cx, row).await?;
    let heard = is_heard(cx, row).await?;
    if one.way == ConsignmentWay::Drop {
        let point = match one.point {
            Some(id) => pickup::point(cx, id).await?,
            None => None,
        };
        let point = point.ok_or(Fault::Inconsistent("a place to which something was sent"))?;
        let seated = Seated::Booked(Booked { point, seat: None });
        lies(cx, office, (row, &seated), at).await?;
        if heard {
            calls(cx, office, (row, &seated)).await?;
        }
    } else if heard {
        let addressed = Addressed::of(cx, office, row).await?;
        let (subject, product) = (addressed.subject(), &addressed.service.output);
        let text = AtOtherOffice { subject, product, place: &one.destination }.text(&addressed.head());
        addressed.say(cx, text).await?;
        consignments::told(cx, one.id).await?;
    }
    if !heard {
        forwarding::tell_back(cx, row).await?;
    }
    Ok(heard)
}

/// Calls its citizen to where it lies, who hears it. Whoever else was to collect it does where others may.
async fn calls(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, seated): (&request::Model, &Seated<'_>),
) -> Result<(), RequestError> {
    let mut recipient = store::fields(cx, row)?.remove(RECIPIENT).unwrap_or_default();
    if seated.collectors() == Collectors::Applicant {
        recipient.clear();
    }
    call(cx, office, (row, recipient.trim()), seated).await?;
    Ok(pickup::told(cx, row.id).await?)
}

/// It lies somewhere since a moment, for its citizen to collect.
async fn lies(
    cx: &Cx<'_>,
    office: &Office,
    (row, seated): (&request::Model, &Seated<'_>),
    at: Instant,
) -> Result<(), RequestError> {
    let since = Since { ready_at: at, reminded: (0, None) };
    Ok(pickup::put(cx, office.zone, (row.id, since), seated).await?)
}

/// Acknowledges several that came to one place today. Whoever looks at the list presses once for all of them.
///
/// # Errors
/// That one of them does not go there or was written down already: nothing is then written.
pub async fn acknowledge_consignments(
    cx: &mut Cx<'_>,
    office: &Office,
    (point, ids): (PickupPointId, &[ConsignmentId]),
    receiver: &str,
) -> Result<Reached, RequestError> {
    let receiver = named(receiver)?;
    let mut reached = Reached::default();
    // In one order, whoever presses: nobody waits for another in a circle.
    for id in ids.iter().collect::<BTreeSet<_>>() {
        let one = consignments::consignment(cx, *id).await?.ok_or(RequestError::NotFound)?;
        let loaded = load(cx, (one.request, (one.id, one.version))).await;
        let (row, one) = match loaded {
            Err(RequestError::NotFound | RequestError::NotAllowed) => {
                return Err(RequestError::Invalid(
                    "Ada titipan di luar layanan atau wilayah tugas Bapak/Ibu. Hapus centangnya, lalu catat lagi.",
                ));
            }
            loaded => loaded?,
        };
        if one.point != Some(point) {
            return Err(RequestError::Invalid("Ada titipan yang tujuannya tempat lain. Periksa pilihannya."));
        }
        let at = cx.now();
        reached.of += 1;
        reached.told += usize::from(arrive(cx, office, (&row, &one), (receiver, at)).await?);
    }
    if reached.of == 0 {
        return Err(RequestError::Invalid("Centang sedikitnya satu titipan yang tiba."));
    }
    let detail = serde_json::json!({ "count": reached.of, "told": reached.told });
    cx.audit_with("request.consignments_arrived", ("pickup_point", Some(point.0)), Some(&detail))?;
    Ok(reached)
}

/// Its citizen has it, as the courier or the other office reports: the request ends, with who received it as its proof.
///
/// # Errors
/// That nobody can have received it yet, or somebody else was quicker.
pub async fn deliver_consignment(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, said): (RequestId, &Reported<'_>),
) -> Result<(), RequestError> {
    let (row, one) = load(cx, (id, said.of)).await?;
    let end = next(one.way, one.state, ConsignmentStep::Deliver)?;
    let state = store::step(&row, Step::Finish)?;
    let (at, receiver) = (moment(cx, office, (&one, said.day))?, named(said.receiver)?);
    let (way, by) = match one.way {
        ConsignmentWay::Courier => (HandoverWay::Courier, &one.carrier),
        ConsignmentWay::Drop | ConsignmentWay::Office => (HandoverWay::Elsewhere, &one.destination),
    };
    over(cx, office, (&row, state), RequestEventKind::ConsignmentDelivered).await?;
    write(cx, &one, &Recorded { state: end, at, receiver: "", reason: None }).await?;
    let how = [by.as_str(), one.number.as_str()].into_iter().filter(|text| !text.is_empty());
    let how = how.collect::<Vec<_>>().join(", nomor ");
    pickup::reported(cx, id, (way, at), (receiver, &how)).await?;
    if is_heard(cx, &row).await? {
        let addressed = Addressed::of(cx, office, &row).await?;
        let text = Finished {
            subject: addressed.subject(),
            product: &addressed.service.output,
            handover: Handover::Reported(by, receiver),
            check_within_days: CHECK_WITHIN_DAYS,
        };
        addressed.say(cx, text.text(&addressed.head())).await?;
        consignments::told(cx, one.id).await?;
    } else {
        forwarding::tell_back(cx, &row).await?;
    }
    cx.audit("request.finished", ("request", Some(id.0)))?;
    Ok(())
}

/// It came back: it lies at the office, and its citizen is told how to get it. What is damaged is made anew. Says whether
/// they heard.
///
/// # Errors
/// That it was written down already what came of it.
pub async fn return_consignment(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, of): (RequestId, (ConsignmentId, i64)),
    reason: ReturnReason,
) -> Result<Told, RequestError> {
    let (row, one) = load(cx, (id, of)).await?;
    let state = next(one.way, one.state, ConsignmentStep::Return)?;
    let damaged = reason == ReturnReason::Damaged;
    if damaged {
        anew(cx, &row).await?;
    } else {
        Edit::of(&row).set(request::Column::AwaySince, None::<Instant>).save(cx).await?;
    }
    write(cx, &one, &Recorded { state, at: cx.now(), receiver: "", reason: Some(reason) }).await?;
    let here = Seated::Written(&office.name, one.collectors);
    if !damaged {
        lies(cx, office, (&row, &here), cx.now()).await?;
    }
    Line::new(RequestEventKind::ConsignmentReturned).because(reason.word()).record(cx, &row).await?;
    let heard = is_heard(cx, &row).await?;
    // Whoever knows nothing of a consignment hears only where it lies.
    let knows = one.told == Told::Yes || one.way == ConsignmentWay::Courier;
    if heard && !damaged && !knows {
        calls(cx, office, (&row, &here)).await?;
    } else if heard && knows {
        let addressed = Addressed::of(cx, office, &row).await?;
        let (subject, product, way) = (addressed.subject(), &addressed.service.output, one.way);
        let text = CameBack { subject, product, way, reason, place: &office.name };
        addressed.say(cx, text.text(&addressed.head())).await?;
        if !damaged {
            pickup::told(cx, id).await?;
        }
    } else {
        forwarding::tell_back(cx, &row).await?;
    }
    cx.audit("request.consignment_returned", ("request", Some(id.0)))?;
    Ok(match (heard, damaged && !knows) {
        (_, true) => Told::Later,
        (true, false) => Told::Yes,
        (false, false) => Told::No,
    })
}

/// What came back damaged is made anew.
async fn anew(cx: &Cx<'_>, row: &request::Model) -> Result<(), RequestError> {
    let reason = ReopenReason::FaultyProduct;
    let state = store::step(row, Step::Reopen { reason })?;
    Edit::of(row)
        .set(request::Column::State, state.word())
        .set(request::Column::ReadyAt, None::<Instant>)
        .set(request::Column::AwaySince, None::<Instant>)
        .save(cx)
        .await?;
    let line = Line::new(RequestEventKind::Reopened).because(reason.word());
    Ok(line.moving(row.state, state).write(cx, row).await?)
}
