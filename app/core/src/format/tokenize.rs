//! Words, and what stands between them.

use std::{cell::Cell, ops::Range};

/// What stands before a word, as bits.
pub(super) mod gap {
    /// A blank.
    pub(in super::super) const BLANK: u8 = 1;
    /// A comma.
    pub(in super::super) const COMMA: u8 = 2;
    /// A line break.
    pub(in super::super) const LINE: u8 = 4;
    /// `;`, `|` or a tab.
    pub(in super::super) const SOFT: u8 = 8;
    /// The separator of a definition.
    pub(in super::super) const HARD: u8 = 16;
}

/// A word of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Where it begins and ends, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands before it.
    pub(super) gap: u8,
    /// How many separators of a definition stand before it.
    pub(super) hard: u8,
    /// Whether a colon or equals sign follows it.
    pub(super) colon: bool,
}

/// A text in words. Counts the steps that reading it takes.
pub(super) struct Words<'t> {
    /// The text, already in plain characters.
    pub(super) text: &'t str,
    /// Its words in order.
    pub(super) list: Vec<Word>,
    /// Steps taken so far.
    pub(super) steps: &'t Cell<usize>,
}

impl<'t> Words<'t> {
    /// Cuts the text into words. `hard` are the separators of the definitions.
    pub(super) fn new(text: &'t str, hard: &[char], steps: &'t Cell<usize>) -> Self {
        let mut lexer = Lexer { list: Vec::with_capacity(text.len() / 6 + 4), gap: 0, hard: 0, start: None };
        for (at, c) in text.char_indices() {
            lexer.take(text, (at, c), hard);
        }
        lexer.close(text, text.len());
        steps.set(steps.get() + text.len() + 1);
        let mut words = Self { text, list: lexer.list, steps };
        words.part_glued();
        words
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Word> {
        self.list.get(index)
    }

    /// The text of one word.
    pub(super) fn word(&self, index: usize) -> &'t str {
        self.get(index).and_then(|word| self.text.get(word.start..word.end)).unwrap_or_default()
    }

    /// The text from the first to the last word of a range, with everything between.
    pub(super) fn raw(&self, range: &Range<usize>) -> &'t str {
        let (Some(first), Some(last)) = (self.get(range.start), self.get(range.end.wrapping_sub(1))) else {
            return "";
        };
        self.text.get(first.start..last.end).unwrap_or_default()
    }

    /// What stands between a word and the one before it.
    pub(super) fn between(&self, index: usize) -> &'t str {
        let before = index.checked_sub(1).and_then(|before| self.get(before)).map_or(0, |word| word.end);
        self.get(index).and_then(|word| self.text.get(before..word.start)).unwrap_or_default()
    }

    /// The bits of the gap before a word; a line break before the first one.
    pub(super) fn gap(&self, index: usize) -> u8 {
        let own = self.get(index).map_or(0, |word| word.gap);
        if index == 0 { own | gap::LINE } else { own }
    }

    /// Whether a colon follows the word.
    pub(super) fn colon(&self, index: usize) -> bool {
        self.get(index).is_some_and(|word| word.colon)
    }

    /// Counts steps.
    pub(super) fn work(&self, steps: usize) {
        self.steps.set(self.steps.get() + steps);
    }

    /// Parts words like `KTP3603036502900001` and `3603036502900001SITI`, in which a long number touches letters, and
    /// `PETE-TIGARAKSA`.
    fn part_glued(&mut self) {
        let glued = |word: &Word| {
            let text = self.text.get(word.start..word.end)?;
            let sign = || joint(text).map(|at| (at, at + 1));
            let (end, start) = seam(text).map(|at| (at, at)).or_else(sign)?;
            Some((word.start + end, word.start + start))
        };
        if !self.list.iter().any(|word| glued(word).is_some()) {
            return;
        }
        let mut parted = Vec::with_capacity(self.list.len() + 4);
        for word in &self.list {
            match glued(word) {
                Some((end, start)) => {
                    parted.push(Word { end, colon: false, ..*word });
                    parted.push(Word { start, gap: gap::BLANK, hard: 0, ..*word });
                }
                None => parted.push(*word),
            }
        }
        self.list = parted;
    }
}

/// Where a dash or slash joins two words.
fn joint(word: &str) -> Option<usize> {
    let at = word.find(['-', '/'])?;
    let (before, after) = (word.get(..at)?, word.get(at + 1..)?);
    let letters = |part: &str| part.len() >= 3 && part.bytes().take(3).all(|b| b.is_ascii_alphabetic());
    (letters(before) && before.bytes().all(|b| b.is_ascii_alphabetic()) && letters(after)).then_some(at)
}

/// Where letters and a number of ten digits or more touch in a word.
fn seam(word: &str) -> Option<usize> {
    if word.len() < 12 || !word.is_ascii() {
        return None;
    }
    let bytes = word.as_bytes();
    let head = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if (2..=12).contains(&head) && bytes.iter().skip(head).take_while(|b| b.is_ascii_digit()).count() >= 10 {
        return Some(head);
    }
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let tail = bytes.len() - digits;
    let real = |b: &u8| {
        b.is_ascii_alphabetic() && !matches!(b, b'O' | b'o' | b'l' | b'I' | b'i' | b'S' | b's' | b'B' | b'b')
    };
    (digits >= 14 && tail >= 2 && bytes.iter().skip(digits).any(real)).then_some(digits)
}

struct Lexer {
    list: Vec<Word>,
    gap: u8,
    hard: u8,
    start: Option<usize>,
}

impl Lexer {
    fn take(&mut self, text: &str, (at, c): (usize, char), hard: &[char]) {
        let bit = match c {
            _ if hard.contains(&c) => gap::HARD,
            '\n' => gap::LINE,
            ';' | '|' | '\t' => gap::SOFT,
            ',' => gap::COMMA,
            ':' | '=' | '*' | '~' => gap::BLANK,
            _ if c.is_whitespace() => gap::BLANK,
            _ => {
                self.start.get_or_insert(at);
                return;
            }
        };
        self.close(text, at);
        self.gap |= bit;
        if bit == gap::HARD {
            self.hard = self.hard.saturating_add(1);
        }
        if matches!(c, ':' | '=') {
            self.colon();
        }
    }

    /// The word before, on the same line, is said to be followed by its value.
    fn colon(&mut self) {
        if self.gap & (gap::HARD | gap::LINE | gap::SOFT | gap::COMMA) == 0
            && let Some(word) = self.list.last_mut()
        {
            word.colon = true;
        }
    }

    fn close(&mut self, text: &str, end: usize) {
        if let Some(start) = self.start.take() {
            let word = text.get(start..end).unwrap_or_default();
            if !word.contains(char::is_alphanumeric) {
                // Signs are no word: "NIK - 3603", a dash for an empty value, an emoji.
                if word.contains(['-', '>']) {
                    self.colon();
                }
                return;
            }
            self.list.push(Word { start, end, gap: self.gap, hard: self.hard, colon: false });
            self.gap = 0;
            self.hard = 0;
        }
    }
}
