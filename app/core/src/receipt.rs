//! Receipt numbers: `TNG-2611-00042-K`, short enough to be read over the telephone.
//!
//! Office code, year and month of receipt, running number, check character. The check is a weighted sum
//! modulo the prime 31 with weights 3^i from the right, so that neighbouring weights differ and none is
//! zero. Why every single substitution and every transposition of neighbours is found:
//! - letters of the code have distinct residues, digits theirs, check characters theirs, and the check
//!   alphabet gives a digit the same residue as the digits; so a substitution changes the sum;
//! - a transposition of neighbours a, b changes the sum by (3 - 1) * 3^i * (a - b), never zero;
//! - a letter in a digit's place is refused or read as the digit it looks like;
//! - without dashes a digit in a letter's place would move the boundary: so no letter has the residue of
//!   2 to 5, the first digits of the years 2020 to 2059, and the year takes no look-alikes.
//!
//! The check alphabet has no I, L, O, 0, 1. A receipt number is no secret and prints whole.

use std::fmt;

use chrono::{DateTime, Datelike, TimeZone};

/// A receipt number in its one written form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceiptNumber(String);

/// Why a text is no receipt number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum ReceiptError {
    /// Nothing was written.
    Empty,
    /// Not of the form CODE-YYMM-NNNNN-C.
    Shape,
    /// The office code isn't 2 to 4 letters.
    Code,
    /// The month isn't 01-12 or the year not 2020-2059.
    Month,
    /// The running number is 0 or has more than 9 digits.
    Serial,
    /// The check character doesn't fit: something was mistyped.
    Check,
}

impl ReceiptError {
    /// What is wrong, in one Indonesian sentence.
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::Empty => "Nomor permohonan belum diisi.",
            Self::Shape => "Bentuk nomor permohonan tidak sesuai, contoh: TNG-2611-00042-K.",
            Self::Code => "Kode kantor pada nomor permohonan terdiri atas 2 sampai 4 huruf.",
            Self::Month => "Tahun dan bulan pada nomor permohonan tidak sesuai.",
            Self::Serial => "Nomor urut pada nomor permohonan tidak sesuai.",
            Self::Check => "Nomor permohonan salah ketik, mohon diperiksa kembali.",
        }
    }
}

/// The check characters by residue; a digit stands at its own value.
const CHECK: &[u8; 31] = b"AB23456789CDEFGHJKMNPQRSTUVWXYZ";
/// Where the sum begins. Any constant detects the same; this one gives `TNG-2611-00042` its `K`.
const START: u32 = 17;
const MODULUS: u32 = 31;

impl ReceiptNumber {
    /// The number of the `serial`-th request that an office with the code `code` received in a month.
    ///
    /// `code`: 2 to 4 ASCII letters, any case. `year`: 2020 to 2059, four digits. `serial`: from 1.
    pub fn new(code: &str, year: i32, month: u32, serial: u32) -> Result<Self, ReceiptError> {
        if !(2..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(ReceiptError::Code);
        }
        if !(2020..=2059).contains(&year) || !(1..=12).contains(&month) {
            return Err(ReceiptError::Month);
        }
        if serial == 0 || serial > 999_999_999 {
            return Err(ReceiptError::Serial);
        }
        let code = code.to_ascii_uppercase();
        let body = format!("{code}-{:02}{month:02}-{serial:05}", year - 2000);
        let check = check_character(&body);
        Ok(Self(format!("{body}-{check}")))
    }

    /// Like [`ReceiptNumber::new`], with year and month of an office's local time.
    pub fn at<Z: TimeZone>(code: &str, received: &DateTime<Z>, serial: u32) -> Result<Self, ReceiptError> {
        Self::new(code, received.year(), received.month(), serial)
    }

    /// Reads a number as people type it: lower case, blanks or other dashes or nothing for the dashes,
    /// O for 0 and I or L for 1 where a digit belongs (with all dashes gone: in the running number only),
    /// leading zeros of the running number left out where it is set off by dashes.
    pub fn parse(text: &str) -> Result<Self, ReceiptError> {
        let parts = parts(text);
        let (code, month, serial, check) = match parts.as_slice() {
            [] => return Err(ReceiptError::Empty),
            [code, month, serial, check] => (code.as_str(), digits(month)?, digits(serial)?, check.as_str()),
            _ => return Self::parse_joined(&parts.concat()),
        };
        Self::from_parts(code, &month, &serial, check)
    }

    /// Without all of its dashes: letters, then digits, then one character.
    fn parse_joined(joined: &str) -> Result<Self, ReceiptError> {
        let code_len = joined.bytes().take_while(u8::is_ascii_alphabetic).count();
        let check_at = joined.len().saturating_sub(1);
        if !joined.is_ascii() || code_len + 10 > joined.len() {
            return Err(ReceiptError::Shape);
        }
        let (code, rest) = joined.split_at(code_len);
        let (numbers, check) = rest.split_at(check_at - code_len);
        let (month, serial) = numbers.split_at(4);
        // No look-alikes here: a code's own I or O, swapped with its neighbour, would pass for a digit.
        Self::from_parts(code, month, &digits(serial)?, check)
    }

    fn from_parts(code: &str, month: &str, serial: &str, check: &str) -> Result<Self, ReceiptError> {
        if month.len() != 4 || check.len() != 1 {
            return Err(ReceiptError::Shape);
        }
        // A sixth digit in front is never 0; else a mistyped first digit could vanish from the sum.
        if serial.len() > 5 && serial.starts_with('0') {
            return Err(ReceiptError::Serial);
        }
        let (year, month) = month.split_at(2);
        let year = year.parse::<i32>().map_err(|_| ReceiptError::Month)? + 2000;
        let month = month.parse().map_err(|_| ReceiptError::Month)?;
        let serial = serial.parse().map_err(|_| ReceiptError::Serial)?;
        let number = Self::new(code, year, month, serial)?;
        if number.0.ends_with(check) { Ok(number) } else { Err(ReceiptError::Check) }
    }

    /// The written form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The office's code.
    pub fn code(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The running number.
    pub fn serial(&self) -> u32 {
        self.0.split('-').nth(2).and_then(|serial| serial.parse().ok()).unwrap_or(0)
    }
}

/// The pieces between dashes and blanks, in upper case.
fn parts(text: &str) -> Vec<String> {
    let visible: String = text.chars().filter(|c| !crate::text::is_invisible(*c)).collect();
    let between = |c: char| c.is_whitespace() || matches!(c, '-' | '.' | '/' | '_' | '\u{2010}'..='\u{2015}');
    visible.split(between).filter(|part| !part.is_empty()).map(str::to_ascii_uppercase).collect()
}

/// The digits of a piece; letters that look like one are read as one.
fn digits(part: &str) -> Result<String, ReceiptError> {
    let digit = |c| match c {
        'O' => Ok('0'),
        'I' | 'L' => Ok('1'),
        '0'..='9' => Ok(c),
        _ => Err(ReceiptError::Shape),
    };
    part.chars().map(digit).collect()
}

/// The character that brings the sum of `body` to zero.
fn check_character(body: &str) -> char {
    let sum = body.bytes().filter_map(residue).fold(START, |sum, value| (sum * 3 + value) % MODULUS);
    let missing = (MODULUS - sum * 3 % MODULUS) % MODULUS;
    CHECK.get(missing as usize).copied().map_or('?', char::from)
}

/// Digits are themselves; letters take the residues that are left when 2 to 5 are left out.
fn residue(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A' | b'B' => Some(u32::from(byte - b'A')),
        b'C'..=b'Z' => Some(u32::from(byte - b'C') + 6),
        _ => None,
    }
}

impl fmt::Display for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReceiptNumber({})", self.0)
    }
}

impl std::str::FromStr for ReceiptNumber {
    type Err = ReceiptError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl serde::Serialize for ReceiptNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for ReceiptNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test may stop")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers() -> impl Strategy<Value = ReceiptNumber> {
        ("[A-Z]{2,4}", 2020..=2059, 1_u32..=12, prop_oneof![1_u32..100_000, 1_u32..1_000_000_000]).prop_map(
            |(code, year, month, serial)| {
                ReceiptNumber::new(&code, year, month, serial).unwrap_or_else(|e| panic!("{e}"))
            },
        )
    }

    #[test]
    fn the_example_of_the_product_is_a_receipt_number() {
        let number = ReceiptNumber::new("tng", 2026, 11, 42).map(|n| n.to_string());
        assert_eq!(number, Ok("TNG-2611-00042-K".to_owned()));
    }

    #[test]
    fn what_people_type_is_understood() {
        let number = ReceiptNumber::new("TNG", 2026, 11, 42);
        for text in [
            "TNG-2611-00042-K",
            "tng-2611-00042-k",
            " tng 2611 00042 k ",
            "TNG26110\u{200b}0042K",
            "TNG2611 00042-K",
            "TNG–2611–00042–K",
            "TNG-26II-OOO42-K",
            "tng-26l1-00o42-k",
            "TNG-2611-42-K",
            "TNG.2611.00042.K",
        ] {
            assert_eq!(ReceiptNumber::parse(text), number, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_number_is_named() {
        for (text, error) in [
            ("", ReceiptError::Empty),
            (" - ", ReceiptError::Empty),
            ("kapan selesai", ReceiptError::Shape),
            ("T-2611-00042-K", ReceiptError::Code),
            ("TANGE-2611-00042-K", ReceiptError::Code),
            ("TNG-2613-00042-K", ReceiptError::Month),
            ("TNG-6011-00042-K", ReceiptError::Month),
            ("TNG-2611-00000-K", ReceiptError::Serial),
            ("TNG-2611-000042-K", ReceiptError::Serial),
            ("TNG-2611-00043-K", ReceiptError::Check),
            ("TNG-2611-0004X-K", ReceiptError::Shape),
            ("é", ReceiptError::Shape),
        ] {
            assert_eq!(ReceiptNumber::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn no_two_characters_of_one_place_share_a_residue() {
        let distinct = |bytes: &[u8]| {
            let mut seen: Vec<_> = bytes.iter().filter_map(|b| residue(*b)).collect();
            seen.sort_unstable();
            seen.dedup();
            seen.len() == bytes.len()
        };
        assert!(distinct(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ2345"));
        assert!(distinct(b"0123456789"));
        for (value, byte) in CHECK.iter().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
            assert_eq!(residue(*byte), u32::try_from(value).ok());
        }
    }

    proptest! {
        #[test]
        fn every_number_is_read_back(number in numbers()) {
            prop_assert_eq!(ReceiptNumber::parse(number.as_str()), Ok(number.clone()));
            let joined = number.as_str().replace('-', "");
            prop_assert_eq!(ReceiptNumber::parse(&joined), Ok(number.clone()));
            prop_assert_eq!(ReceiptNumber::parse(&number.as_str().to_lowercase().replace('-', " ")), Ok(number));
        }

        #[test]
        fn every_wrong_character_is_found(number in numbers(), joined: bool) {
            let text = if joined { number.as_str().replace('-', "") } else { number.to_string() };
            for (place, old) in text.bytes().enumerate().filter(|(_, b)| *b != b'-') {
                for new in b'0'..=b'Z' {
                    if new == old || !new.is_ascii_alphanumeric() {
                        continue;
                    }
                    let mut typed = text.clone().into_bytes();
                    typed[place] = new;
                    let typed = String::from_utf8_lossy(&typed);
                    // Either refused, or read as the very same number (O for 0).
                    let read = ReceiptNumber::parse(&typed);
                    prop_assert!(read.is_err() || read.as_ref() == Ok(&number), "{typed} read as {read:?}");
                }
            }
        }

        #[test]
        fn every_swap_of_neighbours_is_found(number in numbers(), joined: bool) {
            let text = if joined { number.as_str().replace('-', "") } else { number.to_string() };
            let places: Vec<_> = text.bytes().enumerate().filter(|(_, b)| *b != b'-').map(|(i, _)| i).collect();
            for pair in places.windows(2) {
                let mut typed = text.clone().into_bytes();
                typed.swap(pair[0], pair[1]);
                let typed = String::from_utf8_lossy(&typed);
                let read = ReceiptNumber::parse(&typed);
                prop_assert!(read.is_err() || read.as_ref() == Ok(&number), "{typed} read as {read:?}");
            }
        }

        #[test]
        fn parsing_never_panics(text in "\\PC{0,40}|[A-Za-z0-9 -]{0,24}") {
            let _ = ReceiptNumber::parse(&text);
        }
    }
}
