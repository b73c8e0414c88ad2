//! The webhook's door: a body is checked, stored, and only then acknowledged.
//!
//! Meta waits a few hundred milliseconds and has no way to ask for what was lost after a 200. So the way
//! from the bytes to the 200 is one lookup in memory, one HMAC and one autocommitted INSERT; whatever the
//! body says is read later, by [`super::ingest`].

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use aws_lc_rs::digest;
use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{DeliveryId, OfficeId},
    kinds::DeliveryStage,
};
use loket_entity::{sealed::Sealed, wa_app, webhook_delivery};
use sea_orm::ActiveValue::Set;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{places, store};
use crate::infra::{House, Outcome, PlatformTx, graph::signature, seal::OfficeKeys};

/// How old what the door remembers of an app may be: a secret taken back is dead after this.
const STALE: TimeDelta = TimeDelta::seconds(5);
/// So many bodies at once are a rush and not the day's trickle.
const CROWD: usize = 4;
/// How many paths are remembered, known or not: strangers may try any.
const MOST_REMEMBERED: usize = 4096;
const PATH_KEY: usize = 32;

/// A body that may be acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// It was stored.
    Stored,
    /// The same bytes had been stored before.
    Repeated,
}

/// A body, or a handshake, that may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DoorRefusal {
    /// There is no app at this path.
    #[error("no app at this path")]
    Unknown,
    /// Not signed with the secret of the app at this path, or not its token.
    #[error("not signed by the app at this path")]
    BadSignature,
    /// It could not be stored: Meta must send it again.
    #[error("the body could not be stored")]
    CannotStore,
}

/// What is remembered of an app.
struct App {
    office: OfficeId,
    keys: Arc<OfficeKeys>,
    secrets: Vec<Zeroizing<String>>,
    verify_token: Zeroizing<String>,
}

#[derive(Clone)]
struct Remembered {
    app: Option<Arc<App>>,
    since: Instant,
}

/// The door. One for the process; cheap to share behind an `Arc`.
pub struct Door {
    house: House,
    remembered: RwLock<HashMap<String, Remembered>>,
    /// One question at a time: a burst after the memory went stale asks the database once.
    asking: tokio::sync::Mutex<()>,
    stored: AtomicU64,
    storing: AtomicUsize,
}

/// Counts one body while it is being stored, also when its sender hangs up meanwhile.
struct InStore<'d>(&'d AtomicUsize);

impl<'d> InStore<'d> {
    fn enter(storing: &'d AtomicUsize) -> Self {
        storing.fetch_add(1, Ordering::Relaxed);
        Self(storing)
    }
}

impl Drop for InStore<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Door")
    }
}

impl Door {
    /// The door of a house.
    pub fn new(house: House) -> Self {
        Self {
            house,
            remembered: RwLock::default(),
            asking: tokio::sync::Mutex::default(),
            stored: AtomicU64::new(0),
            storing: AtomicUsize::new(0),
        }
    }

    /// Whether there is an app at this path: asked before a body is taken in.
    ///
    /// # Errors
    /// [`DoorRefusal::Unknown`], or [`DoorRefusal::CannotStore`] when the database cannot tell.
    pub async fn knows(&self, path_key: &str) -> Result<(), DoorRefusal> {
        self.app(path_key).await.map(|_| ())
    }

    /// Answers Meta's handshake: the challenge may go back.
    ///
    /// # Errors
    /// As [`Self::knows`]; [`DoorRefusal::BadSignature`] for another mode or token.
    pub async fn verify_handshake(&self, path_key: &str, mode: &str, token: &str) -> Result<(), DoorRefusal> {
        let app = self.app(path_key).await?;
        let same: bool = app.verify_token.as_bytes().ct_eq(token.as_bytes()).into();
        let fine = mode == "subscribe" && same && !app.verify_token.is_empty();
        if fine { Ok(()) } else { Err(DoorRefusal::BadSignature) }
    }

    /// Takes a body in: afterwards it may be acknowledged.
    ///
    /// # Errors
    /// As [`Self::knows`]; [`DoorRefusal::BadSignature`] before anything is stored.
    pub async fn accept(
        &self,
        path_key: &str,
        signed: Option<&str>,
        body: &[u8],
    ) -> Result<Accepted, DoorRefusal> {
        let app = self.app(path_key).await?;
        let secrets: Vec<&[u8]> = app.secrets.iter().map(|secret| secret.as_bytes()).collect();
        if !signature::verifies(&secrets, body, signed) {
            return Err(DoorRefusal::BadSignature);
        }
        let _one_of_the_crowd = InStore::enter(&self.storing);
        let stored = self.store(&app, path_key, body).await.map_err(|fault| {
            tracing::warn!(fault = %fault, office = %app.office, "a webhook body could not be stored");
            DoorRefusal::CannotStore
        })?;
        if stored {
            self.stored.fetch_add(1, Ordering::Relaxed);
            self.house.bus.ring();
        }
        Ok(if stored { Accepted::Stored } else { Accepted::Repeated })
    }

    /// Whether several bodies are being stored at this moment: whoever can wait should give way to them.
    pub fn is_crowded(&self) -> bool {
        self.storing.load(Ordering::Relaxed) >= CROWD
    }

    /// How many bodies became rows through this door since the process began; repeated ones do not.
    pub fn stored(&self) -> u64 {
        self.stored.load(Ordering::Relaxed)
    }

    async fn store(&self, app: &App, path_key: &str, body: &[u8]) -> Outcome<bool> {
        let now = self.house.clock.now();
        let id = DeliveryId(self.house.ids.uuid(now));
        let row = webhook_delivery::ActiveModel {
            id: Set(id),
            office_id: Set(app.office),
            path_key: Set(path_key.to_owned()),
            body_hash: Set(digest::digest(&digest::SHA256, body).as_ref().to_vec()),
            body: Set(Sealed::from_bytes(app.keys.seal_bytes(body, places::BODY.of(id.0))?)),
            state: Set(DeliveryStage::Waiting),
            received_at: Set(now),
            due_at: Set(now),
            lease_until: Set(None),
            attempts: Set(0),
        };
        store::keep_body(self.house.databases.door(), row).await
    }

    async fn app(&self, path_key: &str) -> Result<Arc<App>, DoorRefusal> {
        let plain = path_key.len() == PATH_KEY && path_key.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !plain {
            return Err(DoorRefusal::Unknown);
        }
        let known = match self.recall(path_key) {
            Some(known) => known,
            None => {
                let _turn = self.asking.lock().await;
                match self.recall(path_key) {
                    Some(known) => known,
                    None => self.ask(path_key).await?,
                }
            }
        };
        known.ok_or(DoorRefusal::Unknown)
    }

    fn recall(&self, path_key: &str) -> Option<Option<Arc<App>>> {
        let now = self.house.clock.now();
        let remembered = self.remembered.read().unwrap_or_else(PoisonError::into_inner);
        let fresh = |known: &&Remembered| now >= known.since && now - known.since < STALE;
        remembered.get(path_key).filter(fresh).map(|known| known.app.clone())
    }

    async fn ask(&self, path_key: &str) -> Result<Option<Arc<App>>, DoorRefusal> {
        let since = self.house.clock.now();
        let app = self.load(path_key).await.map_err(|fault| {
            tracing::warn!(fault = %fault, "the door could not look up an app");
            DoorRefusal::CannotStore
        })?;
        let mut remembered = self.remembered.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MOST_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(path_key.to_owned(), Remembered { app: app.clone(), since });
        Ok(app)
    }

    async fn load(&self, path_key: &str) -> Outcome<Option<Arc<App>>> {
        let tx = PlatformTx::read(&self.house).await?;
        let Some(row) = store::app_at(tx.on(), path_key).await? else { return Ok(None) };
        drop(tx);
        let keys = self.house.keys(row.office_id).await?;
        open(&row, keys).map(|app| Some(Arc::new(app)))
    }
}

fn open(row: &wa_app::Model, keys: Arc<OfficeKeys>) -> Outcome<App> {
    let id = row.id.0;
    let mut secrets = vec![Zeroizing::new(keys.open(&row.app_secret, places::APP_SECRET.of(id))?)];
    if let Some(old) = &row.old_app_secret {
        secrets.push(Zeroizing::new(keys.open(old, places::OLD_APP_SECRET.of(id))?));
    }
    let verify_token = Zeroizing::new(keys.open(&row.verify_token, places::VERIFY_TOKEN.of(id))?);
    Ok(App { office: row.office_id, keys, secrets, verify_token })
}
