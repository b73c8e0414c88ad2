//! Why something about home visits was not done.

use loket_core::visit::BadDays;

use crate::infra::Fault;

/// What is said where somebody else wrote meanwhile.
pub const CHANGED: &str =
    "Putaran ini baru saja diubah rekan Anda. Periksa keadaannya di bawah, lalu simpan lagi.";

/// A refusal, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum VisitError {
    /// The office has no such round.
    #[error("Putaran kunjungan tidak ditemukan.")]
    NotFound,
    /// Whoever asks may not.
    #[error("Anda tidak berwenang mengatur kunjungan rumah.")]
    NotAllowed,
    /// Somebody else wrote meanwhile.
    #[error("{CHANGED}")]
    Changed,
    /// Its days cannot be.
    #[error(transparent)]
    Days(#[from] BadDays),
    /// What was typed does not hold.
    #[error("{0}")]
    Invalid(&'static str),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}
