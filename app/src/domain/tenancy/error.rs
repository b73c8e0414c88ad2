//! What the directory refuses.

use crate::infra::Fault;

/// Why an office or province was not entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum OfficeRefusal {
    /// The name in the path is not 3 to 40 of a-z, 0-9 and dashes.
    SlugShape,
    /// Another office has the name in the path.
    SlugTaken,
    /// The receipt code is not 2 to 4 capital letters.
    CodeShape,
    /// Another office has the receipt code.
    CodeTaken,
    /// The province is not in the directory, or the area does not lie in it.
    Province,
    /// Nothing, or too much, was written as the name.
    Name,
    /// No hours were written.
    Hours,
    /// A text is longer than an office needs.
    TooLong,
    /// More lines than a letterhead has.
    Letterhead,
    /// The mailbox is none.
    Email,
    /// The file is no picture that every reader shows, or too large.
    Logo,
    /// There is an office of the kind for the area.
    RegionTaken,
    /// Whoever asks does not administer the office.
    NotAllowed,
}

impl OfficeRefusal {
    /// What is wrong, in one Indonesian sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::SlugShape => {
                "Nama alamat terdiri atas 3 sampai 40 huruf kecil, angka, atau tanda hubung, contoh: kab-tangerang."
            }
            Self::SlugTaken => "Nama alamat ini sudah dipakai kantor lain.",
            Self::CodeShape => "Kode nomor permohonan terdiri atas 2 sampai 4 huruf besar.",
            Self::CodeTaken => "Kode nomor permohonan ini sudah dipakai kantor lain.",
            Self::Province => "Kode wilayah kantor tidak termasuk provinsi yang terdaftar.",
            Self::Name => "Nama kantor belum diisi atau lebih dari 120 huruf.",
            Self::Hours => "Jam pelayanan belum diisi.",
            Self::TooLong => "Setiap isian paling panjang 500 huruf.",
            Self::Letterhead => "Kop surat paling banyak 4 baris di atas alamat.",
            Self::Email => "Alamat surel kantor tidak sesuai, contoh: disdukcapil@contoh.go.id.",
            Self::Logo => "Logo harus gambar PNG atau JPEG, paling besar 512 kB.",
            Self::RegionTaken => "Wilayah ini sudah punya kantor dari jenis yang sama.",
            Self::NotAllowed => "Hanya admin kantor yang dapat melakukannya.",
        }
    }
}

/// A refusal of the directory, or a fault below it.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// It was refused.
    #[error(transparent)]
    Refused(#[from] OfficeRefusal),
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}
