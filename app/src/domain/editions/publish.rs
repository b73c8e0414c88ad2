//! Publication: from when the new edition holds, and until when the one before it is accepted.

use loket_core::{
    clock::Instant,
    edition::{Document, EditionState, publishing},
};
use loket_entity::edition::{Column, Entity};
use sea_orm::{ColumnTrait, prelude::Uuid};

use super::{
    draft::administers,
    error::EditionError,
    read::{self, compared},
    store,
};
use crate::infra::Cx;

const LONGEST_NOTE: usize = 500;

/// How a draft is published.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The revision of the draft that was looked at.
    pub expected: i64,
    /// Why it was changed.
    pub note: String,
    /// From when it holds; at once if absent.
    pub from: Option<Instant>,
    /// Until when the edition before it is accepted; only until the new one begins if absent.
    pub old_until: Option<Instant>,
}

/// Publishes the draft of a subject; gives its number and when it begins.
///
/// # Errors
/// What keeps the document from being published, a day that cannot be used, or that somebody saved it meanwhile.
pub async fn publish<D: Document>(
    cx: &mut Cx<'_>,
    subject: Uuid,
    how: &Publication,
) -> Result<(i64, Instant), EditionError> {
    administers(cx)?;
    let row = store::draft(cx, D::KIND, subject).await?.ok_or(EditionError::NotFound)?;
    let draft = read::opened::<D>(row.clone())?;
    let note = how.note.trim();
    if !(3..=LONGEST_NOTE).contains(&note.chars().count()) {
        return Err(EditionError::Note);
    }
    let problems = draft.document.check();
    if !problems.is_empty() {
        return Err(EditionError::Invalid(problems));
    }
    let all = read::moments(&store::of_subject(cx, D::KIND, subject).await?);
    let effect = publishing(&all, cx.now(), (how.from, how.old_until))?;
    let before = read::current::<D>(cx, subject, effect.valid_from).await?;
    if before.is_some_and(|held| compared(Some(&held.document), &draft.document).is_empty()) {
        return Err(EditionError::Unchanged);
    }
    let published = cx
        .tx()
        .change::<Entity>(store::unchanged(row.id, how.expected))
        .set(Column::State, EditionState::Published)
        .set(Column::Note, note.to_owned())
        .set(Column::PublishedBy, cx.officer())
        .set(Column::PublishedAt, cx.now())
        .set(Column::ValidFrom, effect.valid_from)
        .run()
        .await?;
    if published == 0 {
        return Err(EditionError::Stale);
    }
    if let Some((old, until)) = effect.grace {
        let old = store::of(D::KIND, subject).add(Column::Number.eq(old));
        cx.tx().change::<Entity>(old).set(Column::AcceptedUntil, until).run_one().await?;
    }
    let detail = serde_json::json!({
        "number": row.number, "from": effect.valid_from, "note": note,
        "old_accepted_until": effect.grace.map(|(_, until)| until),
    });
    cx.audit_with("edition.published", (D::KIND.word(), Some(subject)), Some(&detail))?;
    Ok((row.number, effect.valid_from))
}
