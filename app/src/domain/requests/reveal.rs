//! Identity numbers are masked until somebody says what for; that is written down.

use std::collections::BTreeMap;

use loket_core::{id::RequestId, permission::Permission};
use serde_json::json;

use super::{error::RequestError, store};
use crate::infra::Cx;

/// What an identity number is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To compare it with the papers.
    CheckPapers,
    /// To enter it into SIAK.
    WorkInSiak,
    /// Because the citizen asks.
    CitizenAsks,
}

impl Purpose {
    /// Every purpose, in the order of the form.
    pub const ALL: [Self; 3] = [Self::CheckPapers, Self::WorkInSiak, Self::CitizenAsks];

    /// The word it is recorded as.
    pub const fn word(self) -> &'static str {
        match self {
            Self::CheckPapers => "periksa_berkas",
            Self::WorkInSiak => "proses_siak",
            Self::CitizenAsks => "permintaan_warga",
        }
    }

    /// The words on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CheckPapers => "Mencocokkan dengan berkas",
            Self::WorkInSiak => "Mengerjakan di SIAK",
            Self::CitizenAsks => "Permintaan warga sendiri",
        }
    }

    /// The purpose of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }
}

/// The fields of a request in clear. Opens in a writing operation: looking is recorded.
pub async fn reveal(
    cx: &mut Cx<'_>,
    id: RequestId,
    purpose: Purpose,
) -> Result<BTreeMap<String, String>, RequestError> {
    let row = store::load(cx, id, Permission::RevealIdentity).await?;
    let fields = store::fields(cx, &row)?;
    cx.audit_with(
        "request.identity_revealed",
        ("request", Some(id.0)),
        Some(&json!({ "purpose": purpose.word() })),
    )?;
    Ok(fields)
}
