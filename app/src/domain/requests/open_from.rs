//! An officer makes a request of a conversation: what was written there becomes its messages and papers.

use std::collections::BTreeMap;

use loket_core::{
    clock::Instant,
    format::Note,
    id::ConversationId,
    request::{Channel, PaperState},
    text::PersonName,
};
use loket_entity::request;
use sea_orm::ColumnTrait;

use super::{
    confirm::confirm,
    entry::{Entry, allowed},
    error::RequestError,
    link,
    open::{NewRequest, Opened, open},
    papers, places,
    reading::Reader,
    store,
    suggest::{self, ERRAND},
};
use crate::{
    domain::{
        catalogue, contacts,
        tenancy::Office,
        whatsapp::{self, ConversationHead, Unread},
    },
    infra::{Cx, Outcome},
};

/// More open requests than one conversation has.
const MOST: u64 = 50;

/// Opens a request from a conversation, for nobody yet: it takes its turn by its first message, not by
/// who opened it. What the citizen wrote for the last week and belongs to no request is taken into it,
/// attachments for the papers they seem to be, and the citizen gets the receipt.
pub async fn open_from_conversation(
    cx: &mut Cx<'_>,
    office: &Office,
    conversation: ConversationId,
    entry: Entry,
) -> Result<Opened, RequestError> {
    whatsapp::check_sight(cx, conversation).await?;
    let head = whatsapp::hold(cx, conversation).await?;
    let catalogue = catalogue::load(cx).await?;
    let chosen = allowed(cx, office, &catalogue, (entry.variant, &entry.plain))?;
    refuse_twice(cx, conversation, &entry).await?;
    let reader = Reader::new(cx, office, &catalogue);
    let about = (chosen.0, &entry.subject);
    let waiting = link::by_hand(cx, (office, &catalogue, &reader), conversation, about).await?;
    let mut messages = whatsapp::unlinked(cx, conversation, cx.now() - ERRAND).await?;
    messages.retain(|message| !waiting.others.contains(&message.id));
    let line = suggest::last_line(&reader, &catalogue, &messages);
    let line = line.filter(|line| line.service == chosen.0.id);
    let notes = line.as_ref().map(|line| line.notes.clone()).unwrap_or_default();
    let read = read_before(line, &entry);
    let fields = entry.fields(&catalogue, chosen, read)?;
    let began = began(cx, &head, &messages).await?;
    let handed_in_by = contacts::trusted_as(cx, head.contact).await?;
    let trusted = handed_in_by.is_some();
    let new = NewRequest { handed_in_by, ..new_request(&head, began, entry, (fields, notes)) };
    let mut opened = open(cx, office, chosen, new).await?;
    take_in(cx, (&opened, trusted), &messages).await?;
    waiting.settle(cx, opened.id).await?;
    opened.missing = missing(cx, &opened).await?;
    whatsapp::hint(cx, conversation, None).await?;
    confirm(cx, office, &catalogue, &opened).await?;
    Ok(opened)
}

/// The same name and variant twice from one conversation is a button pressed twice.
async fn refuse_twice(cx: &Cx<'_>, conversation: ConversationId, entry: &Entry) -> Result<(), RequestError> {
    let open = cx
        .tx()
        .find::<request::Entity>()
        .filter(request::Column::ConversationId.eq(conversation))
        .filter(request::Column::VariantId.eq(entry.variant))
        .filter(store::open())
        .up_to(MOST)
        .await?;
    for row in open {
        let name: String = cx.open(&row.subject, places::SUBJECT.of(row.id.0))?;
        if PersonName::parse(&name).is_ok_and(|name| same(&name, &entry.subject)) {
            return Err(RequestError::Invalid(
                "Permohonan yang sama dari percakapan ini masih terbuka. Buka permohonan itu dari daftar di samping.",
            ));
        }
    }
    Ok(())
}

fn same(one: &PersonName, other: &PersonName) -> bool {
    one.search_words().eq(other.search_words())
}

/// What the citizen's own line for the service that was chosen says; its name gives way to the one the officer typed.
fn read_before(line: Option<suggest::Line>, entry: &Entry) -> BTreeMap<String, String> {
    let name = entry.subject.expose().to_owned();
    match line {
        None => BTreeMap::from([("nama".to_owned(), name)]),
        Some(line) => {
            let mut read = line.fields.expose();
            let key = line.name_key().unwrap_or("nama").to_owned();
            read.insert(key, name);
            read
        }
    }
}

/// When the errand began, and when a person first answered it: an officer may have answered long before it became a
/// request, and only what nobody has answered yet still waits.
async fn began(
    cx: &Cx<'_>,
    head: &ConversationHead,
    messages: &[Unread],
) -> Outcome<(Instant, Option<Instant>)> {
    if let Some(since) = head.unanswered_since {
        return Ok((since, None));
    }
    // What the citizen wrote last may be no more than thanks for the answer: then the answer lies before it.
    let starts = head.last_inbound_at.into_iter().chain(messages.first().map(|message| message.at));
    for start in starts {
        if let Some(answered) = whatsapp::first_answer(cx, head.id, start).await? {
            return Ok((start, Some(answered)));
        }
    }
    Ok((head.last_inbound_at.unwrap_or(cx.now()), None))
}

fn new_request(
    head: &ConversationHead,
    (first_message_at, answered_at): (Instant, Option<Instant>),
    entry: Entry,
    (fields, notes): (BTreeMap<String, String>, Vec<Note>),
) -> NewRequest {
    NewRequest {
        channel: Channel::WhatsApp,
        conversation: Some(head.id),
        submitter: Some(head.contact),
        handed_in_by: None,
        subject: entry.subject,
        fields,
        notes,
        first_message_at,
        answered_at,
        unanswered_since: head.unanswered_since,
    }
}

/// What was written becomes the request's: its messages, and attachments for the papers they seem to be. A photo of
/// somebody who hands in for many may be anybody's: a person places it.
pub(super) async fn take_in(
    cx: &Cx<'_>,
    (opened, trusted): (&Opened, bool),
    messages: &[Unread],
) -> Outcome<()> {
    let messages: Vec<&Unread> =
        messages.iter().filter(|message| !trusted || message.media.is_none()).collect();
    if messages.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = messages.iter().map(|message| message.id).collect();
    whatsapp::mark_read_in(cx, &ids, Some(opened.id)).await?;
    let row = store::reload(cx, opened.id).await?;
    for message in &messages {
        if let Some(media) = message.media {
            papers::guess(cx, &row, (media, message.at)).await?;
        }
    }
    Ok(())
}

async fn missing(cx: &Cx<'_>, opened: &Opened) -> Outcome<Vec<String>> {
    let papers = store::papers(cx, opened.id).await?;
    Ok(papers
        .into_iter()
        .filter(|one| one.required && one.state == PaperState::Absent)
        .map(|one| one.name)
        .collect())
}
