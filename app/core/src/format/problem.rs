//! What is wrong with a line, told to the citizen in one sentence a field; and what an officer should know of a
//! line without a fault.

use std::fmt;

use super::schema::Field;
use crate::text::{KkError, NameError, NikError, PhoneError};

/// Places between which only the citizen can choose. Prints their number only: where somebody lives is personal.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Which {
    /// The village whose district is asked for; empty where it is the place itself that is asked for.
    pub of: String,
    /// The places, in the order of the alphabet; none when they are too many to be asked about.
    pub among: Vec<String>,
}

impl fmt::Debug for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Which({})", self.among.len())
    }
}

impl Which {
    /// `Rajeg, Sepatan, atau Tigaraksa`.
    fn list(&self) -> String {
        match self.among.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [one, other] => format!("{one} atau {other}"),
            [first @ .., last] => format!("{}, atau {last}", first.join(", ")),
        }
    }

    /// How many there are, as it is said.
    fn count(&self) -> String {
        match self.among.len() {
            2 => "dua".to_owned(),
            3 => "tiga".to_owned(),
            4 => "empat".to_owned(),
            5 => "lima".to_owned(),
            more => more.to_string(),
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The field is empty, or the word for the value was left standing.
    Missing,
    /// Not a well-formed NIK.
    Nik(NikError),
    /// Not a KK number.
    Kk(KkError),
    /// The date in a KK number is no day on which a KK can have been issued.
    KkDate,
    /// The same number as the NIK.
    SameNumber,
    /// What was written could be the NIK or the KK number.
    WhichNumber,
    /// Not a name.
    Name(NameError),
    /// Holds digits or signs that no name has.
    NotAName,
    /// None of these options, or more than one.
    NotAnOption(Vec<String>),
    /// Not the name of a village or district.
    NotAPlace,
    /// No village or district of the office's region has this name.
    UnknownPlace,
    /// Several villages or districts could be meant: these, unless they are too many to be asked about.
    SeveralPlaces(Which),
    /// The district is not written, and several have a village of the name that is: these.
    WhichDistrict(Which),
    /// The district that was written has no such village, though another one has.
    NotInDistrict,
    /// The village that was written lies in another district.
    NotOfVillage,
    /// Not the number of a document.
    NotADocumentNumber,
    /// Not a day of the calendar that can be read in one way only.
    NotADate,
    /// A day that has not come yet.
    Future,
    /// Not a telephone number.
    Phone(PhoneError),
    /// It cannot be told which of the values is meant.
    Unclear,
    /// Longer than this many characters.
    TooLong(usize),
    /// More values than the format has fields.
    TooMany,
}

impl ProblemKind {
    /// The word for it in output for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing | Self::WhichDistrict(_) => "missing",
            Self::Nik(NikError::Length(_)) | Self::Kk(KkError::Length(_)) => "length",
            Self::Nik(_) => "nik",
            Self::Kk(_) => "kk",
            Self::KkDate => "kk_date",
            Self::SameNumber => "same_number",
            Self::WhichNumber => "which_number",
            Self::Name(_) | Self::NotAName => "name",
            Self::NotAnOption(_) => "option",
            Self::NotAPlace => "not_a_place",
            Self::UnknownPlace => "unknown_place",
            Self::SeveralPlaces(_) => "several_places",
            Self::NotInDistrict => "not_in_district",
            Self::NotOfVillage => "not_of_village",
            Self::NotADocumentNumber => "document_number",
            Self::NotADate => "date",
            Self::Future => "future",
            Self::Phone(_) => "phone",
            Self::Unclear => "unclear",
            Self::TooLong(_) => "too_long",
            Self::TooMany => "too_many",
        }
    }
}

/// Something wrong with a line. Holds no value of the citizen's, but for the places that could be meant.
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
            ProblemKind::KkDate => {
                format!("{label} tidak sesuai: angka ke-7 sampai ke-12 harus tanggal terbit KK.")
            }
            ProblemKind::SameNumber => format!("{label} tidak boleh sama dengan NIK."),
            ProblemKind::WhichNumber => {
                format!("{label} belum jelas: nomor yang terbaca dapat berarti NIK atau nomor KK.")
            }
            ProblemKind::Name(error) => self.about(error.sentence()),
            ProblemKind::NotAName => format!("{label} hanya boleh berisi huruf."),
            ProblemKind::NotAnOption(options) => {
                format!("{label} harus salah satu dari: {}.", options.join(", "))
            }
            ProblemKind::NotAPlace => format!("{label} harus berupa nama wilayah."),
            ProblemKind::UnknownPlace => format!("{label} tidak kami temukan di wilayah kantor ini."),
            ProblemKind::SeveralPlaces(which) if which.among.is_empty() => {
                format!("{label} dapat berarti lebih dari satu tempat; mohon tulis lengkap.")
            }
            ProblemKind::SeveralPlaces(which) if !which.of.is_empty() => {
                format!("{} yang mana: di {}?", which.of, which.list())
            }
            ProblemKind::SeveralPlaces(which) => format!("{label} yang mana: {}?", which.list()),
            ProblemKind::WhichDistrict(which) => {
                let (count, list) = (which.count(), which.list());
                format!("{} ada di {count} {}: {list}?", which.of, label.to_lowercase())
            }
            ProblemKind::NotInDistrict => format!("{label} tidak ada di kecamatan yang ditulis."),
            ProblemKind::NotOfVillage => {
                format!("{label} tidak sesuai dengan desa atau kelurahan yang ditulis.")
            }
            ProblemKind::NotADocumentNumber => format!("{label} harus memuat nomor dokumen."),
            ProblemKind::NotADate => format!("{label} harus berupa tanggal, misalnya 27-04-2019."),
            ProblemKind::Future => format!("{label} belum tiba; mohon periksa tahunnya."),
            ProblemKind::Phone(error) => self.about(error.sentence()),
            ProblemKind::Unclear => format!("{label} belum jelas; mohon tulis satu saja."),
            ProblemKind::TooLong(longest) => format!("{label} paling panjang {longest} huruf."),
            ProblemKind::TooMany => format!("Isian setelah kata {label} terlalu banyak."),
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

words! {
    /// What is worth knowing of a value that was accepted.
    NoteKind {
        /// The NIK was given in another region, or in one that has since been split: neither is a fault.
        NikFromElsewhere = "nik_from_elsewhere",
        /// NIK and KK number stood in each other's place; their dates told them apart.
        NumbersSwapped = "numbers_swapped",
        /// Village and district stood in each other's place.
        PlacesSwapped = "places_swapped",
        /// The district was not written; only one has a village of that name.
        DistrictFollows = "district_follows",
        /// The keyword was one letter off.
        KeywordMended = "keyword_mended",
        /// More was written below the line, which is complete without it.
        WordsLeftOut = "words_left_out",
    }
}

impl NoteKind {
    /// Why something was read as it was, for the officer.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NikFromElsewhere => {
                "Tetap diterima karena NIK dapat terbit di daerah lain atau sebelum pemekaran."
            }
            Self::NumbersSwapped => "Dibaca begitu karena NIK dan nomor KK tertukar tempatnya.",
            Self::PlacesSwapped => "Dibaca begitu karena nama wilayahnya tertukar tempat.",
            Self::DistrictFollows => {
                "Dibaca begitu karena hanya wilayah ini yang punya desa atau kelurahan itu."
            }
            Self::KeywordMended => "Dibaca begitu karena kata kuncinya hanya berbeda satu huruf.",
            Self::WordsLeftOut => "Kalimat di bawah baris tidak ikut dibaca karena barisnya sudah lengkap.",
        }
    }
}

/// A note on a reading. Holds no value of the citizen's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The key of the field; `None` when the line as a whole is meant.
    pub key: Option<String>,
    /// What is worth knowing.
    pub kind: NoteKind,
}
