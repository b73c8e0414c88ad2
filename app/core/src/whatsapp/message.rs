//! One message object of a webhook.

use serde_json::Value;

use super::{Body, Inbound, MediaRef, MessageKind, Reason, Sender, pick};

/// Reads one message; `contacts` are the cards that came beside it.
pub(super) fn read(raw: &Value, contacts: &[Value]) -> Result<Inbound, Reason> {
    if !raw.is_object() {
        return Err(Reason::MessageNotObject);
    }
    let wamid = pick::id(raw, "id").ok_or(Reason::MessageWithoutId)?;
    let sender = sender(raw, contacts)?;
    let at = pick::instant(raw, "timestamp", Reason::MessageWithoutTimestamp)?;
    Ok(Inbound {
        wamid,
        sender,
        at,
        context_wamid: raw.get("context").and_then(|context| pick::id(context, "id")),
        body: body(raw),
        errors: pick::errors(raw, "errors"),
        raw: raw.clone(),
    })
}

/// The message names its sender; the card that matches adds what the message leaves out.
///
/// A card is matched by address and never by place: batches mix senders.
fn sender(raw: &Value, contacts: &[Value]) -> Result<Sender, Reason> {
    let (mut wa_id, stray) = split_address(pick::id(raw, "from"));
    let mut bsuid = pick::id(raw, "from_user_id").or(stray);
    if wa_id.is_none() && bsuid.is_none() {
        return Err(Reason::MessageWithoutSender);
    }
    let card = contacts.iter().find(|card| {
        same(wa_id.as_ref(), pick::id(card, "wa_id")) || same(bsuid.as_ref(), pick::id(card, "user_id"))
    });
    let mut profile_name = None;
    if let Some(card) = card {
        wa_id = wa_id.or_else(|| split_address(pick::id(card, "wa_id")).0);
        bsuid = bsuid.or_else(|| pick::id(card, "user_id"));
        profile_name = card.get("profile").and_then(displayed_name);
    }
    Ok(Sender { wa_id, bsuid, profile_name })
}

/// A BSUID (`ID.1349…`) in the place of a phone is told apart, never stripped to its digits.
fn split_address(address: Option<String>) -> (Option<String>, Option<String>) {
    match address {
        Some(text) if text.contains('.') => (None, Some(text)),
        other => (other, None),
    }
}

fn same(known: Option<&String>, other: Option<String>) -> bool {
    known.is_some() && known == other.as_ref()
}

fn displayed_name(profile: &Value) -> Option<String> {
    pick::text(profile, "name").or_else(|| pick::text(profile, "username"))
}

fn body(raw: &Value) -> Body {
    let kind = kind(raw);
    let inner = raw.get(kind.word()).unwrap_or(&Value::Null);
    let understood = match kind {
        MessageKind::Text => pick::text(inner, "body").map(Body::Text),
        MessageKind::Image => media(inner).map(Body::Image),
        MessageKind::Document => media(inner).map(Body::Document),
        _ => None,
    };
    understood.unwrap_or(Body::Placeholder { kind })
}

/// The kind by its word; where the word is missing, by the object that is there.
fn kind(raw: &Value) -> MessageKind {
    match pick::id(raw, "type") {
        Some(word) if word == "voice" => MessageKind::Audio,
        Some(word) => word.parse().unwrap_or(MessageKind::Unknown),
        None => {
            let by_shape = MessageKind::ALL.iter().find(|kind| raw.get(kind.word()).is_some());
            by_shape.copied().unwrap_or(MessageKind::Unknown)
        }
    }
}

fn media(inner: &Value) -> Option<MediaRef> {
    Some(MediaRef {
        graph_media_id: pick::id(inner, "id")?,
        mime: pick::text(inner, "mime_type"),
        sha256: pick::text(inner, "sha256"),
        caption: pick::text(inner, "caption"),
        filename: pick::text(inner, "filename"),
    })
}
