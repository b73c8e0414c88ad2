//! Webhooks: planned by mood, signed, sent when due, tried again as Meta does.

use chrono::TimeDelta;
use loket_core::clock::Instant;
use serde_json::Value;

use super::state::{Account, Kept, Pending, State};
use super::types::{FakeNumber, Mood, NotRegistered, PhoneDirection, Ticks};
use super::wire::{self, StatusNews};
use super::{FakeGraph, LATE_BY};
use crate::infra::graph::signature;

/// Meta tries again at once, then ever more rarely; the fake gives up after these.
const RETRY_AFTER: [TimeDelta; 5] = [
    TimeDelta::zero(),
    TimeDelta::seconds(30),
    TimeDelta::minutes(5),
    TimeDelta::hours(1),
    TimeDelta::hours(6),
];

impl FakeGraph {
    /// Plans what the callback hears of a message that was accepted; `fate` is the code it fails with.
    pub(super) fn plan_statuses(
        &self,
        state: &mut State,
        account: &Account,
        kept: &Kept,
        fate: Result<(), i64>,
    ) {
        let words: &[&str] = match (fate, account.mood) {
            (Err(_), Mood::Doubled) => &["failed", "failed"],
            (Err(_), _) => &["failed"],
            (Ok(()), Mood::Doubled) => &["sent", "sent", "delivered", "delivered"],
            (Ok(()), Mood::OutOfOrder) => &["delivered", "read", "sent"],
            (Ok(()), _) => &["sent", "delivered"],
        };
        for word in words {
            plan(state, account, kept, (word, fate.err()), kept.message.at);
        }
    }

    /// The citizen opens the chat with every number: what was delivered is now read, and the offices hear so.
    pub fn phone_reads(&self, phone: &str) {
        self.mark_read_by_phone(phone, |_| true);
    }

    /// The citizen opens the chat with one number.
    pub fn phone_reads_chat(&self, phone: &str, phone_number_id: &str) {
        self.mark_read_by_phone(phone, |number| number == phone_number_id);
    }

    fn mark_read_by_phone(&self, phone: &str, opened: impl Fn(&str) -> bool) {
        let now = self.now();
        let mut state = self.state();
        let mut messages = std::mem::take(&mut state.messages);
        let mine = |kept: &&mut Kept| kept.phone == phone && opened(&kept.message.phone_number_id);
        for kept in messages.iter_mut().filter(mine) {
            let unread = kept.message.ticks < Ticks::Read;
            if kept.message.direction != PhoneDirection::ToPhone || !unread {
                continue;
            }
            kept.message.ticks = Ticks::Read;
            if let Some(account) = state.account(&kept.message.phone_number_id).cloned() {
                plan(&mut state, &account, kept, ("read", None), now);
            }
        }
        state.messages = messages;
        drop(state);
        self.inner.wake.notify_one();
    }

    /// Sends every webhook that is due and returns how many were answered with 200.
    ///
    /// Waits for a sender that is already at it, so that afterwards all that was due is out.
    pub async fn deliver_due(&self) -> usize {
        let _turn = self.inner.turn.lock().await;
        let mut taken = 0;
        loop {
            let due = self.state().take_due(self.now());
            if due.is_empty() {
                return taken;
            }
            for pending in due {
                let status = self.post(&pending).await;
                taken += usize::from(status == Some(200));
                self.after(pending, status);
            }
        }
    }

    /// Sends webhooks as they fall due, for as long as it is polled.
    pub async fn deliver_forever(&self) {
        loop {
            self.deliver_due().await;
            // The injected clock may be moved without anybody telling: hence the short nap.
            let nap = std::time::Duration::from_millis(100);
            let _ = tokio::time::timeout(nap, self.inner.wake.notified()).await;
        }
    }

    /// How many webhooks wait to be sent, due or not.
    pub fn webhooks_waiting(&self) -> usize {
        self.state().pending.len()
    }

    /// Signs any body with this number's secret and posts it to its callback, once. Returns the answer's status.
    ///
    /// # Errors
    /// When the number is not registered.
    pub async fn post_webhook(
        &self,
        phone_number_id: &str,
        body: &Value,
    ) -> Result<Option<u16>, NotRegistered> {
        let account = self.state().account(phone_number_id).cloned().ok_or(NotRegistered)?;
        Ok(self.post(&pending(&account.number, body, self.now())).await)
    }

    /// Does what Meta's dashboard does when a callback is entered, and says whether the challenge came back.
    ///
    /// # Errors
    /// When the number is not registered.
    pub async fn verify_callback(
        &self,
        phone_number_id: &str,
        verify_token: &str,
    ) -> Result<bool, NotRegistered> {
        let account = self.state().account(phone_number_id).cloned().ok_or(NotRegistered)?;
        let challenge = self.new_media_id(self.now());
        let query =
            [("hub.mode", "subscribe"), ("hub.challenge", &challenge), ("hub.verify_token", verify_token)];
        let Ok(mut url) = reqwest::Url::parse(&account.number.callback_url) else { return Ok(false) };
        url.query_pairs_mut().extend_pairs(query);
        let Ok(answer) = self.inner.http.get(url).send().await else { return Ok(false) };
        let fine = answer.status().as_u16() == 200;
        Ok(fine && answer.text().await.is_ok_and(|text| text == challenge))
    }

    pub(super) async fn post(&self, pending: &Pending) -> Option<u16> {
        let signature = signature::sign(&pending.app_secret, &pending.body);
        let request = self.inner.http.post(&pending.callback_url).header(signature::HEADER, signature);
        let request = request.header("Content-Type", "application/json").body(pending.body.clone());
        request.send().await.ok().map(|answer| answer.status().as_u16())
    }

    /// Keeps the tick, or the webhook for another try.
    pub(super) fn after(&self, mut pending: Pending, status: Option<u16>) {
        let now = self.now();
        let mut state = self.state();
        if status == Some(200) {
            if let Some(wamid) = &pending.wamid {
                state.tick(wamid, Ticks::Delivered);
            }
            return;
        }
        if let Some(wait) = RETRY_AFTER.get(pending.attempt) {
            pending.attempt += 1;
            pending.due = now + *wait;
            state.keep_pending(pending);
        }
    }
}

fn plan(state: &mut State, account: &Account, kept: &Kept, (word, code): (&str, Option<i64>), at: Instant) {
    let news = StatusNews {
        wamid: &kept.message.wamid,
        phone: &kept.phone,
        callback_data: kept.callback_data.as_deref(),
        template: kept.template,
    };
    let body = match code {
        Some(code) => wire::failed(&account.number, &news, code, at),
        None => wire::status(&account.number, &news, word, at),
    };
    let wait = if account.mood == Mood::Late { LATE_BY } else { TimeDelta::zero() };
    state.keep_pending(pending(&account.number, &body, at + wait));
}

/// A webhook of this number, for its first try.
pub(super) fn pending(number: &FakeNumber, body: &Value, due: Instant) -> Pending {
    Pending {
        due,
        attempt: 0,
        callback_url: number.callback_url.clone(),
        app_secret: number.app_secret.clone(),
        body: wire::escaped(body),
        wamid: None,
    }
}
