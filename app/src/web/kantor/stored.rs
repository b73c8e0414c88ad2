//! Uploaded files on their way into the office's store: their bytes lie there before a row refers to them.

use loket_core::id::{FileId, OfficeId};

use crate::{
    domain::files::StoredFile,
    web::{error::PageError, form::UploadedFile, site::Site},
};

/// A name is for people; more of it helps nobody.
const LONGEST_NAME: usize = 120;

/// Puts the bytes of an upload into the office's store, outside any transaction. Whether whoever sent it may is asked before.
pub(super) async fn keep(
    site: &Site,
    office: OfficeId,
    (file, mime): (&UploadedFile, &str),
) -> Result<StoredFile, PageError> {
    let id = FileId(site.house.ids.uuid(site.house.clock.now()));
    let keys = site.house.keys(office).await?;
    let storage_key = site.files.put(&keys, (office, id), &file.bytes).await?;
    let name = file.name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    Ok(StoredFile::new(&keys, (id, storage_key), mime, &file.bytes).named(Some(name)))
}

/// Takes the bytes away again that no row came to refer to.
pub(super) async fn forget(site: &Site, key: &str) {
    if let Err(fault) = site.files.delete(key).await {
        tracing::warn!(fault = %fault, key, "the file of a refused upload stays behind");
    }
}
