//! Words that nothing separates, parted by what some of them can only be: long numbers, options, and villages
//! with their district.
//!
//! Only whole names count here, without mending: where a name ends is not known, so a slip could be anybody's name.

use std::ops::Range;

use super::{
    dates,
    evaluate::Setting,
    labels::MOST_WORDS,
    numbers::digits,
    options::Chosen,
    pieces::Piece,
    schema::FieldKind,
    tokenize::{Words, gap},
};

/// More words than this are no list of values.
const MOST: usize = 60;

pub(super) struct Peeler<'s, 'w, 't> {
    pub(super) setting: Setting<'s>,
    pub(super) words: &'w Words<'t>,
}

impl Peeler<'_, '_, '_> {
    /// The pieces, finer.
    pub(super) fn peel(&self, pieces: Vec<Piece>) -> Vec<Piece> {
        let total: usize = pieces.iter().map(|piece| piece.words.len()).sum();
        self.words.work(total);
        if total > MOST {
            return pieces;
        }
        let mut parted = Vec::with_capacity(pieces.len() * 2);
        for piece in pieces {
            self.numbers(piece, &mut parted);
        }
        let mut fine = Vec::with_capacity(parted.len() * 2);
        for piece in parted {
            match piece.label {
                Some(field) => self.labelled(piece, field, &mut fine),
                None => self.free(piece, &mut fine),
            }
        }
        fine
    }

    fn kind(&self, field: usize) -> Option<FieldKind> {
        self.setting.format.definition.fields.get(field).map(|field| field.kind)
    }

    fn has(&self, kind: FieldKind) -> bool {
        self.setting.format.definition.fields.iter().any(|field| field.kind == kind)
    }

    /// Parts long numbers from words. Digits in groups are one number when they add up to sixteen.
    fn numbers(&self, piece: Piece, out: &mut Vec<Piece>) {
        let alone = |index: usize| self.alone(index, piece.words.end, piece.label.is_none());
        let texts = piece.label.and_then(|field| self.kind(field)).is_some_and(FieldKind::is_text);
        if texts || piece.is_empty() {
            out.push(piece);
            return;
        }
        let mut label = piece.label;
        let mut push = |words: Range<usize>| {
            if !words.is_empty() {
                out.push(Piece { words, label: label.take(), parent: piece.parent });
            }
        };
        let mut start = piece.words.start;
        let mut at = start;
        while at < piece.words.end {
            match self.number(at, piece.words.end).or_else(|| alone(at)) {
                Some(end) => {
                    push(start..at);
                    push(at..end);
                    start = end;
                    at = end;
                }
                None => at += 1,
            }
        }
        push(start..piece.words.end);
    }

    /// The end of the number that begins at a word.
    fn number(&self, at: usize, end: usize) -> Option<usize> {
        let mut count = 0;
        for index in at..end {
            let word = self.words.word(index);
            let found = digits(word).map(|digits| digits.text.len()).or_else(|| short_digits(word))?;
            if index > at && self.words.gap(index) & !gap::BLANK != 0 {
                return None;
            }
            if count == 0 && found >= 10 {
                // "0812 3456 7890" goes on; sixteen digits do not.
                return Some(index + 1);
            }
            count += found;
            if count == 16 {
                return Some(index + 1);
            }
            if count > 16 {
                return None;
            }
        }
        (10..16).contains(&count).then_some(end)
    }

    /// The end of a day or document number that begins at a word, where the format asks for one.
    fn alone(&self, at: usize, end: usize, free: bool) -> Option<usize> {
        let word = self.words.word(at);
        if !free || !word.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let today = self.setting.today;
        let fields = &self.setting.format.definition.fields;
        if let Some(field) = fields.iter().find(|field| field.kind == FieldKind::Date) {
            let stops = [at + 3, at + 1].into_iter().filter(|stop| *stop <= end);
            return stops
                .into_iter()
                .find(|stop| dates::day(self.words.raw(&(at..*stop)), field.past, today).is_some());
        }
        let numbered = word.contains(['/', '.', '-']) && word.bytes().filter(u8::is_ascii_digit).count() >= 2;
        (numbered && self.has(FieldKind::DocumentNumber)).then_some(at + 1)
    }

    /// A labelled value ends where it is complete; what follows is another value.
    fn labelled(&self, piece: Piece, field: usize, out: &mut Vec<Piece>) {
        let regions = self.setting.regions;
        let whole = |words: &Range<usize>| -> bool {
            let raw = self.words.raw(words);
            match self.kind(field) {
                Some(FieldKind::District) => regions.is_district(raw).is_some(),
                Some(FieldKind::Village) => regions.shared_name(raw).is_some(),
                _ => false,
            }
        };
        let Range { start, end } = piece.words;
        let longest = (start + 1..=end.min(start + MOST_WORDS)).rev().find(|stop| whole(&(start..*stop)));
        match longest {
            Some(stop) if stop < end => {
                out.push(Piece { words: start..stop, ..piece.clone() });
                self.free(Piece { words: stop..end, label: None, parent: piece.parent }, out);
            }
            _ => out.push(piece),
        }
    }

    /// Parts options and places from other words.
    fn free(&self, piece: Piece, out: &mut Vec<Piece>) {
        let mut words = piece.words.clone();
        let part = |words: Range<usize>| Piece { words, label: None, parent: piece.parent };
        let (mut before, mut after) = (None, None);
        if self.has(FieldKind::Choice) && words.len() > 1 && !self.names_several(&words) {
            if self.is_option(words.start) && !self.begins_place(&words) {
                before = Some(part(words.start..words.start + 1));
                words.start += 1;
            } else if self.is_option(words.end - 1) && !self.ends_place(&words) {
                after = Some(part(words.end - 1..words.end));
                words.end -= 1;
            }
        }
        out.extend(before);
        match self.place(&words) {
            Some(inner) => {
                let first = inner.first().map_or(words.end, |range| range.start);
                let last = inner.last().map_or(words.end, |range| range.end);
                out.extend((words.start < first).then(|| part(words.start..first)));
                out.extend(inner.into_iter().map(part));
                out.extend((last < words.end).then(|| part(last..words.end)));
            }
            None => out.extend((!words.is_empty()).then(|| part(words.clone()))),
        }
        out.extend(after);
    }

    /// Whether two options are named: "HILANG/RUSAK" must stay whole, to be asked about.
    fn names_several(&self, words: &Range<usize>) -> bool {
        let mut options = self.setting.format.options.iter().flatten();
        let first = words.start..words.end.min(words.start + 3);
        let last = words.start.max(words.end.saturating_sub(3))..words.end;
        options.any(|options| {
            [&first, &last].into_iter().any(|part| options.within(self.words.raw(part)) == Chosen::Several)
        })
    }

    fn is_option(&self, index: usize) -> bool {
        let options = self.setting.format.options.iter().flatten();
        options.into_iter().any(|options| matches!(options.is_one(self.words.word(index)), Chosen::One(..)))
    }

    /// Whether the first word is part of a place's name: "Baru" in "Baru Jaya".
    fn begins_place(&self, words: &Range<usize>) -> bool {
        let longest = words.end.min(words.start + MOST_WORDS);
        (words.start + 2..=longest)
            .any(|end| self.setting.regions.is_place(self.words.raw(&(words.start..end))))
    }

    /// Whether the last word is part of a place's name: "Baru" in "Kampung Baru".
    fn ends_place(&self, words: &Range<usize>) -> bool {
        let first = words.start.max(words.end.saturating_sub(MOST_WORDS));
        (first..words.end - 1).any(|start| self.setting.regions.is_place(self.words.raw(&(start..words.end))))
    }

    /// The places in these words, in their order: a village beside its district, or the only one of either.
    fn place(&self, words: &Range<usize>) -> Option<Vec<Range<usize>>> {
        if words.len() < 2 {
            return None;
        }
        let regions = self.setting.regions;
        let windows = || {
            words.clone().flat_map(move |start| {
                (start + 1..=words.end.min(start + MOST_WORDS)).rev().map(move |stop| start..stop)
            })
        };
        self.words.work(words.len() * MOST_WORDS);
        if !self.has(FieldKind::District) {
            let found = windows().filter(|w| regions.is_village(self.words.raw(w), None).is_some()).collect();
            return only(found).map(|window| vec![window]);
        }
        let districts: Vec<_> = windows()
            .filter_map(|w| regions.is_district(self.words.raw(&w)).map(|district| (w, district)))
            .collect();
        let mut pairs: Vec<(Range<usize>, Vec<Range<usize>>)> = Vec::new();
        for (outer, district) in districts {
            for len in (1..=MOST_WORDS).rev() {
                let left = outer
                    .start
                    .checked_sub(len)
                    .filter(|start| *start >= words.start)
                    .map(|start| start..outer.start);
                let right = (outer.end + len <= words.end).then(|| outer.end..outer.end + len);
                for inner in left.into_iter().chain(right) {
                    if regions.is_village(self.words.raw(&inner), Some(district)).is_some() {
                        let span = outer.start.min(inner.start)..outer.end.max(inner.end);
                        let both = if inner.start < outer.start {
                            vec![inner, outer.clone()]
                        } else {
                            vec![outer.clone(), inner]
                        };
                        pairs.push((span, both));
                    }
                }
            }
        }
        // Of pairs that overlap the usual order is meant: the village first, and as late as possible.
        let best = pairs
            .iter()
            .max_by_key(|(span, both)| (span.len(), usual(both, regions, self.words), span.start))?;
        Some(best.1.clone())
    }
}

/// Whether the first of two places is the village and the second the district, as the published lines have it.
fn usual(both: &[Range<usize>], regions: &super::places::Regions, words: &Words<'_>) -> bool {
    both.last().is_some_and(|last| regions.is_district(words.raw(last)).is_some())
}

/// The window that holds all others; nothing if there are two apart.
fn only(windows: Vec<Range<usize>>) -> Option<Range<usize>> {
    let longest = windows.iter().max_by_key(|window| window.len())?.clone();
    let inside = |window: &Range<usize>| window.start >= longest.start && window.end <= longest.end;
    windows.iter().all(inside).then_some(longest)
}

/// Groups of one to three digits, which [`digits`] is too careful for.
fn short_digits(word: &str) -> Option<usize> {
    (word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())).then_some(word.len())
}
