//! A citizen's message: stored once, in the conversation it belongs to.

use loket_core::{
    clock::Instant,
    id::{ConversationId, MediaId, MessageId},
    kinds::{Direction, ItemOutcome, MediaState},
    text::{Bsuid, WaId},
    whatsapp::{Body, Inbound, MediaRef, MessageKind},
};
use loket_entity::{media, message, sealed::BlindIndex, wa_number};
use sea_orm::ActiveValue::Set;

use super::{
    absorb,
    content::{Content, GRAPH_ID, WAMID},
    conversations::{self, Heard},
    event,
    item::Ending,
    media::Fetch,
    messages, numbers, rules,
};
use crate::{
    domain::contacts::{self, Seen},
    infra::{Actor, Cx, Outcome, seal::IndexKind},
};

/// Stores a message with all that follows from it, or finds that it was stored before.
pub(super) async fn receive(
    cx: &mut Cx<'_>,
    number: &wa_number::Model,
    inbound: &Inbound,
) -> Outcome<Ending> {
    let index = cx.index(IndexKind::Wamid, &inbound.wamid);
    if messages::by_wamid(cx, number.id, &index).await?.is_some() {
        return Ok((ItemOutcome::Repeated, None));
    }
    let Some(seen) = seen(inbound) else {
        return Ok((ItemOutcome::Quarantined, Some("sender_without_known_shape")));
    };
    let at = inbound.at.min(cx.now());
    let found = contacts::find_or_create(cx, (&seen, at)).await?;
    cx.act_as(Actor::Citizen(found.contact));
    if let Some(other) = found.absorbed {
        absorb::absorb(cx, other, found.contact).await?;
    }
    let conversation = conversations::find_or_create(cx, (found.contact, number.id), at).await?;
    let id: MessageId = cx.new_id();
    let row = row(cx, (id, conversation, at), (number, index), inbound)?;
    if !cx.tx().insert_once::<message::Entity>(row).await? {
        return Ok((ItemOutcome::Repeated, None));
    }
    // Meta's notices on a sender say that the number changed, or who holds it.
    if inbound.kind() == MessageKind::System {
        contacts::changed(cx, found.contact, at).await?;
    }
    if let Body::Image(reference) | Body::Document(reference) = &inbound.body {
        expect_media(cx, id, reference).await?;
    }
    let heard = Heard {
        at,
        opens_window: rules::opens_window(inbound.kind()),
        asks_for_answer: rules::asks_for_answer(inbound.kind()),
    };
    conversations::heard(cx, conversation, heard).await?;
    numbers::heard(cx, number, cx.now()).await?;
    event::message_arrived(cx, conversation).await?;
    cx.audit("message.received", ("message", Some(id.0)))?;
    Ok((ItemOutcome::Handled, None))
}

/// The sender, if at least one address has the shape of one.
fn seen(inbound: &Inbound) -> Option<Seen> {
    let sender = &inbound.sender;
    let wa_id = sender.wa_id.as_deref().and_then(|id| WaId::parse(id).ok());
    let bsuid = sender.bsuid.as_deref().and_then(|id| Bsuid::parse(id).ok());
    let named = wa_id.is_some() || bsuid.is_some();
    named.then(|| Seen { wa_id, bsuid, name: sender.profile_name.clone() })
}

fn row(
    cx: &Cx<'_>,
    (id, conversation, at): (MessageId, ConversationId, Instant),
    (number, wamid_idx): (&wa_number::Model, BlindIndex),
    inbound: &Inbound,
) -> Outcome<message::ActiveModel> {
    Ok(message::ActiveModel {
        id: Set(id),
        conversation_id: Set(conversation),
        number_id: Set(number.id),
        request_id: Set(None),
        direction: Set(Direction::In),
        kind: Set(inbound.kind()),
        wamid: Set(Some(cx.seal(&inbound.wamid, WAMID.of(id.0))?)),
        wamid_idx: Set(Some(wamid_idx)),
        content: Set(Content::of(inbound).seal(cx, id)?),
        author: Set(None),
        delivery: Set(None),
        delivery_at: Set(None),
        attempts: Set(0),
        error_code: Set(None),
        at: Set(at),
        recorded_at: Set(cx.now()),
        read_at: Set(None),
        ..Default::default()
    })
}

/// The attachment is announced with its message, and fetched by a job of its own: whatever becomes of it,
/// the message stays.
async fn expect_media(cx: &mut Cx<'_>, message: MessageId, reference: &MediaRef) -> Outcome<()> {
    let id: MediaId = cx.new_id();
    let row = media::ActiveModel {
        id: Set(id),
        message_id: Set(message),
        graph_id: Set(cx.seal(&reference.graph_media_id, GRAPH_ID.of(id.0))?),
        mime: Set(rules::claimed_type(reference.mime.as_deref())),
        state: Set(MediaState::Pending),
        reason: Set(None),
        file_id: Set(None),
        created_at: Set(cx.now()),
        ..Default::default()
    };
    cx.tx().insert::<media::Entity>(row).await?;
    cx.enqueue(Fetch { media_id: id }.job()?).await
}
