//! The requests' rows: loading within reach, saving with a version check.

use std::collections::BTreeMap;

use loket_core::{
    clock::Instant,
    id::{ContactId, ConversationId, RequestId},
    permission::{Permission, Whereabouts},
    receipt::ReceiptNumber,
    request::{
        Alarm, PaperState, PaperTally, Refusal, RequestState, Step, StepKind, allowed, allowed_elsewhere,
        next, next_elsewhere,
    },
};
use loket_entity::{paper, request};
use sea_orm::{
    ColumnTrait, Condition, Value,
    sea_query::{Expr, ExprTrait},
};

use super::{error::RequestError, places};
use crate::{
    domain::accounts::policy::{self, Columns},
    infra::{Cx, Fault, Outcome, Scoped},
};

const MOST_PAPERS: u64 = 60;

/// What is not ended. Asked by the time of the end, which is empty exactly in the open states, because that is what
/// the indexes of the open set are made for.
pub fn open() -> Condition {
    Condition::all().add(request::Column::ClosedAt.is_null())
}

/// Requests that were neither ready nor over when their standard of time ran out.
pub fn late(now: Instant) -> Condition {
    let due = request::Column::DueAt;
    let not_by = |column: request::Column| {
        Condition::any().add(column.is_null()).add(Expr::col(column).gt(Expr::col(due)))
    };
    // What was late when it was handed on stays late here.
    let ours = Condition::any()
        .add(request::Column::Elsewhere.eq(false))
        .add(request::Column::Alarm.eq(Alarm::Over.word()));
    Condition::all()
        .add(ours)
        .add(due.lte(now))
        .add(not_by(request::Column::ReadyAt))
        .add(not_by(request::Column::ClosedAt))
}

/// What waits for somebody to take it: it was just received, or whoever had it left.
pub fn unowned() -> Condition {
    open().add(request::Column::AssignedTo.is_null())
}

/// Begins a query of the requests a permission reaches.
pub(super) fn within<'t>(cx: &'t Cx<'_>, permission: Permission) -> Scoped<'t, request::Entity> {
    let columns = Columns {
        service: Some(request::Column::ServiceId),
        unit: Some(request::Column::UnitId),
        district: Some(request::Column::DistrictCode),
    };
    cx.tx().find::<request::Entity>().filter(policy::condition(&cx.reach(permission), &columns))
}

/// Loads a request that may be seen, and checks that a permission reaches it.
pub(super) async fn load(
    cx: &Cx<'_>,
    id: RequestId,
    permission: Permission,
) -> Result<request::Model, RequestError> {
    let row = cx
        .tx()
        .find::<request::Entity>()
        .filter(request::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(RequestError::NotFound)?;
    let at = whereabouts(&row);
    if !cx.reach(Permission::ReadRequests).covers(at) {
        return Err(RequestError::NotFound);
    }
    if cx.reach(permission).covers(at) { Ok(row) } else { Err(RequestError::NotAllowed) }
}

/// Where a request belongs: what a reach or an outage is asked about.
pub(super) fn whereabouts(row: &request::Model) -> Whereabouts<'_> {
    Whereabouts { service: Some(row.service_id), unit: row.unit_id, district: row.district_code.as_deref() }
}

/// A row that nobody changed since it was read, and whose clock nobody looked at.
pub(super) fn unchanged(row: &request::Model) -> Condition {
    let check = request::Column::NextCheck;
    Condition::all()
        .add(request::Column::Id.eq(row.id))
        .add(request::Column::Version.eq(row.version))
        .add(row.next_check.map_or_else(|| check.is_null(), |at| check.eq(at)))
}

/// A request by its id, whoever may see it.
pub(super) async fn find(cx: &Cx<'_>, id: RequestId) -> Outcome<Option<request::Model>> {
    cx.tx().find::<request::Entity>().filter(request::Column::Id.eq(id)).one().await
}

/// A request that this operation just saved.
pub(super) async fn reload(cx: &Cx<'_>, id: RequestId) -> Outcome<request::Model> {
    cx.tx()
        .find::<request::Entity>()
        .filter(request::Column::Id.eq(id))
        .required("a request just saved")
        .await
}

/// The newest request of a conversation that is still open.
pub(super) async fn open_in(cx: &Cx<'_>, conversation: ConversationId) -> Outcome<Option<request::Model>> {
    cx.tx()
        .find::<request::Entity>()
        .filter(request::Column::ConversationId.eq(conversation))
        .filter(open())
        .sorted_descending(request::Column::OpenedAt)
        .one()
        .await
}

/// The open request of a conversation that has this number.
pub(super) async fn numbered_in(
    cx: &Cx<'_>,
    conversation: ConversationId,
    receipt: &ReceiptNumber,
) -> Outcome<Option<request::Model>> {
    cx.tx()
        .find::<request::Entity>()
        .filter(request::Column::Receipt.eq(receipt.as_str()))
        .filter(request::Column::ConversationId.eq(conversation))
        .filter(open())
        .one()
        .await
}

/// What was typed for a request, key to value, in clear.
pub(super) fn fields(cx: &Cx<'_>, row: &request::Model) -> Outcome<BTreeMap<String, String>> {
    let fields = cx.open(&row.fields, places::FIELDS.of(row.id.0))?;
    serde_json::from_value(fields).map_err(|_| Fault::Inconsistent("fields of a request"))
}

/// Requests a contact handed in, newest first.
pub(super) async fn of_contacts(
    cx: &Cx<'_>,
    contacts: Vec<ContactId>,
    limit: u64,
) -> Outcome<Vec<request::Model>> {
    within(cx, Permission::ReadRequests)
        .filter(request::Column::SubmitterId.is_in(contacts))
        .sorted_descending(request::Column::OpenedAt)
        .up_to(limit)
        .await
}

/// The papers of a request, in order.
pub(super) async fn papers(cx: &Cx<'_>, id: RequestId) -> Outcome<Vec<paper::Model>> {
    cx.tx()
        .find::<paper::Entity>()
        .filter(paper::Column::RequestId.eq(id))
        .ascending(paper::Column::Position)
        .up_to(MOST_PAPERS)
        .await
}

/// The names of the papers that must be there, request by request: one statement.
pub(super) async fn required_papers(
    cx: &Cx<'_>,
    of: Vec<RequestId>,
) -> Outcome<BTreeMap<RequestId, Vec<String>>> {
    let most = of.len() as u64 * MOST_PAPERS;
    let found = cx.tx().find::<paper::Entity>().filter(paper::Column::RequestId.is_in(of));
    let rows = found.filter(paper::Column::Required.eq(true)).ascending(paper::Column::Position).up_to(most);
    let mut papers: BTreeMap<RequestId, Vec<String>> = BTreeMap::new();
    for row in rows.await? {
        papers.entry(row.request_id).or_default().push(row.name);
    }
    Ok(papers)
}

/// Whether a paper is still owed: it was found no good, or must come and has not.
pub(super) fn is_wanting(paper: &paper::Model) -> bool {
    paper.state == PaperState::Rejected || (paper.required && paper.state == PaperState::Absent)
}

/// Where a step leads from here, or why it is refused: another office may have the word.
pub(super) fn step(row: &request::Model, step: Step) -> Result<RequestState, Refusal> {
    if row.elsewhere { next_elsewhere(row.state, step) } else { next(row.state, step) }
}

/// The steps that may lead somewhere from here.
pub(super) const fn steps(row: &request::Model) -> &'static [StepKind] {
    if row.elsewhere { allowed_elsewhere(row.state) } else { allowed(row.state) }
}

/// How the required papers stand.
pub(super) fn tally(papers: &[paper::Model]) -> PaperTally {
    PaperTally::of(papers.iter().filter(|paper| paper.required).map(|paper| paper.state))
}

/// How many required papers are accepted.
pub(super) fn accepted(papers: &[paper::Model]) -> i64 {
    let count = papers.iter().filter(|paper| paper.required && paper.state == PaperState::Accepted).count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Changes to a request that are saved only if nobody saved before.
pub(super) struct Edit<'r> {
    row: &'r request::Model,
    sets: Vec<(request::Column, Value)>,
}

impl<'r> Edit<'r> {
    /// Changes to this row.
    pub(super) fn of(row: &'r request::Model) -> Self {
        Self { row, sets: Vec::new() }
    }

    /// Sets a column.
    pub(super) fn set(mut self, column: request::Column, value: impl Into<Value>) -> Self {
        self.sets.push((column, value.into()));
        self
    }

    /// Saves; `Fault::Stale` when the row is no longer the one that was loaded.
    pub(super) async fn save(self, cx: &Cx<'_>) -> Result<(), Fault> {
        let unchanged = Condition::all()
            .add(request::Column::Id.eq(self.row.id))
            .add(request::Column::Version.eq(self.row.version));
        let mut change = cx
            .tx()
            .change::<request::Entity>(unchanged)
            .set(request::Column::Version, self.row.version + 1)
            .set(request::Column::ChangedAt, cx.now());
        for (column, value) in self.sets {
            change = change.set(column, value);
        }
        change.run_one().await
    }
}
