//! Reads a message: its requests, or none.

use std::{cell::Cell, ops::Range};

use chrono::NaiveDate;

use super::{
    again,
    assign::{Assignment, better},
    below,
    courtesy::{asks, is_filler},
    distance::distance,
    evaluate::{Evaluated, Setting},
    grammar::{Format, Grammar},
    normalise::key,
    numbers::digits,
    peel::Peeler,
    pieces::{Cut, Piece, cut, join_places, strongest},
    problem::NoteKind,
    reading::{Message, Reading},
    schema::FieldKind,
    starts::{self, Start},
    tokenize::{Words, gap},
};

/// Longest message without a keyword that is looked through for what it might ask, in bytes.
const LONGEST_GUESS: usize = 2000;
/// A loose message is a request when it holds at least this much of one.
const ENOUGH: usize = 3;

impl Grammar {
    /// Reads a message. Never fails; takes a number of steps linear in its length. `today` is the day at the
    /// office: what cannot be in the future is measured by it.
    pub fn parse(&self, text: &str, today: NaiveDate) -> Message {
        self.parse_counted(text, today).0
    }

    /// Like [`Grammar::parse`], with the steps it took, for whoever holds them to be linear.
    pub fn parse_counted(&self, text: &str, today: NaiveDate) -> (Message, usize) {
        let steps = Cell::new(text.len());
        let message = again::read(self, text, (today, &steps));
        (message, steps.get())
    }
}

/// What a message in words holds.
pub(super) fn message(grammar: &Grammar, words: &Words<'_>, today: NaiveDate) -> Message {
    Reader { grammar, words, today }.message()
}

struct Reader<'g, 'w, 't> {
    grammar: &'g Grammar,
    words: &'w Words<'t>,
    today: NaiveDate,
}

/// A request as far as it was read.
struct Draft {
    format: usize,
    read: Evaluated,
}

impl Reader<'_, '_, '_> {
    fn message(&self) -> Message {
        let mut drafts = self.strong();
        if drafts.is_empty() {
            drafts = self.loose();
        }
        if drafts.is_empty() {
            drafts.extend(self.mended());
        }
        let maybe = if drafts.is_empty() { self.maybe() } else { None };
        let finish = |draft: Draft| {
            self.grammar.format(draft.format).map(|format| Reading::new(&format.definition, draft.read))
        };
        Message { requests: drafts.into_iter().filter_map(finish).collect(), maybe }
    }

    fn setting(&self, format: usize) -> Option<Setting<'_>> {
        let format = self.grammar.format(format)?;
        Some(Setting { format, regions: &self.grammar.regions, today: self.today })
    }

    fn strong(&self) -> Vec<Draft> {
        let starts = starts::strong(self.grammar, self.words);
        let mut drafts = Vec::with_capacity(starts.len());
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).map_or(self.words.len(), |next| self.before(next.keyword.start));
            for range in self.lines(start.format, start.keyword.end..end) {
                let Some(read) = self.request(start.format, range.clone(), false) else { continue };
                if self.is_meant(start, &range, &read) {
                    drafts.push(Draft { format: start.format, read });
                }
            }
        }
        drafts
    }

    /// The end of what stands before a word, without the number of its line in a list.
    fn before(&self, at: usize) -> usize {
        let ordinal =
            at > 0 && self.words.gap(at) & gap::LINE == 0 && starts::is_ordinal(self.words.word(at - 1));
        if ordinal { at - 1 } else { at }
    }

    /// Whether somebody who wrote this wanted it read as a line, rather than asked something.
    fn is_meant(&self, start: &Start, range: &Range<usize>, read: &Evaluated) -> bool {
        if read.is_complete() {
            return true;
        }
        let asking = range.clone().take(200).any(|index| asks(self.words.word(index)));
        let score = self.score(start.format, read);
        if (start.sure || start.keyword.start == 0) && self.tells(start.format, range) {
            return true;
        }
        if asking && score < 2 {
            return false;
        }
        let separated = range
            .clone()
            .take(200)
            .filter(|index| self.words.gap(*index) & (gap::HARD | gap::SOFT) != 0)
            .count();
        if start.sure {
            return range.is_empty() || separated > 0 || score > 0;
        }
        score >= 2 || (separated >= 2 && score >= 1)
    }

    /// Whether a line that holds words only goes on behind its keyword as lines do, with more than a question.
    fn tells(&self, format: usize, range: &Range<usize>) -> bool {
        let words_only = self.grammar.format(format).is_some_and(|format| !format.is_telling());
        let questions = || range.clone().take(200).any(|index| self.words.word(index).ends_with('?'));
        words_only && range.len() > 3 && self.words.gap(range.start) & gap::HARD != 0 && !questions()
    }

    /// How much of a line was read, numbers counting twice.
    fn score(&self, format: usize, read: &Evaluated) -> usize {
        let Some(format) = self.grammar.format(format) else { return 0 };
        let fields = format.definition.fields.iter().zip(&read.values).zip(&read.problems);
        fields
            .map(|((field, value), problem)| match (field.kind, value, problem) {
                (kind, Some(_), _) if kind.is_number() => 2,
                (FieldKind::Name | FieldKind::Text | FieldKind::Address, Some(_), _) => 0,
                (_, Some(_), _) => 1,
                (kind, None, Some(problem)) if kind.is_number() => usize::from(matches!(
                    problem.code(),
                    "length" | "kk_date" | "nik" | "which_number" | "same_number"
                )),
                _ => 0,
            })
            .sum()
    }

    /// A request's words, or one range for each line of a list below one keyword.
    fn lines(&self, format: usize, range: Range<usize>) -> Vec<Range<usize>> {
        let numbers = self.grammar.format(format).map_or(0, |format| format.definition.numbers());
        if range.clone().filter(|index| self.words.colon(*index)).nth(1).is_some() {
            // Lines with labels are the fields of one request.
            return vec![range];
        }
        let mut lines: Vec<(Range<usize>, usize)> = Vec::new();
        for index in range.clone() {
            let number = usize::from(digit_count(self.words.word(index)) >= 14);
            match lines.last_mut() {
                Some((line, count)) if self.words.gap(index) & gap::LINE == 0 => {
                    line.end = index + 1;
                    *count += number;
                }
                _ => lines.push((index..index + 1, number)),
            }
        }
        self.words.work(range.len());
        let full = lines.iter().filter(|(_, count)| *count >= numbers).count();
        if numbers == 0 || full < 2 || lines.iter().any(|(_, count)| *count > 0 && *count < numbers) {
            return vec![range];
        }
        // A line without a number goes on with the one before it.
        let mut joined: Vec<Range<usize>> = Vec::new();
        for (mut line, count) in lines {
            match joined.last_mut() {
                Some(last) if count == 0 => last.end = line.end,
                _ if count == 0 => {}
                _ => {
                    if starts::is_ordinal(self.words.word(line.start)) {
                        line.start += 1;
                    }
                    joined.push(line);
                }
            }
        }
        joined
    }

    /// Reads the words behind a keyword: as they are separated, then finer, until nothing is wrong; then once more
    /// without the last polite words.
    fn request(&self, format: usize, range: Range<usize>, loose: bool) -> Option<Evaluated> {
        let setting = self.setting(format)?;
        let (polite, plain) = below::closings(self.words, &range, setting.format);
        let read = self.cuts(setting, &(range.start..polite), loose);
        let complete = read.as_ref().is_some_and(Evaluated::is_complete);
        let read = match self.cuts(setting, &(range.start..plain), loose) {
            Some(again) if !complete && plain != polite => better(read, again),
            _ => read,
        };
        if loose || read.as_ref().is_some_and(Evaluated::is_complete) {
            return read;
        }
        self.told(setting, &range).or(read)
    }

    /// The request without what is told below its line, if it is complete so.
    fn told(&self, setting: Setting<'_>, range: &Range<usize>) -> Option<Evaluated> {
        let story = below::story(self.grammar, self.words, range)?;
        let mut read = self.cuts(setting, &(range.start..story), false).filter(Evaluated::is_complete)?;
        read.notes.push((None, NoteKind::WordsLeftOut));
        Some(read)
    }

    fn cuts(&self, setting: Setting<'_>, range: &Range<usize>, loose: bool) -> Option<Evaluated> {
        let (mut base, all) = strongest(self.words, range);
        // "#ADU#Sudah lama, tolong dibantu": a comma in the only text parts no fields.
        let separated = self.words.gap(range.start) & (gap::HARD | gap::LINE) == gap::HARD;
        if base == gap::COMMA && separated && !setting.format.is_telling() {
            base = gap::HARD;
        }
        let wholes = gap::HARD | gap::SOFT | gap::LINE;
        let inner = base & (gap::HARD | gap::SOFT) == 0;
        let mut best: Option<Evaluated> = None;
        let mut seen = None;
        for mask in [base, all & wholes | base, all] {
            if seen == Some(mask) {
                continue;
            }
            seen = Some(mask);
            let fine = mask != base;
            let how = Cut { mask, wide: base, inner: inner || fine, loose: false };
            let pieces =
                join_places(self.words, setting.regions, cut(self.words, range, how, setting.format));
            let read =
                Assignment { setting, words: self.words, fine, loose, begins: range.start }.read(&pieces);
            if read.is_complete() {
                return Some(read);
            }
            best = better(best, read);
        }
        match self.peeled(setting, range, (base, all, loose)) {
            Some(read) => better(best, read),
            None => best,
        }
    }

    /// Words parted by what they are, where separators are too few.
    fn peeled(
        &self,
        setting: Setting<'_>,
        range: &Range<usize>,
        (base, all, loose): (u8, u8, bool),
    ) -> Option<Evaluated> {
        let how = Cut { mask: all, wide: base, inner: true, loose: true };
        let pieces = cut(self.words, range, how, setting.format);
        let said = |piece: &Piece| !piece.is_empty() || piece.label.is_some();
        let few = loose
            || pieces.iter().filter(|piece| said(piece)).count() < setting.format.definition.fields.len();
        (few && pieces.iter().all(said)).then(|| {
            let pieces = Peeler { setting, words: self.words }.peel(pieces);
            Assignment { setting, words: self.words, fine: true, loose: true, begins: range.start }
                .read(&pieces)
        })
    }

    /// A message that speaks of one format and gives its data, without a proper line.
    fn loose(&self) -> Vec<Draft> {
        let Some(start) = starts::spoken_of(self.grammar, self.words) else { return Vec::new() };
        let telling = self.grammar.format(start.format).is_some_and(Format::is_telling);
        let data = (0..start.keyword.start).any(|index| digit_count(self.words.word(index)) >= 10);
        if !telling || data {
            return Vec::new();
        }
        let mut range = start.keyword.end..self.words.len();
        while range.start < range.end
            && is_filler(self.words.word(range.start))
            && self.words.gap(range.start + 1) & !gap::BLANK == 0
            && self.words.gap(range.start) & gap::LINE == 0
            && !self.words.colon(range.start)
        {
            range.start += 1;
        }
        let asking = range.clone().take(200).any(|index| asks(self.words.word(index)));
        let mut drafts = Vec::new();
        for range in self.lines(start.format, range) {
            let Some(read) = self.request(start.format, range, true) else { continue };
            let score = self.score(start.format, &read);
            if read.is_complete() || (score >= ENOUGH && !asking) || score >= ENOUGH + 2 {
                drafts.push(Draft { format: start.format, read });
            }
        }
        drafts
    }

    /// A line whose keyword is one letter off: only with enough data behind it, and only if one keyword is
    /// that near, or one of them makes a line without a fault.
    fn mended(&self) -> Option<Draft> {
        let first = (0..self.words.len().min(12)).find(|index| {
            self.words.gap(*index) & gap::HARD != 0 || (*index == 0 && self.words.get(1).is_some())
        })?;
        let typed = key(self.words.word(first));
        if typed.len() < 3 || typed.len() > 24 {
            return None;
        }
        let asking = (first..self.words.len()).take(200).any(|index| asks(self.words.word(index)));
        let near = |known: &String| known.len() >= 3 && distance(known, &typed, 1).is_some();
        let mut drafts = Vec::new();
        for (format, prepared) in self.grammar.formats.iter().enumerate() {
            if !prepared.is_telling() || !prepared.keys.iter().any(near) {
                continue;
            }
            let Some(mut read) = self.request(format, first + 1..self.words.len(), false) else { continue };
            let enough =
                read.good() * 3 >= prepared.definition.fields.len() * 2 && self.score(format, &read) >= 2;
            if asking && !read.is_complete() {
                continue;
            }
            read.notes.push((None, NoteKind::KeywordMended));
            drafts.push((enough, Draft { format, read }));
        }
        if drafts.len() > 1 {
            drafts.retain(|(_, draft)| draft.read.is_complete());
        }
        let (enough, draft) = drafts.pop()?;
        (enough && drafts.is_empty()).then_some(draft)
    }

    /// The one format whose data a message without a keyword holds completely.
    fn maybe(&self) -> Option<String> {
        let numbers = (0..self.words.len())
            .any(|index| digits(self.words.word(index)).is_some_and(|d| d.text.len() == 16));
        if self.words.text.len() > LONGEST_GUESS || !numbers {
            return None;
        }
        let mut start = 0;
        while start < self.words.len() && is_filler(self.words.word(start)) && !self.words.colon(start) {
            start += 1;
        }
        let mut found: Vec<(usize, usize)> = Vec::new();
        for format in 0..self.grammar.formats.len() {
            if let Some(read) = self.request(format, start..self.words.len(), true)
                && read.is_complete()
            {
                found.push((self.score(format, &read), format));
            }
        }
        let best = *found.iter().max()?;
        let alone = found.iter().filter(|(score, _)| *score == best.0).count() == 1;
        let format = self.grammar.format(best.1)?;
        alone.then(|| format.definition.keyword.clone())
    }
}

fn digit_count(word: &str) -> usize {
    word.bytes().filter(u8::is_ascii_digit).count()
}
