//! What the fake remembers, within bounds.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use chrono::TimeDelta;
use loket_core::clock::Instant;

use super::types::{FakeNumber, Mood, PhoneDirection, PhoneMessage, SentCall, Ticks};

const MAX_ENTRIES: usize = 10_000;
const MAX_MEDIA_BYTES: usize = 200 * 1024 * 1024;

/// The customer-service window: 24 hours from the citizen's last message.
pub(super) const WINDOW: TimeDelta = TimeDelta::hours(24);

#[derive(Default)]
pub(super) struct State {
    pub(super) base_url: String,
    accounts: BTreeMap<String, Account>,
    pub(super) messages: VecDeque<Kept>,
    media: VecDeque<Medium>,
    media_bytes: usize,
    links: VecDeque<Link>,
    pub(super) calls: VecDeque<SentCall>,
    pub(super) pending: VecDeque<Pending>,
    /// When each phone last wrote to each number.
    written: BTreeMap<(String, String), Instant>,
}

#[derive(Clone)]
pub(super) struct Account {
    pub(super) number: FakeNumber,
    pub(super) mood: Mood,
}

/// A message with what only the fake needs to know of it.
pub(super) struct Kept {
    /// The phone: its digits, or its BSUID where it has no number for us.
    pub(super) phone: String,
    pub(super) callback_data: Option<String>,
    pub(super) template: bool,
    pub(super) message: PhoneMessage,
}

pub(super) struct Medium {
    pub(super) id: String,
    pub(super) phone_number_id: String,
    pub(super) mime: String,
    pub(super) bytes: Bytes,
    pub(super) expires_at: Instant,
}

struct Link {
    id: String,
    media_id: String,
    expires_at: Instant,
}

/// A webhook to send.
pub(super) struct Pending {
    pub(super) due: Instant,
    pub(super) attempt: usize,
    pub(super) callback_url: String,
    pub(super) app_secret: String,
    pub(super) body: Bytes,
    /// The message of a phone that this carries: it gets its second tick when the callback answers 200.
    pub(super) wamid: Option<String>,
}

fn push_bounded<T>(queue: &mut VecDeque<T>, item: T) {
    if queue.len() >= MAX_ENTRIES {
        queue.pop_front();
    }
    queue.push_back(item);
}

impl State {
    pub(super) fn register(&mut self, number: FakeNumber) {
        let id = number.phone_number_id.clone();
        let mood = self.accounts.get(&id).map_or(Mood::Normal, |account| account.mood);
        self.accounts.insert(id, Account { number, mood });
    }

    pub(super) fn set_mood(&mut self, phone_number_id: &str, mood: Mood) {
        if let Some(account) = self.accounts.get_mut(phone_number_id) {
            account.mood = mood;
        }
    }

    pub(super) fn account(&self, phone_number_id: &str) -> Option<&Account> {
        self.accounts.get(phone_number_id)
    }

    /// The number, if `token` may act for it.
    pub(super) fn admitted(&self, phone_number_id: &str, token: Option<&str>) -> bool {
        self.accounts.get(phone_number_id).is_some_and(|account| Some(account.number.token.as_str()) == token)
    }

    /// Whether any number has this token.
    pub(super) fn knows_token(&self, token: Option<&str>) -> bool {
        token.is_some_and(|token| self.accounts.values().any(|account| account.number.token == token))
    }

    pub(super) fn keep_message(&mut self, kept: Kept) {
        push_bounded(&mut self.messages, kept);
    }

    pub(super) fn keep_call(&mut self, call: SentCall) {
        push_bounded(&mut self.calls, call);
    }

    pub(super) fn keep_pending(&mut self, pending: Pending) {
        push_bounded(&mut self.pending, pending);
    }

    /// Takes out what is due, in order of due time.
    pub(super) fn take_due(&mut self, now: Instant) -> Vec<Pending> {
        let (due, later): (VecDeque<_>, VecDeque<_>) =
            std::mem::take(&mut self.pending).into_iter().partition(|pending| pending.due <= now);
        self.pending = later;
        let mut due = Vec::from(due);
        due.sort_by_key(|pending| pending.due);
        due
    }

    pub(super) fn keep_medium(&mut self, medium: Medium) {
        self.media_bytes += medium.bytes.len();
        self.media.push_back(medium);
        while self.media.len() > MAX_ENTRIES || (self.media_bytes > MAX_MEDIA_BYTES && self.media.len() > 1) {
            let Some(oldest) = self.media.pop_front() else { break };
            self.media_bytes -= oldest.bytes.len();
        }
    }

    pub(super) fn medium(&self, id: &str) -> Option<&Medium> {
        self.media.iter().find(|medium| medium.id == id)
    }

    pub(super) fn drop_medium(&mut self, id: &str) {
        self.media.retain(|medium| medium.id != id);
        self.media_bytes = self.media.iter().map(|medium| medium.bytes.len()).sum();
    }

    pub(super) fn keep_link(&mut self, id: String, media_id: &str, expires_at: Instant) {
        push_bounded(&mut self.links, Link { id, media_id: media_id.to_owned(), expires_at });
    }

    /// The medium behind a link that still lives.
    pub(super) fn behind_link(&self, id: &str, now: Instant) -> Option<&Medium> {
        let link = self.links.iter().find(|link| link.id == id && now < link.expires_at)?;
        self.medium(&link.media_id).filter(|medium| now < medium.expires_at)
    }

    pub(super) fn phone_wrote(&mut self, phone: &str, phone_number_id: &str, at: Instant) {
        if self.written.len() >= MAX_ENTRIES {
            self.written.retain(|_, written| *written + WINDOW > at);
        }
        let last = self.written.entry((phone_number_id.to_owned(), phone.to_owned())).or_insert(at);
        *last = at.max(*last);
    }

    pub(super) fn window_is_open(&self, phone: &str, phone_number_id: &str, now: Instant) -> bool {
        let written = self.written.get(&(phone_number_id.to_owned(), phone.to_owned()));
        written.is_some_and(|written| now < *written + WINDOW)
    }

    /// Gives a message of a phone more ticks, never fewer.
    pub(super) fn tick(&mut self, wamid: &str, ticks: Ticks) {
        for kept in self.messages.iter_mut().filter(|kept| kept.message.wamid == wamid) {
            kept.message.ticks = kept.message.ticks.max(ticks);
        }
    }

    /// The office has read this message and, as with Meta, all earlier ones of the same phone.
    pub(super) fn office_read(&mut self, phone_number_id: &str, wamid: &str) -> bool {
        let from_phone = |kept: &Kept| kept.message.direction == PhoneDirection::FromPhone;
        let found = self.messages.iter().find(|kept| from_phone(kept) && kept.message.wamid == wamid);
        let Some((phone, at)) = found.map(|kept| (kept.phone.clone(), kept.message.at)) else { return false };
        for kept in self.messages.iter_mut().filter(|kept| from_phone(kept) && kept.phone == phone) {
            if kept.message.phone_number_id == phone_number_id && kept.message.at <= at {
                kept.message.ticks = Ticks::Read;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn medium(id: usize, length: usize) -> Medium {
        Medium {
            id: id.to_string(),
            phone_number_id: "1".into(),
            mime: "image/jpeg".into(),
            bytes: Bytes::from(vec![0; length]),
            expires_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn media_stay_within_their_bounds_and_the_oldest_go_first() {
        let mut state = State::default();
        for id in 0..5 {
            state.keep_medium(medium(id, 60 * 1024 * 1024));
        }
        assert!(state.medium("1").is_none() && state.medium("2").is_some());
        assert_eq!(state.media_bytes, 180 * 1024 * 1024);
        state.drop_medium("2");
        assert_eq!(state.media_bytes, 120 * 1024 * 1024);
        for id in 10..MAX_ENTRIES + 20 {
            state.keep_medium(medium(id, 0));
        }
        assert_eq!(state.media.len(), MAX_ENTRIES);
    }
}
