//! An edition of something that an office configures.

use loket_core::{
    clock::Instant,
    edition::{EditionKind, EditionState},
    id::{EditionId, OfficeId, UserId},
};
use sea_orm::entity::prelude::*;

/// An edition of something that an office configures.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "edition")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The edition.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EditionId,
    /// What kind of document it holds.
    pub kind: EditionKind,
    /// What it is an edition of, by kind: a service.
    pub subject_id: Uuid,
    /// Counts up for each subject.
    pub number: i64,
    /// Draft or published.
    pub state: EditionState,
    /// The document.
    #[sea_orm(column_type = "JsonBinary")]
    pub document: Json,
    /// Why it was changed.
    pub note: String,
    /// Who began it; empty for Loket itself.
    pub made_by: Option<UserId>,
    /// When it was begun.
    pub made_at: Instant,
    /// Who published it.
    pub published_by: Option<UserId>,
    /// When it was published.
    pub published_at: Option<Instant>,
    /// From when it is current.
    pub valid_from: Option<Instant>,
    /// Until when it is accepted once another is current; the one column that changes after publication.
    pub accepted_until: Option<Instant>,
    /// Counts the changes of the draft.
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
