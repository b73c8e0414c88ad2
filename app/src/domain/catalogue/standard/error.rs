//! Why something about a service was not done.

use crate::{domain::editions::EditionError, infra::Fault};

/// A refusal, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum StandardError {
    /// The office has no such service, or the national catalogue no such entry.
    #[error("Layanan tidak ditemukan.")]
    NotFound,
    /// Whoever asks does not administer the office.
    #[error("Hanya admin kantor yang dapat melakukannya.")]
    NotAllowed,
    /// The office has a service of that code.
    #[error("Kantor ini sudah punya layanan dengan kode itu.")]
    Taken,
    /// The code cannot be used.
    #[error("Kode layanan terdiri atas 2 sampai 12 huruf besar atau angka.")]
    Code,
    /// The office has as many services as it can have.
    #[error("Kantor paling banyak memiliki 300 layanan.")]
    TooMany,
    /// It was never published and cannot be offered.
    #[error("Terbitkan dahulu standar layanan ini, baru layanan dapat dibuka.")]
    Unpublished,
    /// About its editions.
    #[error(transparent)]
    Edition(EditionError),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<EditionError> for StandardError {
    fn from(error: EditionError) -> Self {
        match error {
            EditionError::NotAllowed => Self::NotAllowed,
            EditionError::Fault(fault) => Self::Fault(fault),
            other => Self::Edition(other),
        }
    }
}
