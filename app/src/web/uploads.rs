//! How many files may be on their way into this process at once.
//!
//! A file of a form is held in memory until it is sealed and stored: at most [`AT_ONCE`] of them, so at most
//! 128 MiB, however many people upload and however slowly. A place is asked for when the first bytes of a
//! file arrive; a form without a file needs none. Who finds no place waits a moment, unread, and is then
//! told to try again.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Files of 16 MiB at most.
pub const AT_ONCE: usize = 8;
/// How long one waits for a place: an office's upload on a good line takes less.
const PATIENCE: Duration = Duration::from_secs(5);

/// The places of a process. Cheap to clone: all clones share them.
#[derive(Clone)]
pub struct Uploads {
    places: Arc<Semaphore>,
    patience: Duration,
}

/// A place; it is free again when this is dropped.
pub struct Place(#[expect(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

impl Default for Uploads {
    fn default() -> Self {
        Self::new(AT_ONCE, PATIENCE)
    }
}

impl Uploads {
    /// `at_once` places, each waited for as long as `patience`.
    pub fn new(at_once: usize, patience: Duration) -> Self {
        Self { places: Arc::new(Semaphore::new(at_once)), patience }
    }

    /// A place, if one becomes free in time.
    pub async fn place(&self) -> Option<Place> {
        let asked = Arc::clone(&self.places).acquire_owned();
        Some(Place(tokio::time::timeout(self.patience, asked).await.ok()?.ok()?))
    }
}
