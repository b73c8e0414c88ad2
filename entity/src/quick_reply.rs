//! A ready answer of an office.

use loket_core::{
    clock::Instant,
    id::{OfficeId, QuickReplyId},
};
use sea_orm::entity::prelude::*;

/// A ready answer of an office.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "quick_reply")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The reply.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuickReplyId,
    /// What is typed after a slash; unique in the office.
    pub code: String,
    /// What officers call it.
    pub title: String,
    /// Its words, with placeholders.
    pub body: String,
    /// Its place among the others.
    pub position: i64,
    /// Whether it is offered.
    pub active: bool,
    /// When it was written.
    pub created_at: Instant,
    /// When it was last changed.
    pub changed_at: Instant,
    /// Counts the changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
