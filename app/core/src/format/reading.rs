//! What a message is: requests, each complete or with what is wrong, or none.

use std::fmt;

use zeroize::Zeroizing;

use super::{
    evaluate::Evaluated,
    problem::{Note, NoteKind, Problem, ProblemKind},
    schema::{Field, FormatDefinition},
    value::{FieldValue, Fields},
};
use crate::text::{collapse, mask_numbers};

/// A message, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// The requests in it, in their order. None: no line was meant, but a question, a greeting, something for an
    /// officer.
    pub requests: Vec<Reading>,
    /// For a message without a keyword: the one format whose data it seems to hold.
    pub maybe: Option<String>,
}

/// One request. Personal: prints masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Reading {
    /// The keyword as the definition writes it.
    pub keyword: String,
    /// The fields that are good; of a faulty line kept for the officer and the next attempt.
    pub fields: Fields,
    /// What is wrong, in the order of the fields; empty when the line is complete.
    pub problems: Vec<Problem>,
    /// What is worth knowing.
    pub notes: Vec<Note>,
    corrected: String,
    canonical: Zeroizing<String>,
}

impl Reading {
    pub(super) fn new(definition: &FormatDefinition, read: Evaluated) -> Self {
        let Evaluated { values, problems, extra, notes } = read;
        let mut fields = Fields::default();
        let mut found = Vec::new();
        let mut corrected = Vec::with_capacity(definition.fields.len());
        let mut canonical = Vec::with_capacity(definition.fields.len());
        let slots = definition.fields.iter().zip(values).zip(problems);
        for ((field, value), problem) in slots {
            // What is typed behind a link is asked for there.
            if !definition.is_linked(field) {
                let said = value.as_ref().and_then(|(value, _)| repeated(definition, field, value));
                corrected.push(match (said, &value) {
                    (Some(said), _) => said,
                    (None, None) if problem.is_none() => String::new(),
                    (None, _) => field.published(),
                });
            }
            canonical.push(value.as_ref().map(|(v, _)| in_line(definition, field, v)).unwrap_or_default());
            if let Some((value, confidence)) = value {
                fields.push(&field.key, value, confidence);
            }
            if let Some(kind) = problem {
                found.push(Problem::of_field(field, kind));
            }
        }
        if extra {
            found.push(Problem::of_line(&definition.keyword, ProblemKind::TooMany));
        }
        let notes = notes.into_iter().map(|(index, kind)| note(definition, index, kind)).collect();
        Self {
            keyword: definition.keyword.clone(),
            fields,
            problems: found,
            notes,
            corrected: definition.line(corrected.into_iter()),
            canonical: Zeroizing::new(definition.line(canonical.into_iter())),
        }
    }

    /// Whether nothing is wrong with it.
    pub fn is_complete(&self) -> bool {
        self.problems.is_empty()
    }

    /// For a faulty line: the line to copy, in which good values are kept and missing or wrong ones stand as
    /// their placeholders. NIK and KK always stand as placeholders, and so does any value that holds a long
    /// number: no message repeats a full identity number.
    pub fn corrected_line(&self) -> Option<&str> {
        (!self.is_complete()).then_some(self.corrected.as_str())
    }

    /// For a complete line: the line as it should have been typed, with its identity numbers. For officers and
    /// the command line; never for a message.
    pub fn canonical(&self) -> Option<&str> {
        self.is_complete().then_some(self.canonical.as_str())
    }
}

fn note(definition: &FormatDefinition, index: Option<usize>, kind: NoteKind) -> Note {
    Note { key: index.and_then(|index| definition.fields.get(index)).map(|field| field.key.clone()), kind }
}

/// A value as it stands in a line. What was written between lines or bars may hold the sign that parts fields here: a
/// blank stands for it.
fn in_line(definition: &FormatDefinition, field: &Field, value: &FieldValue) -> String {
    if field.holds_separator {
        return value.expose().to_owned();
    }
    let text = Zeroizing::new(value.expose().replace(definition.separator, " "));
    collapse(&text)
}

/// A value as a message may say it back to whoever sent it. Looked at as it would stand there: where signs have become
/// blanks, digits may have come together.
fn repeated(definition: &FormatDefinition, field: &Field, value: &FieldValue) -> Option<String> {
    let said = in_line(definition, field, value);
    (!value.is_identity_number() && mask_numbers(&said) == said).then_some(said)
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("keyword", &self.keyword)
            .field("fields", &self.fields)
            .field("problems", &self.problems)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}
