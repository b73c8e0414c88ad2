//! What is wrong with a line, told to the citizen in one sentence a field.

use super::Field;
use crate::text::{KkError, NameError, NikError};

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The field is empty, or the word for the value was left standing.
    Missing,
    /// Not a well-formed NIK.
    Nik(NikError),
    /// Not a KK number.
    Kk(KkError),
    /// Not a name.
    Name(NameError),
    /// None of these options.
    NotAnOption(Vec<String>),
    /// Not the name of a village or district.
    NotAPlace,
    /// Not the number of a document.
    NotADocumentNumber,
    /// Longer than this many characters.
    TooLong(usize),
    /// More values than the format has fields.
    TooMany,
    /// The separator is missing: after the keyword, or everywhere.
    NoSeparator(char),
    /// Other text stands before the line.
    TextBefore,
    /// The line is broken, or other text stands below it.
    SeveralLines,
}

/// Something wrong with a line. Holds no value of the citizen's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key of the field; `None` when the line as a whole is meant.
    pub key: Option<String>,
    /// What sentences call the field; for the whole line the keyword.
    pub label: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

impl Problem {
    pub(super) fn of_field(field: &Field, kind: ProblemKind) -> Self {
        Self { key: Some(field.key.clone()), label: field.label.clone(), kind }
    }

    pub(super) fn of_line(keyword: &str, kind: ProblemKind) -> Self {
        Self { key: None, label: keyword.to_owned(), kind }
    }

    /// One Indonesian sentence that names the field and what is wrong, without the value.
    pub fn sentence(&self) -> String {
        let label = &self.label;
        match &self.kind {
            ProblemKind::Missing => format!("{label} belum diisi."),
            ProblemKind::Nik(NikError::Length(found)) | ProblemKind::Kk(KkError::Length(found)) => {
                format!("{label} harus terdiri atas 16 angka, yang terbaca {found} angka.")
            }
            ProblemKind::Nik(error) => self.about(error.sentence()),
            ProblemKind::Kk(error) => self.about(error.sentence()),
            ProblemKind::Name(error) => self.about(error.sentence()),
            ProblemKind::NotAnOption(options) => {
                format!("{label} harus salah satu dari: {}.", options.join(", "))
            }
            ProblemKind::NotAPlace => format!("{label} harus berupa nama wilayah."),
            ProblemKind::NotADocumentNumber => format!("{label} harus memuat nomor dokumen."),
            ProblemKind::TooLong(longest) => format!("{label} paling panjang {longest} huruf."),
            ProblemKind::TooMany => format!("Isian setelah kata {label} terlalu banyak."),
            ProblemKind::NoSeparator(separator) => {
                format!("Kata {label} dan setiap isian harus dipisahkan dengan tanda {separator}.")
            }
            ProblemKind::TextBefore => {
                "Pesan harus dimulai dengan baris format, tanpa tulisan lain.".to_owned()
            }
            ProblemKind::SeveralLines => {
                "Format harus ditulis dalam satu baris, tanpa tulisan lain di bawahnya.".to_owned()
            }
        }
    }

    /// The sentence, led by the field's name unless it names it itself.
    fn about(&self, sentence: &str) -> String {
        if sentence.contains(self.label.as_str()) {
            sentence.to_owned()
        } else {
            format!("{}: {sentence}", self.label)
        }
    }
}
