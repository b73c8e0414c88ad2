//! The values of a line, each with how certain it is.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

use crate::text::{Kk, Nik, PersonName, PhoneE164};

words! {
    /// How a value was found.
    Confidence {
        /// It stood as it is printed, in its place or behind its label.
        Exact = "exact",
        /// Characters were tidied or a small slip was mended.
        Tidied = "tidied",
        /// It stood elsewhere, and only its type told what it is.
        ByType = "by_type",
    }
}

/// A value that fits its field. Personal: prints masked.
#[derive(Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// A well-formed NIK.
    Nik(Nik),
    /// A KK number.
    Kk(Kk),
    /// A name, in upper case.
    Name(PersonName),
    /// One of the field's options, as the definition writes it.
    Choice(String),
    /// A telephone number.
    Phone(PhoneE164),
    /// Text and address in one line as typed; document number in upper case without blanks; village and district as the region data spell
    /// them; a date as `2019-04-27`.
    Plain(Zeroizing<String>),
}

impl FieldValue {
    /// A place as the region data spell it.
    pub(super) fn place(name: &str) -> Self {
        Self::Plain(Zeroizing::new(name.to_owned()))
    }

    /// The clear value; for sealed storage and the officer's screen only.
    pub fn expose(&self) -> &str {
        match self {
            Self::Nik(nik) => nik.expose(),
            Self::Kk(kk) => kk.expose(),
            Self::Name(name) => name.expose(),
            Self::Choice(choice) => choice,
            Self::Phone(phone) => phone.expose(),
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
            Self::Phone(phone) => phone.fmt(f),
            Self::Plain(text) => write!(f, "Plain({} characters)", text.chars().count()),
        }
    }
}

/// A value under its key.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    key: String,
    value: FieldValue,
    confidence: Confidence,
}

/// The values that were read, by key, in the order of the fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(Vec<Entry>);

impl Fields {
    pub(super) fn push(&mut self, key: &str, value: FieldValue, confidence: Confidence) {
        self.0.push(Entry { key: key.to_owned(), value, confidence });
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&FieldValue> {
        self.0.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// How certain the value of a key is.
    pub fn confidence(&self, key: &str) -> Option<Confidence> {
        self.0.iter().find(|entry| entry.key == key).map(|entry| entry.confidence)
    }

    /// Every key with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FieldValue)> {
        self.0.iter().map(|entry| (entry.key.as_str(), &entry.value))
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
        self.0.iter().find_map(|e| if let FieldValue::Nik(nik) = &e.value { Some(nik) } else { None })
    }

    /// The first KK number.
    pub fn kk(&self) -> Option<&Kk> {
        self.0.iter().find_map(|e| if let FieldValue::Kk(kk) = &e.value { Some(kk) } else { None })
    }

    /// The first name.
    pub fn name(&self) -> Option<&PersonName> {
        self.0.iter().find_map(|e| if let FieldValue::Name(name) = &e.value { Some(name) } else { None })
    }

    /// Takes the values that are not there from an earlier line about the same person; says of which keys.
    pub fn fill_from(&mut self, earlier: &Self) -> Vec<String> {
        let missing = |entry: &&Entry| self.get(&entry.key).is_none();
        let taken: Vec<Entry> = earlier.0.iter().filter(missing).cloned().collect();
        let keys = taken.iter().map(|entry| entry.key.clone()).collect();
        self.0.extend(taken);
        keys
    }

    /// Key to clear value, for JSON that is sealed before it is stored.
    pub fn expose(&self) -> BTreeMap<String, String> {
        self.iter().map(|(key, value)| (key.to_owned(), value.expose().to_owned())).collect()
    }
}
