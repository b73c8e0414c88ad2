//! Identifiers and secrets from the machine's random source.

use aws_lc_rs::rand;
use loket_core::clock::{Ids, Instant, uuid_v7};
use uuid::Uuid;

/// Real ids: UUIDv7 with ten random bytes.
#[derive(Debug, Default, Clone, Copy)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn uuid(&self, at: Instant) -> Uuid {
        let mut random = [0_u8; 10];
        fill(&mut random);
        uuid_v7(at, &random)
    }

    fn secret(&self) -> [u8; 32] {
        let mut secret = [0_u8; 32];
        fill(&mut secret);
        secret
    }
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
