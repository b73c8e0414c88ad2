//! Small texts made of numbers and names.

use loket_core::zone;

/// `1.234`
pub fn count(value: u64) -> String {
    zone::number(i64::try_from(value).unwrap_or(i64::MAX))
}

/// `640 byte`, `12 kB`, `1,2 MB`: units of a thousand, as WhatsApp shows them.
pub fn file_size(bytes: i64) -> String {
    let bytes = bytes.max(0);
    match bytes {
        0..1_000 => format!("{bytes} byte"),
        1_000..1_000_000 => format!("{} kB", zone::number((bytes + 500) / 1_000)),
        _ => format!("{},{} MB", zone::number(bytes / 1_000_000), bytes % 1_000_000 / 100_000),
    }
}

/// The first letters of the first and the last word of a name: `RD`.
pub fn initials(name: &str) -> String {
    let letters: Vec<char> = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphabetic()))
        .flat_map(char::to_uppercase)
        .collect();
    match letters.as_slice() {
        [] => "?".to_owned(),
        [only] => only.to_string(),
        [first, .., last] => format!("{first}{last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        for (name, short) in
            [("Ratna Dewi", "RD"), ("Siti", "S"), ("ahmad bin fauzi", "AF"), ("", "?"), ("Siti A…", "SA")]
        {
            assert_eq!(initials(name), short, "{name}");
        }
    }

    #[test]
    fn a_size_is_written_in_the_unit_that_fits() {
        for (bytes, text) in [
            (0, "0 byte"),
            (640, "640 byte"),
            (1_400, "1 kB"),
            (1_250_000, "1,2 MB"),
            (16_000_000, "16,0 MB"),
        ] {
            assert_eq!(file_size(bytes), text);
        }
        assert_eq!(count(1_204), "1.204");
    }
}
