//! A line whose numbers are typed behind a link is put aside, and its link is on its way.

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    format::{FormatDefinition, Reading},
    id::{ConversationId, EntryLinkId, RequestId},
};
use loket_entity::entry_link::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{
    super::{open, places},
    tell::LinkDue,
    view,
};
use crate::{
    domain::{
        catalogue::{ServiceView, VariantView},
        whatsapp::{self, Unread},
    },
    infra::{Cx, Outcome},
};

/// How long a link is good: who wrote on a Friday finds it good on Monday.
const GOOD_FOR: TimeDelta = TimeDelta::days(3);
/// More links that are good at once than one conversation has.
const MOST: u64 = 50;

/// Whether something is still to be typed behind a link before a line can become a request.
pub fn is_due(format: &FormatDefinition, reading: &Reading) -> bool {
    let waits = |key: &str| reading.fields.get(key).is_none();
    format.fields.iter().any(|field| field.required && format.is_linked(field) && waits(&field.key))
}

/// Puts a line aside and queues its link. Who sends the same line again gets a new link; the one before is over.
pub async fn offer(
    cx: &mut Cx<'_>,
    conversation: ConversationId,
    (message, reading): (&Unread, &Reading),
    variant: &VariantView,
) -> Outcome<()> {
    let fields = reading.fields.expose();
    for earlier in good(cx, conversation).await?.into_iter().filter(|one| one.variant_id == variant.id) {
        if view::read(cx, &earlier)? == fields {
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
        until: Set(cx.now() + GOOD_FOR),
        told_at: Set(None),
        request_id: Set(None),
    };
    cx.tx().insert::<Entity>(row).await?;
    cx.audit("entry_link.made", ("entry_link", Some(id.0)))?;
    cx.enqueue(LinkDue { link: id }.job()?).await
}

/// An officer opened a request from the conversation: links of its lines that asked for the same lead to it.
pub async fn settle(
    cx: &Cx<'_>,
    (request, service): (RequestId, &ServiceView),
    messages: &[Unread],
) -> Outcome<()> {
    let lines = Condition::all()
        .add(Column::MessageId.is_in(messages.iter().map(|message| message.id)))
        .add(Column::VariantId.is_in(service.variants.iter().map(|variant| variant.id)))
        .add(Column::RequestId.is_null());
    cx.tx().change::<Entity>(lines).set(Column::RequestId, request).run().await?;
    Ok(())
}

/// What was written since a line and belongs to it: to no request, and to no other line that waits.
pub(super) async fn about(cx: &Cx<'_>, link: &Model) -> Outcome<Vec<Unread>> {
    let mut messages = whatsapp::unlinked(cx, link.conversation_id, link.written_at).await?;
    let waiting = good(cx, link.conversation_id).await?;
    messages.retain(|message| {
        message.id == link.message_id || !waiting.iter().any(|other| other.message_id == message.id)
    });
    Ok(messages)
}

/// When the newest line of a conversation was written that waits for its numbers.
pub async fn waiting(cx: &Cx<'_>, conversation: ConversationId) -> Outcome<Option<Instant>> {
    Ok(good(cx, conversation).await?.into_iter().map(|link| link.written_at).max())
}

/// The links of a conversation that may still be followed.
async fn good(cx: &Cx<'_>, conversation: ConversationId) -> Outcome<Vec<Model>> {
    cx.tx()
        .find::<Entity>()
        .filter(Column::ConversationId.eq(conversation))
        .filter(Column::Until.gt(cx.now()))
        .filter(Column::RequestId.is_null())
        .up_to(MOST)
        .await
}
