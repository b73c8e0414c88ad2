//! What outlives the fake: a journal of what phones sent and received, and what the office knows of windows.
//!
//! The fake is in memory; the demo and the kill tests stop it at any moment and ask afterwards what the
//! phones show. Whoever starts the fake may hand in a [`Memory`] that keeps the lines (sealed, where they
//! lie on a disk) and gives them back at the next start.

use std::sync::Arc;

use async_trait::async_trait;
use loket_core::clock::Instant;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::FakeGraph;
use super::recipient::Addressee;
use super::state::{Kept, State};
use super::types::{PhoneDirection, PhoneMessage, Ticks};

/// Where the fake's memory goes when it stops.
#[async_trait]
pub trait Memory: Send + Sync {
    /// Keeps one line. When this returns, killing the process does not lose it.
    fn keep(&self, line: &[u8]);

    /// When this phone last wrote to this number as far as the office knows: some messages reach its
    /// webhook without going through the fake, and windows stay open while the fake is down.
    async fn last_written(&self, phone: &str, phone_number_id: &str) -> Option<Instant>;
}

/// A message of a phone, or, without one: from here on the phone is empty.
#[derive(Serialize)]
struct Line<'a> {
    phone: &'a str,
    message: Option<&'a PhoneMessage>,
}

#[derive(Deserialize)]
struct OwnedLine {
    phone: String,
    message: Option<PhoneMessage>,
}

impl FakeGraph {
    /// Hands in the memory, once; a second one is ignored.
    pub fn remember_in(&self, memory: Arc<dyn Memory>) {
        let _ = self.inner.memory.set(memory);
    }

    /// Takes back a line that [`Memory::keep`] was given. Returns whether it was one.
    pub fn recall(&self, line: &[u8]) -> bool {
        let Ok(OwnedLine { phone, message }) = serde_json::from_slice(line) else { return false };
        let Some(mut message) = message else {
            self.state().messages.retain(|kept| kept.phone != phone);
            return true;
        };
        // Later ticks are not written down, and by now the callback has everything that it will get.
        message.ticks = message.ticks.max(Ticks::Delivered);
        let mut state = self.state();
        if message.direction == PhoneDirection::FromPhone {
            state.phone_wrote(&phone, &message.phone_number_id, message.at);
        }
        state.keep_message(Kept { phone, callback_data: None, template: false, message });
        true
    }

    /// The citizen empties the chats of a phone. What was sent stays where it was sent.
    pub fn phone_forgets(&self, phone: &str) {
        self.write_down(&Line { phone, message: None });
        self.state().messages.retain(|kept| kept.phone != phone);
    }

    pub(super) fn keep(&self, state: &mut State, kept: Kept) {
        self.write_down(&Line { phone: &kept.phone, message: Some(&kept.message) });
        state.keep_message(kept);
    }

    fn write_down(&self, line: &Line<'_>) {
        if let Some(memory) = self.inner.memory.get()
            && let Ok(line) = serde_json::to_vec(line)
        {
            memory.keep(&line);
        }
    }

    /// Before a call is judged: asks the memory for a window that the fake itself knows nothing of.
    pub(super) async fn ask_for_window(&self, phone_number_id: &str, body: &[u8]) {
        let Some(memory) = self.inner.memory.get() else { return };
        let Ok(body) = serde_json::from_slice::<Value>(body) else { return };
        let Some(who) = Addressee::of(&body) else { return };
        if self.state().window_is_open(&who.phone, phone_number_id, self.now()) {
            return;
        }
        if let Some(at) = memory.last_written(&who.phone, phone_number_id).await {
            self.recall_inbound(&who.phone, phone_number_id, at);
        }
    }
}
