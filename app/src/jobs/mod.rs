//! The work behind the pages: what is fetched from and sent to the outside, and what follows from events.
//!
//! A job calls use cases and speaks to the outside between them; it holds no transaction while it waits
//! for an answer. Every handler may run twice.

mod ingest;
mod media;
mod reconcile;
mod send;
#[cfg(test)]
mod tests;

use chrono::TimeDelta;

use crate::{
    domain::whatsapp::{media::FETCH_MEDIA, quarantine::RETRY_DELIVERY, reconcile::RECONCILE, sending::SEND},
    infra::{House, files::FileStore, graph::GraphClient},
    queue::{Registry, Schedule},
};

pub use ingest::IngestWorker;
pub use reconcile::ReconcileJob;

/// What jobs reach outside of the database.
#[derive(Clone)]
pub struct Outside {
    /// WhatsApp.
    pub graph: GraphClient,
    /// The offices' files.
    pub files: FileStore,
}

/// Adds WhatsApp's jobs.
#[must_use]
pub fn whatsapp(registry: Registry, house: &House, outside: &Outside) -> Registry {
    registry
        .with(SEND, send::SendJob { house: house.clone(), outside: outside.clone() })
        .with(FETCH_MEDIA, media::FetchJob { house: house.clone(), outside: outside.clone() })
        .with(RECONCILE, ReconcileJob::new(house.clone()))
        .with(RETRY_DELIVERY, ingest::RetryJob { house: house.clone() })
}

/// What WhatsApp does regularly.
pub fn whatsapp_schedules() -> Vec<Schedule> {
    vec![Schedule { name: RECONCILE, every: TimeDelta::seconds(30) }]
}
