//! What is sent: Nunukan leaves things in kecamatan that are reached by boat and by air, Tangerang sends by courier and to
//! offices beside it. Some are under way, one of them for too long, some came, some came back.

use chrono::TimeDelta;
use loket_core::{
    appointment::PlacePurpose,
    clock::Instant,
    consignment::{ConsignmentState, ConsignmentWay, ReturnReason},
    handover::{Collectors, HandoverWay},
    id::{ConsignmentId, HandoverId, PickupPointId, RequestEventId, RequestId, UserId},
    kinds::{ActorKind, OutputDelivery},
    pickup::Lying,
    request::{RequestEventKind, RequestState},
};
use loket_entity::{consignment, handover, pickup, pickup_point, request, request_event, sealed::Sealed};
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
    infra::{Actor, Cx, House, Outcome, SystemReason, seal::Column},
};

const DESTINATION: Column = Column::new("consignment", "destination");
const CARRIER: Column = Column::new("consignment", "carrier");
const NUMBER: Column = Column::new("consignment", "number");
const RECEIVER: Column = Column::new("consignment", "receiver");
const NAME: Column = Column::new("handover", "name");
const ASSURANCE: Column = Column::new("handover", "assurance");
/// The offices that send, in the order of [`crate::demo::offices::OFFICES`].
const TANGERANG: usize = 0;
const NUNUKAN: usize = 2;
/// Within how long a time what a courier brought was made.
const KEPT: TimeDelta = TimeDelta::days(35);
/// Where Nunukan leaves things.
const PLACES: [&str; 2] = ["Pelayanan Kecamatan Krayan, Long Bawan", "Pelayanan Kecamatan Sebatik Utara"];

/// What became of something: how it was sent, where to (its place in a list), how many days ago, and how it stands.
type Fate = (ConsignmentWay, usize, i64, ConsignmentState);

const OF_NUNUKAN: [Fate; 7] = [
    (ConsignmentWay::Drop, 0, 3, ConsignmentState::UnderWay),
    (ConsignmentWay::Drop, 0, 4, ConsignmentState::UnderWay),
    (ConsignmentWay::Drop, 1, 3, ConsignmentState::UnderWay),
    (ConsignmentWay::Drop, 0, 11, ConsignmentState::UnderWay),
    (ConsignmentWay::Drop, 1, 6, ConsignmentState::Arrived),
    (ConsignmentWay::Drop, 0, 10, ConsignmentState::Arrived),
    (ConsignmentWay::Drop, 1, 12, ConsignmentState::Returned),
];
const OF_TANGERANG: [Fate; 6] = [
    (ConsignmentWay::Courier, 0, 3, ConsignmentState::UnderWay),
    (ConsignmentWay::Courier, 1, 5, ConsignmentState::UnderWay),
    (ConsignmentWay::Courier, 2, 14, ConsignmentState::UnderWay),
    (ConsignmentWay::Office, 0, 4, ConsignmentState::UnderWay),
    (ConsignmentWay::Office, 1, 10, ConsignmentState::Arrived),
    (ConsignmentWay::Courier, 3, 12, ConsignmentState::Returned),
];
const ADDRESSES: [&str; 4] = [
    "Perumahan Peragaan Blok C2 Nomor 8, Cisoka",
    "Kampung Peragaan RT 003 RW 005, Jambe",
    "Jalan Peragaan Raya Nomor 17, Balaraja",
    "Kontrakan Peragaan Nomor 4, Cikupa",
];
const OFFICES: [&str; 2] = ["Disdukcapil Kota Tangerang Selatan", "Disdukcapil Kabupaten Lebak"];
const COURIER: &str = "Pos Indonesia";

/// Whether a courier brought what was made for a case: then nobody collected it.
pub(super) fn brought(ledger: &Ledger, number: usize) -> bool {
    ledger.plan.place == TANGERANG && number % 48 == 7
}

/// Something that was sent.
struct Gone {
    number: usize,
    request: RequestId,
    officer: UserId,
    ready: Instant,
    closed: Option<Instant>,
}

/// Writes them; gives how many rows there are.
pub(super) async fn write(house: &House, ledger: &Ledger) -> Result<usize, Trouble> {
    let fates: &[Fate] = match ledger.plan.place {
        TANGERANG => &OF_TANGERANG,
        NUNUKAN => &OF_NUNUKAN,
        _ => return Ok(0),
    };
    let until = ledger.at(ledger.plan.until);
    let (mut lying, ended) = gone(ledger)?;
    let mut cx =
        Cx::write(house, ledger.office.id, Actor::System(SystemReason::Seed)).await.map_err(trouble)?;
    let mut rows =
        if ledger.plan.place == NUNUKAN { places(&cx, ledger).await.map_err(trouble)? } else { 0 };
    for fate in fates {
        let at = until - TimeDelta::days(fate.2);
        let Some(which) = lying.iter().position(|one| one.ready < at) else { continue };
        let one = lying.swap_remove(which);
        rows += sent(&cx, ledger, (&one, *fate), at).await.map_err(trouble)?;
    }
    for one in &ended {
        let fate = (ConsignmentWay::Courier, one.number % ADDRESSES.len(), 0, ConsignmentState::Delivered);
        rows += sent(&cx, ledger, (one, fate), one.ready).await.map_err(trouble)?;
        rows += proved(&cx, ledger, one).await.map_err(trouble)?;
    }
    cx.audit("demo.consignments_written", ("consignment", None)).map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(rows)
}

/// What lies ready, and what a courier brought lately.
fn gone(ledger: &Ledger) -> Result<(Vec<Gone>, Vec<Gone>), Trouble> {
    let until = ledger.at(ledger.plan.until);
    let (mut lying, mut ended) = (Vec::new(), Vec::new());
    for (number, case) in ledger.plan.cases.iter().enumerate() {
        let kind = ledger.plan.kind(case);
        if kind.delivery != OutputDelivery::Pickup {
            continue;
        }
        let standing = Standing::after(&history(case, kind, ledger.plan.until), case, kind);
        let Some(ready) = standing.ready.map(|at| ledger.at(at)) else { continue };
        let one = Gone {
            number,
            request: ids::id(
                ledger.plan.place,
                (Table::Request, ids::part(number, 0)),
                ledger.at(case.arrival.opened),
            ),
            officer: ledger.officer(case)?.0,
            ready,
            closed: standing.closed.map(|at| ledger.at(at)),
        };
        match standing.state {
            RequestState::Ready => lying.push(one),
            RequestState::Finished if brought(ledger, number) && ready >= until - KEPT => ended.push(one),
            _ => {}
        }
    }
    // What lies there longest is what is sent.
    lying.sort_by_key(|one| one.ready);
    Ok((lying, ended))
}

fn place(ledger: &Ledger, which: usize) -> PickupPointId {
    ids::id(ledger.plan.place, (Table::PickupPoint, 2 + which as u64), ledger.at(ledger.plan.until))
}

async fn places(cx: &Cx<'_>, ledger: &Ledger) -> Outcome<usize> {
    let row = |(which, name): (usize, &&str)| pickup_point::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(place(ledger, which)),
        unit_id: Set(None),
        purpose: Set(PlacePurpose::Collecting),
        name: Set((*name).to_owned()),
        minutes: Set(None),
        seats: Set(1),
        collectors: Set(Collectors::Proxy),
        active: Set(true),
        created_at: Set(ledger.at(ledger.plan.until) - TimeDelta::days(60)),
        version: Set(1),
    };
    cx.tx().insert_all::<pickup_point::Entity>(PLACES.iter().enumerate().map(row).collect()).await?;
    Ok(PLACES.len())
}

/// A consignment, and what follows from how it stands; gives how many rows there are.
async fn sent(
    cx: &Cx<'_>,
    ledger: &Ledger,
    (one, (way, to, _, state)): (&Gone, Fate),
    at: Instant,
) -> Outcome<usize> {
    let id: ConsignmentId = ids::id(ledger.plan.place, (Table::Consignment, ids::part(one.number, 0)), at);
    let zone = ledger.office.zone;
    let came = one.closed.unwrap_or(at + TimeDelta::days(2));
    let over = state.is_over(way);
    let word = |text: Option<&str>, column: Column| -> Outcome<Option<Sealed<String>>> {
        text.map(|text| cx.seal(&text.to_owned(), column.of(id.0))).transpose()
    };
    let (destination, carrier, number) = match way {
        ConsignmentWay::Drop => (None, Some("Petugas keliling kantor"), Some("470/214/Dukcapil")),
        ConsignmentWay::Courier => (ADDRESSES.get(to).copied(), Some(COURIER), Some("P2611160004821")),
        ConsignmentWay::Office => (OFFICES.get(to).copied(), None, Some("470/1187/Dukcapil")),
    };
    let arrived = state == ConsignmentState::Arrived;
    let returned = state == ConsignmentState::Returned;
    let day = way.expected_on(&ledger.clocks.service, zone.date(at)).and_then(|day| day.succ_opt());
    let row = consignment::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        request_id: Set(one.request),
        way: Set(way),
        state: Set(state),
        point_id: Set((way == ConsignmentWay::Drop).then(|| place(ledger, to))),
        destination: Set(word(destination, DESTINATION)?),
        carrier: Set(word(carrier, CARRIER)?),
        number: Set(word(number, NUMBER)?),
        note: Set(None),
        receiver: Set(word(arrived.then_some("Ibu Rahma, staf pelayanan"), RECEIVER)?),
        sent_at: Set(at),
        sent_by: Set(Some(one.officer)),
        expected_by: Set(day.map(|day| zone.midnight(day))),
        to_tell: Set(way == ConsignmentWay::Courier || arrived || returned),
        told_at: Set((way == ConsignmentWay::Courier || arrived).then_some(at)),
        collectors: Set(Collectors::Proxy),
        arrived_at: Set(arrived.then_some(came)),
        ended_at: Set(over.then_some(came)),
        reason: Set(returned.then_some(ReturnReason::Nobody)),
        version: Set(if state == ConsignmentState::UnderWay { 1 } else { 2 }),
    };
    cx.tx().insert::<consignment::Entity>(row).await?;
    event(cx, ledger, one, (52, RequestEventKind::ConsignmentSent, at), Some(way.word())).await?;
    let (kind, why) = match state {
        ConsignmentState::UnderWay | ConsignmentState::Recalled => (None, None),
        ConsignmentState::Arrived => (Some(RequestEventKind::ConsignmentArrived), Some(way.word())),
        ConsignmentState::Delivered => (Some(RequestEventKind::ConsignmentDelivered), None),
        ConsignmentState::Returned => {
            (Some(RequestEventKind::ConsignmentReturned), Some(ReturnReason::Nobody.word()))
        }
    };
    if let Some(kind) = kind {
        event(cx, ledger, one, (53, kind, came), why).await?;
    }
    let theirs = request::Column::Id.eq(one.request);
    if !over {
        cx.tx().change::<request::Entity>(theirs).set(request::Column::AwaySince, at).run_one().await?;
        cx.tx().delete::<pickup::Entity>(pickup::Column::Id.eq(one.request)).await?;
    } else if arrived {
        lies(cx, ledger, (one, place(ledger, to)), came).await?;
    }
    Ok(2 + usize::from(kind.is_some()))
}

/// It lies at the place to which it was sent.
async fn lies(
    cx: &Cx<'_>,
    ledger: &Ledger,
    (one, point): (&Gone, PickupPointId),
    at: Instant,
) -> Outcome<()> {
    let lying = Lying { ready: at, given: at, slot: None };
    let next = lying.nudge_after(ledger.at(ledger.plan.until), ledger.office.zone);
    cx.tx()
        .change::<pickup::Entity>(pickup::Column::Id.eq(one.request))
        .set(pickup::Column::PointId, point)
        .set(pickup::Column::StartsAt, Option::<Instant>::None)
        .set(pickup::Column::EndsAt, Option::<Instant>::None)
        .set(pickup::Column::Seat, Option::<i64>::None)
        .set(pickup::Column::Number, Option::<i64>::None)
        .set(pickup::Column::GivenAt, at)
        .set(pickup::Column::ToldAt, at)
        .set(pickup::Column::ReadyAt, at)
        .set(pickup::Column::RemindAt, next.map(|(at, _)| at))
        .run()
        .await?;
    Ok(())
}

/// Who received what a courier brought, as the courier says.
async fn proved(cx: &Cx<'_>, ledger: &Ledger, one: &Gone) -> Outcome<usize> {
    let at = one.closed.unwrap_or(one.ready);
    let id: HandoverId = ids::id(ledger.plan.place, (Table::Handover, ids::part(one.number, 0)), at);
    let line = handover::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        request_id: Set(one.request),
        at: Set(at),
        way: Set(HandoverWay::Courier),
        receiver: Set(None),
        proof: Set(None),
        family_card: Set(None),
        name: Set(Some(cx.seal(&"RUDI HARTONO".to_owned(), NAME.of(id.0))?)),
        letter: Set(None),
        point_id: Set(None),
        assurance: Set(Some(cx.seal(&format!("{COURIER}, nomor P2611160004821"), ASSURANCE.of(id.0))?)),
        file_id: Set(None),
        sha256: Set(None),
        actor_id: Set(Some(one.officer)),
    };
    cx.tx().insert::<handover::Entity>(line).await?;
    Ok(1)
}

async fn event(
    cx: &Cx<'_>,
    ledger: &Ledger,
    one: &Gone,
    (part, kind, at): (usize, RequestEventKind, Instant),
    reason: Option<&str>,
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
        reason: Set(reason.map(str::to_owned)),
        paper_id: Set(None),
        payload: Set(None),
    };
    cx.tx().insert::<request_event::Entity>(line).await
}
