//! An officer writes to a citizen who has no request.

use loket_core::{
    id::ConversationId,
    permission::Permission,
    window::{MARGIN, window_open},
};

use super::{error::ConversationError, outbox, sight};
use crate::infra::Cx;

/// The longest text an officer may send: WhatsApp's own bound.
const LONGEST: usize = loket_core::reply::LONGEST;

/// Sends an officer's words into a conversation; they become the one who answers it.
///
/// # Errors
/// Refuses what nobody could send: nothing, too much, or anything once the window is closed.
pub async fn answer(cx: &mut Cx<'_>, id: ConversationId, body: &str) -> Result<(), ConversationError> {
    let row = sight::load(cx, id, Permission::HandleRequests).await?;
    let body = body.trim();
    if body.is_empty() {
        return Err(ConversationError::Invalid("Tulis pesannya dahulu."));
    }
    if body.chars().count() > LONGEST {
        return Err(ConversationError::Invalid(
            "Pesan terlalu panjang. WhatsApp menerima paling banyak 4.096 huruf.",
        ));
    }
    if !window_open(row.last_inbound_at, cx.now(), MARGIN) {
        return Err(ConversationError::Invalid(
            "Jendela 24 jam sudah tertutup, jadi pesan ini tidak akan sampai. Tunggu sampai warga menulis lagi.",
        ));
    }
    let author = cx.officer();
    outbox::queue_text(cx, id, (None, author), body.to_owned()).await?;
    cx.audit("conversation.answered", ("conversation", Some(id.0)))?;
    Ok(())
}
