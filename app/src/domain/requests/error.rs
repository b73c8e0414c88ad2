//! Why a use case of requests did not happen.

use loket_core::{format::Problem, request::Refusal};

use crate::{domain::whatsapp::ConversationError, infra::Fault};

/// A refusal with its sentence, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// There is no such request for this person.
    #[error("Permohonan tidak ditemukan.")]
    NotFound,
    /// They see it but may not do this.
    #[error("Peran Anda tidak mencakup tindakan ini.")]
    NotAllowed,
    /// The rules say no.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// What was typed cannot be used; the sentence says what to do.
    #[error("{0}")]
    Invalid(&'static str),
    /// What was typed into fields cannot be used: what is wrong with each.
    #[error("Ada isian yang perlu diperbaiki.")]
    Fields(Vec<Problem>),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<ConversationError> for RequestError {
    fn from(error: ConversationError) -> Self {
        match error {
            ConversationError::NotFound => Self::NotFound,
            ConversationError::NotAllowed => Self::NotAllowed,
            ConversationError::Invalid(sentence) => Self::Invalid(sentence),
            ConversationError::Fault(fault) => Self::Fault(fault),
        }
    }
}
