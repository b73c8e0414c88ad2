//! Identifiers and secrets from the machine's random source.

use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};

use aws_lc_rs::rand;
use loket_core::clock::{Ids, Instant, uuid_v7};
use uuid::Uuid;

/// Counts the ids of this process, from somewhere, so that two processes do not count alike.
static MADE: LazyLock<AtomicU32> = LazyLock::new(|| {
    let mut start = [0_u8; 4];
    fill(&mut start);
    AtomicU32::new(u32::from_be_bytes(start))
});

/// Real ids: UUIDv7 with a count of 26 bits and 48 random ones. What one operation makes lies in the order in which it was
/// made, although all of it happens at one moment.
#[derive(Debug, Default, Clone, Copy)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn uuid(&self, at: Instant) -> Uuid {
        let mut random = [0_u8; 10];
        fill(&mut random);
        let made = MADE.fetch_add(1, Ordering::Relaxed) & 0x03ff_ffff;
        // Behind the time lie twelve bits and, behind the variant's two, fourteen more.
        random[..2].copy_from_slice(&low((made >> 14) & 0x0fff));
        random[2..4].copy_from_slice(&low(made & 0x3fff));
        uuid_v7(at, &random)
    }

    fn secret(&self) -> [u8; 32] {
        let mut secret = [0_u8; 32];
        fill(&mut secret);
        secret
    }
}

/// The two low bytes of a number.
const fn low(number: u32) -> [u8; 2] {
    let [_, _, high, low] = number.to_be_bytes();
    [high, low]
}

/// Fills `bytes` from the operating system's source.
///
/// # Panics
/// When the operating system has no randomness to give: nothing that follows would be safe.
#[expect(
    clippy::panic,
    reason = "without randomness every secret would be guessable; stopping is the safe answer"
)]
pub fn fill(bytes: &mut [u8]) {
    if rand::fill(bytes).is_err() {
        panic!("the operating system gave no random bytes");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_moment_lie_in_the_order_in_which_they_were_made() {
        let at = Instant::default();
        let made: Vec<Uuid> = (0..10_000).map(|_| RandomIds.uuid(at)).collect();
        let turns = made.windows(2).filter(|pair| pair[0] >= pair[1]).count();
        // The count begins anywhere, so it may begin anew once.
        assert!(turns <= 1, "{turns}");
        assert!(
            made.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122)
        );
        let tails: std::collections::BTreeSet<_> =
            made.iter().map(|id| id.as_bytes()[10..].to_vec()).collect();
        assert_eq!(tails.len(), made.len(), "the rest is random");
    }
}
