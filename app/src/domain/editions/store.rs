//! The rows of editions. Every query is led by the office, then by the kind and the subject.

use loket_core::{
    clock::Instant,
    edition::{EditionKind, EditionState, Moment},
    id::{EditionId, UserId},
};
use loket_entity::edition::{Column, Entity, Model};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, prelude::Uuid};

use crate::infra::{Cx, Outcome};

/// More editions than a thing gets in a working life.
const MOST: u64 = 2_000;
/// More things of a kind than an office has, each with its editions.
const MOST_OF_KIND: u64 = 50_000;
const MOST_SUBJECTS: u64 = 500;

/// An edition without its document.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Row {
    pub id: EditionId,
    pub subject_id: Uuid,
    pub number: i64,
    pub state: EditionState,
    pub note: String,
    pub made_by: Option<UserId>,
    pub made_at: Instant,
    pub published_by: Option<UserId>,
    pub published_at: Option<Instant>,
    pub valid_from: Option<Instant>,
    pub accepted_until: Option<Instant>,
    pub revision: i64,
}

const HEADING: [Column; 12] = [
    Column::Id,
    Column::SubjectId,
    Column::Number,
    Column::State,
    Column::Note,
    Column::MadeBy,
    Column::MadeAt,
    Column::PublishedBy,
    Column::PublishedAt,
    Column::ValidFrom,
    Column::AcceptedUntil,
    Column::Revision,
];

impl Row {
    /// When it holds, if it is published.
    pub fn moment(&self) -> Option<Moment> {
        let valid_from = self.valid_from.filter(|_| self.state == EditionState::Published)?;
        Some(Moment { number: self.number, valid_from, accepted_until: self.accepted_until })
    }
}

/// Every edition of a subject, newest first.
pub(super) async fn of_subject(cx: &Cx<'_>, kind: EditionKind, subject: Uuid) -> Outcome<Vec<Row>> {
    let rows = cx.tx().find::<Entity>().filter(of(kind, subject)).descending(Column::Number);
    rows.all_columns(HEADING, (MOST, "editions")).await
}

/// Every edition of a kind, subject by subject, newest first.
pub(super) async fn of_kind(cx: &Cx<'_>, kind: EditionKind) -> Outcome<Vec<Row>> {
    let rows = cx.tx().find::<Entity>().filter(Column::Kind.eq(kind));
    let rows = rows.ascending(Column::SubjectId).descending(Column::Number);
    rows.all_columns(HEADING, (MOST_OF_KIND, "editions")).await
}

pub(super) async fn numbered(
    cx: &Cx<'_>,
    (kind, subject): (EditionKind, Uuid),
    number: i64,
) -> Outcome<Option<Model>> {
    cx.tx().find::<Entity>().filter(of(kind, subject).add(Column::Number.eq(number))).one().await
}

/// Editions by their ids.
pub(super) async fn whole(cx: &Cx<'_>, ids: &[EditionId]) -> Outcome<Vec<Model>> {
    let named = ids.iter().copied();
    cx.tx().find::<Entity>().filter(Column::Id.is_in(named)).up_to(MOST_SUBJECTS).await
}

pub(super) async fn draft(cx: &Cx<'_>, kind: EditionKind, subject: Uuid) -> Outcome<Option<Model>> {
    let open = of(kind, subject).add(Column::State.eq(EditionState::Draft));
    cx.tx().find::<Entity>().filter(open).one().await
}

/// A subject's editions.
pub(super) fn of(kind: EditionKind, subject: Uuid) -> Condition {
    Condition::all().add(Column::Kind.eq(kind)).add(Column::SubjectId.eq(subject))
}

/// A draft that still is as it was read.
pub(super) fn unchanged(id: EditionId, revision: i64) -> Condition {
    Condition::all()
        .add(Column::Id.eq(id))
        .add(Column::State.eq(EditionState::Draft))
        .add(Column::Revision.eq(revision))
}
