//! Why something about stock was not done.

use loket_core::id::StockItemId;

use crate::{domain::outages::OutageError, infra::Fault};

/// A refusal, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum StockError {
    /// The office has no such item.
    #[error("Barang persediaan tidak ditemukan.")]
    NotFound,
    /// Whoever asks may not.
    #[error("Anda tidak berwenang mencatat persediaan.")]
    NotAllowed,
    /// It is for what whoever asks has nothing to do with.
    #[error("Barang ini dipakai layanan atau unit di luar tugas Anda. Minta atasan mencatatnya.")]
    Beyond,
    /// The same is kept at that place already.
    #[error("Barang ini sudah ada di tempat itu.")]
    Already(StockItemId),
    /// The same form was sent before, and what it says is written.
    #[error("Catatan ini sudah disimpan.")]
    Twice,
    /// What was typed does not hold.
    #[error("{0}")]
    Invalid(&'static str),
    /// The ledger of outages refuses what follows from it.
    #[error(transparent)]
    Outage(#[from] OutageError),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}
