//! A draft: begun from what holds or from what is handed in, saved by one person at a time, thrown away.

use loket_core::{
    edition::{Document, EditionState},
    id::EditionId,
};
use loket_entity::edition::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, prelude::Uuid};

use super::{
    error::EditionError,
    read::{self, Edition},
    store,
};
use crate::infra::{Cx, Fault, Outcome};

/// Whoever does this administers the office, or a refusal.
pub fn administers(cx: &Cx<'_>) -> Result<(), EditionError> {
    cx.administers().then_some(()).ok_or(EditionError::NotAllowed)
}

pub(super) fn written<D: Document>(document: &D) -> Outcome<serde_json::Value> {
    serde_json::to_value(document).map_err(|_| Fault::Inconsistent("the document of an edition"))
}

/// The draft of a subject, begun from what is current if there is none.
///
/// # Errors
/// [`EditionError::NotFound`] where nothing is current to begin from.
pub async fn begin<D: Document>(cx: &mut Cx<'_>, subject: Uuid) -> Result<Edition<D>, EditionError> {
    administers(cx)?;
    if let Some(draft) = read::draft(cx, subject).await? {
        return Ok(draft);
    }
    let now = cx.now();
    let held: Edition<D> = read::current(cx, subject, now).await?.ok_or(EditionError::NotFound)?;
    put(cx, subject, &held.document).await
}

/// Puts a document down as the draft of a subject that has none: the first one, or a copy of another office's.
///
/// # Errors
/// [`EditionError::DraftExists`] if somebody is writing one.
pub async fn put<D: Document>(
    cx: &mut Cx<'_>,
    subject: Uuid,
    document: &D,
) -> Result<Edition<D>, EditionError> {
    administers(cx)?;
    let rows = store::of_subject(cx, D::KIND, subject).await?;
    if rows.iter().any(|row| row.state == EditionState::Draft) {
        return Err(EditionError::DraftExists);
    }
    let number = rows.iter().map(|row| row.number).max().unwrap_or(0) + 1;
    let id: EditionId = cx.new_id();
    let row = ActiveModel {
        id: Set(id),
        kind: Set(D::KIND),
        subject_id: Set(subject),
        number: Set(number),
        state: Set(EditionState::Draft),
        document: Set(written(document)?),
        note: Set(String::new()),
        made_by: Set(cx.officer()),
        made_at: Set(cx.now()),
        revision: Set(1),
        ..Default::default()
    };
    // Who begins one in the same moment meets the index of drafts.
    if !cx.tx().insert_once::<Entity>(row).await? {
        return Err(EditionError::DraftExists);
    }
    cx.audit("edition.begun", (D::KIND.word(), Some(subject)))?;
    Ok(Edition { number, revision: 1, accepted_until: None, document: document.clone() })
}

/// Saves a draft as whoever read its revision wants it; gives the new revision.
///
/// # Errors
/// [`EditionError::Stale`] if somebody saved it in the meantime.
pub async fn save<D: Document>(
    cx: &mut Cx<'_>,
    subject: Uuid,
    (expected, document): (i64, &D),
) -> Result<i64, EditionError> {
    administers(cx)?;
    let row = store::draft(cx, D::KIND, subject).await?.ok_or(EditionError::NotFound)?;
    let saved = cx
        .tx()
        .change::<Entity>(store::unchanged(row.id, expected))
        .set(Column::Document, written(document)?)
        .set(Column::Revision, expected + 1)
        .run()
        .await?;
    if saved == 0 {
        return Err(EditionError::Stale);
    }
    let detail = serde_json::json!({ "number": row.number, "revision": expected + 1 });
    cx.audit_with("edition.saved", (D::KIND.word(), Some(subject)), Some(&detail))?;
    Ok(expected + 1)
}

/// Keeps a document as the draft of a subject: the draft of the revision that was read, or a first one for 0, which is
/// what somebody read who found none. Gives the new revision.
///
/// # Errors
/// [`EditionError::Stale`] if somebody saved or began a draft in the meantime.
pub async fn keep<D: Document>(
    cx: &mut Cx<'_>,
    subject: Uuid,
    (expected, document): (i64, &D),
) -> Result<i64, EditionError> {
    if expected > 0 {
        return save(cx, subject, (expected, document)).await;
    }
    match put(cx, subject, document).await {
        Err(EditionError::DraftExists) => Err(EditionError::Stale),
        other => Ok(other?.revision),
    }
}

/// Throws a draft away.
///
/// # Errors
/// [`EditionError::Stale`] if somebody saved it in the meantime.
pub async fn discard<D: Document>(cx: &mut Cx<'_>, subject: Uuid, expected: i64) -> Result<(), EditionError> {
    administers(cx)?;
    let row = store::draft(cx, D::KIND, subject).await?.ok_or(EditionError::NotFound)?;
    if cx.tx().delete::<Entity>(store::unchanged(row.id, expected)).await? == 0 {
        return Err(EditionError::Stale);
    }
    let detail = serde_json::json!({ "number": row.number });
    Ok(cx.audit_with("edition.discarded", (D::KIND.word(), Some(subject)), Some(&detail))?)
}
