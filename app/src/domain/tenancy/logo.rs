//! The picture at the head of an office's letters: a file of its own store, PNG or JPEG by its content.
//!
//! The file's row lies in the office, the office's own row above it, and no transaction spans both. So the file is
//! written first, then the office points to it, then the file before it goes: whatever dies in between leaves at
//! most a file that nothing points to.

use loket_core::id::FileId;
use loket_entity::office;
use sea_orm::{ColumnTrait, QueryFilter};

use super::{
    change_office::change_office,
    error::{DirectoryError, OfficeRefusal},
    office::Office,
};
use crate::{
    domain::files::{self, StoredFile},
    infra::{Actor, By, Cx, Fault, House, Outcome, PlatformTx, files::FileStore},
};

/// Bytes of a logo: a letterhead shows it the size of a stamp.
pub const LARGEST_LOGO: usize = 512 * 1024;

/// A logo as it is shown.
pub struct Logo {
    /// `image/png` or `image/jpeg`.
    pub mime: &'static str,
    /// The picture.
    pub bytes: Vec<u8>,
}

/// The types that a logo may be of. Not SVG: it can hold scripts.
fn mime_of(bytes: &[u8]) -> Option<&'static str> {
    let found = infer::get(bytes)?.mime_type();
    ["image/png", "image/jpeg"].into_iter().find(|mime| *mime == found)
}

/// Puts a picture in the place of the one before, or of none; without one the place is empty again. Only who
/// administers the whole office may.
pub async fn set_logo(
    house: &House,
    store: &FileStore,
    (office, actor): (&Office, &Actor),
    picture: Option<&[u8]>,
) -> Result<(), DirectoryError> {
    let standing = actor.administrator().ok_or(OfficeRefusal::NotAllowed)?;
    let new = match picture {
        Some(bytes) => Some(put(house, store, (office, actor), bytes).await?),
        None => None,
    };
    let before = point(house, office, By::Account(standing.user), new).await?;
    if let Some(before) = before {
        forget(house, store, (office, actor), before).await?;
    }
    Ok(())
}

async fn put(
    house: &House,
    store: &FileStore,
    (office, actor): (&Office, &Actor),
    bytes: &[u8],
) -> Result<FileId, DirectoryError> {
    let mime = mime_of(bytes).filter(|_| bytes.len() <= LARGEST_LOGO).ok_or(OfficeRefusal::Logo)?;
    let id = FileId(house.ids.uuid(house.clock.now()));
    let keys = house.keys(office.id).await?;
    let storage_key = store.put(&keys, (office.id, id), bytes).await?;
    let stored = StoredFile::new(&keys, (id, storage_key), mime, bytes);
    match record(house, (office, actor), &stored).await {
        Ok(()) => Ok(id),
        Err(fault) => {
            store.delete(&stored.storage_key).await?;
            Err(fault.into())
        }
    }
}

async fn record(house: &House, (office, actor): (&Office, &Actor), stored: &StoredFile) -> Outcome<()> {
    let mut cx = Cx::write(house, office.id, actor.clone()).await?;
    files::add(&cx, stored).await?;
    cx.audit("office.logo_stored", ("office", Some(office.id.0)))?;
    cx.commit().await
}

/// Points the office to a file; gives the one it pointed to before.
async fn point(house: &House, office: &Office, by: By, new: Option<FileId>) -> Outcome<Option<FileId>> {
    let tx = PlatformTx::write(house).await?;
    let row = tx.find::<office::Entity>().filter(office::Column::Id.eq(office.id)).one(tx.on()).await?;
    let before = row.ok_or(Fault::Inconsistent("the office to be changed is not there"))?.logo_file_id;
    change_office(&tx, office.id, [(office::Column::LogoFileId, new.into())]).await?;
    let detail = serde_json::json!({ "old": before, "new": new });
    tx.audit(by, "office.logo_changed", ("office", Some(office.id.0)), Some(&detail)).await?;
    tx.commit().await?;
    Ok(before)
}

async fn forget(
    house: &House,
    store: &FileStore,
    (office, actor): (&Office, &Actor),
    id: FileId,
) -> Outcome<()> {
    let mut cx = Cx::write(house, office.id, actor.clone()).await?;
    let Some(file) = files::find(&cx, id).await? else { return Ok(()) };
    files::remove(&cx, id).await?;
    cx.audit("office.logo_removed", ("file", Some(id.0)))?;
    cx.commit().await?;
    store.delete(&file.storage_key).await
}

/// The office's logo, for whoever works there.
pub async fn logo(cx: &Cx<'_>, store: &FileStore, office: &Office) -> Outcome<Option<Logo>> {
    let Some(id) = office.logo else { return Ok(None) };
    let Some(file) = files::find(cx, id).await? else { return Ok(None) };
    let bytes = store.get(cx.keys(), id, &file.storage_key).await?;
    Ok(mime_of(&bytes).map(|mime| Logo { mime, bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_known_by_its_content() {
        assert_eq!(mime_of(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(mime_of(b"\xff\xd8\xff\xe0...."), Some("image/jpeg"));
        for other in [&b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"[..], b"GIF89a....", b"%PDF-1.7", b""] {
            assert_eq!(mime_of(other), None);
        }
    }
}
