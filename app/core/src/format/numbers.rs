//! NIK and KK numbers as people type them, and which of two numbers is which.
//!
//! Both are region, date, serial. A NIK's date is a birth, and a woman's day is plus forty; a KK's date is the
//! day of its issue: never plus forty, never before the numbers came into use, never in the future.

use chrono::{Datelike, NaiveDate};

use super::value::Confidence;

/// Digits of a number as typed, and how it was typed.
#[derive(Clone)]
pub(super) struct Digits {
    /// Digits only.
    pub(super) text: zeroize::Zeroizing<String>,
    /// Whether more than digits stood there.
    pub(super) tidied: bool,
}

impl Digits {
    pub(super) fn confidence(&self) -> Confidence {
        if self.tidied { Confidence::Tidied } else { Confidence::Exact }
    }
}

/// The digit that a letter looks like.
pub(super) const fn look_alike(c: char) -> Option<char> {
    match c {
        'O' | 'o' => Some('0'),
        'l' | 'I' | 'i' | '!' => Some('1'),
        'S' | 's' => Some('5'),
        'B' => Some('8'),
        _ => None,
    }
}

/// Whether people put this between the digits of one number.
const fn is_between(c: char) -> bool {
    matches!(
        c,
        ' ' | '.'
            | '-'
            | '/'
            | '_'
            | '('
            | ')'
            | '\''
            | '"'
            | ','
            | '\n'
            | '\t'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | ':'
    )
}

/// Longest text that is looked at as a number.
const LONGEST: usize = 64;

/// The digits of a text that is meant as a number: digits, what is put between them, and few letters that look
/// like digits. Nothing for anything else.
pub(super) fn digits(raw: &str) -> Option<Digits> {
    if raw.len() > LONGEST {
        return None;
    }
    let mut text = zeroize::Zeroizing::new(String::with_capacity(20));
    let (mut letters, mut tidied) = (0, false);
    for c in raw.chars() {
        if c.is_ascii_digit() {
            text.push(c);
        } else if let Some(digit) = look_alike(c) {
            letters += 1;
            text.push(digit);
        } else if is_between(c) {
            tidied = true;
        } else {
            return None;
        }
    }
    let real = text.len() - letters;
    (real >= 4 && real >= letters).then_some(Digits { text, tidied: tidied || letters > 0 })
}

/// Sixteen digits of which most are written as letters that look like them. Whether they are meant as a number must be
/// told by what they say.
pub(super) fn look_alike_number(raw: &str) -> Option<zeroize::Zeroizing<String>> {
    let mut text = zeroize::Zeroizing::new(String::with_capacity(16));
    for c in raw.trim().chars().take(17) {
        text.push(if c.is_ascii_digit() { c } else { look_alike(c)? });
    }
    let real = raw.bytes().filter(u8::is_ascii_digit).count();
    (text.len() == 16 && real >= 4).then_some(text)
}

/// Two digits of a number from `start`.
fn pair(number: &str, start: usize) -> Option<u32> {
    number.get(start..start + 2)?.parse().ok()
}

/// Whether a number's day is a woman's day of birth, which no KK number has.
pub(super) fn is_womans_day(number: &str) -> bool {
    pair(number, 6).is_some_and(|day| (41..=71).contains(&day))
}

/// Whether sixteen digits can be the number of a KK: their date is one on which a KK can have been issued.
/// The numbers came with the population system of the late nineties.
pub(super) fn is_kk_date(number: &str, today: NaiveDate) -> bool {
    let (Some(day), Some(month), Some(year)) = (pair(number, 6), pair(number, 8), pair(number, 10)) else {
        return false;
    };
    let year = if year >= 96 { 1900 + year } else { 2000 + year };
    let last = today.year().unsigned_abs().max(2000);
    i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day)).is_some()
        && year <= last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
    }

    #[test]
    fn numbers_are_read_through_dots_blanks_and_look_alikes() {
        for (raw, number) in [
            ("3603036502900001", Some("3603036502900001")),
            ("3603.0365-0290 0001", Some("3603036502900001")),
            ("36O3O365O29OOOO1", Some("3603036502900001")),
            ("360303650290000l", Some("3603036502900001")),
            ("3603036S02900001", Some("3603036502900001")),
            ("(3603036502900001)", Some("3603036502900001")),
            ("3603036502900001 A", None),
            ("SOLO", None),
            ("", None),
            ("3603xxxxxxxxxxxx", None),
        ] {
            assert_eq!(digits(raw).map(|d| d.text.to_string()).as_deref(), number, "{raw}");
        }
    }

    #[test]
    fn a_kk_number_holds_the_day_of_its_issue() {
        for (number, fits) in [
            ("3603031204150007", true),
            ("3603031204990007", true),
            ("3603035204150007", false),
            ("3603033102150007", false),
            ("3603031213150007", false),
            ("3603031204900007", false),
            ("3603031204350007", false),
        ] {
            assert_eq!(is_kk_date(number, today()), fits, "{number}");
        }
    }
}
