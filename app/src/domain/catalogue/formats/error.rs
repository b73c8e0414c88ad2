//! Why something about a format was not done.

use crate::{domain::editions::EditionError, infra::Fault};

/// A refusal, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// The office has no such service, or nothing is published of its format.
    #[error("Format tidak ditemukan.")]
    NotFound,
    /// Whoever asks does not administer the office.
    #[error("Hanya admin kantor yang dapat melakukannya.")]
    NotAllowed,
    /// The office that a format is copied to does not offer the service.
    #[error("Kantor tujuan belum memiliki layanan dengan kode {0}. Tambahkan layanannya dahulu.")]
    NoService(String),
    /// It begins to ask for identity numbers in chats, and nobody has said that the office knows what that means.
    #[error("Baca risikonya, lalu centang pernyataan di bawah ini.")]
    Risk,
    /// About its editions.
    #[error(transparent)]
    Edition(EditionError),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<EditionError> for FormatError {
    fn from(error: EditionError) -> Self {
        match error {
            EditionError::NotAllowed => Self::NotAllowed,
            EditionError::Fault(fault) => Self::Fault(fault),
            other => Self::Edition(other),
        }
    }
}
