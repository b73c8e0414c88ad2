//! Where requests begin in a message.
//!
//! A keyword begins a request when it stands where lines begin, with what lines have: the separator before or
//! behind it, or a number. Inside a line the same word may be a label ("KK 3603..."), the purpose, or part of a
//! document number, so a further request needs the one before it to have its numbers.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{
    grammar::Grammar,
    normalise::push_key,
    tokenize::{Words, gap},
};

/// A request's format and the words behind its keyword.
#[derive(Debug, Clone)]
pub(super) struct Start {
    pub(super) format: usize,
    /// The keyword's words.
    pub(super) keyword: Range<usize>,
    /// Whether the separator stands before the keyword at the beginning of a line.
    pub(super) sure: bool,
}

/// A keyword holds at most this many words, and as many letters when they stand apart: `S K T M`.
const MOST_WORDS: usize = 3;
const MOST_LETTERS: usize = 8;

/// The keyword that begins at a word, the longest one.
pub(super) fn keyword_at(grammar: &Grammar, words: &Words<'_>, at: usize) -> Option<(usize, Range<usize>)> {
    let mut key = String::new();
    let mut found = None;
    for len in 1..=MOST_LETTERS {
        let index = at + len - 1;
        if len > MOST_WORDS && (at..=index).any(|index| words.word(index).len() > 1) {
            break;
        }
        if index >= words.len() || (len > 1 && words.gap(index) & !gap::BLANK != 0) {
            break;
        }
        let word = words.word(index);
        if word.len() > 24 || key.len() > 24 {
            break;
        }
        push_key(&mut key, word);
        if let Some(format) = grammar.keyword(&key) {
            found = Some((format, at..at + len));
        }
    }
    found
}

/// Whether a word stands at the beginning of a line, perhaps behind its number in a list.
fn begins_line(words: &Words<'_>, at: usize) -> bool {
    if words.gap(at) & gap::LINE != 0 {
        return true;
    }
    at > 0 && words.gap(at - 1) & gap::LINE != 0 && is_ordinal(words.word(at - 1))
}

/// `1.`, `2)`: the place of a line in a list.
pub(super) fn is_ordinal(word: &str) -> bool {
    word.len() <= 4
        && word.trim_end_matches(['.', ')']).bytes().all(|b| b.is_ascii_digit())
        && word.len() > word.trim_end_matches(['.', ')']).len()
}

fn is_long_number(word: &str) -> bool {
    word.len() >= 4 && word.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// The requests that begin with a keyword and the separator, or at the beginning of a line.
pub(super) fn strong(grammar: &Grammar, words: &Words<'_>) -> Vec<Start> {
    let mut scan = Scan { grammar, words, starts: Vec::new(), numbers: 0 };
    let mut at = 0;
    while at < words.len() {
        at = scan.step(at);
    }
    words.work(words.len() * MOST_WORDS);
    scan.starts
}

struct Scan<'g, 'w, 't> {
    grammar: &'g Grammar,
    words: &'w Words<'t>,
    starts: Vec<Start>,
    /// Sixteen-digit numbers since the last start.
    numbers: usize,
}

impl Scan<'_, '_, '_> {
    /// Looks at a word; gives the next one to look at.
    fn step(&mut self, at: usize) -> usize {
        if let Some((format, keyword)) = keyword_at(self.grammar, self.words, at)
            && self.begins(format, &keyword)
        {
            let next = keyword.end;
            let sure = self.words.gap(at) & gap::HARD != 0 && begins_line(self.words, at);
            self.starts.push(Start { format, keyword, sure });
            self.numbers = 0;
            return next;
        }
        let digits = self.words.word(at).bytes().filter(u8::is_ascii_digit).count();
        if digits >= 12 {
            self.numbers += 1;
        }
        at + 1
    }

    fn begins(&self, format: usize, keyword: &Range<usize>) -> bool {
        let words = self.words;
        let hashed = words.gap(keyword.start) & gap::HARD != 0;
        let line = begins_line(words, keyword.start);
        let followed = words.get(keyword.end).is_some_and(|word| word.gap & (gap::HARD | gap::SOFT) != 0)
            || self.heads_labels(format, keyword.end);
        let Some(current) = self.starts.last() else { return hashed || (line && followed) };
        let Some(before) = self.grammar.format(current.format) else { return false };
        let numbers = before.definition.numbers();
        let enough =
            if numbers > 0 { self.numbers >= numbers } else { keyword.start > current.keyword.end + 1 };
        let bare = keyword.start == current.keyword.end;
        let number_follows = (keyword.end..keyword.end + 4).any(|index| is_long_number(words.word(index)));
        let needs_number = self.grammar.format(format).is_some_and(|format| format.is_telling());
        let carries = number_follows || !needs_number;
        if line {
            let is_label = self.labels(current.format, keyword) && !enough;
            let looks = hashed && (followed || number_follows)
                || followed && number_follows
                || (number_follows && enough);
            return looks
                && !is_label
                && (enough || hashed && !bare || hashed && followed)
                && (carries || hashed);
        }
        hashed && followed && enough && carries && number_follows && !before.definition.ends_in_text()
    }

    /// Whether the next line begins with the name of a field and a colon.
    fn heads_labels(&self, format: usize, at: usize) -> bool {
        if self.words.gap(at) & gap::LINE == 0 {
            return false;
        }
        let Some(labels) = self.grammar.format(format).map(|format| &format.labels) else { return false };
        let mut key = String::new();
        (at..self.words.len().min(at + 4)).any(|index| {
            push_key(&mut key, self.words.word(index));
            self.words.colon(index) && labels.names_own(&key)
        })
    }

    /// Whether the keyword is what the current request calls one of its values.
    fn labels(&self, format: usize, keyword: &Range<usize>) -> bool {
        is_label(self.grammar, self.words, format, keyword)
    }
}

/// Whether a keyword stands for a value of another format's line: it is a label there, or is followed by a value
/// that this line does not ask for.
fn is_label(grammar: &Grammar, words: &Words<'_>, format: usize, keyword: &Range<usize>) -> bool {
    let mut key = String::new();
    keyword.clone().for_each(|index| push_key(&mut key, words.word(index)));
    let labels = grammar.format(format).map(|format| &format.labels);
    let number = words.word(keyword.end).bytes().filter(u8::is_ascii_digit).count() >= 10;
    let valued = number || words.colon(keyword.end.wrapping_sub(1));
    labels.is_some_and(|labels| labels.names_own(&key) || (valued && labels.named(&key).is_some()))
}

/// The one keyword that stands behind data of its own request instead of before it: `#NIK#KK#KTP#...`.
fn late(grammar: &Grammar, words: &Words<'_>) -> Option<Start> {
    let mut found: Option<Start> = None;
    let (mut at, mut numbers) = (0, 0);
    while at < words.len() {
        let long = |index: usize| words.word(index).bytes().filter(u8::is_ascii_digit).count() >= 10;
        let Some((format, keyword)) = keyword_at(grammar, words, at) else {
            numbers += usize::from(long(at));
            at += 1;
            continue;
        };
        at = keyword.end;
        let hashed = words.gap(keyword.start) & gap::HARD != 0;
        let labels = words.colon(keyword.end - 1)
            || (long(keyword.end) && !hashed && words.gap(keyword.end) & gap::HARD == 0);
        let inside = keyword.start > 0 && hashed && words.gap(keyword.start) & gap::LINE == 0;
        if labels || found.as_ref().is_some_and(|known| known.format == format) {
            continue;
        }
        if found.is_some() || (numbers == 0 && !inside) {
            return None;
        }
        found = Some(Start { format, keyword, sure: false });
    }
    words.work(words.len() * MOST_WORDS);
    found
}

/// The one format that is spoken of, where no line begins properly. Nothing when several are.
pub(super) fn spoken_of(grammar: &Grammar, words: &Words<'_>) -> Option<Start> {
    let mut found: Vec<Start> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match keyword_at(grammar, words, at) {
            Some((format, keyword)) => {
                at = keyword.end;
                if !found.iter().any(|known| known.format == format) && found.len() < 8 {
                    found.push(Start { format, keyword, sure: false });
                }
            }
            None => at += 1,
        }
    }
    words.work(words.len() * MOST_WORDS);
    let names = |start: &Start, other: &Start| {
        start.format != other.format && is_label(grammar, words, start.format, &other.keyword)
    };
    // "KTP ... KK 3603...": a word that is a label of another format's line does not ask for its own.
    let real: Vec<_> = found
        .iter()
        .filter(|other| {
            !found.iter().any(|start| start.keyword.start < other.keyword.start && names(start, other))
        })
        .collect();
    match real.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    }
}

/// The message with its keyword moved to the front, where it stands behind data.
pub(super) fn keyword_first(grammar: &Grammar, words: &Words<'_>) -> Option<Zeroizing<String>> {
    let start = late(grammar, words)?;
    let (first, last) = (words.get(start.keyword.start)?, words.get(start.keyword.end - 1)?);
    let text = words.text;
    let (before, after) = (text.get(..first.start)?, text.get(last.end..)?);
    let before = before.trim_end_matches(|c: char| grammar.hard.contains(&c) || c == ' ');
    words.work(text.len());
    Some(Zeroizing::new(format!("{} {before}{after}", words.raw(&start.keyword))))
}
