//! A request ends without a product: refused, cancelled; and the way back.

use loket_core::{
    clock::Instant,
    id::{ConversationId, RequestId},
    permission::Permission,
    reply::{Cancelled, GoesOn, Rejected},
    request::{CloseReason, ReopenReason, RequestEventKind, RequestState, Step},
};
use loket_entity::request;
use sea_orm::{ColumnTrait, Condition};

use super::{
    appointing,
    error::RequestError,
    forwarding,
    history::Line,
    sending,
    store::{self, Edit},
    telling::Addressed,
    visiting::{self, Leaving},
};
use crate::{
    domain::{pickup, tenancy::Office},
    infra::{Cx, Fault, Outcome},
};

/// Refuses, for a coded reason, with what the citizen can do instead.
pub async fn refuse(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    reason: CloseReason,
    next_step: Option<&str>,
) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::RefuseRequests).await?;
    let state = store::step(&row, Step::Reject { reason })?;
    close(cx, &row, state, (reason, RequestEventKind::Rejected)).await?;
    visiting::leave(cx, office, &row, Leaving::Over).await?;
    appointing::leave(cx, office, &row, false).await?;
    let addressed = Addressed::of(cx, office, &row).await?;
    let next_step = next_step.map(str::trim).filter(|text| !text.is_empty());
    let text =
        Rejected { subject: addressed.subject(), reason, basis: None, next_step }.text(&addressed.head());
    addressed.say(cx, text).await?;
    cx.audit("request.refused", ("request", Some(id.0)))?;
    Ok(())
}

/// Cancels, for a coded reason.
pub async fn cancel(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    reason: CloseReason,
) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let state = store::step(&row, Step::Cancel { reason })?;
    close(cx, &row, state, (reason, RequestEventKind::Cancelled)).await?;
    visiting::leave(cx, office, &row, Leaving::Over).await?;
    appointing::leave(cx, office, &row, false).await?;
    let addressed = Addressed::of(cx, office, &row).await?;
    let text = Cancelled { subject: addressed.subject(), reason }.text(&addressed.head());
    addressed.say(cx, text).await?;
    if row.elsewhere {
        forwarding::pass_on(cx, id, None).await?;
    }
    cx.audit("request.cancelled", ("request", Some(id.0)))?;
    Ok(())
}

/// Closes a request that comes to no product.
pub(super) async fn close(
    cx: &Cx<'_>,
    row: &request::Model,
    state: RequestState,
    (reason, kind): (CloseReason, RequestEventKind),
) -> Outcome<()> {
    Edit::of(row)
        .set(request::Column::State, state.word())
        .set(request::Column::ClosedAt, cx.now())
        .set(request::Column::CloseReason, reason.word())
        .set(request::Column::AnsweredAt, row.answered_at.or(Some(cx.now())))
        .set(request::Column::UnansweredSince, Option::<Instant>::None)
        .set(request::Column::AwaySince, Option::<Instant>::None)
        .save(cx)
        .await?;
    pickup::withdraw(cx, row.id).await?;
    sending::recall(cx, row).await?;
    Line::new(kind).because(reason.word()).moving(row.state, state).write(cx, row).await
}

/// The newest request of a conversation that was closed because its citizen did not answer.
pub(super) async fn silent_in(cx: &Cx<'_>, conversation: ConversationId) -> Outcome<Option<request::Model>> {
    let silent = Condition::all()
        .add(request::Column::ConversationId.eq(conversation))
        .add(request::Column::State.eq(RequestState::Cancelled))
        .add(request::Column::CloseReason.eq(CloseReason::NoAnswer.word()));
    cx.tx().find::<request::Entity>().filter(silent).sorted_descending(request::Column::ClosedAt).one().await
}

/// The citizen goes on with a request that was closed because they did not answer: an officer looks at it again.
pub(super) async fn go_on(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, at): (&request::Model, Instant),
) -> Outcome<()> {
    let reason = ReopenReason::LateAnswer;
    let step = store::step(row, Step::Reopen { reason });
    let state = step.map_err(|_| Fault::Inconsistent("a closed request that cannot be opened"))?;
    Edit::of(row)
        .set(request::Column::State, state.word())
        .set(request::Column::ClosedAt, Option::<Instant>::None)
        .set(request::Column::CloseReason, Option::<String>::None)
        .set(request::Column::UnansweredSince, at)
        .save(cx)
        .await?;
    let line = Line::new(RequestEventKind::Reopened).at(at).because(reason.word()).moving(row.state, state);
    line.write(cx, row).await?;
    let addressed = Addressed::of(cx, office, row).await?;
    let text = GoesOn { subject: addressed.subject() }.text(&addressed.head());
    addressed.say(cx, text).await
}

/// Takes a closed or ready request up again.
pub async fn reopen(cx: &mut Cx<'_>, id: RequestId, reason: ReopenReason) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let me = cx.officer().ok_or(RequestError::NotAllowed)?;
    let state = store::step(&row, Step::Reopen { reason })?;
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::AssignedTo, me)
        .set(request::Column::ClosedAt, Option::<Instant>::None)
        .set(request::Column::ReadyAt, Option::<Instant>::None)
        .set(request::Column::AwaySince, Option::<Instant>::None)
        .set(request::Column::CloseReason, Option::<String>::None)
        .save(cx)
        .await?;
    pickup::withdraw(cx, id).await?;
    sending::recall(cx, &row).await?;
    Line::new(RequestEventKind::Reopened)
        .because(reason.word())
        .moving(row.state, state)
        .write(cx, &row)
        .await?;
    forwarding::tell_back(cx, &row).await?;
    cx.audit("request.reopened", ("request", Some(id.0)))?;
    Ok(())
}
