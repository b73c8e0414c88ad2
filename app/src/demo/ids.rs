//! The demonstration's ids: counted while the offices are set up, so that they are the same in every demonstration of a
//! day, and by chance from then on. Secrets are never counted.

use std::sync::atomic::{AtomicBool, Ordering};

use loket_core::clock::{CountedIds, Ids, Instant};
use uuid::Uuid;

use crate::infra::ids::RandomIds;

/// Counts while it is told to.
#[derive(Debug, Default)]
pub struct StoryIds {
    counts: AtomicBool,
    counted: CountedIds,
}

impl StoryIds {
    /// From now on ids are counted.
    pub fn count(&self) {
        self.counts.store(true, Ordering::Release);
    }

    /// From now on they fall by chance.
    pub fn release(&self) {
        self.counts.store(false, Ordering::Release);
    }
}

impl Ids for StoryIds {
    fn uuid(&self, at: Instant) -> Uuid {
        if self.counts.load(Ordering::Acquire) { self.counted.uuid(at) } else { RandomIds.uuid(at) }
    }

    fn secret(&self) -> [u8; 32] {
        RandomIds.secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_counted_only_while_told_and_secrets_never() {
        let (one, other) = (StoryIds::default(), StoryIds::default());
        let at = Instant::default();
        for ids in [&one, &other] {
            ids.count();
        }
        assert_eq!(one.uuid(at), other.uuid(at));
        assert_ne!(one.secret(), other.secret());
        for ids in [&one, &other] {
            ids.release();
        }
        assert_ne!(one.uuid(at), other.uuid(at));
    }
}
