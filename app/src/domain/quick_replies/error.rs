//! Why something about a ready answer was not done.

use loket_core::reply::quick::QuickReplyProblem;

use crate::infra::Fault;

/// A field of the form of a ready answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuickReplyField {
    /// What is typed after a slash.
    Code,
    /// What officers call it.
    Title,
    /// Its words.
    Text,
    /// None in particular.
    Whole,
}

/// A refusal, or a fault.
#[derive(Debug, thiserror::Error)]
pub enum QuickReplyError {
    /// There is no such reply in this office.
    #[error("Balasan tidak ditemukan.")]
    NotFound,
    /// Whoever asks does not administer the office.
    #[error("Hanya admin kantor yang dapat melakukannya.")]
    NotAllowed,
    /// What was written cannot be used.
    #[error("Ada isian yang perlu diperbaiki.")]
    Invalid(Vec<(QuickReplyField, String)>),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl QuickReplyError {
    pub(super) fn at(field: QuickReplyField, sentence: &str) -> Self {
        Self::Invalid(vec![(field, sentence.to_owned())])
    }
}

/// The field that a problem is about.
pub(super) const fn field_of(problem: &QuickReplyProblem) -> QuickReplyField {
    match problem {
        QuickReplyProblem::Code => QuickReplyField::Code,
        QuickReplyProblem::Title => QuickReplyField::Title,
        QuickReplyProblem::Empty | QuickReplyProblem::TooLong | QuickReplyProblem::Unknown(_) => {
            QuickReplyField::Text
        }
    }
}
