//! An officer takes a request: the next in turn, or one they name.

use loket_core::{
    id::RequestId,
    permission::Permission,
    request::{RequestEventKind, RequestState, Step},
};
use loket_entity::request;

use super::{
    error::RequestError,
    forwarding,
    history::Line,
    store::{self, Edit},
};
use crate::infra::Cx;

/// Takes a request. From somebody else it is a takeover, and the history says so.
pub async fn take(cx: &mut Cx<'_>, id: RequestId) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let me = cx.officer().ok_or(RequestError::NotAllowed)?;
    if row.state == RequestState::Received {
        let state = store::step(&row, Step::Take)?;
        Edit::of(&row)
            .set(request::Column::State, state.word())
            .set(request::Column::AssignedTo, me)
            .save(cx)
            .await?;
        Line::new(RequestEventKind::Taken).moving(row.state, state).write(cx, &row).await?;
        forwarding::tell_back(cx, &row).await?;
        cx.audit("request.taken", ("request", Some(id.0)))?;
        return Ok(());
    }
    if row.state.is_terminal() {
        return Err(loket_core::request::Refusal::Closed(row.state).into());
    }
    if row.assigned_to == Some(me) {
        return Err(RequestError::Invalid("Permohonan ini sudah Anda tangani."));
    }
    Edit::of(&row).set(request::Column::AssignedTo, me).save(cx).await?;
    Line::new(RequestEventKind::Assigned)
        .because(if row.assigned_to.is_some() { "ambil_alih" } else { "dari_antrean" })
        .write(cx, &row)
        .await?;
    cx.audit("request.taken_over", ("request", Some(id.0)))?;
    Ok(())
}

/// Takes the request whose turn it is within the officer's reach; nothing when none waits.
pub async fn take_next(cx: &mut Cx<'_>) -> Result<Option<RequestId>, RequestError> {
    let oldest = store::within(cx, Permission::HandleRequests)
        .filter(store::unowned())
        .ascending(request::Column::TurnAt)
        .ascending(request::Column::Id)
        .one()
        .await?;
    let Some(row) = oldest else { return Ok(None) };
    take(cx, row.id).await?;
    Ok(Some(row.id))
}
