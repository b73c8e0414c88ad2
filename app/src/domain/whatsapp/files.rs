//! Who may see a file that a citizen sent: whoever may see the conversation it came in.

use loket_core::{
    clock::Instant,
    id::{ConversationId, FileId, MediaId},
    kinds::Direction,
    permission::Permission,
};
use loket_entity::{file, media, message};
use sea_orm::ColumnTrait;

use super::{content::FILE_NAME, sight::Sight};
use crate::infra::{Cx, Outcome};

/// A file of the office's store.
pub struct FileView {
    /// The file.
    pub id: FileId,
    /// Its type by content.
    pub mime: String,
    /// What its sender called it.
    pub name: Option<String>,
    /// Its size in clear.
    pub bytes: i64,
    /// Where it lies.
    pub storage_key: String,
    /// When it was stored.
    pub stored_at: Instant,
}

/// A file as it came: which attachment, in which conversation.
pub struct Arrival {
    /// The attachment.
    pub media: MediaId,
    /// The conversation.
    pub conversation: ConversationId,
    /// When it was sent.
    pub at: Instant,
    /// Whether the conversation may be seen.
    pub in_reach: bool,
}

/// A file by id, whoever may see it: the caller asks that.
pub async fn file(cx: &Cx<'_>, id: FileId) -> Outcome<Option<FileView>> {
    let Some(row) = cx.tx().find::<file::Entity>().filter(file::Column::Id.eq(id)).one().await? else {
        return Ok(None);
    };
    let name = row.name.as_ref().map(|name| cx.open(name, FILE_NAME.of(row.id.0))).transpose()?;
    Ok(Some(FileView {
        id: row.id,
        mime: row.mime,
        name,
        bytes: row.bytes,
        storage_key: row.storage_key,
        stored_at: row.created_at,
    }))
}

/// How a file came; nothing for one of ours.
pub async fn arrival(cx: &Cx<'_>, id: FileId) -> Outcome<Option<Arrival>> {
    let Some(media) = cx.tx().find::<media::Entity>().filter(media::Column::FileId.eq(id)).one().await?
    else {
        return Ok(None);
    };
    let message = cx
        .tx()
        .find::<message::Entity>()
        .filter(message::Column::Id.eq(media.message_id))
        .required("message of an attachment")
        .await?;
    if message.direction == Direction::Out {
        return Ok(None);
    }
    let in_reach = Sight::of(cx, Permission::ReadRequests).await?.covers(message.number_id);
    Ok(Some(Arrival { media: media.id, conversation: message.conversation_id, at: message.at, in_reach }))
}
