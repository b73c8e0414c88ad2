//! What citizens wrote to the office lately, for trying a format on it.

use loket_core::{clock::Instant, id::MessageId};
use loket_entity::sealed::Sealed;
use serde_json::Value as Json;

use super::content::Content;
use crate::infra::{Cx, Outcome, ScopedSql};

/// A citizen's text.
pub struct SaidLately {
    /// When it was written.
    pub at: Instant,
    /// Its words.
    pub text: String,
}

/// Citizens' texts since a moment, newest first, at most as many. The index of what was said holds texts only.
pub async fn said_lately(cx: &Cx<'_>, since: Instant, most: u32) -> Outcome<Vec<SaidLately>> {
    let sql = ScopedSql::new(
        "SELECT id, at, content FROM message WHERE tenant_id = :tenant \
         AND direction = 'in' AND kind = 'text' AND at >= ? ORDER BY at DESC LIMIT ?",
        vec![since.into(), i64::from(most).into()],
    )?;
    let mut texts = Vec::new();
    for row in cx.tx().rows(sql).await? {
        let id: MessageId = row.try_get("", "id")?;
        let content: Sealed<Json> = row.try_get("", "content")?;
        if let Content::Text { body } = Content::open(cx, id, &content)? {
            texts.push(SaidLately { at: row.try_get("", "at")?, text: body });
        }
    }
    Ok(texts)
}
