//! What pages read of conversations: the list of who waits, and one thread.

use std::collections::HashMap;

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    delivery::DeliveryState,
    id::{ContactId, ConversationId, FileId, MediaId, MessageId, NumberId, RequestId, UserId},
    kinds::{Direction, MediaState},
    permission::Permission,
    text::mask_identity_numbers,
    whatsapp::MessageKind,
    window,
};
use loket_entity::{conversation, message, request, wa_number};
use sea_orm::{ColumnTrait, Condition};

use super::{
    content::Content,
    error::ConversationError,
    reading::{self, ConversationHead, head, media_of, open},
    settling::advice,
    sight::{self, Sight},
};
use crate::{
    domain::{
        contacts::{self, ContactView},
        tenancy,
    },
    infra::{Cx, Outcome},
};

const PAGE: u64 = 50;
const MOST_NUMBERS: u64 = 500;

/// Which conversations a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConversationFilter {
    /// Those that wait for an answer, the longest first.
    Unanswered,
    /// All, the latest first.
    All,
}

/// A conversation in a list.
#[derive(Debug, Clone)]
pub struct ConversationRow {
    /// The conversation.
    pub id: ConversationId,
    /// With whom.
    pub contact: ContactView,
    /// On which number, as the office calls it.
    pub number: String,
    /// The words that wait for an answer, or else the last ones, numbers masked; nothing for an attachment without words.
    pub snippet: Option<String>,
    /// What that message was.
    pub kind: MessageKind,
    /// Whether the office wrote it.
    pub ours: bool,
    /// What those words seem to be about, while they wait.
    pub hint: Option<String>,
    /// Since when somebody waits.
    pub unanswered_since: Option<Instant>,
    /// When either side last wrote.
    pub last_message_at: Instant,
    /// Who is answering.
    pub officer: Option<String>,
}

/// One conversation with its last messages.
pub struct ThreadView {
    /// The conversation.
    pub head: ConversationHead,
    /// With whom.
    pub contact: ContactView,
    /// On which number, as the office calls it.
    pub number: String,
    /// Who is answering.
    pub assigned_to: Option<(UserId, String)>,
    /// The messages, oldest first.
    pub messages: Vec<BubbleView>,
    /// Whether there are older ones.
    pub more: bool,
    /// What is left of the 24 hours; zero when they are over.
    pub window: TimeDelta,
    /// Its request that is still open.
    pub open_request: Option<(RequestId, String)>,
}

/// A message on the screen.
pub struct BubbleView {
    /// The message.
    pub id: MessageId,
    /// Which way.
    pub direction: Direction,
    /// What it is.
    pub kind: MessageKind,
    /// Its words.
    pub words: Option<String>,
    /// When it was written.
    pub at: Instant,
    /// The officer who wrote it.
    pub author: Option<String>,
    /// How far one of ours has come.
    pub delivery: Option<DeliveryState>,
    /// What to do about one that failed.
    pub advice: Option<&'static str>,
    /// Its attachment.
    pub attachment: Option<BubbleAttachment>,
    /// The request it belongs to.
    pub request: Option<RequestId>,
}

/// An attachment on the screen.
pub struct BubbleAttachment {
    /// A citizen's attachment.
    pub media: Option<MediaId>,
    /// How far it has come; ours are there.
    pub state: MediaState,
    /// Where it lies, and its type.
    pub file: Option<(FileId, String)>,
    /// What it was called.
    pub name: Option<String>,
}

/// A page of the list. Says whether there is a next page.
pub async fn conversations(
    cx: &Cx<'_>,
    filter: ConversationFilter,
    page: u64,
) -> Outcome<(Vec<ConversationRow>, bool)> {
    let sight = Sight::of(cx, Permission::ReadRequests).await?;
    // One whose messages went to another is left out.
    let within = sight
        .condition(conversation::Column::NumberId)
        .add(conversation::Column::LastMessageAt.gt(super::conversations::NEVER));
    let query = cx.tx().find::<conversation::Entity>().filter(within).skip(page.saturating_mul(PAGE));
    let query = match filter {
        ConversationFilter::Unanswered => query
            .filter(conversation::Column::UnansweredSince.is_not_null())
            .ascending(conversation::Column::UnansweredSince),
        ConversationFilter::All => query.descending(conversation::Column::LastMessageAt),
    };
    let mut rows = query.up_to(PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    Ok((list(cx, rows).await?, more))
}

/// How many conversations wait for an answer.
pub async fn unanswered_count(cx: &Cx<'_>) -> Outcome<u64> {
    let sight = Sight::of(cx, Permission::ReadRequests).await?;
    cx.tx()
        .find::<conversation::Entity>()
        .filter(sight.condition(conversation::Column::NumberId))
        .filter(conversation::Column::UnansweredSince.is_not_null())
        .count()
        .await
}

async fn list(cx: &Cx<'_>, rows: Vec<conversation::Model>) -> Outcome<Vec<ConversationRow>> {
    let contacts: Vec<ContactId> = rows.iter().map(|row| row.contact_id).collect();
    let contacts = contacts::views(cx, &contacts).await?;
    let numbers = number_labels(cx).await?;
    let officers =
        tenancy::officer_names(cx, rows.iter().filter_map(|row| row.assigned_to).collect()).await?;
    let mut last_of = last_messages(cx, &rows).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(contact) = contacts.get(&row.contact_id) else { continue };
        let last = last_of.remove(&row.id);
        let words = last.as_ref().map(|last| open(cx, last)).transpose()?;
        views.push(ConversationRow {
            id: row.id,
            contact: contact.clone(),
            number: numbers.get(&row.number_id).cloned().unwrap_or_default(),
            snippet: words.as_ref().and_then(Content::words).map(snippet),
            kind: last.as_ref().map_or(MessageKind::Unknown, |last| last.kind),
            ours: last.is_some_and(|last| last.direction == Direction::Out),
            hint: row.unanswered_since.and(row.hint),
            unanswered_since: row.unanswered_since,
            last_message_at: row.last_message_at,
            officer: row.assigned_to.and_then(|id| officers.get(&id).cloned()),
        });
    }
    Ok(views)
}

fn snippet(words: &str) -> String {
    let line = mask_identity_numbers(words).split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 90 { line.chars().take(89).chain(['…']).collect() } else { line }
}

/// When the message was written that a list shows of a conversation: what waits for an answer, and not the
/// automatic reply to it; otherwise the last one.
fn shown_at(row: &conversation::Model) -> Instant {
    let waits = row.unanswered_since.and(row.last_inbound_at);
    waits.unwrap_or(row.last_message_at)
}

/// The message of each conversation that its list shows.
async fn last_messages(
    cx: &Cx<'_>,
    found: &[conversation::Model],
) -> Outcome<HashMap<ConversationId, message::Model>> {
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let last = Condition::all()
        .add(message::Column::ConversationId.is_in(found.iter().map(|row| row.id)))
        .add(message::Column::At.is_in(found.iter().map(shown_at)));
    // Photos of one album carry one time: a few more rows than conversations.
    let mut rows = cx.tx().find::<message::Entity>().filter(last).up_to(PAGE * 8).await?;
    rows.sort_unstable_by_key(|row| row.id);
    let carried = |row: &message::Model| {
        found.iter().any(|one| one.id == row.conversation_id && shown_at(one) == row.at)
    };
    Ok(rows.into_iter().filter(carried).map(|row| (row.conversation_id, row)).collect())
}

/// A conversation with the messages before one of them, or its last ones.
pub async fn thread(
    cx: &Cx<'_>,
    id: ConversationId,
    before: Option<MessageId>,
    limit: u64,
) -> Result<ThreadView, ConversationError> {
    let row = sight::load(cx, id, Permission::ReadRequests).await?;
    let mut messages = page_of(cx, id, before, limit + 1).await?;
    let more = messages.len() as u64 > limit;
    messages.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    messages.reverse();
    let contact = contacts::views(cx, &[row.contact_id])
        .await?
        .remove(&row.contact_id)
        .ok_or(ConversationError::NotFound)?;
    let who = messages.iter().filter_map(|one| one.author).chain(row.assigned_to).collect();
    let officers = tenancy::officer_names(cx, who).await?;
    let current = cx
        .tx()
        .find::<request::Entity>()
        .filter(request::Column::ConversationId.eq(id))
        .filter(request::Column::ClosedAt.is_null())
        .sorted_descending(request::Column::OpenedAt)
        .one()
        .await?;
    Ok(ThreadView {
        contact,
        number: number_labels(cx).await?.remove(&row.number_id).unwrap_or_default(),
        assigned_to: row.assigned_to.and_then(|id| officers.get(&id).map(|name| (id, name.clone()))),
        messages: bubbles(cx, messages, &officers).await?,
        more,
        window: window::remaining(row.last_inbound_at, cx.now(), window::MARGIN),
        open_request: current.map(|request| (request.id, request.receipt)),
        head: head(row),
    })
}

async fn page_of(
    cx: &Cx<'_>,
    id: ConversationId,
    before: Option<MessageId>,
    limit: u64,
) -> Outcome<Vec<message::Model>> {
    let mut query = cx.tx().find::<message::Entity>().filter(message::Column::ConversationId.eq(id));
    if let Some(before) = before {
        let edge = cx
            .tx()
            .find::<message::Entity>()
            .filter(message::Column::Id.eq(before))
            .filter(message::Column::ConversationId.eq(id))
            .one()
            .await?;
        if let Some(edge) = edge {
            let earlier = Condition::any().add(message::Column::At.lt(edge.at)).add(
                Condition::all().add(message::Column::At.eq(edge.at)).add(message::Column::Id.lt(edge.id)),
            );
            query = query.filter(earlier);
        }
    }
    query.descending(message::Column::At).descending(message::Column::Id).up_to(limit).await
}

async fn bubbles(
    cx: &Cx<'_>,
    rows: Vec<message::Model>,
    officers: &HashMap<UserId, String>,
) -> Outcome<Vec<BubbleView>> {
    let media = media_of(cx, rows.iter().map(|row| row.id).collect()).await?;
    let files = reading::files_of(cx, media.values().map(|row| row.id).collect()).await?;
    rows.into_iter()
        .map(|row| {
            let content = open(cx, &row)?;
            let attachment = match &content {
                Content::Attachment { filename, file, .. } => Some(match media.get(&row.id) {
                    Some(media) => BubbleAttachment {
                        media: Some(media.id),
                        state: media.state,
                        file: files.get(&media.id).cloned(),
                        name: filename.clone(),
                    },
                    None => BubbleAttachment {
                        media: None,
                        state: if file.is_some() { MediaState::Stored } else { MediaState::Lost },
                        file: file.map(|id| (id, "application/pdf".to_owned())),
                        name: filename.clone(),
                    },
                }),
                Content::Text { .. } | Content::Placeholder { .. } => None,
            };
            let failed = row.delivery == Some(DeliveryState::Failed);
            Ok(BubbleView {
                id: row.id,
                direction: row.direction,
                kind: row.kind,
                words: content.words().map(str::to_owned),
                at: row.at,
                author: row.author.and_then(|id| officers.get(&id).cloned()),
                delivery: row.delivery,
                advice: failed.then(|| advice(row.error_code)),
                attachment,
                request: row.request_id,
            })
        })
        .collect()
}

async fn number_labels(cx: &Cx<'_>) -> Outcome<HashMap<NumberId, String>> {
    let rows = cx.tx().find::<wa_number::Entity>().up_to(MOST_NUMBERS).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.label)).collect())
}
