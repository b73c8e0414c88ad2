//! A paper that a variant asks for.

use serde::{Deserialize, Serialize};

use super::Basis;
use crate::request::PaperReason;

words!(/// How a paper is shown.
    Shown {
    /// The original is shown and given back.
    Original = "original",
    /// A copy is handed in.
    Copy = "copy",
    /// A photo or scan of the original is sent.
    Photo = "photo",
});

impl Shown {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Original => "asli diperlihatkan",
            Self::Copy => "fotokopi",
            Self::Photo => "foto atau pindaian dari dokumen asli",
        }
    }

    /// Why such a paper is usually turned back.
    pub fn reasons(self) -> Vec<PaperReason> {
        use PaperReason::{
            Blurred, Cropped, DataDiffer, Expired, Incomplete, NotOriginal, OtherPerson, Unreadable,
            WrongPaper,
        };
        match self {
            Self::Original => vec![WrongPaper, DataDiffer, Incomplete, OtherPerson, Expired],
            Self::Copy => vec![Blurred, Cropped, WrongPaper, DataDiffer, Incomplete, OtherPerson],
            Self::Photo => {
                vec![
                    Blurred,
                    Cropped,
                    NotOriginal,
                    WrongPaper,
                    DataDiffer,
                    Incomplete,
                    Unreadable,
                    OtherPerson,
                ]
            }
        }
    }
}

/// A paper that a variant asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its short code; it stays when the name changes.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// How it is shown.
    pub shown: Shown,
    /// Why it may be turned back, each with its sentence for the citizen.
    pub reasons: Vec<PaperReason>,
    /// Where it stands, if not with the rest of its variant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

impl Paper {
    /// Whether it must be there, and how it is shown: `wajib, fotokopi`.
    pub fn how(&self) -> String {
        let need = if self.required { "wajib" } else { "bila ada" };
        format!("{need}, {}", self.shown.label())
    }

    /// Why it may be turned back, in one line.
    pub fn why_rejected(&self) -> String {
        let reasons: Vec<String> = self.reasons.iter().map(|one| one.label().to_lowercase()).collect();
        reasons.join(", ")
    }

    /// As people read it.
    pub fn told(&self) -> String {
        format!("{} ({}; alasan penolakan: {})", self.name, self.how(), self.why_rejected())
    }
}
