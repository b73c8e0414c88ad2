//! Reads a message: no format, a complete line, or a faulty one with what is wrong.
//!
//! Strict about the line (keyword and options in any case, outer blanks, trailing separator or not);
//! generous about recognising that a line was meant, so that the reply can teach. A message that only
//! mentions a keyword ("syarat KTP apa ya") is a question and no format.

use std::fmt;

use super::{Fields, FormatDefinition, Problem, ProblemKind};
use crate::text::mask_numbers;

/// What a message is. Personal: prints masked.
#[derive(Clone, PartialEq, Eq)]
pub enum Reading {
    /// No line of these formats was meant: a question, a greeting, something for an officer.
    NoFormat,
    /// A line without a fault.
    Complete {
        /// The keyword as the definition writes it.
        keyword: String,
        /// Every field that was filled in.
        fields: Fields,
    },
    /// A line was meant and something is wrong with it.
    Faulty {
        /// The keyword as the definition writes it.
        keyword: String,
        /// The fields that are good; kept for the officer and the next attempt.
        fields: Fields,
        /// What is wrong, in the order of the line; never empty.
        problems: Vec<Problem>,
        /// The line to copy: see [`Reading::corrected_line`].
        corrected_line: String,
    },
}

impl Reading {
    /// For a faulty line: the line to copy, in which good values are kept and missing or wrong ones stand as
    /// their placeholders. NIK and KK always stand as placeholders, and so does any value that holds a long
    /// number: no message repeats a full identity number.
    pub fn corrected_line(&self) -> Option<&str> {
        if let Self::Faulty { corrected_line, .. } = self { Some(corrected_line) } else { None }
    }

    /// The keyword of the format that was meant.
    pub fn keyword(&self) -> Option<&str> {
        match self {
            Self::NoFormat => None,
            Self::Complete { keyword, .. } | Self::Faulty { keyword, .. } => Some(keyword),
        }
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFormat => f.write_str("NoFormat"),
            Self::Complete { keyword, fields } => {
                f.debug_struct("Complete").field("keyword", keyword).field("fields", fields).finish()
            }
            Self::Faulty { keyword, fields, problems, corrected_line: _ } => f
                .debug_struct("Faulty")
                .field("keyword", keyword)
                .field("fields", fields)
                .field("problems", problems)
                .finish_non_exhaustive(),
        }
    }
}

/// A place where a line of a format seems to begin.
struct Candidate<'a> {
    definition: &'a FormatDefinition,
    /// Where the keyword stands, in bytes.
    position: usize,
    /// What stands between the separators after the keyword.
    values: Vec<&'a str>,
    problems: Vec<ProblemKind>,
}

/// Reads `text` by `definitions`. If it holds several keywords, the first one counts. Takes one pass for
/// each definition and never fails.
pub fn parse(text: &str, definitions: &[FormatDefinition]) -> Reading {
    let text = text.trim();
    let found = definitions.iter().filter_map(|definition| candidate(text, definition));
    match found.min_by_key(|c| (c.position, std::cmp::Reverse(c.definition.keyword.len()))) {
        Some(candidate) => read(candidate),
        None => Reading::NoFormat,
    }
}

fn candidate<'a>(text: &'a str, definition: &'a FormatDefinition) -> Option<Candidate<'a>> {
    let separator = definition.separator;
    let keyword = definition.keyword.trim();
    if keyword.is_empty() {
        return None;
    }
    let mut position = 0;
    let mut previous = "";
    for (index, piece) in text.split(separator).enumerate() {
        if index == 1 && ends_with_word(previous, keyword) {
            return Some(without_first_separator(text, definition, previous));
        }
        if index > 0
            && let Some(rest) = after_word(piece, keyword)
        {
            return Some(with_separator(text, definition, position, rest));
        }
        position += piece.len() + separator.len_utf8();
        previous = piece;
    }
    let rest = after_word(text, keyword)?;
    let looks_like_data = mask_numbers(rest) != rest;
    looks_like_data.then(|| Candidate {
        definition,
        position: 0,
        values: Vec::new(),
        problems: vec![ProblemKind::NoSeparator(separator)],
    })
}

/// `... #KTP#a#b`: the keyword opens the piece at `position`; `rest` is what follows it there.
fn with_separator<'a>(
    text: &'a str,
    definition: &'a FormatDefinition,
    position: usize,
    rest: &'a str,
) -> Candidate<'a> {
    let separator = definition.separator;
    let mut problems = Vec::new();
    let before = text.get(..position.saturating_sub(separator.len_utf8())).unwrap_or_default();
    if !before.trim().is_empty() {
        problems.push(ProblemKind::TextBefore);
    }
    let mut values: Vec<&str> = text.get(position..).unwrap_or_default().split(separator).skip(1).collect();
    if !rest.trim().is_empty() {
        problems.push(ProblemKind::NoSeparator(separator));
        values.insert(0, rest);
    }
    Candidate { definition, position, values, problems }
}

/// `KTP#a#b`: the keyword ends the first piece.
fn without_first_separator<'a>(
    text: &'a str,
    definition: &'a FormatDefinition,
    first: &str,
) -> Candidate<'a> {
    let mut problems = vec![ProblemKind::NoSeparator(definition.separator)];
    let position = first.trim_end().len().saturating_sub(definition.keyword.trim().len());
    if position > 0 {
        problems.insert(0, ProblemKind::TextBefore);
    }
    Candidate { definition, position, values: text.split(definition.separator).skip(1).collect(), problems }
}

/// What follows `word` at the beginning of `text`, if it stands there as a word of its own, in any case.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let text = text.trim_start();
    let (head, rest) = text.split_at_checked(word.len())?;
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (ends && head.eq_ignore_ascii_case(word)).then_some(rest)
}

/// Whether `word` stands at the end of `text` as a word of its own, in any case.
fn ends_with_word(text: &str, word: &str) -> bool {
    let text = text.trim_end();
    let Some((before, tail)) = text.len().checked_sub(word.len()).and_then(|at| text.split_at_checked(at))
    else {
        return false;
    };
    let begins = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    begins && tail.eq_ignore_ascii_case(word)
}

fn read(candidate: Candidate<'_>) -> Reading {
    let Candidate { definition, mut values, problems, .. } = candidate;
    let keyword = definition.keyword.clone();
    let mut problems: Vec<_> = problems.into_iter().map(|kind| Problem::of_line(&keyword, kind)).collect();
    if drop_text_below(&mut values) {
        problems.push(Problem::of_line(&keyword, ProblemKind::SeveralLines));
    }
    if values.iter().skip(definition.fields.len()).any(|value| !value.trim().is_empty()) {
        problems.push(Problem::of_line(&keyword, ProblemKind::TooMany));
    }
    let unseparated = values.is_empty() && !problems.is_empty();
    let mut fields = Fields::default();
    let mut corrected = Vec::with_capacity(definition.fields.len());
    for (index, field) in definition.fields.iter().enumerate() {
        let value = field.read(values.get(index).copied().unwrap_or_default());
        corrected.push(match &value {
            Ok(Some(value)) if may_be_repeated(value) => value.expose().to_owned(),
            Ok(None) => String::new(),
            Ok(Some(_)) | Err(_) => field.published(),
        });
        match value {
            Ok(Some(value)) => fields.push(&field.key, value),
            Ok(None) => {}
            Err(_) if unseparated => {}
            Err(kind) => problems.push(Problem::of_field(field, kind)),
        }
    }
    if problems.is_empty() {
        return Reading::Complete { keyword, fields };
    }
    let corrected_line = definition.line(corrected.into_iter());
    Reading::Faulty { keyword, fields, problems, corrected_line }
}

/// Cuts what stands below the line off its last value. Whether there are further lines at all.
fn drop_text_below(values: &mut [&str]) -> bool {
    let broken = values.iter().any(|value| value.trim().contains('\n'));
    let Some(last) = values.last_mut() else { return false };
    let text_below = last.trim_end().contains('\n');
    if text_below && let Some(line) = last.split('\n').next() {
        *last = line;
    }
    broken || text_below
}

/// Whether a message may say this value back to whoever sent it.
fn may_be_repeated(value: &super::FieldValue) -> bool {
    let text = value.expose();
    !value.is_identity_number() && mask_numbers(text) == text
}
