//! A WhatsApp of our own: Meta's Cloud API and the citizens' phones behind it, in memory.
//!
//! The demo's simulator, the practice mode and the tests drive the real client and the real webhook door
//! through it, over real sockets: it checks tokens and bodies as Meta does, signs what it sends with the
//! app's secret, sends statuses late, twice or in the wrong order when told to, and lets links expire.
//! Time and ids are handed in. Whatever is not kept in bounds is dropped, oldest first.

mod answers;
mod hooks;
mod media;
mod memory;
mod messages;
mod phone;
mod recipient;
mod server;
mod state;
#[cfg(test)]
mod tests;
mod types;
mod wire;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use loket_core::clock::{Clock, Ids, Instant};

use self::state::State;

pub use memory::Memory;
pub use server::Running;
pub use types::{
    FakeNumber, Mood, NotRegistered, PhoneContent, PhoneDirection, PhoneMessage, PhoneSent, SentCall, Ticks,
};

/// How much later statuses come in [`Mood::Late`], by the injected clock.
pub const LATE_BY: TimeDelta = TimeDelta::minutes(10);

/// How long a link to a medium lives, by the injected clock.
pub const LINK_LIFE: TimeDelta = TimeDelta::minutes(5);

/// The fake Meta. Cheap to clone: all clones are the same one.
#[derive(Clone)]
pub struct FakeGraph {
    inner: Arc<Inner>,
}

struct Inner {
    state: Mutex<State>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    http: reqwest::Client,
    /// What outlives this fake.
    memory: OnceLock<Arc<dyn Memory>>,
    /// Tells the background sender that something may be due.
    wake: tokio::sync::Notify,
    /// Held by whoever sends webhooks, so that one who waits for it knows that all are out.
    turn: tokio::sync::Mutex<()>,
}

impl std::fmt::Debug for FakeGraph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FakeGraph(…)")
    }
}

impl FakeGraph {
    /// A fake without numbers.
    ///
    /// # Errors
    /// When the HTTP client for webhooks cannot be set up.
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .user_agent("facebookexternalua")
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(10))
            .no_proxy()
            .build()?;
        let state = Mutex::new(State::default());
        let (wake, turn) = (tokio::sync::Notify::new(), tokio::sync::Mutex::new(()));
        Ok(Self { inner: Arc::new(Inner { state, clock, ids, http, memory: OnceLock::new(), wake, turn }) })
    }

    /// Where this fake is reached, for links to media: told by [`Self::start`], or by whoever mounts it.
    pub fn announce(&self, base_url: &str) {
        self.state().base_url = base_url.trim_end_matches('/').to_owned();
    }

    /// Makes a number known, or changes what is known of it; its mood stays.
    pub fn register(&self, number: FakeNumber) {
        self.state().register(number);
    }

    /// Chooses how the fake behaves towards this number from now on.
    pub fn set_mood(&self, phone_number_id: &str, mood: Mood) {
        self.state().set_mood(phone_number_id, mood);
    }

    /// How the fake behaves towards this number.
    pub fn mood(&self, phone_number_id: &str) -> Mood {
        self.state().account(phone_number_id).map_or(Mood::Normal, |account| account.mood)
    }

    /// Every call to send a message so far, accepted or refused, oldest first.
    pub fn sent_calls(&self) -> Vec<SentCall> {
        self.state().calls.iter().cloned().collect()
    }

    /// The latest calls to send from a number, newest first.
    pub fn recent_calls(&self, phone_number_id: &str, most: usize) -> Vec<SentCall> {
        let state = self.state();
        let its = state.calls.iter().rev().filter(|call| call.phone_number_id == phone_number_id);
        its.take(most).cloned().collect()
    }

    /// How many messages were accepted with this callback data: more than one is a doubled message.
    pub fn accepted_with(&self, callback_data: &str) -> usize {
        let is_it =
            |call: &&SentCall| call.accepted() && call.callback_data.as_deref() == Some(callback_data);
        self.state().calls.iter().filter(is_it).count()
    }

    /// The type and bytes of a medium, for showing it in the simulator.
    pub fn medium(&self, media_id: &str) -> Option<(String, Bytes)> {
        self.state().medium(media_id).map(|medium| (medium.mime.clone(), medium.bytes.clone()))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time by the clock that was handed in.
    pub fn now(&self) -> Instant {
        self.inner.clock.now()
    }

    fn new_wamid(&self, at: Instant) -> String {
        wire::wamid(self.inner.ids.uuid(at))
    }

    /// Meta's media ids are long numbers.
    fn new_media_id(&self, at: Instant) -> String {
        let low = self.inner.ids.uuid(at).as_u128() & 0x0fff_ffff_ffff_ffff;
        low.to_string()
    }
}
