//! What a new office is called before anybody has said otherwise: its name in a path, and the letters of its receipts.

/// Characters of a name in a path.
const LONGEST: usize = 40;

/// A name as it may stand in a path: lower case, digits and single dashes, cut at a word.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for word in words(name) {
        let dash = usize::from(!out.is_empty());
        if out.len() + dash + word.len() > LONGEST {
            break;
        }
        if dash == 1 {
            out.push('-');
        }
        out.push_str(&word.to_ascii_lowercase());
    }
    out
}

/// Letters that receipts of a place could begin with, the likeliest first: `TNG`, `TGR`, `TAN` of Tangerang. Three
/// letters each, four where a place has more; nothing when a name has fewer than two letters.
pub fn receipt_codes(name: &str) -> Vec<String> {
    let letters: Vec<char> = words(name)
        .flat_map(|word| word.chars().filter(char::is_ascii_alphabetic).collect::<Vec<_>>())
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    let Some((first, rest)) = letters.split_first() else { return Vec::new() };
    let consonants: Vec<char> = rest.iter().copied().filter(|letter| !"AEIOU".contains(*letter)).collect();
    let mut codes = Vec::new();
    for (from, count) in [(consonants.as_slice(), 2), (rest, 2), (rest, 3)] {
        picks(from, count, &mut |picked| push(&mut codes, *first, picked));
    }
    if codes.is_empty() && letters.len() == 2 {
        codes.push(letters.iter().collect());
    }
    codes
}

fn push(codes: &mut Vec<String>, first: char, picked: &[char]) {
    let code: String = std::iter::once(first).chain(picked.iter().copied()).collect();
    if !codes.contains(&code) {
        codes.push(code);
    }
}

/// Every choice of a few letters in their order.
fn picks(from: &[char], count: usize, each: &mut dyn FnMut(&[char])) {
    fn go(from: &[char], count: usize, picked: &mut Vec<char>, each: &mut dyn FnMut(&[char])) {
        if count == 0 {
            return each(picked);
        }
        for (at, letter) in from.iter().enumerate() {
            picked.push(*letter);
            go(from.get(at + 1..).unwrap_or_default(), count - 1, picked, each);
            picked.pop();
        }
    }
    go(from, count, &mut Vec::new(), each);
}

fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|letter: char| !letter.is_alphanumeric())
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_place_gives_a_path_and_letters() {
        for (name, path) in [
            ("kab Tangerang", "kab-tangerang"),
            ("kec Muara Bangka Hulu", "kec-muara-bangka-hulu"),
            ("kab Pangkajene dan Kepulauan", "kab-pangkajene-dan-kepulauan"),
            ("kec P.A.L Merah", "kec-p-a-l-merah"),
        ] {
            assert_eq!(slug(name), path);
        }
        assert_eq!(receipt_codes("Tangerang").first().map(String::as_str), Some("TNG"));
        assert_eq!(receipt_codes("Kupang").first().map(String::as_str), Some("KPN"));
        assert_eq!(receipt_codes("Ende").first().map(String::as_str), Some("END"));
        assert_eq!(receipt_codes("Oe"), ["OE"]);
        assert!(receipt_codes("7").is_empty());
    }

    proptest! {
        #[test]
        fn whatever_a_place_is_called_what_is_proposed_is_well_formed(name in "[a-zA-Z0-9 .'()-]{0,24}") {
            let path = slug(&name);
            prop_assert!(path.len() <= LONGEST && !path.starts_with('-') && !path.ends_with('-'));
            let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
            prop_assert!(path.chars().all(fits));
            let codes = receipt_codes(&name);
            for code in &codes {
                prop_assert!((2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase()));
            }
            let mut once = codes.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(once.len(), codes.len());
        }
    }
}
