//! Which piece is which field: by labels, then by order, then by what each piece can be.

use std::ops::Range;

use super::{
    courtesy::is_filler,
    evaluate::{Evaluated, Given, Plan, Setting, evaluate},
    labels::FOREIGN,
    normalise::key,
    pieces::Piece,
    schema::FieldKind,
    sort::Sorter,
    tokenize::{Words, gap},
    values::{is_blank, is_name},
};

/// A line has at most this many pieces that are looked at one by one.
pub(super) const MOST_PIECES: usize = 48;

/// A request cut into pieces, to be read.
pub(super) struct Assignment<'s, 'w, 't> {
    pub(super) setting: Setting<'s>,
    pub(super) words: &'w Words<'t>,
    /// Whether pieces were cut finer than by the separator that the line uses.
    pub(super) fine: bool,
    /// Whether text around the data may be loose talk.
    pub(super) loose: bool,
    /// The first word behind the keyword.
    pub(super) begins: usize,
}

impl<'t> Assignment<'_, '_, 't> {
    /// Reads the pieces: the best of what order and types say.
    pub(super) fn read(&self, pieces: &[Piece]) -> Evaluated {
        self.words.work(pieces.len() + self.words.raw(&span(pieces)).len());
        let (labelled, free) = self.labelled(pieces);
        let open = self.open(&labelled);
        let cut: Vec<&Piece> = free.iter().take(MOST_PIECES).copied().collect();
        let overflow = free.len() > cut.len();
        let mut best: Option<Evaluated> = None;
        for pieces in self.rows(&cut, &open) {
            let Some(plan) = self.in_order(&labelled, &open, &pieces) else { continue };
            let read = evaluate(self.setting, &plan);
            if read.is_complete() && !overflow {
                return read;
            }
            best = better(best, read);
        }
        let filled: Vec<&Piece> = cut.into_iter().filter(|piece| !self.is_unfilled(piece)).collect();
        let plan = Sorter { assignment: self, open: &open, end: span(pieces).end }.sort(labelled, &filled);
        let mut read = evaluate(self.setting, &plan);
        read.extra |= overflow;
        better(best, read).unwrap_or_else(|| evaluate(self.setting, &Plan::new(self.fields())))
    }

    pub(super) fn fields(&self) -> usize {
        self.setting.format.definition.fields.len()
    }

    pub(super) fn kind(&self, field: usize) -> Option<FieldKind> {
        self.setting.format.definition.fields.get(field).map(|field| field.kind)
    }

    pub(super) fn raw(&self, words: &Range<usize>) -> &'t str {
        self.words.raw(words)
    }

    /// Takes the labelled pieces; gives the others back.
    fn labelled<'p>(&self, pieces: &'p [Piece]) -> (Plan<'t>, Vec<&'p Piece>) {
        let mut plan = Plan::new(self.fields());
        let mut free = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let Some(field) = piece.label else {
                free.push(piece);
                continue;
            };
            if field == FOREIGN {
                continue;
            }
            let raw = self.raw(&piece.words);
            if is_blank(raw) || self.setting.format.labels.unfilled(raw).is_some() {
                continue;
            }
            match plan.given.get(field).copied().flatten() {
                None => plan.give(field, Given { raw, labelled: true, moved: false }),
                Some(before) if key(before.raw) == key(raw) => {}
                Some(_) => plan.force(field, super::problem::ProblemKind::Unclear),
            }
        }
        if self.loose {
            free.retain(|piece| !piece.words.clone().all(|index| is_filler(self.words.word(index))));
        }
        while free.last().is_some_and(|piece| piece.is_empty()) {
            free.pop();
        }
        (plan, free)
    }

    /// The fields that no label named, in their order.
    fn open(&self, plan: &Plan<'_>) -> Vec<usize> {
        (0..self.fields()).filter(|field| plan.is_open(*field)).collect()
    }

    /// Whether a piece says nothing: no words, a dash, the word of the published line.
    pub(super) fn is_unfilled(&self, piece: &Piece) -> bool {
        let raw = self.raw(&piece.words);
        is_blank(raw) || self.setting.format.labels.unfilled(raw).is_some()
    }

    /// The rows of pieces that could stand in the order of the fields: as they are, and without what is empty.
    fn rows<'p>(&self, free: &[&'p Piece], open: &[usize]) -> Vec<Vec<&'p Piece>> {
        let mut rows = vec![free.to_vec()];
        let filled: Vec<_> = free.iter().copied().filter(|piece| !piece.is_empty()).collect();
        if filled.len() != free.len() {
            rows.push(filled.clone());
        }
        let values: Vec<_> = filled.iter().copied().filter(|piece| !self.is_unfilled(piece)).collect();
        if values.len() != filled.len() && values.len() >= open.len() {
            rows.push(values);
        }
        rows
    }

    /// The plan in which the pieces stand in the order of the fields, if there are as many.
    fn in_order(&self, labelled: &Plan<'t>, open: &[usize], pieces: &[&Piece]) -> Option<Plan<'t>> {
        let last_is_text = open.last().is_some_and(|last| {
            *last + 1 == self.fields() && self.kind(*last).is_some_and(FieldKind::is_text)
        });
        let spare = open.iter().rev().take_while(|field| self.is_optional(**field)).count();
        let fits = pieces.len() <= open.len() && pieces.len() + spare >= open.len();
        let runs_over = last_is_text && pieces.len() > open.len();
        if open.is_empty() && pieces.is_empty() {
            return Some(labelled.clone());
        }
        let surplus = !runs_over && pieces.len() > open.len();
        if !(fits || runs_over || surplus) || (self.fine && self.shares_parent(open, pieces)) {
            return None;
        }
        if runs_over {
            let first = open.len().checked_sub(1).and_then(|at| pieces.get(at));
            let tail = first.map_or(0, |piece| piece.words.start)..span_of(pieces).end;
            if !self.may_be_text(&tail) || self.may_be_parted_name(open, pieces) {
                return None;
            }
        }
        let mut plan = labelled.clone();
        plan.extra = surplus;
        for (at, field) in open.iter().enumerate() {
            let Some(piece) = pieces.get(at) else { break };
            let mut words = piece.words.clone();
            if runs_over && at + 1 == open.len() {
                words.end = pieces.last().map_or(words.end, |last| last.words.end);
            }
            let unfilled = self.is_unfilled(piece) && words.end == piece.words.end;
            if !unfilled {
                plan.give(*field, Given { raw: self.raw(&words), labelled: false, moved: false });
            }
        }
        Some(plan)
    }

    /// Whether words can all be part of the text at the end of the line: it holds no separator unless it may.
    pub(super) fn may_be_text(&self, words: &Range<usize>) -> bool {
        self.words.work(words.end.saturating_sub(self.begins));
        let uses = |index| self.words.gap(index) & gap::HARD != 0;
        self.setting.format.definition.ends_in_anything()
            || !(self.begins..=words.start).any(uses)
            || (words.start + 1..words.end).all(|index| !uses(index))
    }

    /// Whether what seems to be text with separators in it may begin with the rest of a name: `SITI#AMINAH#Jl. ...`.
    fn may_be_parted_name(&self, open: &[usize], pieces: &[&Piece]) -> bool {
        let Some(before) = open.len().checked_sub(2) else { return false };
        let (Some(name), Some(next)) = (pieces.get(before), pieces.get(before + 1)) else { return false };
        let named = open.get(before).is_some_and(|field| self.kind(*field) == Some(FieldKind::Name));
        named && self.continues_name(&name.words, &next.words)
    }

    /// Whether the second of two pieces could be the rest of the name that the first begins.
    pub(super) fn continues_name(&self, name: &Range<usize>, next: &Range<usize>) -> bool {
        name.len() == 1 && next.len() <= 2 && is_name(self.raw(next))
    }

    fn is_optional(&self, field: usize) -> bool {
        self.setting.format.definition.fields.get(field).is_some_and(|field| !field.required)
    }

    /// Whether two fields that take any words would be given parts of one piece, cut apart by a comma or a
    /// line break: a name with its title, an address.
    fn shares_parent(&self, open: &[usize], pieces: &[&Piece]) -> bool {
        let mut before = None;
        for (field, piece) in open.iter().zip(pieces) {
            if !self.kind(*field).is_some_and(FieldKind::is_loose) {
                continue;
            }
            if before == Some(piece.parent) {
                return true;
            }
            before = Some(piece.parent);
        }
        false
    }
}

/// From the first to the last word of some of the pieces.
fn span_of(pieces: &[&Piece]) -> Range<usize> {
    let start = pieces.iter().map(|piece| piece.words.start).min().unwrap_or(0);
    let end = pieces.iter().map(|piece| piece.words.end).max().unwrap_or(0);
    start..end
}

/// From the first to the last word of the pieces.
fn span(pieces: &[Piece]) -> Range<usize> {
    span_of(&pieces.iter().collect::<Vec<_>>())
}

/// The reading with more good values; of equal ones the earlier.
pub(super) fn better(best: Option<Evaluated>, read: Evaluated) -> Option<Evaluated> {
    match best {
        Some(best) if best.is_complete() || (!read.is_complete() && rank(&best) >= rank(&read)) => Some(best),
        _ => Some(read),
    }
}

/// Complete lines aside, more good values are better, and nothing left over breaks a tie.
fn rank(read: &Evaluated) -> (usize, bool) {
    (read.good(), !read.extra)
}
