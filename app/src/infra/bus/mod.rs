//! The bus: tells after a commit that something was queued, and what changed in which office.
//!
//! Inside a process the workers wait for a bell, and whoever passes changes on takes them in gathered
//! portions. Between servers on one PostgreSQL the same is carried by NOTIFY, at most once each 50 ms
//! however many commits there were, on connections that no request waits for. Nothing here is promised:
//! a bell that is lost is made up by polling, a change by looking again now and then. Only ids travel.

mod changed;
mod parcel;
mod postgres;

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use loket_core::{
    clock::{Clock, Ids, Instant},
    id::OfficeId,
};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

pub use changed::Changed;
use parcel::Parcel;
pub use postgres::carry;

/// Tells this process and the others. Cheap to clone.
#[derive(Clone)]
pub struct Bus(Arc<Inner>);

struct Inner {
    /// Tells one's own words from the others'.
    own: Uuid,
    clock: Arc<dyn Clock>,
    rung: watch::Sender<u64>,
    here: Outbox,
    abroad: Outbox,
    latest: Mutex<Latest>,
}

/// When something last changed.
#[derive(Default)]
struct Latest {
    anywhere: Option<Instant>,
    offices: HashMap<OfficeId, Instant>,
}

/// What waits to be told.
#[derive(Default)]
struct Outbox {
    waiting: Mutex<Parcel>,
    filled: Notify,
}

impl Outbox {
    fn add(&self, more: impl FnOnce(&mut Parcel)) {
        more(&mut held(&self.waiting));
        self.filled.notify_one();
    }

    /// Everything that waits, once there is something.
    async fn next(&self) -> Parcel {
        loop {
            let parcel = std::mem::take(&mut *held(&self.waiting));
            if !parcel.is_empty() {
                return parcel;
            }
            self.filled.notified().await;
        }
    }
}

/// A portion of what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Something changed somewhere, and it is not known what.
    pub anywhere: bool,
    /// What changed, by office.
    pub offices: BTreeMap<OfficeId, Changed>,
}

impl fmt::Debug for Bus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bus").finish_non_exhaustive()
    }
}

impl Bus {
    /// The bus of one process.
    pub fn new(clock: Arc<dyn Clock>, ids: &dyn Ids) -> Self {
        let own = ids.uuid(clock.now());
        Self(Arc::new(Inner {
            own,
            clock,
            rung: watch::Sender::new(0),
            here: Outbox::default(),
            abroad: Outbox::default(),
            latest: Mutex::default(),
        }))
    }

    /// Says that something was queued.
    pub fn ring(&self) {
        self.ring_here();
        self.0.abroad.add(|parcel| parcel.rung = true);
    }

    fn ring_here(&self) {
        self.0.rung.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// A listener that wakes at the next ring after it last looked.
    pub fn listener(&self) -> watch::Receiver<u64> {
        self.0.rung.subscribe()
    }

    /// Says what was changed by an operation that has committed.
    pub fn tell(&self, office: OfficeId, changed: Changed) {
        if changed.is_empty() {
            return;
        }
        self.0.abroad.add(|parcel| parcel.offices.entry(office).or_default().merge(changed.clone()));
        self.tell_here(office, changed);
    }

    fn tell_here(&self, office: OfficeId, changed: Changed) {
        let now = self.0.clock.now();
        held(&self.0.latest).offices.insert(office, now);
        self.0.here.add(|parcel| parcel.offices.entry(office).or_default().merge(changed));
    }

    /// Says here that something may have been missed.
    fn miss_here(&self) {
        let now = self.0.clock.now();
        held(&self.0.latest).anywhere = Some(now);
        self.0.here.add(|parcel| parcel.anywhere = true);
    }

    /// The next portion of changes, from this process and the others. For one reader.
    pub async fn news(&self) -> News {
        let Parcel { anywhere, offices, .. } = self.0.here.next().await;
        News { anywhere, offices }
    }

    /// When something last changed in an office, as far as this process knows.
    pub fn latest(&self, office: OfficeId) -> Option<Instant> {
        let latest = held(&self.0.latest);
        latest.offices.get(&office).copied().max(latest.anywhere)
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use loket_core::{
        clock::{CountedIds, StillClock},
        live::Topic,
    };

    use super::*;

    const OFFICE: OfficeId = OfficeId(Uuid::from_u128(3));

    fn bus() -> Bus {
        Bus::new(Arc::new(StillClock::at(Instant::UNIX_EPOCH)), &CountedIds::default())
    }

    fn one(n: u128) -> Changed {
        let mut changed = Changed::default();
        changed.note(Topic::Request, Uuid::from_u128(n));
        changed
    }

    #[tokio::test]
    async fn what_several_commits_changed_is_told_in_one_portion() {
        let bus = bus();
        bus.tell(OFFICE, one(1));
        bus.tell(OFFICE, one(2));
        bus.tell(OFFICE, Changed::default());
        let news = bus.news().await;
        assert_eq!(news.offices.get(&OFFICE).map(|changed| changed.ids().count()), Some(2));
        assert_eq!(bus.latest(OFFICE), Some(Instant::UNIX_EPOCH));
        assert_eq!(bus.latest(OfficeId::NIL), None);
    }

    #[tokio::test]
    async fn a_ring_wakes_who_listens_and_is_no_change() {
        let bus = bus();
        let mut listener = bus.listener();
        bus.ring();
        assert!(listener.has_changed().unwrap_or(false));
        listener.mark_unchanged();
        bus.tell(OFFICE, one(1));
        assert!(!listener.has_changed().unwrap_or(true));
        assert!(bus.0.abroad.next().await.rung);
    }
}
