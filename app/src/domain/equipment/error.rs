//! Why something about equipment was not done.

use loket_core::id::EquipmentId;

use crate::infra::Fault;

/// What is said where somebody else wrote meanwhile.
pub const CHANGED: &str =
    "Rekan Anda baru saja mencatat sesuatu tentang alat ini. Periksa keadaannya di bawah, lalu simpan lagi.";

/// A refusal, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum EquipmentError {
    /// The office has no such piece.
    #[error("Peralatan tidak ditemukan.")]
    NotFound,
    /// Whoever asks may not.
    #[error("Anda tidak berwenang mencatat peralatan.")]
    NotAllowed,
    /// It is another unit's.
    #[error("Peralatan ini milik unit di luar tugas Anda. Minta atasan mencatatnya.")]
    Beyond,
    /// Its form has said so already; of this piece.
    #[error("Catatan ini sudah tersimpan.")]
    Twice(EquipmentId),
    /// Somebody else wrote meanwhile.
    #[error("{CHANGED}")]
    Changed,
    /// What was typed does not hold.
    #[error("{0}")]
    Invalid(&'static str),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}
