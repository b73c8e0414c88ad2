//! Why something about an outage was not done.

use loket_core::id::OutageId;

use crate::infra::Fault;

/// A refusal, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum OutageError {
    /// The office has no such entry.
    #[error("Catatan gangguan tidak ditemukan.")]
    NotFound,
    /// Whoever asks may not.
    #[error("Anda tidak berwenang mengubah catatan gangguan.")]
    NotAllowed,
    /// It touches what whoever asks has nothing to do with.
    #[error(
        "Gangguan ini berdampak pada layanan di luar tugas Anda. Minta atasan mencatat atau mengubahnya."
    )]
    Beyond,
    /// Whoever entered something does not approve it.
    #[error("Catatan Anda sendiri harus disetujui orang lain.")]
    Own,
    /// The same is already entered.
    #[error("Gangguan ini sudah tercatat dan belum dinyatakan pulih.")]
    Already(OutageId),
    /// It is over.
    #[error("Gangguan ini sudah dinyatakan pulih.")]
    Over,
    /// What was typed does not hold.
    #[error("{0}")]
    Invalid(&'static str),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}
