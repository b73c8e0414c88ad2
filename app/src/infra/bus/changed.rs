//! What changed in an office, gathered until it is told.

use std::collections::BTreeSet;

use loket_core::live::Topic;
use uuid::Uuid;

/// What changed in one office: which things, or that there are too many to name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    ids: BTreeSet<(Topic, Uuid)>,
    everything: bool,
}

impl Changed {
    /// The most things that are named at once: with more of them whoever looks on had better look anew.
    pub const MOST: usize = 200;

    /// So much that nothing is named.
    pub fn everything() -> Self {
        Self { ids: BTreeSet::new(), everything: true }
    }

    /// Notes one thing.
    pub fn note(&mut self, topic: Topic, id: Uuid) {
        if self.everything {
            return;
        }
        self.ids.insert((topic, id));
        if self.ids.len() > Self::MOST {
            *self = Self::everything();
        }
    }

    /// Notes what another holds.
    pub fn merge(&mut self, other: Self) {
        if other.everything {
            *self = Self::everything();
        }
        for (topic, id) in other.ids {
            self.note(topic, id);
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty() && !self.everything
    }

    /// Whether nothing is named because it is too much.
    pub fn is_everything(&self) -> bool {
        self.everything
    }

    /// What is named.
    pub fn ids(&self) -> impl Iterator<Item = (Topic, Uuid)> {
        self.ids.iter().copied()
    }

    /// What is named of one kind.
    pub fn of<T: From<Uuid>>(&self, topic: Topic) -> Vec<T> {
        self.ids().filter(|(one, _)| *one == topic).map(|(_, id)| id.into()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(count: u128) -> Changed {
        let mut changed = Changed::default();
        (0..count).for_each(|n| changed.note(Topic::Request, Uuid::from_u128(n)));
        changed
    }

    #[test]
    fn too_many_things_are_not_named() {
        assert_eq!(many(200).ids().count(), Changed::MOST);
        assert!(many(201).is_everything() && many(500).ids().count() == 0);
        let mut both = many(150);
        both.merge(many(120));
        assert_eq!(both.ids().count(), 150, "what is named twice counts once");
        both.merge(Changed::everything());
        assert_eq!(both, Changed::everything());
    }
}
