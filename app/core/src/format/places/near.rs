//! The place whose name is nearest to a typed one.

use super::{
    super::{
        distance::{bound, distance, letters, near},
        value::Confidence,
    },
    Found, Index, Place,
};

/// A typed name to compare with.
pub(super) struct Wanted {
    key: String,
    bits: u64,
}

impl Wanted {
    /// By the key of a name.
    pub(super) fn new(key: String) -> Self {
        let bits = letters(&key);
        Self { key, bits }
    }

    /// How many slips lie between the typed name and the nearest name of a place; nothing beyond what is mended.
    pub(super) fn slips(&self, place: &Place) -> Option<usize> {
        let each = place.keys.iter().filter_map(|(name, bits)| {
            let most = bound(name.len().min(self.key.len()));
            if most == 0 || !near(self.bits, *bits, most) {
                return None;
            }
            distance(&self.key, name, most)
        });
        each.min()
    }
}

/// The nearest place so far.
#[derive(Default)]
pub(super) struct Closest {
    best: Option<(usize, Index)>,
    tied: bool,
}

impl Closest {
    pub(super) fn look(&mut self, wanted: &Wanted, index: Index, place: &Place) {
        let Some(slips) = wanted.slips(place) else { return };
        match self.best {
            Some((_, before)) if before == index => {
                self.best = self.best.map(|(least, _)| (least.min(slips), index))
            }
            Some((least, _)) if slips > least => {}
            Some((least, _)) if slips == least => self.tied = true,
            _ => {
                self.best = Some((slips, index));
                self.tied = false;
            }
        }
    }

    pub(super) fn found(&self) -> Found {
        match self.best {
            None => Found::Nothing,
            Some(_) if self.tied => Found::Several,
            Some((_, index)) => Found::One(index, Confidence::Tidied),
        }
    }
}
