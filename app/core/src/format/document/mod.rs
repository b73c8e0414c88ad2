//! A format as an office configures it: a document of editions that checks itself, tells its parts, and is drawn field
//! by field.

mod check;
mod draw;
mod words;

pub use check::{SEPARATORS, clashes, nameless};
pub use draw::is_key;
pub use words::NUMBERS_RISK;

use super::schema::{Field, FieldKind, FormatDefinition};
use crate::edition::{Document, EditionKind, Part, Problem};

impl Document for FormatDefinition {
    const KIND: EditionKind = EditionKind::Format;

    fn check(&self) -> Vec<Problem> {
        check::check(self)
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts = vec![Part::new("keyword", "Kata kunci", self.keyword.as_str())];
        if !self.aliases.is_empty() {
            parts.push(Part::new("aliases", "Kata kunci lain", self.aliases.join(", ")));
        }
        let end = if self.trailing { "juga di akhir baris" } else { "tidak di akhir baris" };
        parts.push(Part::new("separator", "Tanda pemisah", format!("{} {end}", self.separator)));
        parts.push(Part::new("numbers", "NIK dan nomor KK", self.numbers.label()));
        let order: Vec<&str> = self.fields.iter().map(|field| field.label.as_str()).collect();
        parts.push(Part::new("order", "Urutan isian", order.join(", ")));
        let fields = self.fields.iter();
        parts.extend(fields.map(|field| {
            Part::new(format!("field.{}", field.key), format!("Isian {}", field.label), said(field))
        }));
        parts
    }

    fn elsewhere(self) -> Self {
        self
    }
}

/// What a field says, in one line.
fn said(field: &Field) -> String {
    let need = if field.required { "wajib" } else { "boleh kosong" };
    let mut all = vec![format!("{}, {need}", kind(field)), format!("ditulis {}", field.published())];
    if !field.option_aliases.is_empty() {
        let words = field.option_aliases.iter().map(|one| format!("{} = {}", one.alias, one.option));
        all.push(format!("sebutan pilihan: {}", words.collect::<Vec<_>>().join(", ")));
    }
    if field.kind != FieldKind::Choice {
        all.push(format!("contoh {}", field.example));
    }
    if !field.labels.is_empty() {
        all.push(format!("sebutan lain: {}", field.labels.join(", ")));
    }
    all.join("; ")
}

/// The kind of a field in words, with what narrows it.
fn kind(field: &Field) -> String {
    match field.kind {
        FieldKind::Date if field.past => "Tanggal yang sudah lewat".to_owned(),
        kind if field.holds_separator => format!("{} yang boleh memuat tanda pemisah", kind.label()),
        kind => kind.label().to_owned(),
    }
}
