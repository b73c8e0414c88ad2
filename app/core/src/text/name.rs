//! Names of people, as they stand on their papers.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A person's name: one line, no doubled blanks, 1 to 200 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Zeroize, ZeroizeOnDrop)]
pub struct PersonName(String);

personal!(PersonName, NameError);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum NameError {
    /// Nothing was written.
    Empty,
    /// Longer than 200 characters.
    TooLong,
    /// Not one letter in it.
    NoLetter,
}

impl NameError {
    /// What is wrong, in one Indonesian sentence without the name.
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::Empty => "Nama belum diisi.",
            Self::TooLong => "Nama paling panjang 200 huruf.",
            Self::NoLetter => "Nama harus berisi huruf.",
        }
    }
}

impl PersonName {
    /// Reads a name; outer and doubled blanks, line breaks and invisible marks are dropped.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = Self(super::collapse(text));
        if name.0.is_empty() {
            return Err(NameError::Empty);
        }
        if name.0.chars().count() > 200 {
            return Err(NameError::TooLong);
        }
        if !name.0.chars().any(char::is_alphabetic) {
            return Err(NameError::NoLetter);
        }
        Ok(name)
    }

    /// The words by which the name can be found: upper case, letters and digits only.
    pub fn search_words(&self) -> impl Iterator<Item = String> {
        self.0
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '`')
            .map(|word| {
                word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect::<String>()
            })
            .filter(|word| !word.is_empty())
    }

    /// The first letter of each word: `S. A.`
    pub fn initials(&self) -> String {
        let letters = self.0.split(' ').filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
        letters.map(|c| format!("{c}.")).collect::<Vec<_>>().join(" ")
    }

    /// The first letter of each word and at most four stars: `S*** A****`.
    pub fn masked(&self) -> String {
        let mask = |word: &str| {
            let mut letters = word.chars();
            let first = letters.next().map_or_else(String::new, String::from);
            first + &"*".repeat(letters.count().min(4))
        };
        self.0.split(' ').map(mask).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_one_line_without_doubled_blanks() -> Result<(), NameError> {
        let name = PersonName::parse("  SITI \t AMINAH,\nS.Pd \u{200b}")?;
        assert_eq!(name.expose(), "SITI AMINAH, S.Pd");
        assert_eq!(name.to_string(), "S*** A**** S***");
        assert_eq!(format!("{:?}", PersonName::parse("Siti Aminah")?), "PersonName(S*** A****)");
        assert_eq!(name.initials(), "S. A. S.");
        Ok(())
    }

    #[test]
    fn a_name_is_found_by_its_plain_words() -> Result<(), NameError> {
        let words: Vec<_> = PersonName::parse("Nur'aini  binti M. Yusuf-Ali")?.search_words().collect();
        assert_eq!(words, ["NURAINI", "BINTI", "M", "YUSUF", "ALI"]);
        Ok(())
    }

    #[test]
    fn what_is_wrong_with_a_name_is_named() {
        assert_eq!(PersonName::parse(" \u{feff} "), Err(NameError::Empty));
        assert_eq!(PersonName::parse("3603036502900001"), Err(NameError::NoLetter));
        assert_eq!(PersonName::parse(&"a".repeat(201)), Err(NameError::TooLong));
        assert!(PersonName::parse(&"é".repeat(200)).is_ok());
    }

    proptest! {
        #[test]
        fn a_parsed_name_parses_to_itself(text in "\\PC{0,60}") {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.expose()), Ok(name.clone()));
                let _ = (name.masked(), name.initials(), name.search_words().count());
            }
        }
    }
}
