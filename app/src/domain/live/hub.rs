//! Where those who listen in this process are gathered, office by office.
//!
//! Each office has a ring of the last portions of changes, of which every listener reads at their own
//! speed: who is too slow finds that portions are gone and is told to look at everything, and no memory is
//! kept for them. Nothing is looked up for an office in which nobody listens.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use loket_core::id::OfficeId;
use tokio::sync::{broadcast, watch};

use super::located::Located;
use crate::infra::{
    House,
    bus::{Changed, News},
};

/// Portions that are kept for who is slow.
const KEPT: usize = 32;
/// A portion gathers what happens in this time, so that a rush is a few portions a second.
const GATHER: Duration = Duration::from_millis(100);

type Rooms = HashMap<OfficeId, broadcast::Sender<Arc<Located>>>;

/// The listeners of one process. Cheap to clone.
#[derive(Clone)]
pub struct Hub {
    house: House,
    rooms: Arc<Mutex<Rooms>>,
}

/// One listener in one office.
pub struct Listener(broadcast::Receiver<Arc<Located>>);

impl Listener {
    /// The next portion of changes; nothing once the hub is gone.
    pub async fn next(&mut self) -> Option<Arc<Located>> {
        match self.0.recv().await {
            Ok(located) => Some(located),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Arc::new(Located::Everything)),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

impl Hub {
    /// A hub in which nobody listens yet.
    pub fn new(house: House) -> Self {
        Self { house, rooms: Arc::default() }
    }

    /// Listens to what changes in an office from now on.
    pub fn listen(&self, office: OfficeId) -> Listener {
        let mut rooms = self.rooms();
        Listener(rooms.entry(office).or_insert_with(|| broadcast::Sender::new(KEPT)).subscribe())
    }

    /// Passes on what the bus says, until `stop` turns true.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            tokio::select! {
                news = self.house.bus.news() => self.pass_on(news).await,
                _ = stop.changed() => {}
            }
            tokio::time::sleep(GATHER).await;
        }
    }

    async fn pass_on(&self, mut news: News) {
        for (office, room) in self.open_rooms() {
            let changed =
                if news.anywhere { Some(Changed::everything()) } else { news.offices.remove(&office) };
            if let Some(changed) = changed {
                // Whoever listened may have left meanwhile.
                let _ = room.send(Arc::new(self.locate(office, &changed).await));
            }
        }
    }

    async fn locate(&self, office: OfficeId, changed: &Changed) -> Located {
        match Located::of(&self.house, office, changed).await {
            Ok(located) => located,
            Err(fault) => {
                tracing::warn!(fault = %fault, "it could not be found out whom a change concerns");
                Located::Everything
            }
        }
    }

    /// The offices in which somebody listens; the others are forgotten.
    fn open_rooms(&self) -> Vec<(OfficeId, broadcast::Sender<Arc<Located>>)> {
        let mut rooms = self.rooms();
        rooms.retain(|_, room| room.receiver_count() > 0);
        rooms.iter().map(|(office, room)| (*office, room.clone())).collect()
    }

    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use loket_core::live::Topic;
    use uuid::Uuid;

    use super::*;
    use crate::testing::TestHouse;

    fn one() -> Changed {
        let mut changed = Changed::default();
        changed.note(Topic::Request, Uuid::from_u128(1));
        changed
    }

    #[tokio::test]
    async fn who_is_too_slow_is_told_to_look_at_everything_and_costs_no_memory() {
        let (test, office) = TestHouse::with_office().await;
        let hub = Hub::new(test.house.clone());
        let (mut slow, mut other) = (hub.listen(office), hub.listen(OfficeId(Uuid::from_u128(9))));
        for _ in 0..KEPT * 3 {
            hub.pass_on(News { anywhere: false, offices: [(office, one())].into() }).await;
        }
        assert_eq!(*slow.next().await.unwrap(), Located::Everything);
        let mut left = 0;
        while slow.0.try_recv().is_ok() {
            left += 1;
        }
        assert_eq!(left, KEPT);
        assert!(other.0.try_recv().is_err(), "another office hears nothing");
        drop((slow, other));
        assert!(hub.open_rooms().is_empty());
    }

    #[tokio::test]
    async fn after_a_gap_everybody_is_told_to_look_at_everything() {
        let (test, office) = TestHouse::with_office().await;
        let hub = Hub::new(test.house.clone());
        let mut listener = hub.listen(office);
        hub.pass_on(News { anywhere: true, offices: [(office, one())].into() }).await;
        assert_eq!(*listener.next().await.unwrap(), Located::Everything);
    }
}
