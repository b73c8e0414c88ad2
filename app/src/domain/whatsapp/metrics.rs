//! What is measured from outside: how long the oldest body has been waiting to be read.

use chrono::TimeDelta;

use super::store;
use crate::infra::{House, Outcome, PlatformTx};

/// The inbox of all offices at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inbox {
    /// How long the oldest body that waits has been waiting; zero when none waits.
    pub oldest: TimeDelta,
    /// How many wait.
    pub waiting: u64,
}

/// Looks at the inbox.
pub async fn inbox(house: &House) -> Outcome<Inbox> {
    let tx = PlatformTx::read(house).await?;
    let (oldest, waiting) = store::waiting(tx.on()).await?;
    let age = oldest.map_or(TimeDelta::zero(), |at| (tx.now() - at).max(TimeDelta::zero()));
    Ok(Inbox { oldest: age, waiting: u64::try_from(waiting).unwrap_or(0) })
}
