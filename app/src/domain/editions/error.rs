//! Why something about an edition was not done.

use loket_core::edition::{Problem, WhenProblem};

use crate::infra::Fault;

/// A refusal, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// There is no such draft or edition in this office.
    #[error("Rancangan tidak ditemukan. Mungkin sudah diterbitkan atau dibuang.")]
    NotFound,
    /// Whoever asks does not administer the office.
    #[error("Hanya admin kantor yang dapat melakukannya.")]
    NotAllowed,
    /// There is a draft already.
    #[error("Sudah ada rancangan yang sedang disusun. Lanjutkan atau buang rancangan itu dahulu.")]
    DraftExists,
    /// Somebody saved the draft in the meantime.
    #[error(
        "Rancangan ini sudah diubah orang lain sejak Anda membukanya. Isian Anda masih ada di bawah. Periksa dahulu \
         isinya; bila disimpan lagi, isian Anda menggantikan perubahan tadi."
    )]
    Stale,
    /// It cannot be published as it is.
    #[error("Masih ada yang perlu diperbaiki sebelum diterbitkan.")]
    Invalid(Vec<Problem>),
    /// A day cannot be used.
    #[error(transparent)]
    When(#[from] WhenProblem),
    /// Nothing was said about why.
    #[error("Tulis alasan perubahan, 3 sampai 500 huruf.")]
    Note,
    /// Nothing differs from what holds.
    #[error("Rancangan ini sama dengan edisi yang berlaku. Tidak ada yang perlu diterbitkan.")]
    Unchanged,
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}
