//! The phones of citizens.

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chrono::TimeDelta;
use loket_core::clock::Instant;
use serde_json::{Value, json};

use super::FakeGraph;
use super::hooks;
use super::state::{Kept, Medium};
use super::types::{NotRegistered, PhoneContent, PhoneDirection, PhoneMessage, PhoneSent, Ticks};
use super::wire::{self, Writer};

/// What citizens send can be fetched for seven days.
const INBOUND_LIFE: TimeDelta = TimeDelta::days(7);

impl FakeGraph {
    /// A phone sends something to a number; the webhook goes out at once, signed, over HTTP.
    ///
    /// `phone` is the digits of a `wa_id`, or a BSUID (`ID.…`) for a person who shows no number. The message
    /// opens the 24 hours whatever the callback answers.
    ///
    /// # Errors
    /// When the number is not registered.
    pub async fn phone_sends(
        &self,
        phone: &str,
        profile_name: &str,
        phone_number_id: &str,
        content: PhoneContent,
    ) -> Result<PhoneSent, NotRegistered> {
        let now = self.now();
        let number = self.state().account(phone_number_id).ok_or(NotRegistered)?.number.clone();
        let wamid = self.new_wamid(now);
        let (kind, object, media_id) = self.put_up(phone_number_id, &content, now);
        let writer = Writer { phone, profile_name };
        let body = wire::inbound(&number, &writer, (&wamid, now), (&kind, &object));
        let message = PhoneMessage {
            direction: PhoneDirection::FromPhone,
            phone_number_id: phone_number_id.to_owned(),
            wamid: wamid.clone(),
            at: now,
            text: ["body", "caption"].iter().find_map(|key| object[key].as_str()).map(str::to_owned),
            filename: object["filename"].as_str().map(str::to_owned),
            media_id,
            kind,
            ticks: Ticks::Pending,
        };
        self.keep_from_phone(phone, message);
        let mut webhook = hooks::pending(&number, &body, now);
        webhook.wamid = Some(wamid.clone());
        let http_status = self.post(&webhook).await;
        self.after(webhook, http_status);
        self.inner.wake.notify_one();
        Ok(PhoneSent { wamid, http_status })
    }

    fn keep_from_phone(&self, phone: &str, message: PhoneMessage) {
        let mut state = self.state();
        state.phone_wrote(phone, &message.phone_number_id, message.at);
        let kept = Kept { phone: phone.to_owned(), callback_data: None, template: false, message };
        self.keep(&mut state, kept);
    }

    /// The conversation of a phone with all numbers, oldest first.
    pub fn phone_messages(&self, phone: &str) -> Vec<PhoneMessage> {
        let state = self.state();
        let mut messages: Vec<PhoneMessage> = state
            .messages
            .iter()
            .filter(|kept| kept.phone == phone)
            .map(|kept| kept.message.clone())
            .collect();
        messages.sort_by_key(|message| message.at);
        messages
    }

    /// Tells the fake that a phone wrote to a number at `at` without sending a webhook: for seeded demos and
    /// for a fake that was started anew, whose memory of open windows is gone.
    pub fn recall_inbound(&self, phone: &str, phone_number_id: &str, at: Instant) {
        self.state().phone_wrote(phone, phone_number_id, at);
    }

    /// Lays a file where the office can fetch it, and says what the webhook tells of it.
    fn put_up(
        &self,
        phone_number_id: &str,
        content: &PhoneContent,
        now: Instant,
    ) -> (String, Value, Option<String>) {
        let (kind, bytes, mime, mut object) = match content {
            PhoneContent::Text(text) => return ("text".to_owned(), json!({"body": text}), None),
            PhoneContent::Other { kind, object } => return (kind.clone(), object.clone(), None),
            PhoneContent::Image { bytes, mime, caption } => ("image", bytes, mime, with_caption(caption)),
            PhoneContent::Document { bytes, mime, filename, caption } => {
                let mut object = with_caption(caption);
                object["filename"] = json!(filename);
                ("document", bytes, mime, object)
            }
        };
        let id = self.keep_file(phone_number_id, mime, bytes.clone(), now + INBOUND_LIFE);
        object["mime_type"] = json!(mime);
        object["sha256"] = json!(STANDARD.encode(digest::digest(&digest::SHA256, bytes)));
        object["id"] = json!(id);
        (kind.to_owned(), object, Some(id))
    }

    pub(super) fn keep_file(
        &self,
        phone_number_id: &str,
        mime: &str,
        bytes: Bytes,
        expires_at: Instant,
    ) -> String {
        let id = self.new_media_id(self.now());
        self.state().keep_medium(Medium {
            id: id.clone(),
            phone_number_id: phone_number_id.to_owned(),
            mime: mime.to_owned(),
            bytes,
            expires_at,
        });
        id
    }
}

fn with_caption(caption: &Option<String>) -> Value {
    caption.as_ref().map_or_else(|| json!({}), |caption| json!({"caption": caption}))
}
