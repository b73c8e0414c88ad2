//! Files: encrypted before they leave the process, under names that we make.
//!
//! A folder by default; the store behind it is `object_store`, so that several servers can share an
//! S3-compatible one.

use std::{path::Path as FolderPath, sync::Arc};

use loket_core::id::{FileId, OfficeId};
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path};

use super::{
    fault::{Fault, Outcome},
    seal::{Column, OfficeKeys},
};

const CONTENT: Column = Column::new("file", "content");

/// The largest file that is kept: Meta's own bound for documents.
pub const LARGEST: usize = 100 * 1024 * 1024;

/// The store of all offices' files. Cheap to clone.
#[derive(Clone)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
}

impl FileStore {
    /// A store in a folder, which is made if it is not there.
    pub fn in_folder(folder: &FolderPath) -> Outcome<Self> {
        std::fs::create_dir_all(folder).map_err(|_| Fault::Files("the folder cannot be made"))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|_| Fault::Files("the folder cannot be opened"))?;
        Ok(Self { store: Arc::new(store) })
    }

    /// Where a file lies: by office and id, nothing from outside.
    pub fn key(office: OfficeId, file: FileId) -> String {
        format!("{office}/{file}")
    }

    /// Seals and stores a file's bytes.
    pub async fn put(
        &self,
        keys: &OfficeKeys,
        (office, file): (OfficeId, FileId),
        bytes: &[u8],
    ) -> Outcome<String> {
        if bytes.len() > LARGEST {
            return Err(Fault::Files("too large"));
        }
        let key = Self::key(office, file);
        let sealed = keys.seal_bytes(bytes, CONTENT.of(file.0))?;
        self.store
            .put(&Path::from(key.as_str()), PutPayload::from(sealed))
            .await
            .map_err(|_| Fault::Files("a file could not be stored"))?;
        Ok(key)
    }

    /// Takes a file away that nothing refers to. One that is not there is as good as deleted.
    pub async fn delete(&self, key: &str) -> Outcome<()> {
        match self.store.delete(&Path::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(_) => Err(Fault::Files("a file could not be deleted")),
        }
    }

    /// Fetches and opens a file's bytes.
    pub async fn get(&self, keys: &OfficeKeys, file: FileId, key: &str) -> Outcome<Vec<u8>> {
        let found =
            self.store.get(&Path::from(key)).await.map_err(|_| Fault::Files("a file could not be found"))?;
        let sealed = found.bytes().await.map_err(|_| Fault::Files("a file could not be read"))?;
        keys.open_bytes(&sealed, CONTENT.of(file.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestHouse;

    #[tokio::test]
    async fn a_file_can_be_taken_away_and_only_that_one() {
        let (test, office) = TestHouse::with_office().await;
        let Ok(files) = FileStore::in_folder(&test.folder.path().join("files")) else {
            unreachable!("the folder can be made")
        };
        let keys = test.house.keys(office).await;
        let Ok(keys) = keys else { unreachable!("an office has keys") };
        let new = || FileId(test.house.ids.uuid(test.clock_now()));
        let (one, two) = (new(), new());
        let mut stored = Vec::new();
        for id in [one, two] {
            stored.push(files.put(&keys, (office, id), b"isi").await.unwrap_or_default());
        }
        for _ in 0..2 {
            assert!(files.delete(&stored[0]).await.is_ok(), "also when it is gone already");
        }
        assert!(files.get(&keys, one, &stored[0]).await.is_err());
        assert_eq!(files.get(&keys, two, &stored[1]).await.ok().as_deref(), Some(b"isi".as_slice()));
    }
}
