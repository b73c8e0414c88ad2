//! An office's formats and its region, prepared once to read messages by.

use std::{collections::HashMap, sync::Arc};

use super::{
    labels::Labels,
    normalise::key,
    options::Options,
    places::Regions,
    schema::{FieldKind, FormatDefinition},
};

/// Keywords that most offices have, and what the documents are called.
const USUAL: [(&str, &str); 4] = [
    ("KK", "kartu keluarga"),
    ("KTP", "ktp elektronik,kartu tanda penduduk"),
    ("KIA", "kartu identitas anak"),
    ("AKL", "akta kelahiran,akte kelahiran,akte lahir"),
];

/// Everything by which messages to an office are read. Prepare it once; reading needs no more.
pub struct Grammar {
    pub(super) formats: Vec<Format>,
    pub(super) regions: Arc<Regions>,
    /// The separators of all definitions.
    pub(super) hard: Vec<char>,
    keywords: HashMap<String, usize>,
}

/// A definition, prepared.
pub(super) struct Format {
    pub(super) definition: FormatDefinition,
    pub(super) labels: Labels,
    /// For each field its options, if it is a choice.
    pub(super) options: Vec<Option<Options>>,
    /// Keyword and aliases, by key.
    pub(super) keys: Vec<String>,
}

impl Format {
    fn new(definition: FormatDefinition) -> Self {
        let options = definition
            .fields
            .iter()
            .map(|field| (field.kind == FieldKind::Choice).then(|| Options::new(field)))
            .collect();
        let keywords = std::iter::once(&definition.keyword).chain(&definition.aliases);
        let keys = keywords.map(|word| key(word)).filter(|word| !word.is_empty()).collect();
        Self { labels: Labels::new(&definition), options, keys, definition }
    }

    /// Whether its lines hold something that only they can hold, so that a line can be told from a sentence.
    pub(super) fn is_telling(&self) -> bool {
        self.definition.fields.iter().any(|field| !field.kind.is_loose())
    }
}

impl Grammar {
    /// Prepares an office's definitions, the newest version of each first, with its region.
    pub fn new(definitions: impl IntoIterator<Item = FormatDefinition>, regions: Arc<Regions>) -> Self {
        let mut grammar = Self { formats: Vec::new(), regions, hard: Vec::new(), keywords: HashMap::new() };
        for definition in definitions {
            let format = Format::new(definition);
            let index = grammar.formats.len();
            // What a line is full of anyway cannot separate its fields.
            let separator = format.definition.separator;
            let usable = !separator.is_alphanumeric() && !separator.is_whitespace();
            if usable && !grammar.hard.contains(&separator) {
                grammar.hard.push(separator);
            }
            for key in &format.keys {
                grammar.keywords.entry(key.clone()).or_insert(index);
            }
            grammar.formats.push(format);
        }
        if grammar.hard.is_empty() {
            grammar.hard.push('#');
        }
        grammar.know_usual_names();
        grammar
    }

    /// What everybody calls a document asks for it too, where no format of the office has the words for itself.
    fn know_usual_names(&mut self) {
        for (keyword, names) in USUAL {
            let Some(index) = self.keyword(&key(keyword)) else { continue };
            for name in names.split(',') {
                self.keywords.entry(key(name)).or_insert(index);
            }
        }
    }

    /// Whether it was made of exactly these definitions and this region.
    pub fn is_of(&self, definitions: &[FormatDefinition], regions: &Arc<Regions>) -> bool {
        Arc::ptr_eq(&self.regions, regions) && self.definitions().eq(definitions)
    }

    /// The definitions, in their order.
    pub fn definitions(&self) -> impl Iterator<Item = &FormatDefinition> {
        self.formats.iter().map(|format| &format.definition)
    }

    /// The format that begins with a word, by the word's key.
    pub(super) fn keyword(&self, key: &str) -> Option<usize> {
        self.keywords.get(key).copied()
    }

    pub(super) fn format(&self, index: usize) -> Option<&Format> {
        self.formats.get(index)
    }
}
