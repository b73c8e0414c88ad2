//! What citizens send along: announced with the message, fetched by a job, looked at before it is kept.

use std::fmt;

use loket_core::{
    clock::Instant,
    id::{ConversationId, MediaId, MessageId, OfficeId},
    kinds::MediaState,
    whatsapp::MessageKind,
};
use loket_entity::media;
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};

use super::{
    content::{Content, GRAPH_ID},
    conversations, messages, numbers,
};
use crate::{
    domain::files::{self, StoredFile},
    infra::{Actor, Cx, Fault, House, Outcome, SystemReason, graph::AccessToken},
    queue::NewJob,
};

/// The job that fetches one attachment.
pub const FETCH_MEDIA: &str = "whatsapp.fetch_media";

/// What [`FETCH_MEDIA`] carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetch {
    /// Which.
    pub media_id: MediaId,
}

impl Fetch {
    pub(super) fn job(self) -> Outcome<NewJob> {
        Ok(NewJob::new(FETCH_MEDIA, &self)?.unique(format!("media:{}", self.media_id)).priority(6))
    }
}

/// An attachment that Meta has and we do not yet.
pub struct Pending {
    /// Which.
    pub media: MediaId,
    /// What Meta calls it.
    pub graph_id: String,
    /// What the Graph API asks for.
    pub token: AccessToken,
    /// The largest it may be, in bytes: 16 MiB for a photo, 100 MiB for a file.
    pub limit: usize,
    /// When it was announced: Meta keeps it seven days.
    pub announced_at: Instant,
    /// What its sender called it.
    pub filename: Option<String>,
    conversation: ConversationId,
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").field("media", &self.media).finish_non_exhaustive()
    }
}

/// The type of a file by its content, if it is one that an office takes: photos, PDF, Word.
pub fn taken_type(bytes: &[u8]) -> Option<&'static str> {
    let mime = infer::get(bytes)?.mime_type();
    [
        "image/jpeg",
        "image/png",
        "image/webp",
        "application/pdf",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]
    .into_iter()
    .find(|taken| *taken == mime)
}

/// What is needed to fetch an attachment; nothing when it was fetched or given up.
pub async fn pending(house: &House, office: OfficeId, id: MediaId) -> Outcome<Option<Pending>> {
    let cx = Cx::read(house, office, Actor::System(SystemReason::Media)).await?;
    let row = cx.tx().find::<media::Entity>().filter(media::Column::Id.eq(id)).one().await?;
    let Some(row) = row.filter(|row| row.state == MediaState::Pending) else { return Ok(None) };
    let message = message_of(&cx, row.message_id).await?;
    let number = numbers::by_id(&cx, message.number_id).await?;
    let content = Content::open(&cx, message.id, &message.content)?;
    let mib = if message.kind == MessageKind::Image { 16 } else { 100 };
    Ok(Some(Pending {
        media: id,
        graph_id: cx.open(&row.graph_id, GRAPH_ID.of(id.0))?,
        token: numbers::token(&cx, &number)?,
        limit: mib * 1024 * 1024,
        announced_at: row.created_at,
        filename: content.filename().map(str::to_owned),
        conversation: message.conversation_id,
    }))
}

async fn message_of(cx: &Cx<'_>, id: MessageId) -> Outcome<loket_entity::message::Model> {
    messages::by_id(cx, id).await?.ok_or(Fault::Inconsistent("the message of an attachment"))
}

/// The file was fetched and lies in the store. If another worker was first, nothing is recorded.
pub async fn keep(house: &House, office: OfficeId, pending: &Pending, stored: &StoredFile) -> Outcome<()> {
    let cx = Cx::system(house, office, SystemReason::Media).await?;
    let row = cx.tx().find::<media::Entity>().filter(media::Column::Id.eq(pending.media)).one().await?;
    if row.is_none_or(|row| row.state != MediaState::Pending) {
        return Ok(());
    }
    files::add(&cx, stored).await?;
    let first = cx
        .tx()
        .change::<media::Entity>(still_pending(pending.media))
        .set(media::Column::State, MediaState::Stored.word())
        .set(media::Column::FileId, stored.id)
        .set(media::Column::Mime, &*stored.mime)
        .run()
        .await?;
    if first == 0 {
        return Ok(());
    }
    conversations::touch(&cx, pending.conversation).await?;
    cx.commit().await
}

/// The attachment will not be kept: `state` says whether it was refused or lost, `reason` is a code. Says
/// whether that was still to be decided.
pub async fn give_up(
    house: &House,
    office: OfficeId,
    pending: &Pending,
    (state, reason): (MediaState, &'static str),
) -> Outcome<bool> {
    let cx = Cx::system(house, office, SystemReason::Media).await?;
    let first = cx
        .tx()
        .change::<media::Entity>(still_pending(pending.media))
        .set(media::Column::State, state.word())
        .set(media::Column::Reason, reason)
        .run()
        .await?;
    conversations::touch(&cx, pending.conversation).await?;
    cx.commit().await?;
    Ok(first > 0)
}

fn still_pending(id: MediaId) -> Condition {
    Condition::all().add(media::Column::Id.eq(id)).add(media::Column::State.eq(MediaState::Pending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_are() {
        let cases: [(&[u8], Option<&str>); 8] = [
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\n", Some("image/png")),
            (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Some("image/webp")),
            (b"%PDF-1.7\n", Some("application/pdf")),
            (b"PK\x03\x04 an archive", None),
            (b"MZ\x90\x00", None),
            (b"<!DOCTYPE html><script>", None),
            (b"", None),
        ];
        for (bytes, mime) in cases {
            assert_eq!(taken_type(bytes), mime, "{bytes:?}");
        }
    }
}
