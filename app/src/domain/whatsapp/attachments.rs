//! Photos and files, as others read them.

use std::{collections::HashMap, fmt};

use loket_core::{
    clock::Instant,
    id::{ConversationId, FileId, MediaId, MessageId},
    kinds::{Direction, MediaState},
    whatsapp::MessageKind,
};
use loket_entity::{file, media, message};
use sea_orm::{ColumnTrait, Condition};

use super::content::Content;
use crate::infra::{Cx, Outcome};

const MOST: u64 = 200;

/// A photo or a file of a message.
#[derive(Clone, PartialEq, Eq)]
pub struct AttachmentView {
    /// Which.
    pub media: MediaId,
    /// Its message.
    pub message: MessageId,
    /// Photo or file.
    pub kind: MessageKind,
    /// When the message was written.
    pub at: Instant,
    /// What it was called.
    pub name: Option<String>,
    /// Its type: by content once it is stored, before that what its sender claims.
    pub mime: String,
    /// How far it has come.
    pub state: MediaState,
    /// Why it was refused or lost, as a code.
    pub reason: Option<String>,
    /// Where it lies, once stored.
    pub file: Option<FileId>,
    /// Its size, once stored.
    pub bytes: Option<i64>,
}

impl fmt::Debug for AttachmentView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttachmentView")
            .field("media", &self.media)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// What the citizen of a conversation sent along, oldest first; the last 200.
pub async fn attachments(cx: &Cx<'_>, conversation: ConversationId) -> Outcome<Vec<AttachmentView>> {
    let carrying = Condition::all()
        .add(message::Column::ConversationId.eq(conversation))
        .add(message::Column::Direction.eq(Direction::In))
        .add(message::Column::Kind.is_in([MessageKind::Image, MessageKind::Document]));
    let mut rows = cx
        .tx()
        .find::<message::Entity>()
        .filter(carrying)
        .descending(message::Column::At)
        .descending(message::Column::Id)
        .up_to(MOST)
        .await?;
    rows.reverse();
    let mut found = of_messages(cx, &rows).await?;
    Ok(rows.iter().filter_map(|row| found.remove(&row.id)).collect())
}

/// One attachment, if the citizen of this conversation sent it.
pub async fn attachment_in(
    cx: &Cx<'_>,
    conversation: ConversationId,
    id: MediaId,
) -> Outcome<Option<AttachmentView>> {
    let row = cx.tx().find::<media::Entity>().filter(media::Column::Id.eq(id)).one().await?;
    let Some(row) = row else { return Ok(None) };
    let theirs = Condition::all()
        .add(message::Column::Id.eq(row.message_id))
        .add(message::Column::ConversationId.eq(conversation))
        .add(message::Column::Direction.eq(Direction::In));
    let message = cx.tx().find::<message::Entity>().filter(theirs).up_to(1).await?;
    let mut found = of_messages(cx, &message).await?;
    Ok(found.remove(&row.message_id))
}

/// The stored files of attachments, each with its type; those not stored are left out.
pub async fn files_of(cx: &Cx<'_>, ids: Vec<MediaId>) -> Outcome<HashMap<MediaId, (FileId, String)>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let limit = u64::try_from(ids.len()).unwrap_or(MOST);
    let rows =
        cx.tx().find::<media::Entity>().filter(media::Column::Id.is_in(ids)).up_to(limit).await?;
    Ok(rows.into_iter().filter_map(|row| row.file_id.map(|file| (row.id, (file, row.mime)))).collect())
}

/// The attachments of messages, by message.
pub(super) async fn of_messages(
    cx: &Cx<'_>,
    messages: &[message::Model],
) -> Outcome<HashMap<MessageId, AttachmentView>> {
    if messages.is_empty() {
        return Ok(HashMap::new());
    }
    let limit = u64::try_from(messages.len()).unwrap_or(MOST);
    let ids = messages.iter().map(|row| row.id);
    let rows =
        cx.tx().find::<media::Entity>().filter(media::Column::MessageId.is_in(ids)).up_to(limit).await?;
    let sizes = sizes(cx, &rows).await?;
    let mut views = HashMap::new();
    for row in rows {
        let Some(message) = messages.iter().find(|message| message.id == row.message_id) else { continue };
        let content = Content::open(cx, message.id, &message.content)?;
        let view = AttachmentView {
            media: row.id,
            message: message.id,
            kind: message.kind,
            at: message.at,
            name: content.attachment().and_then(|attachment| attachment.filename.clone()),
            mime: row.mime,
            state: row.state,
            reason: row.reason,
            bytes: row.file_id.and_then(|file| sizes.get(&file).copied()),
            file: row.file_id,
        };
        views.insert(message.id, view);
    }
    Ok(views)
}

async fn sizes(cx: &Cx<'_>, rows: &[media::Model]) -> Outcome<HashMap<FileId, i64>> {
    let ids: Vec<FileId> = rows.iter().filter_map(|row| row.file_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let limit = u64::try_from(ids.len()).unwrap_or(MOST);
    let files = cx.tx().find::<file::Entity>().filter(file::Column::Id.is_in(ids)).up_to(limit).await?;
    Ok(files.into_iter().map(|file| (file.id, file.bytes)).collect())
}
