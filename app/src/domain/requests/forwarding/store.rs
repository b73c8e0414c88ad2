//! The rows of forwardings.

use loket_core::{
    id::{ForwardingId, OfficeId, RequestId},
    kinds::ForwardingWay,
};
use loket_entity::forwarding::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::infra::{Cx, Outcome};

/// The forwarding of a request, whichever side this office is on.
pub(super) async fn find(cx: &Cx<'_>, request: RequestId) -> Outcome<Option<Model>> {
    cx.tx().find::<Entity>().filter(Column::RequestId.eq(request)).one().await
}

/// Writes that a request was handed on, or came.
pub(super) async fn add(
    cx: &Cx<'_>,
    (request, way): (RequestId, ForwardingWay),
    (office, name, their_version): (Option<OfficeId>, &str, i64),
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
            their_state: Set(None),
            their_version: Set(their_version),
            at: Set(cx.now()),
        })
        .await
}
