//! The rows of ready answers.

use std::collections::HashMap;

use loket_core::id::{QuickReplyId, ServiceId};
use loket_entity::{quick_reply, quick_reply_service, service};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::infra::{Cx, Outcome};

/// More than anybody would look through.
pub(super) const MOST: u64 = 200;
const MOST_BOUND: u64 = 10_000;

/// Every reply, in order.
pub(super) async fn all(cx: &Cx<'_>) -> Outcome<Vec<quick_reply::Model>> {
    cx.tx()
        .find::<quick_reply::Entity>()
        .ascending(quick_reply::Column::Position)
        .ascending(quick_reply::Column::Id)
        .up_to(MOST)
        .await
}

pub(super) async fn by_id(cx: &Cx<'_>, id: QuickReplyId) -> Outcome<Option<quick_reply::Model>> {
    cx.tx().find::<quick_reply::Entity>().filter(quick_reply::Column::Id.eq(id)).one().await
}

/// The services of each reply that is not for all.
pub(super) async fn services(cx: &Cx<'_>) -> Outcome<HashMap<QuickReplyId, Vec<ServiceId>>> {
    let mut all: HashMap<QuickReplyId, Vec<ServiceId>> = HashMap::new();
    for row in cx.tx().find::<quick_reply_service::Entity>().up_to(MOST_BOUND).await? {
        all.entry(row.reply_id).or_default().push(row.service_id);
    }
    Ok(all)
}

/// Whether the office has all of these services.
pub(super) async fn knows(cx: &Cx<'_>, services: &[ServiceId]) -> Outcome<bool> {
    let named = services.iter().copied();
    let there = cx.tx().find::<service::Entity>().filter(service::Column::Id.is_in(named)).count().await?;
    Ok(there == services.len() as u64)
}

/// Says which services a reply is for, in place of what was said before.
pub(super) async fn bind(cx: &Cx<'_>, id: QuickReplyId, services: &[ServiceId]) -> Outcome<()> {
    cx.tx().delete::<quick_reply_service::Entity>(quick_reply_service::Column::ReplyId.eq(id)).await?;
    let rows = services.iter().map(|service| quick_reply_service::ActiveModel {
        id: Set(cx.new_id()),
        reply_id: Set(id),
        service_id: Set(*service),
        ..Default::default()
    });
    cx.tx().insert_all::<quick_reply_service::Entity>(rows.collect()).await
}
