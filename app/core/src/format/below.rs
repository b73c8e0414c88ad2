//! What people write behind the line that they send: thanks, and below it why they need it or what they will bring.

use std::ops::Range;

use super::{
    courtesy::{corrects, is_courtesy, is_plea, is_thanks},
    grammar::{Format, Grammar},
    starts::keyword_at,
    tokenize::{Words, gap},
};

/// More digits than this in a word could be data.
const MOST_DIGITS: usize = 5;

/// Where the words below a line begin, when they hold nothing that could be data of it: no separator, no label, no long
/// number, no keyword, and no word that takes something back.
pub(super) fn story(grammar: &Grammar, words: &Words<'_>, range: &Range<usize>) -> Option<usize> {
    let parts = |index: &usize| words.gap(*index) & (gap::HARD | gap::SOFT) != 0;
    let own_line = |index: &usize| {
        let (_, line) = words.between(*index).rsplit_once('\n').unwrap_or_default();
        words.gap(*index) & gap::LINE != 0 && !line.contains(|c| grammar.hard.contains(&c) || is_soft(c))
    };
    words.work(range.len() * 2);
    let mut inner = range.start + 1..range.end;
    let last = inner.clone().rfind(|index| parts(index) && !own_line(index))?;
    let start = (last + 1..range.end).find(own_line)?;
    inner.start = start;
    let plain = |index: usize| {
        let word = words.word(index);
        word.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS
            && !words.colon(index)
            && !corrects(word)
            && keyword_at(grammar, words, index).is_none()
            && (index == start || !parts(&index))
    };
    inner.all(plain).then_some(start)
}

/// Where thanks and greetings below or behind the request begin, and where the last polite words do.
pub(super) fn closings(words: &Words<'_>, range: &Range<usize>, format: &Format) -> (usize, usize) {
    let mut first = range.end;
    while first > range.start && is_courtesy(words.word(first - 1)) {
        first -= 1;
    }
    words.work(range.end - first);
    // A complaint may itself end in ", mohon dibantu".
    let whole = format.definition.ends_in_anything();
    let part = if whole { gap::LINE | gap::HARD } else { !gap::BLANK };
    let closes = |word: &str| is_thanks(word) || (!whole && is_plea(word));
    let ends = |index: &usize| words.gap(*index) & part != 0 || closes(words.word(*index));
    let after = |end: &usize| *end > range.start;
    let polite = (first..range.end).find(ends).filter(after).unwrap_or(range.end);
    (polite, Some(first).filter(after).unwrap_or(polite))
}

const fn is_soft(c: char) -> bool {
    matches!(c, ';' | '|' | '\t')
}
