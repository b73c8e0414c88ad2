//! Files that go along: sealed again with the key of the office they come to, under the same id.

use std::collections::HashMap;

use loket_core::id::FileId;
use loket_entity::file;
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::super::places;
use crate::infra::{Cx, Outcome};

/// A file as it lies in the office that sends it.
pub struct Carried {
    /// The file; it has the same id in both offices.
    pub id: FileId,
    /// Where it lies.
    pub storage_key: String,
    /// Its type by content.
    pub mime: String,
    /// What it was called.
    pub name: Option<String>,
    /// Its size in clear.
    pub bytes: i64,
}

/// The same file as it lies in the office it came to.
pub struct Landed<'c> {
    /// The file.
    pub file: &'c Carried,
    /// Where it lies now.
    pub storage_key: String,
    /// Its digest, keyed by the office it came to.
    pub digest: Vec<u8>,
}

/// The files of some ids.
pub(super) async fn carried(cx: &Cx<'_>, ids: Vec<FileId>) -> Outcome<HashMap<FileId, Carried>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let most = ids.len() as u64;
    let rows = cx.tx().find::<file::Entity>().filter(file::Column::Id.is_in(ids)).up_to(most).await?;
    rows.into_iter()
        .map(|row| {
            let name =
                row.name.as_ref().map(|name| cx.open(name, places::FILE_NAME.of(row.id.0))).transpose()?;
            let (id, storage_key, mime, bytes) = (row.id, row.storage_key, row.mime, row.bytes);
            Ok((id, Carried { id, storage_key, mime, name, bytes }))
        })
        .collect()
}

/// Writes down that a file has come; once, however often it comes.
pub(super) async fn land(cx: &Cx<'_>, landed: &Landed<'_>) -> Outcome<()> {
    let file = landed.file;
    let name = file.name.as_ref().map(|name| cx.seal(name, places::FILE_NAME.of(file.id.0))).transpose()?;
    cx.tx()
        .insert_once::<file::Entity>(file::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(file.id),
            storage_key: Set(landed.storage_key.clone()),
            mime: Set(file.mime.clone()),
            name: Set(name),
            bytes: Set(file.bytes),
            sha256: Set(landed.digest.clone()),
            created_at: Set(cx.now()),
        })
        .await?;
    Ok(())
}
