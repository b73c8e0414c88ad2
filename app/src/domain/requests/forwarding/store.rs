//! The rows of forwardings.

use std::collections::HashMap;

use loket_core::{
    clock::Instant,
    id::{ForwardingId, OfficeId, RequestId},
    kinds::ForwardingWay,
    request::RequestState,
};
use loket_entity::forwarding::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use crate::infra::{Cx, Outcome};

/// The forwarding of a request, whichever side this office is on.
pub(super) async fn of(cx: &Cx<'_>, request: RequestId) -> Outcome<Option<Model>> {
    cx.tx().find::<Entity>().filter(Column::RequestId.eq(request)).one().await
}

/// The forwarding of a request, if this office is on that side of it.
pub(super) async fn find(cx: &Cx<'_>, (request, way): (RequestId, ForwardingWay)) -> Outcome<Option<Model>> {
    Ok(of(cx, request).await?.filter(|row| row.way == way))
}

/// When this office handed each of some requests on.
pub(in crate::domain::requests) async fn handed_on(
    cx: &Cx<'_>,
    requests: Vec<RequestId>,
) -> Outcome<HashMap<RequestId, Instant>> {
    if requests.is_empty() {
        return Ok(HashMap::new());
    }
    let most = requests.len() as u64;
    let these =
        Condition::all().add(Column::RequestId.is_in(requests)).add(Column::Way.eq(ForwardingWay::Out));
    let rows = cx.tx().find::<Entity>().filter(these).up_to(most).await?;
    Ok(rows.into_iter().map(|row| (row.request_id, row.at)).collect())
}

/// The forwarding of a request to that office, or from it.
pub(super) async fn with(
    cx: &Cx<'_>,
    which: (RequestId, ForwardingWay),
    office: OfficeId,
) -> Outcome<Option<Model>> {
    Ok(find(cx, which).await?.filter(|row| row.other_office == Some(office)))
}

/// Writes that a request was handed on, or came, and what was heard of the other's by then.
pub(super) async fn add(
    cx: &Cx<'_>,
    (request, way): (RequestId, ForwardingWay),
    (office, name): (Option<OfficeId>, &str),
    (their_version, their_state): (i64, Option<RequestState>),
) -> Outcome<()> {
    let id: ForwardingId = cx.new_id();
    cx.tx()
        .insert::<Entity>(ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(id),
            request_id: Set(request),
            way: Set(way),
            other_office: Set(office),
            other_name: Set(name.to_owned()),
            their_state: Set(their_state),
            their_version: Set(their_version),
            at: Set(cx.now()),
        })
        .await
}

/// Writes which version of the other's was heard of last. Two that hear at once meet
/// [`Stale`](crate::infra::Fault::Stale).
pub(super) async fn remember(cx: &Cx<'_>, row: &Model, (version, state): (i64, RequestState)) -> Outcome<()> {
    let unchanged =
        Condition::all().add(Column::Id.eq(row.id)).add(Column::TheirVersion.eq(row.their_version));
    cx.tx()
        .change::<Entity>(unchanged)
        .set(Column::TheirVersion, version)
        .set(Column::TheirState, state.word())
        .run_one()
        .await
}
