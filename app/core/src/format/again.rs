//! What is not read at once is read once more, as it may have been meant: with the sign that its writer parts by, with the
//! keyword where keywords stand.

use std::cell::Cell;

use chrono::NaiveDate;
use zeroize::Zeroizing;

use super::{
    grammar::Grammar,
    normalise::{key, normalise},
    options::{Chosen, Options},
    read::message,
    reading::{Message, Reading},
    starts::{keyword_first, spoken_of},
    tokenize::{Words, gap},
};

/// More lines than this are not looked through for another separator.
const MOST_LINES: usize = 40;
/// A word for a separator stands this often where separators were dictated.
const LEAST_DICTATED: usize = 3;

/// Reads a text, by the office's separators first.
pub(super) fn read(grammar: &Grammar, text: &str, (today, steps): (NaiveDate, &Cell<usize>)) -> Message {
    let plain = normalise(text);
    let plain = dictated(grammar, &plain).unwrap_or(plain);
    let words = Words::new(&plain, &grammar.hard, steps);
    let mut best = message(grammar, &words, today);
    if is_complete(&best) {
        return best;
    }
    if let Some(separator) = other_separator(grammar, &words) {
        let mut hard = grammar.hard.clone();
        hard.push(separator);
        let again = message(grammar, &Words::new(&plain, &hard, steps), today);
        let more = best.requests.is_empty() && again.requests.iter().any(holds_enough);
        if is_complete(&again) || more {
            best = again;
        }
    }
    for mended in [keyword_first, option_behind] {
        if is_complete(&best) {
            break;
        }
        if let Some(plain) = mended(grammar, &words) {
            let again = message(grammar, &Words::new(&plain, &grammar.hard, steps), today);
            if says_more(&again, &best) {
                best = again;
            }
        }
    }
    best
}

fn is_complete(message: &Message) -> bool {
    message.requests.iter().any(Reading::is_complete)
}

/// Whether one reading of a message is better than another: a request without a fault, or more of the only one.
fn says_more(again: &Message, before: &Message) -> bool {
    match (again.requests.as_slice(), before.requests.as_slice()) {
        ([one], [] | [_]) if one.is_complete() => true,
        ([one], [known]) => one.fields.len() > known.fields.len(),
        _ => false,
    }
}

/// Whether a reading by another separator than the office's holds a number and something else of a line.
fn holds_enough(one: &Reading) -> bool {
    one.fields.len() >= 2 && (one.fields.nik().is_some() || one.fields.kk().is_some())
}

/// The message with the option behind its keyword that stands before it: `hilang ktp ...`.
fn option_behind(grammar: &Grammar, words: &Words<'_>) -> Option<Zeroizing<String>> {
    let start = spoken_of(grammar, words)?;
    let before = start.keyword.start.checked_sub(1)?;
    let options = grammar.format(start.format)?.options.iter().flatten();
    let said = |options: &Options| matches!(options.is_one(words.word(before)), Chosen::One(..));
    if words.gap(start.keyword.start) & !gap::BLANK != 0 || !options.into_iter().any(said) {
        return None;
    }
    let (first, last) = (words.get(before)?, words.get(start.keyword.end - 1)?);
    let (head, tail) = (words.text.get(..first.start)?, words.text.get(last.end..)?);
    words.work(words.text.len());
    Some(Zeroizing::new(format!("{head}{} {}{tail}", words.raw(&start.keyword), words.word(before))))
}

/// The text with separators for their name, where somebody dictated them: `pagar ktp pagar 3603 ...`.
fn dictated(grammar: &Grammar, text: &str) -> Option<Zeroizing<String>> {
    let sign = grammar.hard.first().filter(|sign| !text.contains(**sign))?;
    let named = |word: &str| ["pagar", "tagar", "hashtag"].iter().any(|name| word.eq_ignore_ascii_case(name));
    if text.split_whitespace().filter(|word| named(word)).count() < LEAST_DICTATED {
        return None;
    }
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        if named(word) {
            plain.push(*sign);
            plain.push_str(part.get(word.len()..).unwrap_or_default());
        } else {
            plain.push_str(part);
        }
    }
    Some(plain)
}

/// A sign that stands directly behind a keyword at the beginning of a line and again between other words:
/// `KTP/3603.../...`.
fn other_separator(grammar: &Grammar, words: &Words<'_>) -> Option<char> {
    words.text.lines().take(MOST_LINES).find_map(|line| separator_of(grammar, line))
}

fn separator_of(grammar: &Grammar, line: &str) -> Option<char> {
    let text = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let sign = text
        .chars()
        .take(48)
        .find(|c| matches!(c, '/' | '*' | '\\' | '~' | '_' | '.' | '-' | '+' | '=' | '>'))?;
    let (head, rest) = text.split_once(sign)?;
    // "validasi 5371 0205 ... / Semuel / BRI": numbers may stand between.
    let word = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    grammar.keyword(&key(if word.is_empty() { head } else { word }))?;
    let least = if word.trim_end() == head.trim_end() { 2 } else { 1 };
    (rest.matches(sign).count() >= least).then_some(sign)
}
