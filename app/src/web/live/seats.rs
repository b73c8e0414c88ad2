//! Who has a stream open. A browser that moves from page to page leaves streams behind that nobody reads,
//! which is noticed only at the next heartbeat: so the newest stream of a session always has a seat and the
//! oldest gives way. Only a full server refuses.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use loket_core::id::SessionId;
use tokio::sync::Notify;

/// The seats of one process.
#[derive(Clone)]
pub struct Seats(Arc<Shared>);

struct Shared {
    of_a_session: usize,
    in_all: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    count: usize,
    next: u64,
    sessions: HashMap<SessionId, VecDeque<(u64, Arc<Notify>)>>,
}

/// One stream's seat, free again when it is dropped.
pub struct Seat {
    seats: Seats,
    session: SessionId,
    number: u64,
    outlived: Arc<Notify>,
}

impl Seats {
    /// Seats for so many streams of one session, and so many in all.
    pub fn new(of_a_session: usize, in_all: usize) -> Self {
        Self(Arc::new(Shared { of_a_session, in_all, taken: Mutex::default() }))
    }

    /// How many are taken.
    pub fn taken(&self) -> usize {
        self.held().count
    }

    /// Takes a seat, if there is one.
    pub(super) fn take(&self, session: SessionId) -> Option<Seat> {
        let mut taken = self.held();
        if taken.count >= self.0.in_all {
            return None;
        }
        let (number, outlived) = (taken.next, Arc::new(Notify::new()));
        taken.next += 1;
        taken.count += 1;
        let own = taken.sessions.entry(session).or_default();
        own.push_back((number, Arc::clone(&outlived)));
        if own.len() > self.0.of_a_session
            && let Some((_, oldest)) = own.pop_front()
        {
            oldest.notify_one();
        }
        Some(Seat { seats: self.clone(), session, number, outlived })
    }

    fn held(&self) -> MutexGuard<'_, Taken> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Returns when a newer stream of the session has taken its place.
    pub(super) async fn outlived(&self) {
        self.outlived.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.held();
        taken.count -= 1;
        if let Some(own) = taken.sessions.get_mut(&self.session) {
            own.retain(|(number, _)| *number != self.number);
            if own.is_empty() {
                taken.sessions.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use uuid::Uuid;

    use super::*;

    const ANA: SessionId = SessionId(Uuid::from_u128(1));
    const BUDI: SessionId = SessionId(Uuid::from_u128(2));

    #[test]
    fn the_newest_stream_of_a_session_ends_the_oldest() {
        let seats = Seats::new(2, 9);
        let own: Vec<_> = (0..3).filter_map(|_| seats.take(ANA)).collect();
        let other = seats.take(BUDI);
        let over: Vec<bool> = own.iter().map(|seat| seat.outlived().now_or_never().is_some()).collect();
        assert_eq!(over, [true, false, false]);
        assert!(other.is_some_and(|seat| seat.outlived().now_or_never().is_none()));
        drop(own);
        assert_eq!(seats.taken(), 0);
        assert!(seats.held().sessions.is_empty());
    }

    #[test]
    fn a_full_server_refuses() {
        let seats = Seats::new(9, 2);
        let (first, second) = (seats.take(ANA), seats.take(BUDI));
        assert!(first.is_some() && second.is_some() && seats.take(ANA).is_none());
        drop(first);
        assert!(seats.take(ANA).is_some());
    }
}
