//! Versions of what an office sets: one draft, editions that are published and never changed, and what differs
//! between two of them.
//!
//! A [`Document`] is anything an office configures that citizens or clocks rely on. It checks itself and tells its
//! parts; drafts, publication, acceptance of older editions and differences are the same for all of them.

mod difference;
mod timeline;

pub use difference::{Change, Difference, difference};
pub use timeline::{Moment, Publishing, Span, WhenProblem, accepted, current, publishing, span};

use serde::{Serialize, de::DeserializeOwned};

words!(/// What kind of document an edition holds.
    EditionKind {
    /// The standard of a service: its variants, papers, fee, times and the fourteen components.
    ServiceStandard = "service_standard",
    /// The line by which a service is asked for.
    Format = "format",
    /// The hours of an office or of a unit.
    Timetable = "timetable",
});

words!(/// How far an edition has come.
    EditionState {
    /// Being written; nobody but those who configure the office sees it.
    Draft = "draft",
    /// Published: it stays as it is.
    Published = "published",
});

/// Something that keeps a document from being published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key of the part it is in.
    pub part: String,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl Problem {
    /// A problem of a part.
    pub fn new(part: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { part: part.into(), sentence: sentence.into() }
    }
}

/// A part of a document as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is found by in another edition.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What it says.
    pub text: String,
}

impl Part {
    /// A part.
    pub fn new(key: impl Into<String>, label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { key: key.into(), label: label.into(), text: text.into() }
    }
}

/// Something that an office configures in editions.
pub trait Document: Serialize + DeserializeOwned + Clone + Send + Sync {
    /// What it is.
    const KIND: EditionKind;

    /// What keeps it from being published, by part.
    fn check(&self) -> Vec<Problem>;

    /// What it says, part by part, in order.
    fn parts(&self) -> Vec<Part>;

    /// Itself without what means something in one office only, such as a unit.
    #[must_use]
    fn elsewhere(self) -> Self;
}
