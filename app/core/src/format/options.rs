//! The option that a few words mean.

use super::{
    distance::{bound, distance},
    normalise::key,
    schema::Field,
    value::Confidence,
};

/// What words mean among the options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen {
    /// This option.
    One(usize, Confidence),
    /// More than one.
    Several,
    /// None.
    Nothing,
}

/// A field's options with their other words, by key.
pub(super) struct Options {
    words: Vec<(String, usize)>,
    names: Vec<String>,
}

/// Longest text, in words, in which an option is looked for.
const MOST_WORDS: usize = 6;
/// Words that turn an option around.
const DENIALS: [&str; 8] = ["tidak", "bukan", "belum", "tdk", "bkn", "tanpa", "gak", "blm"];

impl Options {
    pub(super) fn new(field: &Field) -> Self {
        let mut words: Vec<_> =
            field.options.iter().enumerate().map(|(index, option)| (key(option), index)).collect();
        for other in &field.option_aliases {
            if let Some(index) = field.options.iter().position(|option| *option == other.option) {
                words.push((key(&other.alias), index));
            }
        }
        words.retain(|(word, _)| !word.is_empty());
        Self { words, names: field.options.clone() }
    }

    /// The option as the definition writes it.
    pub(super) fn name(&self, index: usize) -> &str {
        self.names.get(index).map(String::as_str).unwrap_or_default()
    }

    /// The option that the whole text is, in any case, by another word, or with a slip that leaves one only.
    pub(super) fn whole(&self, raw: &str) -> Chosen {
        let typed = key(raw);
        if typed.is_empty() || typed.len() > 40 {
            return Chosen::Nothing;
        }
        if let Some((_, index)) = self.words.iter().find(|(word, _)| *word == typed) {
            let exact = raw.trim().eq_ignore_ascii_case(self.name(*index));
            return Chosen::One(*index, if exact { Confidence::Exact } else { Confidence::Tidied });
        }
        self.near(&typed)
    }

    /// The option that a word among others is, without mending.
    pub(super) fn is_one(&self, raw: &str) -> Chosen {
        let typed = key(raw);
        match self.words.iter().find(|(word, _)| *word == typed) {
            Some((_, index)) => Chosen::One(*index, Confidence::Tidied),
            None => Chosen::Nothing,
        }
    }

    fn near(&self, typed: &str) -> Chosen {
        let mut best = (usize::MAX, Chosen::Nothing);
        for (word, index) in &self.words {
            let most = bound(word.len().min(typed.len() + 1));
            let Some(slips) = distance(word, typed, most) else { continue };
            let same = matches!(best.1, Chosen::One(found, _) if found == *index);
            if slips < best.0 {
                best = (slips, Chosen::One(*index, Confidence::Tidied));
            } else if slips == best.0 && !same {
                best.1 = Chosen::Several;
            }
        }
        best.1
    }

    /// The option that stands in a text among other words: "karena hilang di pasar".
    pub(super) fn within(&self, raw: &str) -> Chosen {
        match self.whole(raw) {
            Chosen::Nothing => {}
            found => return found,
        }
        let words = |c: char| !c.is_alphanumeric() && c != '-';
        let mut found = Chosen::Nothing;
        for (count, word) in raw.split(words).map(key).filter(|word| !word.is_empty()).enumerate() {
            if count >= MOST_WORDS || DENIALS.contains(&word.as_str()) {
                return Chosen::Nothing;
            }
            let Some((_, index)) = self.words.iter().find(|(known, _)| *known == word) else { continue };
            found = match found {
                Chosen::Nothing => Chosen::One(*index, Confidence::Tidied),
                Chosen::One(before, confidence) if before == *index => Chosen::One(before, confidence),
                _ => return Chosen::Several,
            };
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{FieldKind, OptionAlias};

    fn options() -> Options {
        let field = Field {
            key: "jenis".to_owned(),
            label: "Jenis".to_owned(),
            placeholder: "JENIS".to_owned(),
            example: String::new(),
            kind: FieldKind::Choice,
            required: true,
            options: ["PEMULA", "HILANG", "RUSAK", "UBAH"].map(str::to_owned).to_vec(),
            option_aliases: vec![OptionAlias { option: "UBAH".to_owned(), alias: "PERUBAHAN".to_owned() }],
            labels: Vec::new(),
            past: false,
            holds_separator: false,
        };
        Options::new(&field)
    }

    #[test]
    fn one_option_is_found_through_slips_and_other_words_and_two_never() {
        let options = options();
        for (raw, name) in [
            ("HILANG", Some("HILANG")),
            ("ilang", Some("HILANG")),
            ("Hilnag", Some("HILANG")),
            ("rusk", Some("RUSAK")),
            ("perubahan", Some("UBAH")),
            ("uba", Some("UBAH")),
            ("karena hilang di pasar", Some("HILANG")),
            ("KTP rusak.", Some("RUSAK")),
            ("tidak hilang", None),
            ("hilang/rusak", None),
            ("PEMULA/HILANG/RUSAK/UBAH", None),
            ("baru", None),
            ("", None),
        ] {
            let found = match options.within(raw) {
                Chosen::One(index, _) => Some(options.name(index)),
                Chosen::Several | Chosen::Nothing => None,
            };
            assert_eq!(found, name, "{raw}");
        }
        assert_eq!(options.within("hilang/rusak"), Chosen::Several);
    }
}
