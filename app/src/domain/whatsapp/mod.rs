//! Numbers, conversations, messages, and how far each has come.
//!
//! In: the [`Door`] stores a signed body before it is acknowledged; [`ingest`] reads it item by item,
//! each in a transaction of its own, and every repetition ends in the database's unique keys. Out:
//! [`queue_text`] and [`queue_document`] write into the outbox within the caller's transaction; the
//! sender (`jobs::send`) moves one message at a time through [`sending`], with no transaction open while
//! it speaks to Meta.

mod absorb;
mod assign;
mod attachments;
mod content;
mod conversations;
mod door;
mod error;
pub mod event;
pub mod ingest;
mod item;
pub mod media;
mod messages;
pub mod metrics;
mod numbers;
mod outbox;
mod places;
pub mod quarantine;
mod reading;
mod receive;
pub mod reconcile;
mod rules;
pub mod sending;
mod setup;
mod sight;
mod status;
mod store;
#[cfg(test)]
mod tests;
mod thread;
mod views;

pub use assign::{claim_conversation, release_conversation};
pub use attachments::{AttachmentView, attachment_in, attachments, files_of};
pub use content::{Attachment, Content};
pub use door::{Accepted, Door, DoorRefusal};
pub use error::ConversationError;
pub use outbox::{Queued, queue_document, queue_text};
pub use reading::{ConversationHead, Unread, hold, mark_read_in, texts_since, unread, wrote_since};
pub use setup::{
    AddedApp, NewApp, NewNumber, SetupError, add_app, add_number, bind_services, connect_number, route_number,
};
pub use thread::{Before, ConversationView, DeliveryView, MessageView, conversation};
pub use views::{
    ConversationFilter, ConversationRow, NumberView, Page, conversation_list, numbers, unanswered_count,
};
