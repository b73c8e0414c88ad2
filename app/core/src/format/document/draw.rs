//! Drawing a format: a blank one, fields that come with what is usual for their kind, moved, taken away and named.
//!
//! The first field of what the rest of Loket looks for (NIK, KK number, village, district, the choice of a variant) has a
//! fixed key; every other field has its key from its label, because that is what requests show.

use super::super::{
    normalise::key,
    schema::{Field, FieldKind, FormatDefinition, NumbersIn},
};

const LONGEST_KEY: usize = 40;

impl FormatDefinition {
    /// A format without fields. Identity numbers stand behind a link until an office chooses otherwise.
    pub fn blank(keyword: &str) -> Self {
        Self {
            keyword: keyword.to_owned(),
            aliases: Vec::new(),
            separator: '#',
            trailing: false,
            numbers: NumbersIn::Link,
            fields: Vec::new(),
        }
    }

    /// Adds a field as most offices ask for it.
    pub fn add(&mut self, kind: FieldKind) {
        self.fields.push(Field::usual(kind));
        self.settle_keys();
    }

    /// Takes a field away.
    pub fn take_away(&mut self, place: usize) {
        if place < self.fields.len() {
            self.fields.remove(place);
            self.settle_keys();
        }
    }

    /// Moves a field before the one above it; the first stays where it is.
    pub fn move_up(&mut self, place: usize) {
        if place > 0 && place < self.fields.len() {
            self.fields.swap(place - 1, place);
            self.settle_keys();
        }
    }

    /// Gives every field the key that belongs to its kind or its label, each once.
    pub fn settle_keys(&mut self) {
        let mut taken: Vec<String> = Vec::with_capacity(self.fields.len());
        let mut named = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            let own = fixed(field.kind).filter(|key| !taken.iter().any(|one| one == key)).map(str::to_owned);
            taken.extend(own.clone());
            named.push(own);
        }
        for (field, own) in self.fields.iter_mut().zip(named) {
            field.key = own.unwrap_or_else(|| free(&slug(&field.label), &mut taken));
        }
    }
}

fn free(first: &str, taken: &mut Vec<String>) -> String {
    let mut key = first.to_owned();
    let mut count = 2;
    while taken.contains(&key) {
        key = format!("{first}_{count}");
        count += 1;
    }
    taken.push(key.clone());
    key
}

impl Field {
    /// A required field of a kind with the usual words.
    pub fn usual(kind: FieldKind) -> Self {
        let (label, example) = match kind {
            FieldKind::Nik => ("NIK", "16 angka NIK"),
            FieldKind::Kk => ("Nomor KK", "16 angka nomor KK"),
            FieldKind::Name => ("Nama", "SITI AMINAH"),
            FieldKind::Village => ("Desa", "SUKAMAJU"),
            FieldKind::District => ("Kecamatan", "SUKAMAJU"),
            FieldKind::Choice => ("Jenis permohonan", ""),
            FieldKind::Text => ("Keterangan", "Untuk melamar pekerjaan"),
            FieldKind::Address => ("Alamat", "Jalan Merdeka RT 001 RW 002"),
            FieldKind::DocumentNumber => ("Nomor dokumen", "470/123/2026"),
            FieldKind::Date => ("Tanggal", "27-04-2019"),
            FieldKind::Phone => ("Nomor HP", "nomor HP"),
        };
        Self {
            key: String::new(),
            label: label.to_owned(),
            placeholder: label.to_uppercase(),
            example: example.to_owned(),
            kind,
            required: true,
            options: Vec::new(),
            option_aliases: Vec::new(),
            labels: Vec::new(),
            past: false,
            holds_separator: false,
        }
    }

    /// Gives it another name, printed in capitals.
    pub fn rename(&mut self, label: &str) {
        if self.label != label {
            label.clone_into(&mut self.label);
            self.placeholder = label.to_uppercase();
        }
    }
}

/// The key under which requests look for a kind.
const fn fixed(kind: FieldKind) -> Option<&'static str> {
    match kind {
        FieldKind::Nik => Some("nik"),
        FieldKind::Kk => Some("no_kk"),
        FieldKind::Village => Some("desa"),
        FieldKind::District => Some("kecamatan"),
        FieldKind::Choice => Some("jenis"),
        _ => None,
    }
}

/// Whether a text can be a key: lower case letters, digits and `_`.
pub fn is_key(text: &str) -> bool {
    (1..=LONGEST_KEY + 4).contains(&text.len())
        && text.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_')
}

/// A key made of a label: `Nomor SKPWNI` is `no_skpwni`.
fn slug(label: &str) -> String {
    let words = label.split(|letter: char| !letter.is_alphanumeric()).map(key);
    let words: Vec<String> = words
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        .filter(|word| !word.is_empty())
        .map(|word| if word == "nomor" { "no".to_owned() } else { word })
        .collect();
    let all: String = words.join("_").chars().take(LONGEST_KEY).collect();
    if all.is_empty() { "isian".to_owned() } else { all }
}
