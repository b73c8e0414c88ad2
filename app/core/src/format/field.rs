//! The values of a line, each checked by the kind of its field.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

use super::{Field, FieldKind, ProblemKind};
use crate::text::{Kk, Nik, PersonName};

/// A value that fits its field. Personal: prints masked.
#[derive(Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// A well-formed NIK.
    Nik(Nik),
    /// A KK number.
    Kk(Kk),
    /// A name.
    Name(PersonName),
    /// One of the field's options, as the definition writes it.
    Choice(String),
    /// Village, district, text or document number, in one line as typed.
    Plain(Zeroizing<String>),
}

impl FieldValue {
    /// The clear value; for sealed storage and the officer's screen only.
    pub fn expose(&self) -> &str {
        match self {
            Self::Nik(nik) => nik.expose(),
            Self::Kk(kk) => kk.expose(),
            Self::Name(name) => name.expose(),
            Self::Choice(choice) => choice,
            Self::Plain(text) => text,
        }
    }

    /// Whether the value is an identity number, which no message may repeat.
    pub const fn is_identity_number(&self) -> bool {
        matches!(self, Self::Nik(_) | Self::Kk(_))
    }
}

impl fmt::Debug for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nik(nik) => nik.fmt(f),
            Self::Kk(kk) => kk.fmt(f),
            Self::Name(name) => name.fmt(f),
            Self::Choice(choice) => write!(f, "Choice({choice})"),
            Self::Plain(text) => write!(f, "Plain({} characters)", text.chars().count()),
        }
    }
}

/// The values that were read, by key, in the order of the fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(Vec<(String, FieldValue)>);

impl Fields {
    pub(super) fn push(&mut self, key: &str, value: FieldValue) {
        self.0.push((key.to_owned(), value));
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&FieldValue> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// Every key with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FieldValue)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first NIK.
    pub fn nik(&self) -> Option<&Nik> {
        self.0.iter().find_map(|(_, value)| if let FieldValue::Nik(nik) = value { Some(nik) } else { None })
    }

    /// The first KK number.
    pub fn kk(&self) -> Option<&Kk> {
        self.0.iter().find_map(|(_, value)| if let FieldValue::Kk(kk) = value { Some(kk) } else { None })
    }

    /// The first name.
    pub fn name(&self) -> Option<&PersonName> {
        self.0
            .iter()
            .find_map(|(_, value)| if let FieldValue::Name(name) = value { Some(name) } else { None })
    }

    /// Key to clear value, for JSON that is sealed before it is stored.
    pub fn expose(&self) -> BTreeMap<String, String> {
        self.iter().map(|(key, value)| (key.to_owned(), value.expose().to_owned())).collect()
    }
}

impl Field {
    /// Checks one value. `None`: left out, and it may be.
    pub fn read(&self, typed: &str) -> Result<Option<FieldValue>, ProblemKind> {
        let typed = Zeroizing::new(crate::text::collapse(typed));
        if self.kind == FieldKind::Choice
            && let Some(option) = self.options.iter().find(|option| same(option, &typed))
        {
            return Ok(Some(FieldValue::Choice(option.clone())));
        }
        if typed.is_empty() || self.is_placeholder(&typed) {
            return if self.required { Err(ProblemKind::Missing) } else { Ok(None) };
        }
        self.read_filled(typed).map(Some)
    }

    fn read_filled(&self, typed: Zeroizing<String>) -> Result<FieldValue, ProblemKind> {
        match self.kind {
            FieldKind::Nik => Nik::parse(&typed).map(FieldValue::Nik).map_err(ProblemKind::Nik),
            FieldKind::Kk => Kk::parse(&typed).map(FieldValue::Kk).map_err(ProblemKind::Kk),
            FieldKind::Name => PersonName::parse(&typed).map(FieldValue::Name).map_err(ProblemKind::Name),
            FieldKind::Choice => Err(ProblemKind::NotAnOption(self.options.clone())),
            FieldKind::Village | FieldKind::District => {
                plain(typed, 100, has_letters, ProblemKind::NotAPlace)
            }
            FieldKind::Text => plain(typed, 500, |_| true, ProblemKind::Missing),
            FieldKind::DocumentNumber => plain(typed, 60, has_digit, ProblemKind::NotADocumentNumber),
        }
    }

    /// Whether somebody copied the published line and left the word for the value standing.
    fn is_placeholder(&self, typed: &str) -> bool {
        same(&self.published().replace('_', " "), &typed.replace('_', " "))
    }
}

fn plain(
    typed: Zeroizing<String>,
    longest: usize,
    fits: fn(&str) -> bool,
    problem: ProblemKind,
) -> Result<FieldValue, ProblemKind> {
    if typed.chars().count() > longest {
        return Err(ProblemKind::TooLong(longest));
    }
    if fits(&typed) { Ok(FieldValue::Plain(typed)) } else { Err(problem) }
}

fn has_letters(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// Whether two texts are the same but for case.
fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}
