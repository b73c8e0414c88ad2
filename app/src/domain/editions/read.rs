//! What is read of editions: the draft, what is current and what is still accepted at an instant, the history, and what
//! differs between two.

use std::collections::HashMap;

use loket_core::{
    clock::Instant,
    edition::{self, Difference, Document, EditionKind, EditionState, Moment, Span},
    id::UserId,
};
use loket_entity::edition::Model;
use sea_orm::prelude::Uuid;

use super::store::{self, Row};
use crate::infra::{Cx, Fault, Outcome};

/// Who did something and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authored {
    /// Who; nobody for Loket itself.
    pub by: Option<UserId>,
    /// When.
    pub at: Instant,
}

/// An edition without its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What it is an edition of.
    pub subject: Uuid,
    /// Its number.
    pub number: i64,
    /// Draft or published.
    pub state: EditionState,
    /// Why it was changed.
    pub note: String,
    /// Who began it.
    pub made: Authored,
    /// Who published it.
    pub published: Option<Authored>,
    /// When it is current; never, for a draft and for what another took the place of at once.
    pub span: Option<Span>,
    /// Until when it is accepted once another is current.
    pub accepted_until: Option<Instant>,
    /// Counts the changes of a draft.
    pub revision: i64,
}

impl Heading {
    /// Whether it is current at an instant.
    pub fn is_current(&self, at: Instant) -> bool {
        self.span.is_some_and(|span| span.from <= at && span.until.is_none_or(|until| at < until))
    }
}

/// An edition with its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition<D> {
    /// Its number.
    pub number: i64,
    /// Counts the changes of a draft.
    pub revision: i64,
    /// Until when it is accepted once another is current.
    pub accepted_until: Option<Instant>,
    /// The document.
    pub document: D,
}

pub(super) fn opened<D: Document>(row: Model) -> Outcome<Edition<D>> {
    let document = serde_json::from_value(row.document)
        .map_err(|_| Fault::Inconsistent("the document of an edition"))?;
    Ok(Edition { number: row.number, revision: row.revision, accepted_until: row.accepted_until, document })
}

pub(super) fn moments(rows: &[Row]) -> Vec<Moment> {
    rows.iter().filter_map(Row::moment).collect()
}

/// The draft of a subject.
pub async fn draft<D: Document>(cx: &Cx<'_>, subject: Uuid) -> Outcome<Option<Edition<D>>> {
    store::draft(cx, D::KIND, subject).await?.map(opened).transpose()
}

/// What is current at an instant.
pub async fn current<D: Document>(cx: &Cx<'_>, subject: Uuid, at: Instant) -> Outcome<Option<Edition<D>>> {
    let rows = store::of_subject(cx, D::KIND, subject).await?;
    let Some(number) = edition::current(&moments(&rows), at).map(|one| one.number) else { return Ok(None) };
    numbered(cx, subject, number).await
}

/// What is accepted at an instant: the current edition, then older ones that still are, with their last day.
pub async fn accepted<D: Document>(cx: &Cx<'_>, subject: Uuid, at: Instant) -> Outcome<Vec<Edition<D>>> {
    let rows = store::of_subject(cx, D::KIND, subject).await?;
    let all = moments(&rows);
    let numbers: Vec<i64> = edition::accepted(&all, at).iter().map(|one| one.number).collect();
    let ids: Vec<_> = rows.iter().filter(|row| numbers.contains(&row.number)).map(|row| row.id).collect();
    let mut found: Vec<Edition<D>> =
        store::whole(cx, &ids).await?.into_iter().map(opened).collect::<Outcome<_>>()?;
    found.sort_by_key(|one| numbers.iter().position(|number| *number == one.number));
    Ok(found)
}

/// What is current at an instant of a subject, and its history, newest first.
pub async fn with_history<D: Document>(
    cx: &Cx<'_>,
    subject: Uuid,
    at: Instant,
) -> Outcome<(Option<Edition<D>>, Vec<Heading>)> {
    let history = history(cx, D::KIND, subject).await?;
    let held = match history.iter().find(|one| one.is_current(at)) {
        Some(one) => numbered(cx, subject, one.number).await?,
        None => None,
    };
    Ok((held, history))
}

/// The same of every subject of a kind.
pub async fn all_with_history<D: Document>(
    cx: &Cx<'_>,
    at: Instant,
) -> Outcome<HashMap<Uuid, (Option<Edition<D>>, Vec<Heading>)>> {
    let rows = store::of_kind(cx, D::KIND).await?;
    let mut found = HashMap::new();
    let mut ids = Vec::new();
    for of_one in rows.chunk_by(|one, next| one.subject_id == next.subject_id) {
        let current = edition::current(&moments(of_one), at).map(|one| one.number);
        ids.extend(of_one.iter().find(|row| Some(row.number) == current).map(|row| row.id));
        found.extend(of_one.first().map(|row| (row.subject_id, (None, told(of_one)))));
    }
    for row in store::whole(cx, &ids).await? {
        if let Some((held, _)) = found.get_mut(&row.subject_id) {
            *held = Some(opened(row)?);
        }
    }
    Ok(found)
}

/// What is accepted at an instant of every subject of a kind: the current edition first, then older ones.
pub async fn all_accepted<D: Document>(cx: &Cx<'_>, at: Instant) -> Outcome<HashMap<Uuid, Vec<Edition<D>>>> {
    let rows = store::of_kind(cx, D::KIND).await?;
    let mut ids = Vec::new();
    for of_one in rows.chunk_by(|one, next| one.subject_id == next.subject_id) {
        let all = moments(of_one);
        let numbers = edition::accepted(&all, at).into_iter().map(|one| one.number);
        ids.extend(
            numbers.filter_map(|number| of_one.iter().find(|row| row.number == number)).map(|row| row.id),
        );
    }
    let whole = if ids.is_empty() { Vec::new() } else { store::whole(cx, &ids).await? };
    let mut found: HashMap<Uuid, Vec<Edition<D>>> = HashMap::new();
    let place = |id| ids.iter().position(|one| *one == id);
    let mut whole: Vec<_> = whole.into_iter().map(|row| (place(row.id), row)).collect();
    whole.sort_by_key(|(place, _)| *place);
    for (_, row) in whole {
        found.entry(row.subject_id).or_default().push(opened(row)?);
    }
    Ok(found)
}

/// The editions of a subject, newest first, the draft among them.
pub async fn history(cx: &Cx<'_>, kind: EditionKind, subject: Uuid) -> Outcome<Vec<Heading>> {
    let rows = store::of_subject(cx, kind, subject).await?;
    Ok(told(&rows))
}

/// An edition by its number, a draft too.
pub async fn numbered<D: Document>(cx: &Cx<'_>, subject: Uuid, number: i64) -> Outcome<Option<Edition<D>>> {
    store::numbered(cx, (D::KIND, subject), number).await?.map(opened).transpose()
}

/// The next edition that holds from a later day on.
pub fn coming(history: &[Heading], at: Instant) -> Option<i64> {
    let ahead = |one: &&Heading| one.span.is_some_and(|span| span.from > at);
    history.iter().rfind(ahead).map(|one| one.number)
}

/// Whether somebody is writing a draft.
pub fn drafted(history: &[Heading]) -> bool {
    history.iter().any(|one| one.state == EditionState::Draft)
}

/// What differs between two documents; without an old one everything came.
pub fn compared<D: Document>(old: Option<&D>, new: &D) -> Vec<Difference> {
    edition::difference(&old.map(Document::parts).unwrap_or_default(), &new.parts())
}

fn told(rows: &[Row]) -> Vec<Heading> {
    let all = moments(rows);
    let heading = |row: &Row| Heading {
        subject: row.subject_id,
        number: row.number,
        state: row.state,
        note: row.note.clone(),
        made: Authored { by: row.made_by, at: row.made_at },
        published: row.published_at.map(|at| Authored { by: row.published_by, at }),
        span: edition::span(&all, row.number),
        accepted_until: row.accepted_until,
        revision: row.revision,
    };
    rows.iter().map(heading).collect()
}
