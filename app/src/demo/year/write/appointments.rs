//! Tangerang's room for perekaman: those who ask for their first KTP-el come there. The last days, today and the next ones.

use chrono::TimeDelta;
use loket_core::{
    appointment::{AppointmentState, PlacePurpose},
    clock::Instant,
    handover::Collectors,
    id::{AppointmentId, PickupPointId, RequestEventId, RequestId, UserId},
    kinds::ActorKind,
    pickup::{Plan, Seat, Taken, eve, offers},
    request::RequestEventKind,
};
use loket_entity::{appointment, pickup_point, request, request_event};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::{
    ids::{self, Table},
    ledger::Ledger,
};
use crate::{
    demo::{
        setup::{Trouble, trouble},
        year::history::{Standing, history},
    },
    infra::{Actor, Cx, House, Outcome, SystemReason},
};

/// The office with the room, in the order of [`crate::demo::offices::OFFICES`], and who comes there.
const TANGERANG: usize = 0;
const COMES: (&str, &str) = ("KTP", "pemula");
/// How long ago the office began to give appointments.
const KEPT: TimeDelta = TimeDelta::days(12);
/// How many there are at most.
const MOST: usize = 120;

/// An appointment of the year.
struct Given {
    number: usize,
    request: RequestId,
    officer: UserId,
    at: Instant,
    seat: Seat,
    state: AppointmentState,
}

/// Writes them; gives how many rows there are.
pub(super) async fn write(house: &House, ledger: &Ledger) -> Result<usize, Trouble> {
    if ledger.plan.place != TANGERANG {
        return Ok(0);
    }
    let until = ledger.at(ledger.plan.until);
    let plan = Plan::of(30, 3).ok_or("no plan of slots")?;
    let all = given(ledger, plan)?;
    let mut cx =
        Cx::write(house, ledger.office.id, Actor::System(SystemReason::Seed)).await.map_err(trouble)?;
    let point: PickupPointId = ids::id(ledger.plan.place, (Table::PickupPoint, 1), until - KEPT);
    let room = pickup_point::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(point),
        unit_id: Set(None),
        name: Set("Ruang perekaman, Kantor Disdukcapil Tigaraksa".to_owned()),
        purpose: Set(PlacePurpose::Recording),
        minutes: Set(Some(plan.minutes().into())),
        seats: Set(plan.seats().into()),
        collectors: Set(Collectors::Applicant),
        active: Set(true),
        created_at: Set(until - KEPT),
        version: Set(1),
    };
    cx.tx().insert::<pickup_point::Entity>(room).await.map_err(trouble)?;
    let rows = all.iter().map(|one| row(ledger, one, point)).collect();
    cx.tx().insert_all::<appointment::Entity>(rows).await.map_err(trouble)?;
    let mut written = 1 + all.len();
    for one in &all {
        written += told(&cx, ledger, one).await.map_err(trouble)?;
    }
    cx.audit("demo.appointments_written", ("appointment", None)).map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(written)
}

/// Whoever asked in the last days, each in a slot some days after their papers were complete; one of eight does not come.
fn given(ledger: &Ledger, plan: Plan) -> Result<Vec<Given>, Trouble> {
    let until = ledger.at(ledger.plan.until);
    let mut taken = Taken::none(ledger.office.zone);
    let mut all = Vec::new();
    for (number, case) in ledger.plan.cases.iter().enumerate() {
        let opened = ledger.at(case.arrival.opened);
        let complete = case.complete.map(|at| ledger.at(at)).filter(|at| *at < until);
        let Some(at) = complete.filter(|_| opened >= until - KEPT && all.len() < MOST) else { continue };
        let (service, variant) = ledger.of(case)?;
        if (service.code.as_str(), variant.code.as_str()) != COMES {
            continue;
        }
        let kind = ledger.plan.kind(case);
        let standing = Standing::after(&history(case, kind, ledger.plan.until), case, kind);
        let days = i64::try_from(number % 5).unwrap_or_default();
        let calendar = |_| &ledger.clocks.service;
        let found = offers((plan, &calendar), (at + TimeDelta::days(days), 30), &taken, (1, 1));
        let Some(seat) = found.first().map(|offer| offer.taken()) else { continue };
        let made = standing.ready.or(standing.closed).map(|at| ledger.at(at));
        let state = match (seat.from >= until, made.is_some_and(|made| made < seat.until)) {
            // What was made before needed nobody to come.
            (_, true) => continue,
            (true, false) if standing.state.is_terminal() => continue,
            (true, false) => AppointmentState::Awaited,
            (false, false) if number % 8 == 3 => AppointmentState::Missed,
            (false, false) => AppointmentState::Attended,
        };
        taken.take(seat);
        all.push(Given {
            number,
            request: ids::id(ledger.plan.place, (Table::Request, ids::part(number, 0)), opened),
            officer: ledger.officer(case)?.0,
            at,
            seat,
            state,
        });
    }
    Ok(all)
}

fn row(ledger: &Ledger, one: &Given, point: PickupPointId) -> appointment::ActiveModel {
    let until = ledger.at(ledger.plan.until);
    let id: AppointmentId =
        ids::id(ledger.plan.place, (Table::Appointment, ids::part(one.number, 0)), one.at);
    let awaited = one.state == AppointmentState::Awaited;
    let eve = eve(one.at, one.seat.from, ledger.office.zone);
    appointment::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        request_id: Set(one.request),
        point_id: Set(point),
        starts_at: Set(one.seat.from),
        ends_at: Set(one.seat.until),
        seat: Set(one.seat.seat.into()),
        number: Set(one.seat.number.into()),
        given_at: Set(one.at),
        told_start: Set(Some(one.seat.from)),
        remind_at: Set(eve.filter(|eve| awaited && *eve > until)),
        state: Set(one.state),
        recorded_at: Set((!awaited).then_some(one.seat.until)),
        recorded_by: Set((!awaited).then_some(one.officer)),
        note: Set(None),
    }
}

/// What the history of its request says; gives how many lines there are.
async fn told(cx: &Cx<'_>, ledger: &Ledger, one: &Given) -> Outcome<usize> {
    line(cx, ledger, one, (50, RequestEventKind::AppointmentSet, one.at)).await?;
    let came = match one.state {
        AppointmentState::Attended => RequestEventKind::AppointmentAttended,
        AppointmentState::Missed => RequestEventKind::AppointmentMissed,
        _ => return Ok(1),
    };
    line(cx, ledger, one, (51, came, one.seat.until)).await?;
    Ok(2)
}

async fn line(
    cx: &Cx<'_>,
    ledger: &Ledger,
    one: &Given,
    (part, kind, at): (usize, RequestEventKind, Instant),
) -> Outcome<()> {
    let this = request::Column::Id.eq(one.request);
    let row = cx.tx().find::<request::Entity>().filter(this).required("a request of the year").await?;
    let id: RequestEventId = ids::id(ledger.plan.place, (Table::Event, ids::part(one.number, part)), at);
    let line = request_event::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        request_id: Set(row.id),
        kind: Set(kind),
        at: Set(at),
        recorded_at: Set(at),
        actor_kind: Set(ActorKind::Officer),
        actor_id: Set(Some(one.officer.0)),
        channel: Set(row.channel),
        unit_id: Set(row.unit_id),
        service_id: Set(row.service_id),
        variant_id: Set(row.variant_id),
        district_code: Set(row.district_code),
        from_state: Set(None),
        to_state: Set(None),
        reason: Set(None),
        paper_id: Set(None),
        payload: Set(None),
    };
    cx.tx().insert::<request_event::Entity>(line).await
}
