//! What the fake is told and what it tells. `Debug` shows neither secrets nor words of people.

use std::fmt;

use bytes::Bytes;
use loket_core::clock::Instant;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A number of an office, as Meta knows it.
#[derive(Clone)]
pub struct FakeNumber {
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// The account it belongs to.
    pub waba_id: String,
    /// The number as digits, without `+`.
    pub display_phone_number: String,
    /// The token that may send from it.
    pub token: String,
    /// The secret its webhooks are signed with.
    pub app_secret: String,
    /// Where its webhooks go.
    pub callback_url: String,
}

impl fmt::Debug for FakeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeNumber").field("phone_number_id", &self.phone_number_id).finish_non_exhaustive()
    }
}

/// How the fake behaves towards one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mood {
    /// Accepts, then says `sent` and `delivered`.
    #[default]
    Normal,
    /// The same, but the statuses come [`super::LATE_BY`] later.
    Late,
    /// Every status comes twice.
    Doubled,
    /// `delivered` and `read` come before `sent`.
    OutOfOrder,
    /// Refuses with this code.
    Fail(i64),
    /// Accepts, then says `failed` with this code.
    FailLater(i64),
    /// Accepts, delivers and says so, but the answer to the call never comes.
    TimeoutAfterAccept,
    /// Refuses whatever is no template with 131047, whenever the citizen last wrote.
    WindowClosed,
    /// Answers after three seconds.
    Slow,
}

/// No such number was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nomor ini tidak terdaftar pada peniru WhatsApp")]
pub struct NotRegistered;

/// What a phone sends.
#[derive(Clone)]
pub enum PhoneContent {
    /// Words.
    Text(String),
    /// A photo.
    Image {
        /// The file.
        bytes: Bytes,
        /// Its type.
        mime: String,
        /// Words under it.
        caption: Option<String>,
    },
    /// A file.
    Document {
        /// The file.
        bytes: Bytes,
        /// Its type.
        mime: String,
        /// Its name on the phone.
        filename: String,
        /// Words under it.
        caption: Option<String>,
    },
    /// Any other kind: the word in `type` and the object under that word.
    Other {
        /// Meta's word: `location`, `audio`, `reaction`, ...
        kind: String,
        /// What lies under it.
        object: Value,
    },
}

/// What became of a message from a phone.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneSent {
    /// Its id.
    pub wamid: String,
    /// What the callback answered to the first attempt; `None` when it did not answer. Anything but 200 is
    /// tried again.
    pub http_status: Option<u16>,
}

impl fmt::Debug for PhoneSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PhoneSent").field("http_status", &self.http_status).finish_non_exhaustive()
    }
}

/// Which way a message of a phone went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PhoneDirection {
    /// The citizen wrote it.
    FromPhone,
    /// The office wrote it.
    ToPhone,
}

/// How far a message has come, as the phone shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Ticks {
    /// One tick: the office's side has not taken it over.
    Pending,
    /// Two ticks.
    Delivered,
    /// Two blue ticks.
    Read,
}

/// A message as a phone shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneMessage {
    /// Which way it went.
    pub direction: PhoneDirection,
    /// The office's number at the other end.
    pub phone_number_id: String,
    /// Its id.
    pub wamid: String,
    /// When.
    pub at: Instant,
    /// Meta's word for its kind.
    pub kind: String,
    /// Its words, or the caption, or a template's name and fields.
    pub text: Option<String>,
    /// The file's name.
    pub filename: Option<String>,
    /// For [`super::FakeGraph::medium`].
    pub media_id: Option<String>,
    /// How far it has come.
    pub ticks: Ticks,
}

impl fmt::Debug for PhoneMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PhoneMessage")
            .field("direction", &self.direction)
            .field("at", &self.at)
            .field("kind", &self.kind)
            .field("ticks", &self.ticks)
            .finish_non_exhaustive()
    }
}

/// One call to send a message.
#[derive(Clone, PartialEq)]
pub struct SentCall {
    /// When it came.
    pub at: Instant,
    /// From which number.
    pub phone_number_id: String,
    /// To whom: what stood in `to` or `recipient`.
    pub to: String,
    /// Meta's word for its kind.
    pub kind: String,
    /// What is to come back in statuses.
    pub callback_data: Option<String>,
    /// The id it got; `None` when it was refused.
    pub wamid: Option<String>,
    /// Why it was refused.
    pub code: Option<i64>,
    /// The whole body.
    pub body: Value,
}

impl SentCall {
    /// Whether it got an id.
    pub const fn accepted(&self) -> bool {
        self.wamid.is_some()
    }
}

impl fmt::Debug for SentCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentCall")
            .field("at", &self.at)
            .field("kind", &self.kind)
            .field("callback_data", &self.callback_data)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}
