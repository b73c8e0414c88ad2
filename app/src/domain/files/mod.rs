//! The rows of files that lie in an office's store. Their bytes are put there and taken away outside any transaction.

use std::collections::HashMap;

use loket_core::{clock::Instant, id::FileId};
use loket_entity::file::{ActiveModel, Column as FileColumn, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::infra::{
    Cx, Outcome,
    seal::{Column, OfficeKeys, sha256},
};

const NAME: Column = Column::new("file", "name");

/// A file of the office.
#[derive(Debug, Clone)]
pub struct FileView {
    /// The file.
    pub id: FileId,
    /// Its type by content.
    pub mime: String,
    /// What its sender called it.
    pub name: Option<String>,
    /// Its size in clear.
    pub bytes: i64,
    /// Where it lies.
    pub storage_key: String,
    /// When it was stored.
    pub stored_at: Instant,
}

/// A file whose bytes lie in the store, before anything refers to it.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// The file; its bytes are bound to this id.
    pub id: FileId,
    /// Where it lies.
    pub storage_key: String,
    /// Its type by content.
    pub mime: String,
    /// What its sender called it.
    pub name: Option<String>,
    /// Its size in clear.
    pub bytes: i64,
    /// Its digest, keyed per office.
    pub digest: Vec<u8>,
    /// The SHA-256 of its clear bytes, in hexadecimal: what anybody who has them can count. Kept only where it is sealed.
    pub sha256: String,
}

impl StoredFile {
    /// A file without a name, from its clear bytes.
    pub fn new(keys: &OfficeKeys, (id, storage_key): (FileId, String), mime: &str, clear: &[u8]) -> Self {
        let bytes = i64::try_from(clear.len()).unwrap_or(i64::MAX);
        let (digest, sha256) = (keys.digest(clear), sha256(clear));
        Self { id, storage_key, mime: mime.to_owned(), name: None, bytes, digest, sha256 }
    }

    /// With what its sender called it.
    #[must_use]
    pub fn named(self, name: Option<String>) -> Self {
        Self { name, ..self }
    }
}

/// Writes down that a file lies in the store; once, however often it comes.
pub async fn add(cx: &Cx<'_>, file: &StoredFile) -> Outcome<()> {
    let name = file.name.as_ref().map(|name| cx.seal(name, NAME.of(file.id.0))).transpose()?;
    cx.tx()
        .insert_once::<Entity>(ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(file.id),
            storage_key: Set(file.storage_key.clone()),
            mime: Set(file.mime.clone()),
            name: Set(name),
            bytes: Set(file.bytes),
            sha256: Set(file.digest.clone()),
            created_at: Set(cx.now()),
        })
        .await?;
    Ok(())
}

/// A file by id, whoever may see it: the caller asks that.
pub async fn find(cx: &Cx<'_>, id: FileId) -> Outcome<Option<FileView>> {
    let row = cx.tx().find::<Entity>().filter(FileColumn::Id.eq(id)).one().await?;
    row.map(|row| view(cx, row)).transpose()
}

/// The files of some ids.
pub async fn find_all(cx: &Cx<'_>, ids: Vec<FileId>) -> Outcome<HashMap<FileId, FileView>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let most = ids.len() as u64;
    let rows = cx.tx().find::<Entity>().filter(FileColumn::Id.is_in(ids)).up_to(most).await?;
    rows.into_iter().map(|row| Ok((row.id, view(cx, row)?))).collect()
}

/// Forgets a file; its bytes are the caller's to take away.
pub async fn remove(cx: &Cx<'_>, id: FileId) -> Outcome<()> {
    cx.tx().delete::<Entity>(FileColumn::Id.eq(id)).await?;
    Ok(())
}

fn view(cx: &Cx<'_>, row: Model) -> Outcome<FileView> {
    let name = row.name.as_ref().map(|name| cx.open(name, NAME.of(row.id.0))).transpose()?;
    let (id, mime, bytes) = (row.id, row.mime, row.bytes);
    Ok(FileView { id, mime, name, bytes, storage_key: row.storage_key, stored_at: row.created_at })
}
