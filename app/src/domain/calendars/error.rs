//! Why something about a timetable was not done.

use crate::{domain::editions::EditionError, infra::Fault};

/// A refusal, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// The office has no such unit.
    #[error("Unit tidak ditemukan.")]
    NotFound,
    /// Whoever asks does not administer the office.
    #[error("Hanya admin kantor yang dapat melakukannya.")]
    NotAllowed,
    /// About its editions.
    #[error(transparent)]
    Edition(EditionError),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<EditionError> for CalendarError {
    fn from(error: EditionError) -> Self {
        match error {
            EditionError::NotAllowed => Self::NotAllowed,
            EditionError::Fault(fault) => Self::Fault(fault),
            other => Self::Edition(other),
        }
    }
}
