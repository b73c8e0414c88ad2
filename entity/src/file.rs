//! A file in the office's encrypted store.

use loket_core::{
    clock::Instant,
    id::{FileId, OfficeId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A file in the office's encrypted store.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "file")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FileId,
    /// Its name in the store: made by us, never from the outside.
    pub storage_key: String,
    /// Its type, by content.
    pub mime: String,
    /// What it was called.
    pub name: Option<Sealed<String>>,
    /// Its size in clear.
    pub bytes: i64,
    /// Of the clear bytes, keyed per office.
    pub sha256: Vec<u8>,
    /// When it was stored.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
