//! What other modules read of conversations: unread messages for intake, attachments for papers.

use std::collections::HashMap;

use loket_core::{
    clock::Instant,
    id::{ContactId, ConversationId, FileId, MediaId, MessageId, NumberId, RequestId},
    kinds::{Direction, MediaState},
};
use loket_entity::{conversation, file, media, message};
use sea_orm::{ColumnTrait, Condition};

use super::content::Content;
use crate::infra::{Cx, Outcome};

const MOST_UNREAD: u64 = 200;
const MOST_TEXTS: u64 = 50;
const MOST_ATTACHMENTS: u64 = 200;

/// A conversation without what was said.
#[derive(Debug, Clone)]
pub struct ConversationHead {
    /// The conversation.
    pub id: ConversationId,
    /// With whom.
    pub contact: ContactId,
    /// On which number.
    pub number: NumberId,
    /// Since when somebody waits for an answer.
    pub unanswered_since: Option<Instant>,
    /// When the citizen last wrote.
    pub last_inbound_at: Option<Instant>,
}

/// A citizen's message that intake has not read yet.
#[derive(Clone)]
pub struct Unread {
    /// The message.
    pub id: MessageId,
    /// When it was written.
    pub at: Instant,
    /// Its words, for a text.
    pub text: Option<String>,
    /// What was written under an attachment.
    pub caption: Option<String>,
    /// Its attachment.
    pub media: Option<MediaId>,
}

impl Unread {
    pub(super) fn of(
        cx: &Cx<'_>,
        row: &message::Model,
        media: &HashMap<MessageId, media::Model>,
    ) -> Outcome<Self> {
        let (text, caption) = match open(cx, row)? {
            Content::Text { body } => (Some(body), None),
            Content::Attachment { caption, .. } => (None, caption),
            Content::Placeholder { .. } => (None, None),
        };
        Ok(Self { id: row.id, at: row.at, text, caption, media: media.get(&row.id).map(|media| media.id) })
    }
}

/// An attachment of a conversation.
#[derive(Debug, Clone)]
pub struct AttachmentView {
    /// The attachment.
    pub media: MediaId,
    /// When it was sent.
    pub at: Instant,
    /// How far it has come.
    pub state: MediaState,
    /// Where it lies, and its type by content.
    pub file: Option<(FileId, String)>,
    /// What it is known to be; nothing for what a citizen sent.
    pub name: Option<String>,
}

/// Loads a conversation and holds it until the commit: of two that hold it, the second meets `Fault::Stale`
/// (or, on PostgreSQL, waits) and runs again.
pub async fn hold(cx: &Cx<'_>, id: ConversationId) -> Outcome<ConversationHead> {
    let row = cx
        .tx()
        .find::<conversation::Entity>()
        .filter(conversation::Column::Id.eq(id))
        .required("a conversation")
        .await?;
    let same = Condition::all()
        .add(conversation::Column::Id.eq(id))
        .add(conversation::Column::Version.eq(row.version));
    cx.tx()
        .change::<conversation::Entity>(same)
        .set(conversation::Column::Version, row.version + 1)
        .run_one()
        .await?;
    Ok(head(row))
}

pub(super) fn head(row: conversation::Model) -> ConversationHead {
    ConversationHead {
        id: row.id,
        contact: row.contact_id,
        number: row.number_id,
        unanswered_since: row.unanswered_since,
        last_inbound_at: row.last_inbound_at,
    }
}

/// The citizen's messages that intake has not read yet, oldest first.
pub async fn unread(cx: &Cx<'_>, id: ConversationId) -> Outcome<Vec<Unread>> {
    let rows = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::ConversationId.eq(id))
        .filter(message::Column::Direction.eq(Direction::In))
        .filter(message::Column::ReadAt.is_null())
        .ascending(message::Column::At)
        .ascending(message::Column::Id)
        .up_to(MOST_UNREAD)
        .await?;
    let media = media_of(cx, rows.iter().map(|row| row.id).collect()).await?;
    rows.iter().map(|row| Unread::of(cx, row, &media)).collect()
}

/// Marks messages as read in, and as belonging to a request.
pub async fn mark_read_in(cx: &Cx<'_>, messages: &[MessageId], request: Option<RequestId>) -> Outcome<()> {
    let these = Condition::all().add(message::Column::Id.is_in(messages.iter().copied()));
    let mut change = cx.tx().change::<message::Entity>(these).set(message::Column::ReadAt, cx.now());
    if let Some(request) = request {
        change = change.set(message::Column::RequestId, request);
    }
    change.run().await?;
    Ok(())
}

/// A citizen's text.
pub struct Said {
    /// The message.
    pub id: MessageId,
    /// When it was written.
    pub at: Instant,
    /// Its words.
    pub text: String,
}

/// The citizen's texts since a moment, oldest first; the last fifty.
pub async fn texts_since(cx: &Cx<'_>, id: ConversationId, since: Instant) -> Outcome<Vec<Said>> {
    let mut rows = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::ConversationId.eq(id))
        .filter(message::Column::Direction.eq(Direction::In))
        .filter(message::Column::Kind.eq(loket_core::whatsapp::MessageKind::Text))
        .filter(message::Column::At.gte(since))
        .descending(message::Column::At)
        // Meta tells seconds: what came within one is in the order in which it was taken in.
        .descending(message::Column::Id)
        .up_to(MOST_TEXTS)
        .await?;
    rows.reverse();
    let mut texts = Vec::with_capacity(rows.len());
    for row in rows {
        if let Content::Text { body } = open(cx, &row)? {
            texts.push(Said { id: row.id, at: row.at, text: body });
        }
    }
    Ok(texts)
}

/// What the office wrote since a moment; the last fifty texts.
pub async fn said_since(cx: &Cx<'_>, id: ConversationId, since: Instant) -> Outcome<Vec<String>> {
    let rows = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::ConversationId.eq(id))
        .filter(message::Column::Direction.eq(Direction::Out))
        .filter(message::Column::At.gte(since))
        .descending(message::Column::At)
        .up_to(MOST_TEXTS)
        .await?;
    let contents = rows.iter().map(|row| open(cx, row)).collect::<Outcome<Vec<_>>>()?;
    Ok(contents.iter().filter_map(Content::words).map(str::to_owned).collect())
}

/// Whether the office has written since a moment.
pub async fn wrote_since(cx: &Cx<'_>, id: ConversationId, since: Instant) -> Outcome<bool> {
    cx.tx()
        .find::<message::Entity>()
        .filter(message::Column::ConversationId.eq(id))
        .filter(message::Column::Direction.eq(Direction::Out))
        .filter(message::Column::At.gte(since))
        .exists()
        .await
}

/// An attachment, if it is one of this conversation.
pub async fn attachment_in(
    cx: &Cx<'_>,
    conversation: ConversationId,
    media: MediaId,
) -> Outcome<Option<AttachmentView>> {
    let Some(row) = cx.tx().find::<media::Entity>().filter(media::Column::Id.eq(media)).one().await? else {
        return Ok(None);
    };
    let message = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::Id.eq(row.message_id))
        .filter(message::Column::ConversationId.eq(conversation))
        .one()
        .await?;
    let Some(message) = message else { return Ok(None) };
    let files = files_of(cx, vec![row.id]).await?;
    Ok(Some(AttachmentView {
        media: row.id,
        at: message.at,
        state: row.state,
        file: files.get(&row.id).cloned(),
        name: None,
    }))
}

/// The attachments the citizen sent in a conversation, newest first.
pub async fn attachments(cx: &Cx<'_>, conversation: ConversationId) -> Outcome<Vec<AttachmentView>> {
    use loket_core::whatsapp::MessageKind::{Document, Image};
    let messages = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::ConversationId.eq(conversation))
        .filter(message::Column::Direction.eq(Direction::In))
        .filter(message::Column::Kind.is_in([Image, Document]))
        .descending(message::Column::At)
        .up_to(MOST_ATTACHMENTS)
        .await?;
    let media = media_of(cx, messages.iter().map(|row| row.id).collect()).await?;
    let files = files_of(cx, media.values().map(|row| row.id).collect()).await?;
    Ok(messages
        .iter()
        .filter_map(|message| media.get(&message.id).map(|media| (message, media)))
        .map(|(message, media)| AttachmentView {
            media: media.id,
            at: message.at,
            state: media.state,
            file: files.get(&media.id).cloned(),
            name: None,
        })
        .collect())
}

/// Where attachments lie, and their types by content; those that were fetched.
pub async fn files_of(cx: &Cx<'_>, ids: Vec<MediaId>) -> Outcome<HashMap<MediaId, (FileId, String)>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let bound = ids.len() as u64;
    let rows = cx
        .tx()
        .find::<media::Entity>()
        .filter(media::Column::Id.is_in(ids))
        .filter(media::Column::FileId.is_not_null())
        .up_to(bound)
        .await?;
    let files: Vec<FileId> = rows.iter().filter_map(|row| row.file_id).collect();
    let mimes = mimes(cx, files).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            row.file_id.and_then(|file| mimes.get(&file).map(|mime| (row.id, (file, mime.clone()))))
        })
        .collect())
}

/// The types of files, by content.
pub async fn mimes(cx: &Cx<'_>, files: Vec<FileId>) -> Outcome<HashMap<FileId, String>> {
    if files.is_empty() {
        return Ok(HashMap::new());
    }
    let bound = files.len() as u64;
    let rows = cx.tx().find::<file::Entity>().filter(file::Column::Id.is_in(files)).up_to(bound).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.mime)).collect())
}

pub(super) async fn media_of(
    cx: &Cx<'_>,
    messages: Vec<MessageId>,
) -> Outcome<HashMap<MessageId, media::Model>> {
    if messages.is_empty() {
        return Ok(HashMap::new());
    }
    let bound = messages.len() as u64;
    let rows =
        cx.tx().find::<media::Entity>().filter(media::Column::MessageId.is_in(messages)).up_to(bound).await?;
    Ok(rows.into_iter().map(|row| (row.message_id, row)).collect())
}

/// Opens what a message says.
pub(super) fn open(cx: &Cx<'_>, row: &message::Model) -> Outcome<Content> {
    Content::open(cx, row.id, &row.content)
}
