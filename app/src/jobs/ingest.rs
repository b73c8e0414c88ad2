//! The worker that reads the inbox of webhook bodies.
//!
//! It is no job: a body is durable in a table of its own, and acknowledging it must not wait for a queue.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures_util::{StreamExt, stream};
use loket_core::id::OfficeId;
use tokio::{sync::watch, time::Instant};

use crate::{
    domain::whatsapp::{
        Door,
        ingest::{self, Leased},
        quarantine::{self, RETRY_DELIVERY, RetryDelivery},
    },
    infra::{House, Outcome},
    queue::{Handler, JobError, Ticket},
};

/// How soon the inbox is looked at when nobody rang.
const POLL: Duration = Duration::from_secs(1);
/// How many offices are read side by side: each in its own order, none behind another.
const SIDE_BY_SIDE: usize = 4;
/// While the door is crowded the reader rests this many times as long as it read: Meta waits at the door for
/// milliseconds, and nobody waits for the reader before the rush is over.
const REST: u32 = 9;
const LONGEST_REST: Duration = Duration::from_secs(1);

/// Reads what the door stored.
#[derive(Clone)]
pub struct IngestWorker {
    house: House,
    door: Arc<Door>,
}

impl IngestWorker {
    /// The reader of a house, who gives way to its door.
    pub fn new(house: House, door: Arc<Door>) -> Self {
        Self { house, door }
    }

    /// Reads until `stop` turns true, then finishes the round it is in.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut bell = self.house.bus.listener();
        while !*stop.borrow() {
            bell.mark_unchanged();
            let begun = Instant::now();
            match self.round().await {
                Ok(0) => {
                    tokio::select! {
                        _ = bell.changed() => {}
                        _ = stop.changed() => {}
                        () = tokio::time::sleep(POLL) => {}
                    }
                }
                Ok(_) if self.door.is_crowded() => {
                    tokio::time::sleep((begun.elapsed() * REST).min(LONGEST_REST)).await;
                }
                Ok(_) => {}
                Err(fault) => {
                    tracing::warn!(fault = %fault, "the inbox could not be read");
                    tokio::time::sleep(POLL / 2).await;
                }
            }
        }
    }

    /// Reads everything that is due now; says how many bodies. For tests.
    pub async fn run_due(&self) -> Outcome<usize> {
        let mut count = 0;
        loop {
            match self.round().await? {
                0 => return Ok(count),
                read => count += read,
            }
        }
    }

    /// One turn of every office that has something.
    async fn round(&self) -> Outcome<usize> {
        let leased = ingest::lease(&self.house).await?;
        let count = leased.len();
        let mut offices: HashMap<OfficeId, Vec<Leased>> = HashMap::new();
        for one in leased {
            offices.entry(one.office()).or_default().push(one);
        }
        let turns = offices.into_values().map(|bodies| self.turn(bodies));
        stream::iter(turns).for_each_concurrent(SIDE_BY_SIDE, |turn| turn).await;
        Ok(count)
    }

    /// One office's bodies, one after another.
    async fn turn(&self, bodies: Vec<Leased>) {
        for body in bodies {
            if let Err(fault) = ingest::process(&self.house, body).await {
                // Its lease runs out and it is read again.
                tracing::warn!(fault = %fault, "a webhook body could not be finished");
            }
        }
    }
}

/// The kind of [`Retry`].
pub const RETRY: &str = RETRY_DELIVERY;

/// Gives a body that was set aside back to the readers.
pub struct Retry(pub House);

#[async_trait::async_trait]
impl Handler for Retry {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let RetryDelivery { delivery_id } = ticket.payload()?;
        Ok(quarantine::reopen(&self.0, ticket.office, delivery_id).await?)
    }
}
