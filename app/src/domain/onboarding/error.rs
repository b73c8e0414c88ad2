//! Why an office was not entered or opened.

use crate::{
    domain::{
        people::PeopleError,
        tenancy::{DirectoryError, OfficeRefusal},
    },
    infra::Fault,
};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum OnboardingError {
    /// There is no such area or office for whoever asks.
    #[error("Tidak ditemukan.")]
    NotFound,
    /// Whoever asks does not administer the office.
    #[error("Hanya admin kantor yang dapat melakukannya.")]
    NotAllowed,
    /// The directory does not take it.
    #[error(transparent)]
    Directory(OfficeRefusal),
    /// Something else about the form, in a sentence.
    #[error("{0}")]
    Invalid(String),
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DirectoryError> for OnboardingError {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Refused(refusal) => Self::Directory(refusal),
            DirectoryError::Fault(fault) => fault.into(),
        }
    }
}

impl From<PeopleError> for OnboardingError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Fault(fault) => fault.into(),
            PeopleError::NotFound => Self::NotFound,
            PeopleError::NotAllowed => Self::NotAllowed,
            other => Self::Invalid(other.to_string()),
        }
    }
}
