//! Which messages of a conversation belong to a line that waits: the line itself and what follows it, up to the next line.

use loket_core::{
    id::{ConversationId, EntryLinkId, MessageId, RequestId, VariantId},
    text::PersonName,
};
use loket_entity::entry_link::Model;

use super::{
    super::{form::form_of, reading::Reader},
    name, store,
};
use crate::{
    domain::{
        catalogue::{Catalogue, ServiceView},
        tenancy::Office,
        whatsapp::{self, Unread},
    },
    infra::{Cx, Outcome},
};

/// The messages of a line: those that belong to no request and that intake has seen. What a person still has to look at,
/// a line among it, is nobody's.
pub(super) async fn about(cx: &Cx<'_>, reader: &Reader, link: &Model) -> Outcome<Vec<Unread>> {
    let fields = store::read(cx, link)?;
    let (mut own, mut others) = (vec![link.message_id], Vec::new());
    for other in store::recent(cx, link.conversation_id).await? {
        let same = other.variant_id == link.variant_id && store::read(cx, &other)? == fields;
        if same { own.push(other.message_id) } else { others.push(other.message_id) }
    }
    let unseen: Vec<MessageId> =
        whatsapp::unread(cx, link.conversation_id).await?.into_iter().map(|message| message.id).collect();
    let is_line = |message: &Unread| {
        others.contains(&message.id)
            || message.text.as_deref().is_some_and(|text| !reader.read(text).requests.is_empty())
    };
    let mut ours = true;
    let mut messages = whatsapp::unlinked(cx, link.conversation_id, link.since).await?;
    messages.retain(|message| {
        let own = own.contains(&message.id);
        if own || is_line(message) {
            ours = own;
        }
        ours && !unseen.contains(&message.id)
    });
    Ok(messages)
}

/// What waits in a conversation in which an officer opens a request by hand.
#[derive(Default)]
pub struct Waiting {
    /// The line that the request is about.
    pub meant: Option<EntryLinkId>,
    /// The messages of other lines, which are none of that request's.
    pub others: Vec<MessageId>,
}

/// Finds the line that an officer means who opens a request of a service for somebody: the one of the same name, else the
/// newest whose name has a word in common.
pub async fn waiting_lines(
    cx: &Cx<'_>,
    (office, catalogue, reader): (&Office, &Catalogue, &Reader),
    conversation: ConversationId,
    (service, subject): (&ServiceView, &PersonName),
) -> Outcome<Waiting> {
    let links = store::recent(cx, conversation).await?;
    if links.is_empty() {
        return Ok(Waiting::default());
    }
    let form = form_of(catalogue, service.id, office);
    let words: Vec<String> = subject.search_words().collect();
    let (mut same, mut near) = (None, None);
    for link in links.iter().filter(|link| service.variants.iter().any(|one| one.id == link.variant_id)) {
        let Some(name) = name(&form, &store::read(cx, link)?) else { continue };
        let known: Vec<String> = name.search_words().collect();
        if known == words {
            same = same.or(Some(link.id));
        } else if known.iter().any(|word| words.contains(word)) {
            near = near.or(Some(link.id));
        }
    }
    let meant = same.or(near);
    let mut others = Vec::new();
    for link in links.iter().filter(|link| Some(link.id) != meant && link.until > cx.now()) {
        others.extend(about(cx, reader, link).await?.into_iter().map(|message| message.id));
    }
    Ok(Waiting { meant, others })
}

/// An officer opened the request of a line by hand: its link leads there.
pub async fn settle(cx: &mut Cx<'_>, line: EntryLinkId, request: RequestId) -> Outcome<()> {
    store::lead(cx, line, request).await
}

/// Somebody typed the numbers of a line into the chat after all: links that wait for them lead to that request.
pub async fn fulfil(
    cx: &mut Cx<'_>,
    conversation: ConversationId,
    (variant, fields): (VariantId, &std::collections::BTreeMap<String, String>),
    request: RequestId,
) -> Outcome<()> {
    for link in store::recent(cx, conversation).await? {
        let read = store::read(cx, &link)?;
        let held = read.iter().all(|(key, value)| fields.get(key) == Some(value));
        if link.variant_id == variant && held {
            store::lead(cx, link.id, request).await?;
        }
    }
    Ok(())
}
