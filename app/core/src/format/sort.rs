//! Pieces that do not stand in the order of the fields, sorted by what each can be.
//!
//! What only one kind of field can hold goes first: numbers, days, telephones, options, places. What any words could be
//! (names, text) takes the rest in order, and only if it comes out even.

use std::ops::Range;

use super::{
    assign::Assignment,
    courtesy::{is_courtesy, is_institution, is_title},
    dates,
    evaluate::{Given, Plan},
    normalise::key,
    numbers::digits,
    options::Chosen,
    pieces::Piece,
    problem::ProblemKind,
    schema::FieldKind,
    value::Confidence,
    values::{is_name, is_phone},
};

pub(super) struct Sorter<'a, 's, 'w, 't> {
    pub(super) assignment: &'a Assignment<'s, 'w, 't>,
    /// The fields that no label named.
    pub(super) open: &'a [usize],
    /// Behind the last word of the request.
    pub(super) end: usize,
}

/// A piece that is not yet a field.
#[derive(Debug, Clone)]
pub(super) struct Left {
    pub(super) words: Range<usize>,
    pub(super) parent: usize,
}

impl<'t> Sorter<'_, '_, '_, 't> {
    pub(super) fn sort(&self, mut plan: Plan<'t>, pieces: &[&Piece]) -> Plan<'t> {
        let mut left: Vec<Left> =
            pieces.iter().map(|piece| Left { words: piece.words.clone(), parent: piece.parent }).collect();
        self.assignment.words.work(left.len() * self.open.len().max(1));
        self.numbers(&mut plan, &mut left);
        self.each(FieldKind::Date, &mut plan, &mut left, |raw, field| self.is_day(raw, field));
        self.each(FieldKind::Phone, &mut plan, &mut left, |raw, _| is_phone(raw));
        self.choices(&mut plan, &mut left);
        self.places(&mut plan, &mut left);
        let has_digits = |raw: &str, _| raw.bytes().filter(u8::is_ascii_digit).count() >= 2;
        self.each(FieldKind::DocumentNumber, &mut plan, &mut left, has_digits);
        self.rest(&mut plan, left);
        plan
    }

    pub(super) fn raw(&self, left: &Left) -> &'t str {
        self.assignment.raw(&left.words)
    }

    /// The open fields of a kind that have nothing yet.
    pub(super) fn wanting(&self, plan: &Plan<'_>, kind: FieldKind) -> Vec<usize> {
        let wants = |field: &usize| self.assignment.kind(*field) == Some(kind) && plan.is_open(*field);
        self.open.iter().copied().filter(wants).collect()
    }

    pub(super) fn give(&self, plan: &mut Plan<'t>, field: usize, left: &mut Vec<Left>, at: usize) {
        if at < left.len() {
            let piece = left.remove(at);
            plan.give(field, Given { raw: self.raw(&piece), labelled: false, moved: true });
        }
    }

    fn each(
        &self,
        kind: FieldKind,
        plan: &mut Plan<'t>,
        left: &mut Vec<Left>,
        fits: impl Fn(&str, usize) -> bool,
    ) {
        for field in self.wanting(plan, kind) {
            if let Some(at) = left.iter().position(|piece| fits(self.raw(piece), field)) {
                self.give(plan, field, left, at);
            }
        }
    }

    fn is_day(&self, raw: &str, field: usize) -> bool {
        let setting = self.assignment.setting;
        let past = setting.format.definition.fields.get(field).is_some_and(|field| field.past);
        dates::day(raw, past, setting.today).is_some()
    }

    fn choices(&self, plan: &mut Plan<'t>, left: &mut Vec<Left>) {
        for field in self.wanting(plan, FieldKind::Choice) {
            let Some(options) = self.assignment.setting.format.options.get(field).and_then(Option::as_ref)
            else {
                continue;
            };
            let find = |sure: &dyn Fn(&str) -> bool| -> Vec<usize> {
                left.iter().enumerate().filter(|(_, piece)| sure(self.raw(piece))).map(|(at, _)| at).collect()
            };
            let exact = find(&|raw| matches!(options.whole(raw), Chosen::One(_, Confidence::Exact)));
            let whole = find(&|raw| matches!(options.whole(raw), Chosen::One(..)));
            let regions = self.assignment.setting.regions;
            let within =
                find(&|raw| matches!(options.within(raw), Chosen::One(..)) && !regions.is_place(raw));
            let whole_words = !exact.is_empty() || !whole.is_empty();
            let found =
                [exact, whole, within].into_iter().find(|found| !found.is_empty()).unwrap_or_default();
            let mut names: Vec<_> =
                found.iter().filter_map(|at| left.get(*at)).map(|p| options.within(self.raw(p))).collect();
            names.dedup();
            match (found.last(), names.len()) {
                (Some(at), 1) => {
                    self.give(plan, field, left, *at);
                    // The same option said twice.
                    for at in found.iter().rev().skip(1).filter(|_| whole_words) {
                        left.remove(*at);
                    }
                }
                (Some(_), _) => plan.force(field, ProblemKind::Unclear),
                (None, _) => {}
            }
        }
    }

    /// Village and district together: of all pairs the one that is sure and nearest to the usual order.
    fn places(&self, plan: &mut Plan<'t>, left: &mut Vec<Left>) {
        let village = self.wanting(plan, FieldKind::Village).first().copied();
        let district = self.wanting(plan, FieldKind::District).first().copied();
        match (village, district) {
            (Some(village), Some(district)) => {
                if let Some((v, d)) = self.pair(left) {
                    let (first, second) =
                        if v > d { ((v, village), (d, district)) } else { ((d, district), (v, village)) };
                    self.give(plan, first.1, left, first.0);
                    self.give(plan, second.1, left, second.0);
                    return;
                }
                let regions = self.assignment.setting.regions;
                if let Some(at) =
                    left.iter().rposition(|piece| regions.is_district(self.raw(piece)).is_some())
                {
                    self.give(plan, district, left, at);
                }
                self.lone_place(plan, left);
            }
            (Some(village), None) => self.village_alone(plan, village, left),
            (None, Some(district)) => {
                let regions = self.assignment.setting.regions;
                if let Some(at) =
                    left.iter().rposition(|piece| regions.district(self.raw(piece)).one().is_some())
                {
                    self.give(plan, district, left, at);
                }
            }
            (None, None) => {}
        }
    }

    /// One word where a name and a village are wanted, and it is a village: it could be anybody's name too, so both
    /// are asked for.
    fn lone_place(&self, plan: &Plan<'t>, left: &mut Vec<Left>) {
        let [piece] = left.as_slice() else { return };
        let ambiguous = self.assignment.setting.regions.is_place(self.raw(piece));
        if ambiguous && !self.wanting(plan, FieldKind::Name).is_empty() {
            left.clear();
        }
    }

    /// A village whose district is known already, or is not asked for.
    fn village_alone(&self, plan: &mut Plan<'t>, village: usize, left: &mut Vec<Left>) {
        let regions = self.assignment.setting.regions;
        let fields = &self.assignment.setting.format.definition.fields;
        let known = fields.iter().position(|field| field.kind == FieldKind::District);
        let district = known
            .and_then(|field| plan.given.get(field).copied().flatten())
            .and_then(|given| regions.district(given.raw).one())
            .map(|(index, _)| index);
        let exact = left.iter().rposition(|piece| regions.is_village(self.raw(piece), district).is_some());
        let found = exact.or_else(|| {
            left.iter().rposition(|piece| regions.village(self.raw(piece), district).one().is_some())
        });
        if let Some(at) = found {
            self.give(plan, village, left, at);
        }
    }

    fn pair(&self, left: &[Left]) -> Option<(usize, usize)> {
        let regions = self.assignment.setting.regions;
        let mut best: Option<(u8, (usize, usize))> = None;
        for (d, outer) in left.iter().enumerate() {
            let raw = self.raw(outer);
            if digits(raw).is_some() {
                continue;
            }
            let Some((district, _)) = regions.district(raw).one() else { continue };
            let exact_district = regions.is_district(raw).is_some();
            for (v, inner) in left.iter().enumerate().filter(|(v, _)| *v != d) {
                let raw = self.raw(inner);
                let Some((_, _)) = regions.village(raw, Some(district)).one() else { continue };
                let exact_village = regions.is_village(raw, Some(district)).is_some();
                let score = 4 * u8::from(exact_district)
                    + 4 * u8::from(exact_village)
                    + 2 * u8::from(v < d)
                    + u8::from(v + 1 == d || d + 1 == v);
                if best.is_none_or(|(least, _)| score >= least) {
                    best = Some((score, (v, d)));
                }
            }
        }
        self.assignment.words.work(left.len() * left.len());
        best.map(|(_, pair)| pair)
    }

    /// What is left, in order.
    fn rest(&self, plan: &mut Plan<'t>, left: Vec<Left>) {
        let mut left = self.merged(left);
        left.retain(|piece| !self.is_beside(piece));
        self.misfits(plan, &mut left);
        let takes_words = |field: &usize| {
            let kind = self.assignment.kind(*field);
            kind.is_some_and(|kind| kind.is_loose() || is_word(kind))
                && plan.is_open(*field)
                && self.unforced(plan, *field)
        };
        let open: Vec<usize> = self.open.iter().copied().filter(takes_words).collect();
        if let (Some(last), true) = (open.last().copied(), left.len() > open.len()) {
            self.overfull(plan, &open, last, left);
            return;
        }
        if let ([name, text], [piece]) = (open.as_slice(), left.as_slice())
            && self.assignment.kind(*name) == Some(FieldKind::Name)
            && self.assignment.kind(*text).is_some_and(FieldKind::is_text)
        {
            match self.name_or_text(plan, (*name, *text), piece) {
                Some(field) if field == *text && self.takes_all(field) => {
                    let raw = self.assignment.raw(&(piece.words.start..self.end));
                    plan.give(field, Given { raw, labelled: false, moved: true });
                }
                Some(field) => self.give(plan, field, &mut left, 0),
                None => [*name, *text].iter().for_each(|field| plan.force(*field, ProblemKind::Unclear)),
            }
            return;
        }
        plan.extra |= left.len() > open.len();
        for field in open {
            let Some(piece) = left.first() else { break };
            // In loose talk the words before all data are no name.
            let talk = self.assignment.loose && self.assignment.begins == piece.words.start;
            if talk && self.assignment.kind(field) == Some(FieldKind::Name) {
                plan.force(field, ProblemKind::Unclear);
            }
            self.give(plan, field, &mut left, 0);
        }
    }

    /// Which of a name and a text the only piece for both is, if it is certain: by what it holds, or by a value that
    /// stands between the two in the published line.
    fn name_or_text(&self, plan: &Plan<'t>, (name, text): (usize, usize), piece: &Left) -> Option<usize> {
        let raw = self.raw(piece);
        if !is_name(raw) {
            return Some(text);
        }
        let words = || piece.words.clone().map(|index| self.assignment.words.word(index));
        let field = self.assignment.setting.format.definition.fields.get(text)?;
        let printed = |word: &str| field.example.split(' ').any(|example| key(example) == key(word));
        if words().any(|word| is_institution(word) || printed(word)) {
            return Some(text);
        }
        let between = (name.min(text) + 1..name.max(text))
            .find_map(|field| plan.given.get(field).copied().flatten())
            .map(|given| given.raw.as_ptr() as usize);
        if let Some(between) = between {
            let first = (raw.as_ptr() as usize) < between;
            return Some(if first == (name < text) { name } else { text });
        }
        (piece.words.len() > 1 && words().all(is_spoken)).then_some(name)
    }

    /// Whether a field is the text at the end of the line that may hold anything.
    fn takes_all(&self, field: usize) -> bool {
        field + 1 == self.assignment.fields() && self.assignment.setting.format.definition.ends_in_anything()
    }

    /// Whether a piece could name a person.
    fn is_person(&self, piece: &Left) -> bool {
        let institution = |index| is_institution(self.assignment.words.word(index));
        is_name(self.raw(piece)) && !piece.words.clone().any(institution)
    }

    /// Values with digits that fit no field of their kind: the first such field is asked about.
    fn misfits(&self, plan: &mut Plan<'t>, left: &mut Vec<Left>) {
        for field in self.open.iter().copied() {
            let takes_digits =
                self.assignment.kind(field).is_some_and(|kind| !kind.is_loose() && !is_word(kind));
            if !takes_digits || !plan.is_open(field) || !self.unforced(plan, field) {
                continue;
            }
            let mostly_digits = |piece: &Left| {
                let raw = self.raw(piece);
                raw.bytes().filter(u8::is_ascii_digit).count() * 2 > raw.len()
            };
            if let Some(at) = left.iter().position(mostly_digits) {
                self.give(plan, field, left, at);
            }
        }
    }

    /// More pieces than fields: good only where the line ends in text that may hold anything.
    fn overfull(&self, plan: &mut Plan<'t>, open: &[usize], last: usize, mut left: Vec<Left>) {
        let ends_in_text = last + 1 == self.assignment.fields()
            && self.assignment.kind(last).is_some_and(FieldKind::is_text);
        let tail = left.split_off(open.len() - 1);
        let start = tail.first().map_or(0, |piece| piece.words.start);
        let unbroken = tail.windows(2).all(|pair| matches!(pair, [a, b] if a.words.end == b.words.start))
            && tail.last().is_some_and(|piece| piece.words.end == self.end);
        let parted = left
            .last()
            .zip(tail.first())
            .is_some_and(|(name, next)| self.assignment.continues_name(&name.words, &next.words));
        let text = self.assignment.may_be_text(&(start..self.end));
        let person = tail.first().is_some_and(|piece| self.is_person(piece));
        if !(ends_in_text && unbroken && (text || !person)) || parted {
            plan.extra = true;
            for field in open {
                plan.force(*field, ProblemKind::Unclear);
            }
            return;
        }
        for field in open.iter().take(open.len() - 1) {
            self.give(plan, *field, &mut left, 0);
        }
        if !text {
            plan.force(last, ProblemKind::Unclear);
            return;
        }
        let raw = self.assignment.raw(&(start..self.end));
        plan.give(last, Given { raw, labelled: false, moved: true });
    }

    fn unforced(&self, plan: &Plan<'_>, field: usize) -> bool {
        plan.forced.get(field).is_none_or(Option::is_none)
    }

    /// Puts together again what a comma or line break cut apart and no type has claimed.
    fn merged(&self, left: Vec<Left>) -> Vec<Left> {
        let mut merged: Vec<Left> = Vec::with_capacity(left.len());
        for piece in left {
            let is_title = piece.words.clone().all(|index| is_title(self.assignment.words.word(index)));
            match merged.last_mut() {
                Some(last)
                    if last.words.end == piece.words.start
                        && ((self.assignment.fine && last.parent == piece.parent) || is_title) =>
                {
                    last.words.end = piece.words.end;
                }
                _ => merged.push(piece),
            }
        }
        merged
    }

    /// Whether a piece is nothing that was asked for and nothing that matters: thanks, the house number of a
    /// place, the kabupaten.
    fn is_beside(&self, piece: &Left) -> bool {
        let raw = self.raw(piece);
        let words = self.assignment.words;
        let house = |index: usize| {
            let word = words.word(index).to_ascii_lowercase();
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            matches!(word, "rt" | "rw" | "no")
                || word
                    .trim_start_matches(['r', 't', 'w', '.'])
                    .bytes()
                    .all(|b| b.is_ascii_digit() || b == b'/')
        };
        let few = piece.words.len() <= 6;
        is_phone(raw)
            || self.assignment.setting.regions.is_around(raw)
            || (few && piece.words.clone().all(|index| is_courtesy(words.word(index))))
            || (few && raw.to_ascii_lowercase().starts_with('r') && piece.words.clone().all(house))
    }
}

/// Whether a word has vowels or is a title or an initial: "BRI" and "NTT" could be anything.
fn is_spoken(word: &str) -> bool {
    let vowels = word.bytes().filter(|b| b"aiueoAIUEO".contains(b)).count();
    is_title(word) || word.ends_with('.') || (vowels > 0 && word.len() > 3) || vowels > 1
}

/// Whether a field holds one of known words.
const fn is_word(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Village | FieldKind::District | FieldKind::Choice)
}
