//! Who has how much to do, and who waits longest: for whoever gives work to others.

use std::collections::BTreeMap;

use loket_core::{
    clock::Instant, id::UserId, kpi::Metric, permission::Permission, request::RequestEventKind,
    zone::OfficeZone,
};
use loket_entity::{officer, request, request_event};
use sea_orm::{
    ColumnTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    select::{EVENTS, REQUESTS, belongs},
    store::number,
};
use crate::infra::{Cx, Outcome};

const MOST_OFFICERS: u64 = 1_000;

/// The work of one officer, within what whoever asks oversees.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfficerLoad {
    /// Their name.
    pub name: String,
    /// Open requests they have.
    pub open: u64,
    /// Of these, how many have a message that nobody has answered.
    pub unanswered: u64,
    /// The oldest such message.
    pub waiting_since: Option<Instant>,
    /// Requests they closed today, however these ended.
    pub closed: u64,
}

#[derive(FromQueryResult)]
struct Held {
    assigned_to: Option<UserId>,
    open: i64,
    unanswered: i64,
    waiting_since: Option<Instant>,
}

#[derive(FromQueryResult)]
struct Did {
    actor_id: Option<Uuid>,
    closed: i64,
}

/// Every officer who has something open or closed something today; who waits longest first.
pub async fn workload(cx: &Cx<'_>, zone: OfficeZone) -> Outcome<Vec<OfficerLoad>> {
    let mut loads: BTreeMap<UserId, OfficerLoad> = BTreeMap::new();
    for held in held(cx).await? {
        if let Some(officer) = held.assigned_to {
            let load = loads.entry(officer).or_default();
            load.open = number(held.open);
            load.unanswered = number(held.unanswered);
            load.waiting_since = held.waiting_since;
        }
    }
    for did in did(cx, zone.midnight(zone.date(cx.now()))).await? {
        if let Some(officer) = did.actor_id {
            loads.entry(UserId(officer)).or_default().closed = number(did.closed);
        }
    }
    let names = cx.tx().find::<officer::Entity>().up_to(MOST_OFFICERS).await?;
    let names: BTreeMap<UserId, String> = names.into_iter().map(|row| (row.id, row.name)).collect();
    let named = |(id, load): (UserId, OfficerLoad)| OfficerLoad {
        name: names.get(&id).cloned().unwrap_or_else(|| "Petugas".to_owned()),
        ..load
    };
    let mut all: Vec<OfficerLoad> = loads.into_iter().map(named).collect();
    all.sort_by_key(|load| (load.waiting_since.is_none(), load.waiting_since, load.name.clone()));
    Ok(all)
}

async fn held(cx: &Cx<'_>) -> Outcome<Vec<Held>> {
    let unanswered = request::Column::UnansweredSince;
    cx.tx()
        .find::<request::Entity>()
        .filter(REQUESTS.reached(&cx.reach(Permission::AssignRequests)))
        .filter(belongs(Metric::Backlog, cx.now()))
        .filter(request::Column::AssignedTo.is_not_null())
        .grouped(
            [request::Column::AssignedTo],
            [
                (Expr::val(1).count(), "open"),
                (unanswered.count(), "unanswered"),
                (unanswered.min(), "waiting_since"),
            ],
            MOST_OFFICERS,
        )
        .await
}

async fn did(cx: &Cx<'_>, since: Instant) -> Outcome<Vec<Did>> {
    cx.tx()
        .find::<request_event::Entity>()
        .filter(request_event::Column::Kind.is_in(RequestEventKind::ENDS))
        .filter(request_event::Column::At.gte(since))
        .filter(EVENTS.reached(&cx.reach(Permission::AssignRequests)))
        .grouped([request_event::Column::ActorId], [(Expr::val(1).count(), "closed")], MOST_OFFICERS)
        .await
}
