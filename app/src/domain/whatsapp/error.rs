//! Why something about a conversation did not happen.

use crate::infra::Fault;

/// A refusal with its sentence, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum ConversationError {
    /// There is no such conversation for this person.
    #[error("Percakapan tidak ditemukan.")]
    NotFound,
    /// They see it but may not do this.
    #[error("Peran Anda tidak mencakup tindakan ini.")]
    NotAllowed,
    /// What was typed cannot be used; the sentence says what to do.
    #[error("{0}")]
    Invalid(&'static str),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}
