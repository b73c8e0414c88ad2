//! What of the year lies ready, and who received what was made in its last weeks.

use chrono::TimeDelta;
use loket_core::{
    appointment::PlacePurpose,
    clock::Instant,
    handover::{Collectors, FamilyCard, HandoverWay, Proof, Receiver},
    id::{HandoverId, PickupPointId, RequestId},
    kinds::OutputDelivery,
    pickup::{Lying, Plan, Seat, Taken, offers},
    request::RequestState,
};
use loket_entity::{handover, pickup, pickup_point};
use sea_orm::ActiveValue::Set;

use super::{
    consignments,
    ids::{self, Table},
    ledger::Ledger,
};
use crate::{
    demo::{
        setup::{Trouble, trouble},
        year::history::{Standing, history},
    },
    infra::{Actor, Cx, House, Outcome, SystemReason, seal::Column},
};

const NAME: Column = Column::new("handover", "name");
/// How long ago offices began to keep who received something.
const KEPT: TimeDelta = TimeDelta::days(35);
/// What was ready within this time has its slot today or later, every other of them.
const FRESH: TimeDelta = TimeDelta::days(4);
/// Where things are collected, in the order of [`crate::demo::offices::OFFICES`].
const POINTS: [&str; 5] = [
    "Loket 3, Kantor Disdukcapil Tigaraksa",
    "Loket 4, Kantor Disdukcapil Kota Kupang",
    "Loket 2, Kantor Disdukcapil Nunukan",
    "Loket 1, Kantor Kecamatan",
    "Loket 2, Balai Kota Among Tani",
];
/// Family that came for somebody.
const FAMILY: [&str; 4] = ["RUDI HARTONO", "YULIANA LAY", "AGUS PRAYITNO", "NUR AZIZAH"];

/// Writes them; gives how many rows there are.
pub(super) async fn write(house: &House, ledger: &Ledger) -> Result<usize, Trouble> {
    let until = ledger.at(ledger.plan.until);
    let collected =
        ledger.plan.cases.iter().any(|case| ledger.plan.kind(case).delivery == OutputDelivery::Pickup);
    let (Some(name), true) = (POINTS.get(ledger.plan.place), collected) else { return Ok(0) };
    let mut cx =
        Cx::write(house, ledger.office.id, Actor::System(SystemReason::Seed)).await.map_err(trouble)?;
    let point: PickupPointId = ids::id(ledger.plan.place, (Table::PickupPoint, 0), until - KEPT);
    let plan = Plan::of(30, 4).ok_or("no plan of slots")?;
    let here = pickup_point::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(point),
        unit_id: Set(None),
        purpose: Set(PlacePurpose::Collecting),
        name: Set((*name).to_owned()),
        minutes: Set(Some(plan.minutes().into())),
        seats: Set(plan.seats().into()),
        collectors: Set(Collectors::Proxy),
        active: Set(true),
        created_at: Set(until - KEPT),
        version: Set(1),
    };
    let (mut lying, mut handed, mut taken) = (Vec::new(), Vec::new(), Taken::none(ledger.office.zone));
    for (number, case) in ledger.plan.cases.iter().enumerate() {
        let kind = ledger.plan.kind(case);
        if kind.delivery != OutputDelivery::Pickup {
            continue;
        }
        let standing = Standing::after(&history(case, kind, ledger.plan.until), case, kind);
        let Some(ready) = standing.ready.map(|at| ledger.at(at)) else { continue };
        let opened = ledger.at(case.arrival.opened);
        let request: RequestId = ids::id(ledger.plan.place, (Table::Request, ids::part(number, 0)), opened);
        let closed = standing.closed.map(|at| ledger.at(at));
        match standing.state {
            RequestState::Ready => {
                let late = number % 2 == 0 && ready >= until - FRESH;
                let from = if late { until.max(ready) } else { ready };
                let calendar = |_| &ledger.clocks.service;
                let seat = offers((plan, &calendar), (from, 30), &taken, (1, 1)).into_iter().next();
                let seat = seat.map(|offer| offer.taken());
                seat.into_iter().for_each(|seat| taken.take(seat));
                lying.push(row(ledger, (request, point, ready), seat, until));
            }
            RequestState::Finished if ready >= until - KEPT && !consignments::brought(ledger, number) => {
                let Some(closed) = closed else { continue };
                let there = row(ledger, (request, point, ready), None, until);
                lying.push(pickup::ActiveModel {
                    collected_at: Set(Some(closed)),
                    remind_at: Set(None),
                    ..there
                });
                let by = ledger.officer(case)?.0;
                let line = received(&cx, ledger, (number, request, point), closed).map_err(trouble)?;
                handed.push(handover::ActiveModel { actor_id: Set(Some(by)), ..line });
            }
            _ => {}
        }
    }
    let written = 1 + lying.len() + handed.len();
    cx.tx().insert::<pickup_point::Entity>(here).await.map_err(trouble)?;
    cx.tx().insert_all::<pickup::Entity>(lying).await.map_err(trouble)?;
    cx.tx().insert_all::<handover::Entity>(handed).await.map_err(trouble)?;
    cx.audit("demo.pickups_written", ("pickup", None)).map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(written)
}

/// Something that lies ready.
fn row(
    ledger: &Ledger,
    (request, point, ready): (RequestId, PickupPointId, Instant),
    seat: Option<Seat>,
    until: Instant,
) -> pickup::ActiveModel {
    let slot = seat.map(|seat| seat.from..seat.until);
    let next = Lying { ready, given: ready, slot: slot.clone() }.nudge_after(until, ledger.office.zone);
    pickup::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(request),
        point_id: Set(Some(point)),
        place: Set(None),
        starts_at: Set(slot.as_ref().map(|slot| slot.start)),
        ends_at: Set(slot.map(|slot| slot.end)),
        seat: Set(seat.map(|seat| seat.seat.into())),
        number: Set(seat.map(|seat| seat.number.into())),
        collectors: Set(Collectors::Proxy),
        given_at: Set(ready),
        told_at: Set(Some(ready)),
        ready_at: Set(ready),
        remind_at: Set(next.map(|(at, _)| at)),
        reminded_at: Set(None),
        reminders: Set(0),
        collected_at: Set(None),
    }
}

/// Three of four come themselves, the others send family.
fn received(
    cx: &Cx<'_>,
    ledger: &Ledger,
    (number, request, point): (usize, RequestId, PickupPointId),
    at: Instant,
) -> Outcome<handover::ActiveModel> {
    let id: HandoverId = ids::id(ledger.plan.place, (Table::Handover, ids::part(number, 0)), at);
    let family = FAMILY.get(number % 16).map(|name| (*name).to_owned());
    Ok(handover::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        request_id: Set(request),
        at: Set(at),
        way: Set(HandoverWay::Counter),
        receiver: Set(Some(if family.is_some() { Receiver::Family } else { Receiver::Applicant })),
        proof: Set(Some(if number % 5 == 0 { Proof::Digital } else { Proof::Card })),
        family_card: Set(family.is_some().then_some(FamilyCard::Same)),
        name: Set(family.map(|name| cx.seal(&name, NAME.of(id.0))).transpose()?),
        letter: Set(None),
        point_id: Set(Some(point)),
        assurance: Set(None),
        file_id: Set(None),
        sha256: Set(None),
        actor_id: Set(None),
    })
}
