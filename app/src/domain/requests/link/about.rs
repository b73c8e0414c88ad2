//! Which messages of a conversation belong to a line that waits: the line itself and what follows it, up to the next line.

use std::collections::BTreeMap;

use loket_core::{
    id::{ConversationId, EntryLinkId, MessageId, RequestId, VariantId},
    text::PersonName,
};
use loket_entity::entry_link::Model;

use super::{
    super::{form::form_of, open::Opened, open_from, reading::Reader},
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

/// The lines of a conversation that became no request yet, and what was written since the first of them.
pub(super) struct Talk {
    lines: Vec<Waiting>,
    /// Messages of no request that intake has seen, oldest first, and whether a line stands in each.
    messages: Vec<(Unread, bool)>,
}

struct Waiting {
    link: Model,
    read: BTreeMap<String, String>,
}

impl Waiting {
    /// Whether it is the same line, written another time.
    fn is_like(&self, other: &Self) -> bool {
        self.link.variant_id == other.link.variant_id && self.read == other.read
    }
}

impl Talk {
    pub(super) async fn of(cx: &Cx<'_>, reader: &Reader, conversation: ConversationId) -> Outcome<Self> {
        let mut lines = Vec::new();
        for link in store::recent(cx, conversation).await? {
            let read = store::read(cx, &link)?;
            lines.push(Waiting { link, read });
        }
        let Some(since) = lines.iter().map(|line| line.link.since).min() else {
            return Ok(Self { lines, messages: Vec::new() });
        };
        let unseen = whatsapp::unread(cx, conversation).await?;
        let mut messages = whatsapp::unlinked(cx, conversation, since).await?;
        messages.retain(|message| !unseen.iter().any(|one| one.id == message.id));
        let is_line = |message: &Unread| {
            message.text.as_deref().is_some_and(|text| !reader.read(text).requests.is_empty())
        };
        let messages = messages.into_iter().map(|message| (is_line(&message), message));
        Ok(Self { messages: messages.map(|(line, message)| (message, line)).collect(), lines })
    }

    /// The messages of a line. What a person still has to look at, another line among it, is not its own.
    pub(super) fn about(&self, id: EntryLinkId) -> Vec<Unread> {
        let Some(line) = self.lines.iter().find(|line| line.link.id == id) else { return Vec::new() };
        let own: Vec<MessageId> = self.like(line).map(|one| one.link.message_id).collect();
        let mut ours = true;
        let since = self.messages.iter().filter(|(message, _)| message.at >= line.link.since);
        since
            .filter(|(message, is_line)| {
                let own = own.contains(&message.id);
                if own || *is_line {
                    ours = own;
                }
                ours
            })
            .map(|(message, _)| message.clone())
            .collect()
    }

    /// A line and the times it was written before or again.
    fn like<'t>(&'t self, line: &'t Waiting) -> impl Iterator<Item = &'t Waiting> {
        self.lines.iter().filter(|one| one.is_like(line))
    }

    /// A line became a request: whichever of its links somebody follows leads there.
    pub(super) async fn lead(&self, cx: &mut Cx<'_>, id: EntryLinkId, request: RequestId) -> Outcome<()> {
        let Some(line) = self.lines.iter().find(|line| line.link.id == id) else { return Ok(()) };
        for one in self.like(line) {
            store::lead(cx, one.link.id, request).await?;
        }
        Ok(())
    }
}

/// What waits in a conversation in which an officer opens a request by hand.
pub struct ByHand {
    talk: Talk,
    /// The line that the request is about.
    meant: Option<EntryLinkId>,
    /// The messages of other lines, which are none of that request's.
    pub others: Vec<MessageId>,
}

/// Finds the line that an officer means who opens a request of a service for somebody: the one of the same name, else the
/// newest whose name has a word in common.
pub async fn by_hand(
    cx: &Cx<'_>,
    (office, catalogue, reader): (&Office, &Catalogue, &Reader),
    conversation: ConversationId,
    (service, subject): (&ServiceView, &PersonName),
) -> Outcome<ByHand> {
    let talk = Talk::of(cx, reader, conversation).await?;
    let form = form_of(catalogue, service.id, office);
    let words: Vec<String> = subject.search_words().collect();
    let (mut same, mut near) = (None, None);
    let of_it = |line: &&Waiting| service.variants.iter().any(|one| one.id == line.link.variant_id);
    for line in talk.lines.iter().filter(of_it) {
        let Some(name) = name(&form, &line.read) else { continue };
        let known: Vec<String> = name.search_words().collect();
        if known == words {
            same = same.or(Some(line.link.id));
        } else if known.iter().any(|word| words.contains(word)) {
            near = near.or(Some(line.link.id));
        }
    }
    let meant = same.or(near);
    let ids = |id| talk.about(id).into_iter().map(|message| message.id).collect::<Vec<_>>();
    let own = meant.map(ids).unwrap_or_default();
    let good = talk.lines.iter().filter(|line| Some(line.link.id) != meant && line.link.until > cx.now());
    // Two lines of one message share what follows it.
    let others = good.flat_map(|line| ids(line.link.id)).filter(|id| !own.contains(id)).collect();
    Ok(ByHand { meant, others, talk })
}

impl ByHand {
    /// The request was opened: the links of its line lead there.
    pub async fn settle(&self, cx: &mut Cx<'_>, request: RequestId) -> Outcome<()> {
        match self.meant {
            Some(line) => self.talk.lead(cx, line, request).await,
            None => Ok(()),
        }
    }
}

/// Somebody typed the numbers of a line into the chat after all: its links lead to that request, and what was written about
/// the line is the request's. Says whether there was such a line.
pub async fn fulfil(
    cx: &mut Cx<'_>,
    (reader, conversation): (&Reader, ConversationId),
    (variant, fields): (VariantId, &BTreeMap<String, String>),
    (opened, trusted): (&Opened, bool),
) -> Outcome<bool> {
    let talk = Talk::of(cx, reader, conversation).await?;
    let held = |line: &&Waiting| {
        line.link.variant_id == variant && line.read.iter().all(|(key, value)| fields.get(key) == Some(value))
    };
    let Some(line) = talk.lines.iter().find(held) else { return Ok(false) };
    open_from::take_in(cx, (opened, trusted), &talk.about(line.link.id)).await?;
    talk.lead(cx, line.link.id, opened.id).await?;
    Ok(true)
}
