//! The demonstration's clock: the machine's own, except while the story of the past days is played.

use std::sync::{PoisonError, RwLock};

use loket_core::clock::{Clock, Instant, SystemClock};

/// Tells a told time while there is one, and the machine's otherwise.
#[derive(Debug, Default)]
pub struct StoryClock(RwLock<Option<Instant>>);

impl StoryClock {
    /// From now on it is `at`, until it is told otherwise.
    pub fn tell(&self, at: Instant) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    /// From now on it is what the machine says.
    pub fn release(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Clock for StoryClock {
    fn now(&self) -> Instant {
        let told = *self.0.read().unwrap_or_else(PoisonError::into_inner);
        told.unwrap_or_else(|| SystemClock.now())
    }
}
