//! An officer writes to the citizen in their own words.

use loket_core::{clock::Instant, id::RequestId, permission::Permission};
use loket_entity::request;

use super::{
    error::RequestError,
    store::{self, Edit},
};
use crate::{domain::whatsapp, infra::Cx};

/// The longest text an officer may send: WhatsApp's own bound.
const LONGEST: usize = loket_core::reply::LONGEST;

/// Sends an officer's words about a request.
pub async fn answer(cx: &mut Cx<'_>, id: RequestId, body: &str) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let conversation = row.conversation_id.ok_or(RequestError::Invalid(
        "Permohonan ini tidak datang lewat WhatsApp, jadi tidak ada percakapan.",
    ))?;
    let body = body.trim();
    if body.is_empty() {
        return Err(RequestError::Invalid("Tulis pesannya dahulu."));
    }
    if body.chars().count() > LONGEST {
        return Err(RequestError::Invalid(
            "Pesan terlalu panjang. WhatsApp menerima paling banyak 4.096 huruf.",
        ));
    }
    let author = cx.officer();
    whatsapp::queue_text(cx, conversation, (Some(id), author), body.to_owned()).await?;
    Edit::of(&row)
        .set(request::Column::AnsweredAt, row.answered_at.or(Some(cx.now())))
        .set(request::Column::UnansweredSince, Option::<Instant>::None)
        .save(cx)
        .await?;
    cx.audit("request.answered", ("request", Some(id.0)))?;
    Ok(())
}
