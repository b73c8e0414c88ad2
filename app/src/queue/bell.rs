//! What wakes the workers after a commit.
//!
//! Inside a process it is a counter that can be waited for. Between servers on one PostgreSQL it is
//! NOTIFY, at most one each 50 ms however many commits rang, on a connection of its own.

use std::{sync::Arc, time::Duration};

use sea_orm::{ConnectionTrait, DatabaseConnection};
use sqlx::postgres::PgListener;
use tokio::sync::{Notify, watch};

const CHANNEL: &str = "loket_queue";
const COALESCE: Duration = Duration::from_millis(50);
const RECONNECT: Duration = Duration::from_secs(2);

/// Wakes every worker of this process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Bell {
    rung: watch::Sender<u64>,
    abroad: Arc<Notify>,
}

impl Default for Bell {
    fn default() -> Self {
        Self { rung: watch::Sender::new(0), abroad: Arc::new(Notify::new()) }
    }
}

impl Bell {
    /// Says that something was queued here.
    pub fn ring(&self) {
        self.ring_here();
        self.abroad.notify_one();
    }

    fn ring_here(&self) {
        self.rung.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// A listener that wakes at the next ring after it last looked.
    pub fn listener(&self) -> watch::Receiver<u64> {
        self.rung.subscribe()
    }
}

/// Carries rings between the servers of one PostgreSQL until it is dropped.
pub async fn listen(bell: Bell, url: String, pool: DatabaseConnection) {
    tokio::join!(tell(bell.clone(), pool), hear(bell, url));
}

async fn tell(bell: Bell, pool: DatabaseConnection) {
    loop {
        bell.abroad.notified().await;
        if pool.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await.is_err() {
            tracing::warn!("the other servers could not be told; their polling will notice");
        }
        tokio::time::sleep(COALESCE).await;
    }
}

async fn hear(bell: Bell, url: String) {
    loop {
        if let Ok(mut listener) = PgListener::connect(&url).await
            && listener.listen(CHANNEL).await.is_ok()
        {
            while listener.recv().await.is_ok() {
                bell.ring_here();
            }
        }
        tokio::time::sleep(RECONNECT).await;
    }
}
