//! An officer's own day: what they took, answered and finished, and who waits longest for them.

use loket_core::{
    clock::Instant,
    kpi::midnight,
    request::{RequestEventKind, RequestState},
    zone::OfficeZone,
};
use loket_entity::{request, request_event};
use sea_orm::ColumnTrait;

use crate::infra::{Cx, Outcome};

/// The day of one officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnDay {
    /// Requests they took.
    pub taken: u64,
    /// Their requests that were answered for the first time.
    pub answered: u64,
    /// Requests they finished or refused.
    pub settled: u64,
    /// The oldest message to them that nobody has answered.
    pub waiting_since: Option<Instant>,
}

/// The day of whoever asks; nothing for who is no officer.
pub async fn own_day(cx: &Cx<'_>, zone: OfficeZone) -> Outcome<Option<OwnDay>> {
    let Some(me) = cx.officer() else { return Ok(None) };
    let since = midnight(zone.date(cx.now()), zone);
    let did = |kinds: [RequestEventKind; 2]| {
        cx.tx()
            .find::<request_event::Entity>()
            .filter(request_event::Column::Kind.is_in(kinds))
            .filter(request_event::Column::At.gte(since))
            .filter(request_event::Column::ActorId.eq(me.0))
            .count()
    };
    let mine = || cx.tx().find::<request::Entity>().filter(request::Column::AssignedTo.eq(me));
    let waiting = mine()
        .filter(request::Column::State.is_in(RequestState::OPEN))
        .filter(request::Column::UnansweredSince.is_not_null())
        .ascending(request::Column::UnansweredSince)
        .one()
        .await?;
    Ok(Some(OwnDay {
        taken: did([RequestEventKind::Taken, RequestEventKind::Assigned]).await?,
        answered: mine().filter(request::Column::AnsweredAt.gte(since)).count().await?,
        settled: did([RequestEventKind::Finished, RequestEventKind::Rejected]).await?,
        waiting_since: waiting.and_then(|row| row.unanswered_since),
    }))
}
