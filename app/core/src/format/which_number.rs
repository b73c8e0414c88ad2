//! Which of the numbers of a line is the NIK and which the KK number, where they do not stand in their places.

use super::{
    evaluate::{Given, Plan},
    numbers::{digits, is_kk_date},
    problem::ProblemKind,
    schema::FieldKind,
    sort::{Left, Sorter},
    values::is_phone,
};

impl<'t> Sorter<'_, '_, '_, 't> {
    /// Gives the numbers among the pieces to the fields that want one.
    pub(super) fn numbers(&self, plan: &mut Plan<'t>, left: &mut Vec<Left>) {
        let wants =
            |f: &usize| plan.is_open(*f) && self.assignment.kind(*f).is_some_and(FieldKind::is_number);
        let mut wanting: Vec<_> = self.open.iter().copied().filter(wants).collect();
        let takes_phones = !self.wanting(plan, FieldKind::Phone).is_empty();
        let is_number = |piece: &Left| {
            let raw = self.raw(piece);
            let len = digits(raw).map_or(0, |digits| digits.text.len());
            (10..=24).contains(&len) && !(takes_phones && len < 15 && is_phone(raw))
        };
        let count = left.iter().filter(|piece| is_number(piece)).count();
        if let (1, [_, _], Some(at)) = (count, wanting.as_slice(), left.iter().position(is_number)) {
            self.lone_number(plan, &wanting, left, at);
            return;
        }
        let sixteen = |piece: &Left| digits(self.raw(piece)).is_some_and(|digits| digits.text.len() == 16);
        if !wanting.is_empty() && left.iter().filter(|piece| sixteen(piece)).count() > wanting.len() {
            // One number too many: which of them is asked for can only be told by what they can be.
            let only = self.only_fitting(&wanting, left.iter().filter(|piece| sixteen(piece)));
            left.retain(|piece| !sixteen(piece));
            match (only, wanting.as_slice()) {
                (Some(piece), [field]) => {
                    plan.give(*field, Given { raw: self.raw(&piece), labelled: false, moved: true });
                }
                _ => wanting.iter().for_each(|field| plan.force(*field, ProblemKind::WhichNumber)),
            }
            return;
        }
        while let (Some(at), false) = (left.iter().position(is_number), wanting.is_empty()) {
            let field = wanting.remove(0);
            self.give(plan, field, left, at);
        }
    }

    /// Of several numbers the one that the one field can hold, if all others cannot be meant.
    fn only_fitting<'l>(&self, wanting: &[usize], pieces: impl Iterator<Item = &'l Left>) -> Option<Left> {
        let [field] = wanting else { return None };
        let wants_kk = self.assignment.kind(*field) == Some(FieldKind::Kk);
        let today = self.assignment.setting.today;
        let mut found: Option<Left> = None;
        for piece in pieces {
            let number = digits(self.raw(piece))?;
            if is_kk_date(&number.text, today) != wants_kk {
                continue;
            }
            let again = |known: &Left| digits(self.raw(known)).is_some_and(|known| known.text == number.text);
            if found.as_ref().is_some_and(|known| !again(known)) {
                return None;
            }
            found = Some(piece.clone());
        }
        found
    }

    /// One number where a NIK and a KK number are asked for: a NIK if no KK can have its date, else nobody knows.
    fn lone_number(&self, plan: &mut Plan<'t>, wanting: &[usize], left: &mut Vec<Left>, at: usize) {
        let number = left.get(at).and_then(|piece| digits(self.raw(piece)));
        let today = self.assignment.setting.today;
        let only_nik =
            number.is_some_and(|number| number.text.len() == 16 && !is_kk_date(&number.text, today));
        let nik = wanting.iter().copied().find(|field| self.assignment.kind(*field) == Some(FieldKind::Nik));
        match nik {
            Some(nik) if only_nik => self.give(plan, nik, left, at),
            _ => {
                left.remove(at);
                wanting.iter().for_each(|field| plan.force(*field, ProblemKind::WhichNumber));
            }
        }
    }
}
