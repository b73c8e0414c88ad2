//! Days as people write them. A day that can be read in two ways is not read.

use chrono::{Datelike, NaiveDate};

use super::{distance::distance, normalise::key, numbers::look_alike};

/// Months by number, with how they are abbreviated and misspelled.
const MONTHS: [&[&str]; 12] = [
    &["januari", "jan", "january"],
    &["februari", "feb", "pebruari", "peb", "february"],
    &["maret", "mar", "mrt", "march"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "jun", "june"],
    &["juli", "jul", "july"],
    &["agustus", "agu", "ags", "agt", "agst", "aug", "august"],
    &["september", "sep", "sept"],
    &["oktober", "okt", "oct", "october"],
    &["november", "nov", "nopember", "nop"],
    &["desember", "des", "dec", "december"],
];

/// Words between the parts of a date that say nothing.
const BESIDE: [&str; 14] = [
    "senin", "selasa", "rabu", "kamis", "jumat", "jum", "sabtu", "minggu", "ahad", "bulan", "bln", "tahun",
    "thn", "tgl",
];
/// Months in Roman digits.
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

/// Longest text that is looked at as a date.
const LONGEST: usize = 80;

enum Part {
    Number(u32, usize),
    Month(u32),
    Word,
}

/// The day that a text names. `past`: two digits of a year mean the latest one that is not in the future.
pub(super) fn day(raw: &str, past: bool, today: NaiveDate) -> Option<NaiveDate> {
    if raw.len() > LONGEST {
        return None;
    }
    let parts = parts(raw)?;
    let first = parts.iter().position(|part| !matches!(part, Part::Word))?;
    let mut rest = parts.get(first..)?;
    // "Kupang, 27 April 2019": a place may stand before it, an hour after it.
    if first > 3 {
        return None;
    }
    if let Some(end) = rest.iter().position(|part| matches!(part, Part::Word)) {
        rest = rest.get(..end)?;
    }
    let full = |(value, len): (u32, usize)| year(value, len, past, today);
    let (y, m, d) = match *rest {
        [Part::Number(d, 1..=2), Part::Number(m, 1..=2), Part::Number(y, len @ (2 | 4))] => {
            (full((y, len))?, m, d)
        }
        [Part::Number(y, 4), Part::Number(m, 1..=2), Part::Number(d, 1..=2)] => (full((y, 4))?, m, d),
        [Part::Number(d, 1..=2), Part::Month(m), Part::Number(y, len @ (2 | 4))] => (full((y, len))?, m, d),
        [Part::Month(m), Part::Number(d, 1..=2), Part::Number(y, 4)] => (full((y, 4))?, m, d),
        [Part::Number(joined, 8)] => return eight(joined),
        _ => return None,
    };
    real(y, m, d)
}

/// `27042019`, or `20190427`: only one of both is a day of our time.
fn eight(joined: u32) -> Option<NaiveDate> {
    let tail = |n: u32| i32::try_from(n).ok();
    let (front, back) = (
        real(tail(joined % 10_000)?, joined / 10_000 % 100, joined / 1_000_000),
        real(tail(joined / 10_000)?, joined / 100 % 100, joined % 100),
    );
    match (front, back) {
        (Some(day), None) | (None, Some(day)) => Some(day),
        _ => None,
    }
}

fn real(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    (1900..=2100).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

fn year(value: u32, len: usize, past: bool, today: NaiveDate) -> Option<i32> {
    let value = i32::try_from(value).ok()?;
    if len == 4 {
        return Some(value);
    }
    let this_century = 2000 + value;
    Some(if past && this_century > today.year() { 1900 + value } else { this_century })
}

/// Numbers, months and other words; weekdays and "jam 9" are left out. Nothing for signs no date has.
fn parts(raw: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for piece in raw.split(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '/' | '.' | ',' | '_' | ':' | '\'' | '(' | ')')
    }) {
        for run in runs(piece) {
            match part(run) {
                Some(Part::Word) if matches!(parts.last(), Some(Part::Number(..))) => {
                    parts.push(roman(run).map_or(Part::Word, Part::Month));
                }
                found => parts.extend(found),
            }
        }
    }
    (parts.len() <= 8).then_some(parts)
}

/// The piece, or its digits and letters apart: `27april2019`.
fn runs(piece: &str) -> Vec<&str> {
    let looks_mixed = piece.chars().all(|c| c.is_ascii_digit() || look_alike(c).is_some());
    if looks_mixed && piece.bytes().any(|b| b.is_ascii_digit()) {
        return vec![piece];
    }
    let mut runs = Vec::new();
    let mut start = 0;
    let mut digit = None;
    for (at, c) in piece.char_indices() {
        let now = c.is_ascii_digit();
        if digit.is_some_and(|before| before != now) {
            runs.extend(piece.get(start..at));
            start = at;
        }
        digit = Some(now);
    }
    runs.extend(piece.get(start..));
    runs
}

fn part(run: &str) -> Option<Part> {
    let digits: String = run
        .chars()
        .map(|c| if c.is_ascii_digit() { Some(c) } else { look_alike(c) })
        .collect::<Option<_>>()
        .unwrap_or_default();
    if run.bytes().any(|b| b.is_ascii_digit()) && !digits.is_empty() {
        return Some(digits.parse().map_or(Part::Word, |value| Part::Number(value, digits.len())));
    }
    let word = key(run);
    if word.is_empty() || BESIDE.contains(&word.as_str()) {
        return None;
    }
    Some(month(&word).map_or(Part::Word, Part::Month))
}

/// The month that Roman digits behind a day say.
fn roman(run: &str) -> Option<u32> {
    let typed = key(run);
    ROMAN.iter().position(|digits| *digits == typed).and_then(|index| u32::try_from(index + 1).ok())
}

fn month(word: &str) -> Option<u32> {
    let exact = MONTHS.iter().position(|names| names.contains(&word));
    let near = || {
        if word.len() < 4 {
            return None;
        }
        let most = if word.len() < 6 { 1 } else { 2 };
        let mut close = MONTHS.iter().enumerate().filter(|(_, names)| {
            names.first().is_some_and(|name| name.len() >= 4 && distance(name, word, most).is_some())
        });
        let found = close.next().map(|(index, _)| index);
        if close.next().is_some() { None } else { found }
    };
    exact.or_else(near).and_then(|index| u32::try_from(index + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str, past: bool) -> Option<String> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
        day(raw, past, today).map(|day| day.to_string())
    }

    #[test]
    fn a_day_is_read_however_it_is_written() {
        for raw in [
            "27-04-2019",
            "27/4/2019",
            "27.04.2019",
            "27 April 2019",
            "27 apr 19",
            "2019-04-27",
            "27042019",
            "20190427",
            "Kupang, 27 April 2019",
            "Sabtu, 27 April 2019",
            "27april2019",
            "27-O4-2O19",
            "27 Arpil 2019",
            "27-04-19",
            "April 27, 2019",
            "27 / 04 / 2019",
            "27-IV-2019",
            "27 bulan 4 tahun 2019",
        ] {
            assert_eq!(read(raw, true).as_deref(), Some("2019-04-27"), "{raw}");
        }
        assert_eq!(read("17 Agustus 85", true).as_deref(), Some("1985-08-17"));
        assert_eq!(read("12 Desember 2026 jam 19.00", false).as_deref(), Some("2026-12-12"));
        assert_eq!(read("5-1-27", false).as_deref(), Some("2027-01-05"));
        assert_eq!(read("5 Nopember 2018", true).as_deref(), Some("2018-11-05"));
    }

    #[test]
    fn a_day_that_is_none_or_could_be_two_is_not_read() {
        for raw in [
            "",
            "31-02-2019",
            "04/27/2019",
            "12-13-2019",
            "27 April",
            "2019",
            "12-13 Desember 2026",
            "270419",
            "besok",
            "27 Jun/Jul 2019",
            "27-04-19999",
            "1203 2019",
            "SITI 27",
            "3 tahun",
            "27 Kupang 2019",
            "3603036502900001",
        ] {
            assert_eq!(read(raw, true), None, "{raw}");
        }
    }
}
