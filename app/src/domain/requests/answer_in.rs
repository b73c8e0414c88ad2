//! An officer answers a conversation: about its open request when it has one, else by itself.

use loket_core::id::ConversationId;

use super::{answer, error::RequestError, store};
use crate::{domain::whatsapp, infra::Cx};

/// Sends an officer's words, and lets the open request of the conversation know that it was answered.
pub async fn answer_in(cx: &mut Cx<'_>, id: ConversationId, body: &str) -> Result<(), RequestError> {
    match store::open_in(cx, id).await? {
        Some(request) => answer::answer(cx, request.id, body).await,
        None => Ok(whatsapp::answer(cx, id, body).await?),
    }
}
