//! What was worked out once and stays so as long as its key says the same: kept in this process, within a bound of
//! bytes. A key holds everything the value depends on, a version among it, so nothing is ever taken back: what is no
//! longer asked for is forgotten in time. Nothing of a citizen is kept here.

use std::{
    any::{Any, TypeId},
    sync::Arc,
};

use loket_core::id::OfficeId;
use quick_cache::{Weighter, sync::Cache};

/// Bytes that may be kept.
const BYTES: u64 = 64 << 20;
/// How many values are expected.
const VALUES: usize = 1_000;

/// A value that may be kept.
pub trait Remembered: Send + Sync + 'static {
    /// How much room it takes, roughly, in bytes.
    fn bytes(&self) -> usize;
}

type Key = (OfficeId, TypeId, String);

#[derive(Clone)]
struct Kept {
    value: Arc<dyn Any + Send + Sync>,
    bytes: u64,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Kept> for ByBytes {
    fn weight(&self, (_, _, of): &Key, kept: &Kept) -> u64 {
        kept.bytes + of.len() as u64 + 128
    }
}

/// What this process remembers.
pub struct Memory(Cache<Key, Kept, ByBytes>);

impl Default for Memory {
    fn default() -> Self {
        Self(Cache::with_weighter(VALUES, BYTES, ByBytes))
    }
}

impl Memory {
    /// The value of an office that was kept under a key; each type of value has keys of its own.
    pub fn recall<T: Remembered>(&self, office: OfficeId, of: &str) -> Option<Arc<T>> {
        let kept = self.0.get(&(office, TypeId::of::<T>(), of.to_owned()))?;
        kept.value.downcast().ok()
    }

    /// Keeps a value of an office.
    pub fn keep<T: Remembered>(&self, office: OfficeId, of: String, value: T) -> Arc<T> {
        let (bytes, value) = (value.bytes() as u64, Arc::new(value));
        self.0.insert((office, TypeId::of::<T>(), of), Kept { value: Arc::<T>::clone(&value), bytes });
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Words(String);

    impl Remembered for Words {
        fn bytes(&self) -> usize {
            self.0.len()
        }
    }

    fn office(number: u128) -> OfficeId {
        uuid::Uuid::from_u128(number).into()
    }

    #[test]
    fn a_value_is_recalled_by_its_office_and_its_whole_key() {
        let memory = Memory::default();
        memory.keep(office(1), "1".to_owned(), Words("one".to_owned()));
        let said = |office, of| memory.recall::<Words>(office, of).map(|words| words.0.clone());
        assert_eq!(said(office(1), "1").as_deref(), Some("one"));
        assert_eq!((said(office(2), "1"), said(office(1), "2")), (None, None));
    }

    #[test]
    fn more_than_there_is_room_for_is_forgotten() {
        let memory = Memory::default();
        for number in 0..200 {
            memory.keep(office(number), String::new(), Words("x".repeat(1 << 20)));
        }
        let known = (0..200).filter(|number| memory.recall::<Words>(office(*number), "").is_some()).count();
        assert!((1..64).contains(&known), "{known}");
    }
}
