//! Time and identifiers as things that are handed in.
//!
//! No other code reads the system clock or a random source: a test hands in a clock that stands
//! still and seeded ids, and every rule about time can be shown at any hour.

use std::sync::Mutex;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use uuid::Uuid;

/// An instant in UTC, always cut to whole microseconds.
///
/// SQLite would keep nanoseconds and PostgreSQL microseconds; one truncation makes what is read back
/// equal to what was written on both.
pub type Instant = DateTime<Utc>;

/// Cuts an instant to whole microseconds.
pub fn to_micros(at: Instant) -> Instant {
    at.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(at)
}

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now, in whole microseconds.
    fn now(&self) -> Instant;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Instant {
        to_micros(Utc::now())
    }
}

/// A clock that moves only when told to.
#[derive(Debug)]
pub struct StillClock(Mutex<Instant>);

impl StillClock {
    /// A clock that stands at `at`.
    pub fn at(at: Instant) -> Self {
        Self(Mutex::new(to_micros(at)))
    }

    /// Moves the clock forward (or back, with a negative `by`).
    pub fn advance(&self, by: TimeDelta) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = to_micros(*now + by);
    }

    /// Sets the clock to `at`.
    pub fn set(&self, at: Instant) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = to_micros(at);
    }
}

impl Clock for StillClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Makes identifiers: UUIDv7, so that rows of one table lie in order of time.
pub trait Ids: Send + Sync + 'static {
    /// A new id for something that happened at `at`.
    fn uuid(&self, at: Instant) -> Uuid;

    /// 32 bytes nobody can guess: session secrets, path keys, tokens.
    fn secret(&self) -> [u8; 32];
}

/// Builds a UUIDv7 from an instant and ten random bytes.
pub fn uuid_v7(at: Instant, random: &[u8; 10]) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, random).into_uuid()
}

/// Ids that repeat from run to run: a counter in place of the random bytes, for tests and the demo.
#[derive(Debug, Default)]
pub struct CountedIds(std::sync::atomic::AtomicU64);

impl CountedIds {
    /// Counts from `start`, so that two of them do not give the same ids.
    pub fn from(start: u64) -> Self {
        Self(std::sync::atomic::AtomicU64::new(start))
    }
}

impl Ids for CountedIds {
    fn uuid(&self, at: Instant) -> Uuid {
        let count = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut random = [0_u8; 10];
        random[2..].copy_from_slice(&count.to_be_bytes());
        uuid_v7(at, &random)
    }

    fn secret(&self) -> [u8; 32] {
        let count = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut secret = [0x5a_u8; 32];
        secret[24..].copy_from_slice(&count.to_be_bytes());
        secret
    }
}
