//! Nunukan's home visits: Krayan is reached by air only. One round is over, one is planned, and some people wait for another.

use chrono::{NaiveDate, TimeDelta};
use loket_core::{
    care::{self, CareGroup, ConsentBy, ConsentWay},
    clock::Instant,
    id::{RequestEventId, RequestId, UserId, VisitId, VisitRoundId},
    kinds::ActorKind,
    request::{RequestEventKind, RequestState},
    visit::{RoundState, VisitResult},
};
use loket_entity::{care as noted, request, request_event, visit, visit_round};
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

const REASONS: Column = Column::new("care", "reasons");
const NEEDS: Column = Column::new("care", "needs");
const ADDRESS: Column = Column::new("care", "address");
const TITLE: Column = Column::new("visit_round", "title");
const PLAN: Column = Column::new("visit_round", "plan");
const REPORT: Column = Column::new("visit_round", "report");
/// The office of the rounds, in the order of [`crate::demo::offices::OFFICES`].
const NUNUKAN: usize = 2;
/// How many were visited on the round that is over, are on the one that is planned, and wait.
const VISITED: usize = 6;
const PLANNED: usize = 4;
const WAITING: usize = 3;
/// Why, what helps, and where.
const PEOPLE: [(CareGroup, &str, &str); 6] = [
    (CareGroup::Elderly, "Sulit berjalan", "Long Bawan, rumah di belakang gereja"),
    (CareGroup::Disability, "Kursi roda", "Long Bawan, dekat lapangan terbang perintis"),
    (CareGroup::Ill, "Terbaring di rumah", "Tang Laan, tiga jam berjalan kaki dari Long Bawan"),
    (CareGroup::MentalIllness, "Didampingi kakaknya", "Long Umung, rumah panjang"),
    (CareGroup::Pregnant, "Hamil delapan bulan", "Terang Baru, rumah kepala desa"),
    (CareGroup::Elderly, "Tuna rungu, perlu ditulis", "Pa' Padi, ujung jembatan gantung"),
];

/// Somebody of whom more care is taken.
struct Person {
    number: usize,
    request: RequestId,
    opened: Instant,
    first: Instant,
    officer: UserId,
    waits: bool,
}

/// Writes them; gives how many rows there are.
pub(super) async fn write(house: &House, ledger: &Ledger) -> Result<usize, Trouble> {
    if ledger.plan.place != NUNUKAN {
        return Ok(0);
    }
    let until = ledger.at(ledger.plan.until);
    let today = ledger.office.zone.date(until);
    let (over, next) = (today - TimeDelta::days(21), today + TimeDelta::days(9));
    let back = until - TimeDelta::days(18);
    let visited = people(ledger, (VISITED, until), &|standing, opened| {
        let closed = standing.closed.map(|at| ledger.at(at));
        standing.state == RequestState::Finished
            && opened < back - TimeDelta::days(6)
            && closed.is_some_and(|at| at > back && at < until - TimeDelta::days(8))
    })?;
    let waiting = people(ledger, (PLANNED + WAITING, until), &|standing, _| !standing.state.is_terminal())?;
    let mut cx =
        Cx::write(house, ledger.office.id, Actor::System(SystemReason::Seed)).await.map_err(trouble)?;
    let (first, went) =
        round(&cx, ledger, (0, "Krayan Induk dan Krayan Selatan", over), Some(back)).map_err(trouble)?;
    let (second, goes) =
        round(&cx, ledger, (1, "Krayan Barat dan Krayan Timur", next), None).map_err(trouble)?;
    let mut rows = 2;
    cx.tx().insert_all::<visit_round::Entity>(vec![went, goes]).await.map_err(trouble)?;
    for (which, person) in visited.iter().chain(&waiting).enumerate() {
        rows += note(&cx, ledger, (which, person)).await.map_err(trouble)?;
    }
    let went = visited.iter().map(|person| (person, VisitResult::Served));
    let missed = waiting.iter().skip(PLANNED).take(1).map(|person| (person, VisitResult::Absent));
    let of_first = went.chain(missed).map(|(person, result)| ((first, over), person, result));
    let of_second = waiting.iter().take(PLANNED).map(|person| ((second, next), person, VisitResult::Awaited));
    for (round, person, result) in of_first.chain(of_second) {
        rows += visited_by(&cx, ledger, (round, person), (result, back.max(person.opened), until))
            .await
            .map_err(trouble)?;
    }
    cx.audit("demo.visits_written", ("visit_round", None)).map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(rows)
}

/// Some people whose requests stand so, spread over all.
fn people(
    ledger: &Ledger,
    (most, until): (usize, Instant),
    stands: &dyn Fn(&Standing, Instant) -> bool,
) -> Result<Vec<Person>, Trouble> {
    let mut found = Vec::new();
    for (number, case) in ledger.plan.cases.iter().enumerate() {
        let kind = ledger.plan.kind(case);
        let standing = Standing::after(&history(case, kind, ledger.plan.until), case, kind);
        let opened = ledger.at(case.arrival.opened);
        if opened < until && stands(&standing, opened) {
            found.push(Person {
                number,
                request: ids::id(ledger.plan.place, (Table::Request, ids::part(number, 0)), opened),
                opened,
                first: ledger.at(case.arrival.first),
                officer: ledger.officer(case)?.0,
                waits: !standing.state.is_terminal(),
            });
        }
    }
    let apart = (found.len() / most.max(1)).max(1);
    Ok(found.into_iter().step_by(apart).take(most).collect())
}

fn round(
    cx: &Cx<'_>,
    ledger: &Ledger,
    (number, title, from): (u64, &str, NaiveDate),
    over: Option<Instant>,
) -> Outcome<(VisitRoundId, visit_round::ActiveModel)> {
    let made = ledger.at(ledger.plan.until) - TimeDelta::days(30);
    let id: VisitRoundId = ids::id(ledger.plan.place, (Table::VisitRound, number), made);
    let plan = "Penerbangan perintis dari Nunukan, bagasi 10 kg. Bawa alat rekam, genset, dan 100 blangko.";
    let report =
        "Cuaca baik. Satu warga sedang di kebun dan belum bertemu; dijadwalkan pada putaran berikutnya.";
    let row = visit_round::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        title: Set(cx.seal(&title.to_owned(), TITLE.of(id.0))?),
        from_day: Set(from),
        until_day: Set(from + TimeDelta::days(2)),
        unit_id: Set(None),
        state: Set(if over.is_some() { RoundState::Done } else { RoundState::Planned }),
        plan: Set(Some(cx.seal(&plan.to_owned(), PLAN.of(id.0))?)),
        report: Set(over.map(|_| cx.seal(&report.to_owned(), REPORT.of(id.0))).transpose()?),
        others_served: Set(if over.is_some() { 23 } else { 0 }),
        created_at: Set(made),
        closed_at: Set(over),
        version: Set(1),
    };
    Ok((id, row))
}

/// What is noted of somebody, and their turn; gives how many rows there are.
async fn note(cx: &Cx<'_>, ledger: &Ledger, (which, person): (usize, &Person)) -> Outcome<usize> {
    let Some((reason, needs, address)) = PEOPLE.get(which % PEOPLE.len()) else { return Ok(0) };
    let id = person.request;
    let row = noted::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        reasons: Set(cx.seal(&vec![*reason], REASONS.of(id.0))?),
        needs: Set(Some(cx.seal(&(*needs).to_owned(), NEEDS.of(id.0))?)),
        address: Set(Some(cx.seal(&(*address).to_owned(), ADDRESS.of(id.0))?)),
        consent_by: Set(if which % 3 == 1 { ConsentBy::Family } else { ConsentBy::Applicant }),
        consent_way: Set(if which.is_multiple_of(2) { ConsentWay::Chat } else { ConsentWay::Telephone }),
        noted_at: Set(person.opened),
        noted_by: Set(Some(person.officer)),
    };
    cx.tx().insert::<noted::Entity>(row).await?;
    let this = request::Column::Id.eq(id);
    cx.tx()
        .change::<request::Entity>(this)
        .set(request::Column::CareSince, person.opened)
        .set(request::Column::TurnAt, care::turn(person.first, care::AHEAD))
        .set(request::Column::VisitWantedAt, person.waits.then_some(person.opened))
        .run_one()
        .await?;
    event(cx, ledger, person, (60, RequestEventKind::CareNoted, person.opened), None).await?;
    Ok(2)
}

/// A visit, as it was planned or came out; gives how many rows there are.
async fn visited_by(
    cx: &Cx<'_>,
    ledger: &Ledger,
    ((round, from), person): ((VisitRoundId, NaiveDate), &Person),
    (result, at, until): (VisitResult, Instant, Instant),
) -> Outcome<usize> {
    let number = ids::part(person.number, usize::from(result == VisitResult::Awaited));
    let id: VisitId = ids::id(ledger.plan.place, (Table::Visit, number), at);
    let over = result != VisitResult::Awaited;
    let days = (from, from + TimeDelta::days(2));
    let planned = if over { at } else { until };
    let row = visit::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        round_id: Set(round),
        request_id: Set(person.request),
        result: Set(result),
        note: Set(None),
        added_at: Set(planned),
        told_from: Set(Some(days.0)),
        told_until: Set(Some(days.1)),
        recorded_at: Set(over.then_some(at)),
        recorded_by: Set(over.then_some(person.officer)),
    };
    cx.tx().insert::<visit::Entity>(row).await?;
    let kind = if over { RequestEventKind::Visited } else { RequestEventKind::VisitPlanned };
    event(cx, ledger, person, (61 + usize::from(over), kind, planned), over.then(|| result.word())).await?;
    Ok(2)
}

async fn event(
    cx: &Cx<'_>,
    ledger: &Ledger,
    person: &Person,
    (part, kind, at): (usize, RequestEventKind, Instant),
    reason: Option<&str>,
) -> Outcome<()> {
    let this = request::Column::Id.eq(person.request);
    let row = cx.tx().find::<request::Entity>().filter(this).required("a request of the year").await?;
    let number = ids::part(person.number, part);
    let id: RequestEventId = ids::id(ledger.plan.place, (Table::Event, number), at);
    let line = request_event::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        request_id: Set(row.id),
        kind: Set(kind),
        at: Set(at),
        recorded_at: Set(at),
        actor_kind: Set(ActorKind::Officer),
        actor_id: Set(Some(person.officer.0)),
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
