//! Passwords that everybody would try first: the commonest of the world and of Indonesia, and what is
//! known of the person anyway.
//!
//! NIST SP 800-63B, 5.1.1.2: a new secret is compared with values "known to be commonly-used, expected, or
//! compromised": breached ones, dictionary words, repetitive characters, and words of the context such as
//! the name of the service or of the person.

use std::{collections::HashSet, sync::LazyLock};

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/passwords.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// What Loket itself is called: known to whoever sees the page.
const SERVICE: [&str; 3] = ["loket", "dukcapil", "disdukcapil"];
/// A shorter word of a name stands in too many others.
const SHORTEST_WORD: usize = 4;
/// Letters, and characters, that must be left of a password without the words of its owner.
const LEAST_LETTERS: usize = 4;
const LEAST_REST: usize = 8;

/// Whether it is on the list, whatever its case and whatever stands around its letters; or one character
/// again and again.
pub(super) fn is_common(password: &str) -> bool {
    let folded = password.trim().to_lowercase();
    let symbols = |c: char| !c.is_alphanumeric();
    let beside = |c: char| !c.is_alphabetic();
    let mut letters = folded.chars();
    let first = letters.next();
    letters.all(|letter| Some(letter) == first)
        || [
            folded.as_str(),
            folded.trim_end_matches(symbols),
            folded.trim_end_matches(beside),
            folded.trim_matches(beside),
        ]
        .iter()
        .any(|part| COMMON.contains(part))
}

/// Whether hardly anything is left of it without the words of `own` and the name of the service.
pub(super) fn is_made_of(password: &str, own: &[&str]) -> bool {
    let mut rest = password.to_lowercase();
    let whole = rest.chars().count();
    let own: Vec<String> = own.iter().map(|text| text.to_lowercase()).collect();
    let words = own.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).chain(SERVICE);
    let mut words: Vec<&str> = words.filter(|word| word.chars().count() >= SHORTEST_WORD).collect();
    // The longest first, or a part of it would be cut out of its middle.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        rest = rest.replace(word, "");
    }
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    let left = rest.chars().count();
    left < whole && letters < LEAST_LETTERS && left < LEAST_REST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_are_known_in_any_case_and_with_digits_around_them() {
        for password in [
            "password",
            "Password1",
            "PASSWORD2026!",
            "P@ssw0rd",
            "p@ssw0rd123",
            "12345678",
            "12345678!",
            "1q2w3e4r",
            "qwerty123",
            "sayang123",
            "Sayang2024",
            "123sayang",
            "indonesia",
            "Indonesia45",
            "bismillah",
            "BISMILLAH99",
            "dukcapil",
            "Disdukcapil1",
            "rahasia1",
            "tangerang2026",
            "aaaaaaaa",
            "        ",
            "iloveyou<3",
            "Admin@2026",
        ] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn several_words_that_do_not_belong_together_are_not_common() {
        for password in
            ["sepatu hujan biola", "sayang kuda nil", "loket-peragaan-2026", "x7Kq-92mm", "8305117264"]
        {
            assert!(!is_common(password), "{password}");
        }
    }

    #[test]
    fn the_list_is_large_enough_and_as_it_is_looked_up() {
        assert!(COMMON.len() >= 1000, "{}", COMMON.len());
        for word in COMMON.iter() {
            assert_eq!(**word, *word.to_lowercase());
        }
    }

    #[test]
    fn what_is_known_of_the_person_is_no_password() {
        let own = ["Ratna Dewi Lestari", "ratna.dewi@tangerangkab.go.id", "kab-tangerang"];
        for password in
            ["ratnadewi", "RatnaDewi99", "tangerangkab1", "Ratna.Dewi!", "loket2026", "kab-tangerang-26"]
        {
            assert!(is_made_of(password, &own), "{password}");
        }
        for password in ["kata sandi ratna", "ratna 8305117264", "sepatu hujan", "8305117264", "dewa mabuk"] {
            assert!(!is_made_of(password, &own), "{password}");
        }
    }
}
