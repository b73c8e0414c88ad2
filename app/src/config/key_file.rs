//! A key in a file: 32 bytes, or 64 hexadecimal digits, that nobody else on the machine may read.

use std::{fs, path::Path};

use zeroize::Zeroizing;

/// Why a key file is no use. Names the file, never what is in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// It is not there, or not ours to read.
    #[error("The key file {0} cannot be read.")]
    Unreadable(String),
    /// It is not a key.
    #[error("The key file {0} does not hold 32 bytes or 64 hexadecimal digits.")]
    Shape(String),
    /// Every byte is the same: a placeholder.
    #[error("The key file {0} holds no random key.")]
    Placeholder(String),
    /// Everybody may read it.
    #[error("The key file {0} can be read by everybody on this machine; take that right away (chmod o-rwx).")]
    Open(String),
}

/// Reads a key.
pub fn read_key(path: &Path) -> Result<Zeroizing<[u8; 32]>, KeyFileError> {
    let name = || path.display().to_string();
    let bytes = Zeroizing::new(fs::read(path).map_err(|_| KeyFileError::Unreadable(name()))?);
    if is_open_to_all(path) {
        return Err(KeyFileError::Open(name()));
    }
    let mut key = Zeroizing::new([0_u8; 32]);
    if bytes.len() == 32 {
        key.copy_from_slice(&bytes);
    } else {
        hex::decode_to_slice(bytes.trim_ascii(), &mut *key).map_err(|_| KeyFileError::Shape(name()))?;
    }
    if key.iter().all(|byte| Some(byte) == key.first()) {
        return Err(KeyFileError::Placeholder(name()));
    }
    Ok(key)
}

#[cfg(unix)]
fn is_open_to_all(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o007 != 0)
}

#[cfg(not(unix))]
fn is_open_to_all(_: &Path) -> bool {
    false
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::testing::TestFolder;

    #[test]
    fn a_key_is_read_from_bytes_or_digits_and_nothing_else() {
        let folder = TestFolder::new();
        let path = folder.path().join("key");
        let key: Vec<u8> = (0..32).collect();
        let read = |bytes: &[u8], mode: u32| {
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            read_key(&path).map(|key| key.to_vec())
        };
        assert_eq!(read(&key, 0o600).unwrap(), key);
        assert_eq!(read(format!("{}\n", hex::encode(&key)).as_bytes(), 0o640).unwrap(), key);
        assert!(matches!(read(&key, 0o644), Err(KeyFileError::Open(_))));
        assert!(matches!(read(b"rahasia", 0o600), Err(KeyFileError::Shape(_))));
        assert!(matches!(read(&[0; 32], 0o600), Err(KeyFileError::Placeholder(_))));
        fs::remove_file(&path).unwrap();
        assert!(matches!(read_key(&path), Err(KeyFileError::Unreadable(_))));
    }
}
