//! Where a statement stands, and how sure that is.

use serde::{Deserialize, Serialize};

/// What is shown beside a statement that nobody has compared with the text of the law.
pub const UNVERIFIED: &str = "belum diverifikasi";

words!(/// How sure it is that a source says what is written.
    Confidence {
    /// Read in the source, or in several that agree.
    High = "high",
    /// Not read in the source itself.
    Medium = "medium",
    /// From memory, or contested: to be compared with the text.
    Low = "low",
});

impl Confidence {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::High => "tinggi",
            Self::Medium => "sedang",
            Self::Low => "rendah",
        }
    }
}

/// A rule, letter or practice, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The law, letter or decree.
    #[serde(default)]
    pub law: String,
    /// The article or annex; empty where the whole of it is meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// How sure it is.
    #[serde(default)]
    pub confidence: Confidence,
}

impl Default for Confidence {
    /// Whoever says nothing is not believed.
    fn default() -> Self {
        Self::Low
    }
}

impl Basis {
    /// Whether a source is named at all.
    pub fn is_stated(&self) -> bool {
        !self.law.trim().is_empty()
    }

    /// Whether it has to be marked as not compared with the text.
    pub fn is_unverified(&self) -> bool {
        !self.is_stated() || self.confidence == Confidence::Low
    }

    /// The source in one line.
    pub fn line(&self) -> String {
        match (self.law.trim(), self.article.trim()) {
            ("", _) => "sumber belum diisi".to_owned(),
            (law, "") => law.to_owned(),
            (law, article) => format!("{law} {article}"),
        }
    }

    /// The source in one line with its mark.
    pub fn marked(&self) -> String {
        if self.is_unverified() { format!("{}, {UNVERIFIED}", self.line()) } else { self.line() }
    }
}

/// A statement with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What holds.
    pub text: String,
    /// Where it stands.
    #[serde(default)]
    pub basis: Basis,
}

impl Statement {
    /// The statement as people read it in a difference.
    pub fn told(&self) -> String {
        format!("{} ({})", self.text, self.basis.marked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basis(law: &str, article: &str, confidence: Confidence) -> Basis {
        Basis { law: law.to_owned(), article: article.to_owned(), confidence }
    }

    #[test]
    fn a_source_reads_as_people_cite_it_and_a_doubtful_one_says_so() {
        assert_eq!(basis("UU 24/2013", "Pasal 79A", Confidence::High).marked(), "UU 24/2013 Pasal 79A");
        assert_eq!(basis("SK Camat 3/2026", "", Confidence::Medium).marked(), "SK Camat 3/2026");
        assert_eq!(
            basis("Permendagri 19/2018", "", Confidence::Low).marked(),
            "Permendagri 19/2018, belum diverifikasi"
        );
        assert_eq!(
            basis(" ", "Pasal 1", Confidence::High).marked(),
            "sumber belum diisi, belum diverifikasi"
        );
    }
}
