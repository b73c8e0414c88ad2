//! The items of a webhook body as types. Their `Debug` names shapes, never persons or words.

use std::fmt;

use serde_json::Value;

use super::{MessageKind, StatusWord};
use crate::clock::Instant;

/// One thing a webhook body tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where in the body it stood: `e0.c1.m3` (entry, change, then `m`essage, `s`tatus or `x` for errors).
    /// The same bytes give the same positions, so that progress can be kept per item.
    pub position: String,
    /// The WhatsApp business account, where the entry names one.
    pub waba_id: Option<String>,
    /// The number it came to, as Meta's id of it: what routing goes by.
    pub phone_number_id: Option<String>,
    /// What is told.
    pub content: Content,
}

/// What an item is about.
#[derive(Clone, PartialEq)]
pub enum Content {
    /// A citizen wrote.
    Message(Inbound),
    /// A message of ours went a step further.
    Status(StatusUpdate),
    /// Account, number, template or other news; kept whole.
    Notice {
        /// Meta's name of the subscription.
        field: String,
        /// All of it.
        value: Value,
    },
    /// Meta reports errors of the account, the app or the system.
    Errors(Vec<GraphError>),
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(inbound) => f.debug_tuple("Message").field(inbound).finish(),
            Self::Status(update) => f.debug_tuple("Status").field(update).finish(),
            Self::Notice { field, .. } => {
                f.debug_struct("Notice").field("field", field).finish_non_exhaustive()
            }
            Self::Errors(errors) => f.debug_tuple("Errors").field(errors).finish(),
        }
    }
}

/// A message from a citizen.
#[derive(Clone, PartialEq)]
pub struct Inbound {
    /// Meta's id of the message, opaque and case-sensitive.
    pub wamid: String,
    /// Who wrote: at least one of the two addresses is there.
    pub sender: Sender,
    /// When the phone sent it, in whole seconds.
    pub at: Instant,
    /// The message it answers, which may be one we never saw.
    pub context_wamid: Option<String>,
    /// What it holds.
    pub body: Body,
    /// What Meta could not pass on of it (a photo too large, an unsupported kind).
    pub errors: Vec<GraphError>,
    /// The message object as it came.
    pub raw: Value,
}

impl Inbound {
    /// The kind of message this is.
    pub fn kind(&self) -> MessageKind {
        match &self.body {
            Body::Text(_) => MessageKind::Text,
            Body::Image(_) => MessageKind::Image,
            Body::Document(_) => MessageKind::Document,
            Body::Placeholder { kind } => *kind,
        }
    }
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbound")
            .field("sender", &self.sender)
            .field("at", &self.at)
            .field("body", &self.body)
            .field("errors", &self.errors)
            .finish_non_exhaustive()
    }
}

/// Who wrote. Since 2026 a person with a user name may come with a BSUID only.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Sender {
    /// The phone's digits without `+`, as Meta sent them.
    pub wa_id: Option<String>,
    /// The business-scoped user id, `ID.1349…`; not a telephone number.
    pub bsuid: Option<String>,
    /// What the person calls themself, or else their `@username`; for display only.
    pub profile_name: Option<String>,
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender")
            .field("wa_id", &masked(self.wa_id.as_ref()))
            .field("bsuid", &masked(self.bsuid.as_ref()))
            .field("profile_name", &masked(self.profile_name.as_ref()))
            .finish()
    }
}

/// What a message holds, as far as this version understands it.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// Words.
    Text(String),
    /// A photo to fetch.
    Image(MediaRef),
    /// A file to fetch.
    Document(MediaRef),
    /// Any other kind, or one of the above without its content: shown by [`MessageKind::label`].
    Placeholder {
        /// Which kind.
        kind: MessageKind,
    },
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Image(media) => f.debug_tuple("Image").field(media).finish(),
            Self::Document(media) => f.debug_tuple("Document").field(media).finish(),
            Self::Placeholder { kind } => f.debug_struct("Placeholder").field("kind", kind).finish(),
        }
    }
}

/// Something Meta keeps for seven days for us to fetch. Everything in it is the sender's word.
#[derive(Clone, PartialEq, Eq)]
pub struct MediaRef {
    /// Meta's id, to ask a link for.
    pub graph_media_id: String,
    /// The type the sender claims, parameters included.
    pub mime: Option<String>,
    /// SHA-256 of the bytes, in base64 as the webhook gives it.
    pub sha256: Option<String>,
    /// What the sender wrote under it.
    pub caption: Option<String>,
    /// The file's name on the sender's phone.
    pub filename: Option<String>,
}

impl fmt::Debug for MediaRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaRef")
            .field("mime", &self.mime)
            .field("caption", &masked(self.caption.as_ref()))
            .field("filename", &masked(self.filename.as_ref()))
            .finish_non_exhaustive()
    }
}

/// One step of a message of ours.
#[derive(Clone, PartialEq)]
pub struct StatusUpdate {
    /// Which message.
    pub wamid: String,
    /// Which step.
    pub status: StatusWord,
    /// When, in whole seconds.
    pub at: Instant,
    /// The address it concerns: the phone's digits, or the BSUID where Meta gives no phone.
    pub recipient: Option<String>,
    /// What we gave along when sending (our outbox id): joins a status to a send whose answer was lost.
    pub callback_data: Option<String>,
    /// Why it failed.
    pub errors: Vec<GraphError>,
    /// What Meta charges.
    pub pricing: Option<Pricing>,
    /// The status object as it came.
    pub raw: Value,
}

impl fmt::Debug for StatusUpdate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusUpdate")
            .field("status", &self.status)
            .field("at", &self.at)
            .field("recipient", &masked(self.recipient.as_ref()))
            .field("callback_data", &self.callback_data)
            .field("errors", &self.errors)
            .field("pricing", &self.pricing)
            .finish_non_exhaustive()
    }
}

/// What Meta charges for a message: stored as told, since the rules change (2025-07-01, 2026-10-01).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pricing {
    /// `service`, `utility`, `marketing`, `authentication`, ...
    pub category: Option<String>,
    /// `regular`, `free_customer_service`, `free_entry_point`.
    pub kind: Option<String>,
    /// Whether it is billed; to be retired by Meta.
    pub billable: Option<bool>,
    /// `PMP` (per message) or the older `CBP`.
    pub model: Option<String>,
}

/// An error as Meta words it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct GraphError {
    /// Meta's number of it; what decisions go by.
    pub code: Option<i64>,
    /// A short English title.
    pub title: Option<String>,
    /// A longer English text.
    pub message: Option<String>,
    /// What exactly; may quote what was sent.
    pub details: Option<String>,
}

impl fmt::Debug for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GraphError").field("code", &self.code).finish_non_exhaustive()
    }
}

/// "There is something" without what it is.
fn masked(text: Option<&String>) -> Option<&'static str> {
    text.map(|_| "…")
}
