//! The rows of links.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{ConversationId, EntryLinkId, RequestId},
};
use loket_entity::entry_link::{Column, Entity, Model};
use sea_orm::{ColumnTrait, Condition};

use super::super::{places, suggest::ERRAND};
use crate::infra::{Cx, Fault, Outcome};

/// More lines than one conversation has waiting.
const MOST: u64 = 50;
/// How long a link is kept after it ran out: its request has the numbers, and its page told the receipt.
const KEEP: TimeDelta = TimeDelta::days(30);

/// A link by its id.
pub(super) async fn find(cx: &Cx<'_>, id: EntryLinkId) -> Outcome<Option<Model>> {
    cx.tx().find::<Entity>().filter(Column::Id.eq(id)).one().await
}

/// The lines of a conversation that became no request yet, good or over, the newest first; of one errand.
pub(super) async fn recent(cx: &Cx<'_>, conversation: ConversationId) -> Outcome<Vec<Model>> {
    cx.tx()
        .find::<Entity>()
        .filter(Column::ConversationId.eq(conversation))
        .filter(Column::WrittenAt.gt(cx.now() - ERRAND))
        .filter(Column::RequestId.is_null())
        .sorted_descending(Column::WrittenAt)
        .up_to(MOST)
        .await
}

/// What was read of a line.
pub(super) fn read(cx: &Cx<'_>, link: &Model) -> Outcome<BTreeMap<String, String>> {
    let read = cx.open(&link.fields, places::LINK_FIELDS.of(link.id.0))?;
    serde_json::from_value(read).map_err(|_| Fault::Inconsistent("fields of a link"))
}

/// A link leads to a request from now on.
pub(super) async fn lead(cx: &mut Cx<'_>, id: EntryLinkId, request: RequestId) -> Outcome<()> {
    let this = Condition::all().add(Column::Id.eq(id)).add(Column::RequestId.is_null());
    cx.tx().change::<Entity>(this).set(Column::RequestId, request).run_one().await?;
    cx.audit("entry_link.used", ("entry_link", Some(id.0)))
}

/// When the newest line of a conversation was written whose link is good.
pub async fn waiting(cx: &Cx<'_>, conversation: ConversationId) -> Outcome<Option<Instant>> {
    let recent = recent(cx, conversation).await?.into_iter();
    Ok(recent.filter(|link| link.until > cx.now()).map(|link| link.written_at).max())
}

/// Links of an emptied conversation follow its messages.
pub async fn follow(cx: &Cx<'_>, emptied: ConversationId, kept: ConversationId) -> Outcome<()> {
    let these = Condition::all().add(Column::ConversationId.eq(emptied));
    cx.tx().change::<Entity>(these).set(Column::ConversationId, kept).run().await?;
    Ok(())
}

/// Deletes links that ran out long ago; says how many.
pub async fn forget_links(cx: &Cx<'_>) -> Outcome<u64> {
    cx.tx().delete::<Entity>(Condition::all().add(Column::Until.lt(cx.now() - KEEP))).await
}
