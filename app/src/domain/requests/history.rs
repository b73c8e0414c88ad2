//! The append-only history of a request. Each line carries what clocks, figures and reports will ask:
//! who, when it happened and when it was written down, by what way, and where the request stood.

use std::collections::HashMap;

use loket_core::{
    clock::Instant,
    id::{PaperId, RequestEventId, RequestId, UserId},
    kinds::ActorKind,
    request::{Channel, RequestEventKind, RequestState},
};
use loket_entity::{paper, request, request_event};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::{due, forwarding, places, stale};
use crate::{
    domain::tenancy,
    infra::{Cx, Outcome},
};

const MOST_EVENTS: u64 = 300;

/// A line to be written.
pub(super) struct Line {
    kind: RequestEventKind,
    at: Option<Instant>,
    channel: Option<Channel>,
    states: (Option<RequestState>, Option<RequestState>),
    reason: Option<String>,
    paper: Option<PaperId>,
    said: Option<serde_json::Value>,
}

impl Line {
    /// A line of a kind, happening now.
    pub(super) fn new(kind: RequestEventKind) -> Self {
        Self { kind, at: None, channel: None, states: (None, None), reason: None, paper: None, said: None }
    }

    /// It happened earlier than it is written down.
    pub(super) fn at(mut self, at: Instant) -> Self {
        self.at = Some(at);
        self
    }

    /// It came by another way than the request itself.
    pub(super) fn by(mut self, channel: Channel) -> Self {
        self.channel = Some(channel);
        self
    }

    /// It changed the state.
    pub(super) fn moving(mut self, from: RequestState, to: RequestState) -> Self {
        self.states = (Some(from), Some(to));
        self
    }

    /// For a coded reason.
    pub(super) fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// It is about a paper.
    pub(super) fn paper(mut self, paper: PaperId) -> Self {
        self.paper = Some(paper);
        self
    }

    /// With words of people; they are sealed.
    pub(super) fn saying(mut self, words: serde_json::Value) -> Self {
        self.said = Some(words);
        self
    }

    /// Writes the line as the request stood in `row` before, once the step itself is saved: its clocks follow.
    pub(super) async fn write(self, cx: &Cx<'_>, row: &request::Model) -> Outcome<()> {
        let complete = row.complete_from.is_some() || self.kind == RequestEventKind::DeclaredComplete;
        let to = self.states.1;
        let waits = to == Some(RequestState::WaitingForCitizen) || row.next_check.is_some();
        self.record(cx, row).await?;
        if (complete || waits) && to.is_some() { due::follow(cx, row).await } else { Ok(()) }
    }

    /// Writes a line that moves nothing: no clock follows it.
    pub(super) async fn record(self, cx: &Cx<'_>, row: &request::Model) -> Outcome<()> {
        if self.kind.rewrites_the_past() {
            stale::mark(cx, row).await?;
        }
        let id: RequestEventId = cx.new_id();
        let payload = self.said.map(|said| cx.seal(&said, places::SAID.of(id.0))).transpose()?;
        cx.tx()
            .insert::<request_event::Entity>(request_event::ActiveModel {
                tenant_id: Set(cx.office()),
                id: Set(id),
                request_id: Set(row.id),
                kind: Set(self.kind),
                at: Set(self.at.unwrap_or(cx.now())),
                recorded_at: Set(cx.now()),
                actor_kind: Set(cx.actor().kind()),
                actor_id: Set(cx.actor().id()),
                channel: Set(self.channel.unwrap_or(row.channel)),
                unit_id: Set(row.unit_id),
                service_id: Set(row.service_id),
                variant_id: Set(row.variant_id),
                district_code: Set(row.district_code.clone()),
                from_state: Set(self.states.0),
                to_state: Set(self.states.1),
                reason: Set(self.reason),
                paper_id: Set(self.paper),
                payload: Set(payload),
            })
            .await
    }
}

/// A line of history.
#[derive(Debug, Clone)]
pub struct EventView {
    /// What happened.
    pub kind: RequestEventKind,
    /// When.
    pub at: Instant,
    /// Who: an officer's name, "Warga", "Loket".
    pub who: String,
    /// The paper it is about.
    pub paper: Option<String>,
    /// The coded reason.
    pub reason: Option<String>,
    /// What the citizen is told by it, where another office tells it.
    pub said: Option<String>,
}

/// The history of a request, oldest first.
pub(super) async fn events(cx: &Cx<'_>, papers: &[paper::Model], id: RequestId) -> Outcome<Vec<EventView>> {
    let rows = cx
        .tx()
        .find::<request_event::Entity>()
        .filter(request_event::Column::RequestId.eq(id))
        .ascending(request_event::Column::RecordedAt)
        .ascending(request_event::Column::Id)
        .up_to(MOST_EVENTS)
        .await?;
    let officers =
        tenancy::officer_names(cx, rows.iter().filter_map(|row| row.actor_id.map(UserId)).collect()).await?;
    rows.into_iter()
        .map(|row| {
            let said = forwarding::said(cx, &row)?.map(|said| said.letter.words().to_owned());
            Ok(EventView {
                kind: row.kind,
                at: row.at,
                who: who(row.actor_kind, row.actor_id.map(UserId), &officers),
                paper: row
                    .paper_id
                    .and_then(|id| papers.iter().find(|paper| paper.id == id))
                    .map(|paper| paper.name.clone()),
                reason: row.reason,
                said,
            })
        })
        .collect()
}

fn who(kind: ActorKind, id: Option<UserId>, officers: &HashMap<UserId, String>) -> String {
    match kind {
        ActorKind::Officer => {
            id.and_then(|id| officers.get(&id).cloned()).unwrap_or_else(|| "Petugas".to_owned())
        }
        ActorKind::Citizen | ActorKind::Visitor => "Warga".to_owned(),
        ActorKind::System => "Loket".to_owned(),
    }
}
