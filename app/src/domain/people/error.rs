//! What can go wrong with the people of an office.

use loket_core::staffing::StaffRefusal;

use crate::{
    domain::accounts::{AccountError, GrantError},
    infra::Fault,
};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// There is no such person or invitation in this office.
    #[error("Tidak ditemukan.")]
    NotFound,
    /// Whoever asks does not administer the office.
    #[error("Hanya admin kantor yang dapat melakukannya.")]
    NotAllowed,
    /// The link was used, taken back, or is over.
    #[error("Undangan ini sudah dipakai, dibatalkan, atau tidak berlaku lagi.")]
    Over,
    /// The rules of who may change whom say no.
    #[error(transparent)]
    Refused(#[from] StaffRefusal),
    /// Something about the form, in a sentence.
    #[error("{0}")]
    Invalid(String),
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl PeopleError {
    pub(super) fn invalid(sentence: &str) -> Self {
        Self::Invalid(sentence.to_owned())
    }
}

impl From<AccountError> for PeopleError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Fault(fault) => fault.into(),
            other => Self::Invalid(other.to_string()),
        }
    }
}

impl From<GrantError> for PeopleError {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::Fault(fault) => fault.into(),
            other => Self::Invalid(other.to_string()),
        }
    }
}
