//! A format as an office publishes it: what is stored, printed on posters and read by.

use serde::{Deserialize, Serialize};

use super::{normalise::key, value::Fields};

words! {
    /// What a field holds; decides how it is checked.
    FieldKind {
        /// A NIK.
        Nik = "nik",
        /// A KK number.
        Kk = "kk",
        /// A person's name.
        Name = "name",
        /// Desa or kelurahan of the office's region.
        Village = "village",
        /// Kecamatan of the office's region.
        District = "district",
        /// One of the field's options.
        Choice = "choice",
        /// Free text.
        Text = "text",
        /// An address, free text.
        Address = "address",
        /// The number of a letter or certificate.
        DocumentNumber = "document_number",
        /// A day; printed `2019-04-27`.
        Date = "date",
        /// A telephone number; printed `+62812...`.
        Phone = "phone",
    }
}

impl FieldKind {
    /// Whether any words would do, so that only place or label tell what they are.
    pub(super) const fn is_loose(self) -> bool {
        matches!(self, Self::Name | Self::Text | Self::Address)
    }

    /// Whether it holds text of any length, which may take several lines.
    pub(super) const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Address)
    }

    /// Whether it holds sixteen digits.
    pub(super) const fn is_number(self) -> bool {
        matches!(self, Self::Nik | Self::Kk)
    }
}

/// Another word for an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionAlias {
    /// The option, as printed.
    pub option: String,
    /// What people write instead.
    pub alias: String,
}

/// One field of a format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in stored data: lower case, unique in the format.
    pub key: String,
    /// Its name in sentences and forms: `Nama kepala keluarga`.
    pub label: String,
    /// What stands for it in the published line: `NAMA KEPALA KELUARGA`. Not used for a choice.
    pub placeholder: String,
    /// What stands for it in an example. Never a number that could be somebody's.
    pub example: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it must be filled in.
    pub required: bool,
    /// What may be chosen, as printed; only for a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Other words for the options.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub option_aliases: Vec<OptionAlias>,
    /// What people write before its value, beside label, placeholder and the usual words of its kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// For a date: whether it cannot lie in the future.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub past: bool,
    /// For text at the end of a line: whether it may hold the separator. What stands behind a separator is otherwise
    /// no part of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holds_separator: bool,
}

impl Field {
    /// What stands for the field in the published line; for a choice all options.
    pub fn published(&self) -> String {
        if self.kind == FieldKind::Choice { self.options.join("/") } else { self.placeholder.clone() }
    }

    /// Whether an option, by any of its words, is what a variant of a service is called.
    pub fn option_names(&self, option: &str, (code, name): (&str, &str)) -> bool {
        let others = self.option_aliases.iter().filter_map(|one| match option {
            word if one.option == word => Some(one.alias.as_str()),
            word if one.alias == word => Some(one.option.as_str()),
            _ => None,
        });
        let called = [key(code), key(name)];
        std::iter::once(option).chain(others).any(|word| called.contains(&key(word)))
    }
}

words! {
    /// Where citizens type NIK and KK numbers. WhatsApp's business policy speaks against asking for whole identity numbers
    /// in a chat, so it is the office's choice.
    NumbersIn {
        /// In the line, with everything else.
        Chat = "chat",
        /// In a form behind a link that Loket sends once the rest of the line is complete.
        Link = "link",
    }
}

impl NumbersIn {
    /// What formats were before there was a choice.
    const fn of_old() -> Self {
        Self::Chat
    }

    fn is_of_old(&self) -> bool {
        *self == Self::of_old()
    }
}

/// A format as an office publishes it. Stored as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormatDefinition {
    /// The word it begins with: `KTP`. Read in any case.
    pub keyword: String,
    /// Other words it may begin with, as printed below the line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What stands between the fields: `#`.
    pub separator: char,
    /// Whether the published line ends with the separator. Read either way.
    pub trailing: bool,
    /// Where identity numbers are typed.
    #[serde(default = "NumbersIn::of_old", skip_serializing_if = "NumbersIn::is_of_old")]
    pub numbers: NumbersIn,
    /// The fields in their order.
    pub fields: Vec<Field>,
}

impl FormatDefinition {
    /// The published line: `#KTP#NIK#NO_KK#NAMA#DESA#KECAMATAN#PEMULA/HILANG/RUSAK#`.
    pub fn line_template(&self) -> String {
        self.filled(Field::published)
    }

    /// A line filled in as an example, with words in place of identity numbers.
    pub fn example(&self) -> String {
        self.filled(|field| field.example.clone())
    }

    /// A line with what stands for each field that is typed in a chat.
    pub fn filled(&self, value: impl Fn(&Field) -> String) -> String {
        self.line(self.fields.iter().filter(|field| !self.is_linked(field)).map(value))
    }

    /// Whether a field is typed behind a link, and not in a chat.
    pub fn is_linked(&self, field: &Field) -> bool {
        self.numbers == NumbersIn::Link && field.kind.is_number()
    }

    /// How many fields a line has: those that are typed in a chat, and others that were typed there all the same.
    pub fn asked_of(&self, typed: &Fields) -> usize {
        let counts = |field: &&Field| !self.is_linked(field) || typed.get(&field.key).is_some();
        self.fields.iter().filter(counts).count()
    }

    /// The format as lines are read by it: without what is typed behind a link.
    #[must_use]
    pub fn in_chat(&self) -> Self {
        let mut line = self.clone();
        line.fields.retain(|field| !self.is_linked(field));
        line
    }

    /// The field of that key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The choice that says which variant of the service is asked for: the first of the line.
    pub fn variant_choice(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == FieldKind::Choice)
    }

    /// How many fields hold a NIK or a KK number.
    pub(super) fn numbers(&self) -> usize {
        self.fields.iter().filter(|field| field.kind.is_number()).count()
    }

    /// Whether the line ends in free text.
    pub(super) fn ends_in_text(&self) -> bool {
        self.fields.last().is_some_and(|field| field.kind.is_text())
    }

    /// Whether the line ends in text that may hold the separator.
    pub(super) fn ends_in_anything(&self) -> bool {
        self.fields.last().is_some_and(|field| field.kind.is_text() && field.holds_separator)
    }

    /// A line with these values in the order of the fields.
    pub(super) fn line(&self, values: impl Iterator<Item = String>) -> String {
        let mut line = format!("{}{}", self.separator, self.keyword);
        for value in values {
            line.push(self.separator);
            line.push_str(&value);
        }
        if self.trailing {
            line.push(self.separator);
        }
        line
    }
}
