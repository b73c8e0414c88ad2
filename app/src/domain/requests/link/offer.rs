//! A line whose numbers are typed behind a link is put aside, and its link is on its way.

use loket_core::{
    clock::Instant,
    format::{FormatDefinition, Reading},
    id::{ConversationId, EntryLinkId},
};
use loket_entity::entry_link::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{
    super::{open, places},
    GOOD_FOR, store,
    tell::LinkDue,
};
use crate::{
    domain::{catalogue::VariantView, whatsapp::Unread},
    infra::{Cx, Outcome},
};

/// Whether something is still to be typed behind a link before a line can become a request.
pub fn is_due(format: &FormatDefinition, reading: &Reading) -> bool {
    let waits = |key: &str| reading.fields.get(key).is_none();
    format.fields.iter().any(|field| field.required && format.is_linked(field) && waits(&field.key))
}

/// Puts a line aside and queues its link; `since`: from when what was written belongs to it. Who sends the same line again
/// gets a new link; the one before is over, and what came after it is the new one's.
pub async fn offer(
    cx: &mut Cx<'_>,
    conversation: ConversationId,
    (message, reading, mut since): (&Unread, &Reading, Instant),
    variant: &VariantView,
) -> Outcome<()> {
    let fields = reading.fields.expose();
    let earlier = store::recent(cx, conversation).await?;
    for earlier in earlier.into_iter().filter(|one| one.variant_id == variant.id) {
        if store::read(cx, &earlier)? != fields {
            continue;
        }
        since = since.min(earlier.since);
        if earlier.until > cx.now() {
            let this = Condition::all().add(Column::Id.eq(earlier.id));
            cx.tx().change::<Entity>(this).set(Column::Until, cx.now()).run_one().await?;
        }
    }
    let id: EntryLinkId = cx.new_id();
    let row = ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        conversation_id: Set(conversation),
        message_id: Set(message.id),
        variant_id: Set(variant.id),
        fields: Set(cx.seal(&serde_json::json!(fields), places::LINK_FIELDS.of(id.0))?),
        notes: Set(open::notes(&reading.notes)),
        written_at: Set(message.at),
        since: Set(since),
        until: Set(cx.now() + GOOD_FOR),
        told_at: Set(None),
        request_id: Set(None),
    };
    cx.tx().insert::<Entity>(row).await?;
    cx.audit("entry_link.made", ("entry_link", Some(id.0)))?;
    cx.enqueue(LinkDue { link: id }.job()?).await
}
