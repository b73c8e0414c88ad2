//! The demonstration's folder: its keys, its marks of how far the past was told, and taking all of it away.

use std::path::Path;

use zeroize::Zeroizing;

use crate::infra::ids;

/// Accounts and numbers, as `--describe` prints them.
pub(super) const DESCRIPTION: &str = "peragaan.json";
/// Where the demonstration's letters lie, one file each.
pub(super) const LETTERS: &str = "surat";
/// There when the telling of the past has begun, and when it is over.
pub(super) const STORY_BEGUN: &str = "cerita-mulai";
pub(super) const STORY_TOLD: &str = "cerita-selesai";

/// Whether an earlier start ended in the middle of the year or of the story. Half of it cannot be gone on with, and
/// nobody was let in before it was told, so nothing of anybody is lost when it is told anew.
pub(super) fn is_broken_off(folder: &Path) -> bool {
    folder.join(STORY_BEGUN).exists() && !folder.join(STORY_TOLD).exists()
}

/// A key file of the demonstration; made at the first start.
pub(super) fn key(file: &Path) -> Result<Zeroizing<[u8; 32]>, String> {
    if !file.exists() {
        let mut key = Zeroizing::new([0_u8; 32]);
        ids::fill(&mut *key);
        write_private(file, hex::encode(*key).as_bytes())?;
    }
    crate::config::read_key(file).map_err(|error| error.to_string())
}

pub(super) fn write_private(file: &Path, bytes: &[u8]) -> Result<(), String> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(file)
        .and_then(|mut open| std::io::Write::write_all(&mut open, bytes))
        .map_err(|error| format!("{} cannot be written: {error}", file.display()))
}

pub(super) fn make_private(folder: &Path) -> Result<(), String> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))
}

/// Deletes what the demonstration made, by name: never a folder that holds something else.
pub(super) fn forget(folder: &Path) -> Result<(), String> {
    let ours = [
        DESCRIPTION,
        STORY_BEGUN,
        STORY_TOLD,
        "master.key",
        "cookie.key",
        "ponsel.log",
        "loket.sqlite3",
        "loket.sqlite3-wal",
        "loket.sqlite3-shm",
    ];
    for name in ours {
        match std::fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(format!("{name} cannot be deleted: {error}"));
            }
            _ => {}
        }
    }
    for name in ["files", LETTERS] {
        match std::fs::remove_dir_all(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(format!("{name} cannot be deleted: {error}"));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_story_is_told_anew_and_a_whole_one_is_not() {
        let folder = crate::testing::TestFolder::new();
        let write = |name: &str| std::fs::write(folder.path().join(name), "").is_ok();
        assert!(!is_broken_off(folder.path()));
        assert!(write(STORY_BEGUN) && is_broken_off(folder.path()));
        assert!(write(STORY_TOLD) && !is_broken_off(folder.path()));
        assert!(forget(folder.path()).is_ok());
        assert!(!folder.path().join(STORY_TOLD).exists() && !is_broken_off(folder.path()));
    }
}
