//! A request's words in pieces, by what separates them and by the labels in front of values.

use std::ops::Range;

use super::{
    courtesy::{is_between, is_title},
    grammar::Format,
    labels::{FOREIGN, Labels, MOST_WORDS},
    normalise::{key, push_key},
    places::Regions,
    schema::FieldKind,
    starts::is_ordinal,
    tokenize::{Words, gap},
};

/// A piece of a request.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its words; none where two separators stand side by side.
    pub(super) words: Range<usize>,
    /// The field that a label in front of it names.
    pub(super) label: Option<usize>,
    /// Which of the widest pieces it is part of.
    pub(super) parent: usize,
}

impl Piece {
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// How a request is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// The gaps that separate pieces.
    pub(super) mask: u8,
    /// The gaps that separate the widest pieces.
    pub(super) wide: u8,
    /// Whether a label with a colon begins a piece wherever it stands.
    pub(super) inner: bool,
    /// Whether one without does, too.
    pub(super) loose: bool,
}

/// What separates the pieces of these words first of all, the strongest thing between them; and all that does.
pub(super) fn strongest(words: &Words<'_>, range: &Range<usize>) -> (u8, u8) {
    let all = (range.start + 1..range.end).fold(0, |bits, index| bits | words.gap(index));
    words.work(range.len());
    let base =
        [gap::HARD, gap::SOFT, gap::LINE, gap::COMMA].into_iter().find(|bit| all & bit != 0).unwrap_or(0);
    (base, all & !gap::BLANK)
}

/// Cuts words into pieces.
pub(super) fn cut(words: &Words<'_>, range: &Range<usize>, how: Cut, format: &Format) -> Vec<Piece> {
    let mut cutter =
        Cutter { words, labels: &format.labels, format, how, pieces: Vec::with_capacity(8), parent: 0 };
    let mut start = range.start;
    for index in range.clone() {
        let gap = words.gap(index);
        if index > range.start && gap & how.wide != 0 {
            cutter.close(start..index);
            cutter.parent += 1;
            start = index;
        } else if index > range.start && gap & how.mask != 0 && !goes_on(words, index, range.end) {
            cutter.close(start..index);
            start = index;
        }
        if gap & how.mask & gap::HARD != 0 {
            cutter.empties(index);
        }
    }
    cutter.close(start..range.end);
    words.work(range.len() * 2 + words.raw(range).len() * 4);
    cutter.join_labels();
    cutter.pieces
}

/// Puts together a place whose name holds the sign that separates here: `...-Oro-oro Ombo-Batu`.
pub(super) fn join_places(words: &Words<'_>, regions: &Regions, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let whole = joined.last().map(|last| last.words.start..piece.words.end);
        let dashed = words.between(piece.words.start) == "-" && piece.label.is_none();
        let place = |whole: &Range<usize>| whole.len() <= 6 && regions.is_place(words.raw(whole));
        match (joined.last_mut(), whole) {
            (Some(last), Some(whole)) if dashed && !last.is_empty() && !piece.is_empty() && place(&whole) => {
                last.words = whole;
            }
            _ => joined.push(piece),
        }
    }
    joined
}

/// Whether a comma only stands before titles: `SITI AMINAH, S.Pd`.
fn goes_on(words: &Words<'_>, index: usize, end: usize) -> bool {
    if words.gap(index) & (gap::LINE | gap::SOFT | gap::HARD) != 0 || words.gap(index) & gap::COMMA == 0 {
        return false;
    }
    is_title(words.word(index)) && (index + 1 >= end || words.gap(index + 1) & !gap::BLANK != 0)
}

struct Cutter<'w, 't> {
    words: &'w Words<'t>,
    labels: &'w Labels,
    format: &'w Format,
    how: Cut,
    pieces: Vec<Piece>,
    parent: usize,
}

/// A label found: its field, how many words it has, whether a colon follows.
struct Label {
    field: usize,
    len: usize,
    colon: bool,
}

impl Cutter<'_, '_> {
    /// Pieces without words, where separators stand side by side.
    fn empties(&mut self, index: usize) {
        let Some(word) = self.words.get(index) else { return };
        // A line that ends with the separator and one that begins with it are one separation.
        let usual = if word.gap & gap::LINE != 0 { 2 } else { 1 };
        for _ in 0..usize::from(word.hard).saturating_sub(usual).min(8) {
            self.pieces.push(Piece { words: index..index, label: None, parent: self.parent });
            self.parent += 1;
        }
    }

    fn close(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let mut start = range.start;
        let mut label = None;
        let mut at = range.start;
        while at < range.end {
            let found =
                self.label(at, range.end).filter(|found| found.colon || at == range.start || self.how.loose);
            match found {
                Some(found) if at == range.start || self.how.inner => {
                    // "1. NIK: ...": the number of a line in a list says nothing.
                    let ordinal = label.is_none() && at == start + 1 && is_ordinal(self.words.word(start));
                    self.push(if ordinal { at..at } else { start..at }, label);
                    label = Some(found.field);
                    at += found.len;
                    start = at;
                    if start >= range.end {
                        self.push_empty(start, label);
                        return;
                    }
                }
                _ => at += 1,
            }
        }
        self.push(start..range.end, label);
    }

    fn push(&mut self, words: Range<usize>, label: Option<usize>) {
        if words.is_empty() {
            // A label directly behind a label: nothing was filled in for the first.
            if label.is_some() {
                self.push_empty(words.start, label);
            }
            return;
        }
        self.pieces.push(Piece { words, label, parent: self.parent });
    }

    fn push_empty(&mut self, at: usize, label: Option<usize>) {
        self.pieces.push(Piece { words: at..at, label, parent: self.parent });
    }

    /// The label at a word: with a colon, or in front of a value that fits it.
    fn label(&self, at: usize, end: usize) -> Option<Label> {
        let mut key = String::new();
        let mut best = None;
        for len in 1..=MOST_WORDS.min(end - at) {
            let index = at + len - 1;
            if len > 1 && self.words.gap(index) & !gap::BLANK != 0 {
                break;
            }
            push_key(&mut key, self.words.word(index));
            let Some(field) = self.labels.named(&key) else { continue };
            let colon = self.words.colon(index);
            // "NAMA ANAK" was not filled in; it is not the name "ANAK".
            if len > 1 && index + 1 == end && !colon && field != FOREIGN {
                return None;
            }
            if field == FOREIGN {
                // What is not asked for is only told apart where labels are what parts the line.
                let number = self.words.word(index + 1).bytes().filter(u8::is_ascii_digit).count() >= 10;
                if (colon || (number && index + 1 < end)) && self.how.inner {
                    best = Some(Label { field, len, colon });
                }
            } else if colon || self.introduces(field, &key, (at, at + len, end)) {
                best = Some(Label { field, len, colon });
            }
            if colon {
                break;
            }
        }
        best
    }

    /// Whether a label without a colon is one: what follows must fit.
    fn introduces(&self, field: usize, key: &str, (at, next, end): (usize, usize, usize)) -> bool {
        if next >= end || self.words.gap(next) & !gap::BLANK != 0 {
            return false;
        }
        // "Nama wali: ..." is a label of its own.
        if (next..end.min(next + 2)).any(|index| self.words.colon(index)) {
            return false;
        }
        let Some(field) = self.format.definition.fields.get(field) else { return false };
        let own = || [&field.label, &field.placeholder].into_iter().any(|word| self::key(word) == key);
        let has_digit = |index: usize| self.words.word(index).bytes().any(|b| b.is_ascii_digit());
        match field.kind {
            FieldKind::Nik | FieldKind::Kk | FieldKind::Phone => has_digit(next),
            FieldKind::DocumentNumber => key != "skpwni" && has_digit(next),
            FieldKind::Date => (next..end.min(next + 5)).any(has_digit),
            FieldKind::Name if is_between(self.words.word(next)) => false,
            FieldKind::Name => key != "an" || self.how.loose || self.words.word(at).contains(['.', '/']),
            FieldKind::Village | FieldKind::District => true,
            FieldKind::Text | FieldKind::Address => {
                let labels_so_far = self.pieces.iter().any(|piece| piece.label.is_some());
                let separated = self.words.gap(at) & gap::HARD != 0 && own();
                separated || (self.how.loose || labels_so_far) && (own() || key == "alamat")
            }
            FieldKind::Choice => false,
        }
    }

    /// `NIK:` at the end of a line belongs to what the next line says.
    fn join_labels(&mut self) {
        let fields = &self.format.definition.fields;
        let last = fields.len().wrapping_sub(1);
        let definition = &self.format.definition;
        let goes_on = |before: &Piece, next: &Piece| {
            let parted = !before.is_empty() && self.words.gap(next.words.start) & gap::HARD != 0;
            before.label == Some(last)
                && definition.ends_in_text()
                && (!parted || definition.ends_in_anything())
        };
        let mut joined: Vec<Piece> = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces.drain(..) {
            match joined.last_mut() {
                // Free text may take several lines.
                Some(last)
                    if piece.label.is_none()
                        && goes_on(last, &piece)
                        && last.words.end == piece.words.start =>
                {
                    if last.is_empty() {
                        last.parent = piece.parent;
                        last.words = piece.words;
                    } else {
                        last.words.end = piece.words.end;
                    }
                }
                Some(last)
                    if last.label.is_some()
                        && last.is_empty()
                        && piece.label.is_none()
                        && !piece.is_empty() =>
                {
                    last.words = piece.words;
                    last.parent = piece.parent;
                }
                _ => joined.push(piece),
            }
        }
        self.pieces = joined;
    }
}
