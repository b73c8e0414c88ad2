//! The lines citizens type: `#KTP#NIK#NO_KK#NAMA#DESA#KECAMATAN#PEMULA/HILANG/RUSAK#`.
//!
//! A format is data: a keyword, a separator and typed fields in order. The same definition is printed on
//! posters, read from messages and drawn as a form, so they can't drift apart. No office writes a regular
//! expression: reading is one pass over the text, for every text and every definition.

mod field;
mod problem;
mod read;
mod tangerang;

use serde::{Deserialize, Serialize};

pub use field::{FieldValue, Fields};
pub use problem::{Problem, ProblemKind};
pub use read::{Reading, parse};
pub use tangerang::tangerang_formats;

words! {
    /// What a field holds; decides how it is checked.
    FieldKind {
        /// A NIK.
        Nik = "nik",
        /// A KK number.
        Kk = "kk",
        /// A person's name.
        Name = "name",
        /// Desa or kelurahan, as typed.
        Village = "village",
        /// Kecamatan, as typed.
        District = "district",
        /// One of the field's options.
        Choice = "choice",
        /// Free text.
        Text = "text",
        /// The number of a letter or certificate.
        DocumentNumber = "document_number",
    }
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
}

impl Field {
    /// What stands for the field in the published line; for a choice all options.
    pub fn published(&self) -> String {
        if self.kind == FieldKind::Choice { self.options.join("/") } else { self.placeholder.clone() }
    }
}

/// A format as an office publishes it. Stored as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormatDefinition {
    /// The word it begins with: `KTP`. Read in any case.
    pub keyword: String,
    /// What stands between the fields: `#`.
    pub separator: char,
    /// Whether the published line ends with the separator. Read either way.
    pub trailing: bool,
    /// The fields in their order.
    pub fields: Vec<Field>,
}

impl FormatDefinition {
    /// The published line: `#KTP#NIK#NO_KK#NAMA#DESA#KECAMATAN#PEMULA/HILANG/RUSAK#`.
    pub fn line_template(&self) -> String {
        self.line(self.fields.iter().map(Field::published))
    }

    /// A line filled in as an example, with words in place of identity numbers.
    pub fn example(&self) -> String {
        self.line(self.fields.iter().map(|field| field.example.clone()))
    }

    /// The field of that key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// A line with these values in the order of the fields.
    fn line(&self, values: impl Iterator<Item = String>) -> String {
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

#[cfg(test)]
mod tests;
