//! Why something about collecting was not done.

use loket_core::handover::Withheld;

use crate::infra::Fault;

/// A refusal, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum PickupError {
    /// The office has no such place.
    #[error("Tempat pengambilan tidak ditemukan.")]
    NotFound,
    /// Whoever asks may not.
    #[error("Anda tidak berwenang mengatur tempat pengambilan.")]
    NotAllowed,
    /// It is not given to whoever wants it.
    #[error(transparent)]
    Withheld(#[from] Withheld),
    /// What was typed does not hold.
    #[error("{0}")]
    Invalid(&'static str),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}
