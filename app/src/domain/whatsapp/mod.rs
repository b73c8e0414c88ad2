//! Numbers, conversations, messages, and how far each has come.
//!
//! In: the [`Door`] stores a signed body before it is acknowledged; [`ingest`] reads it item by item,
//! each in a transaction of its own, and every repetition ends in the database's unique keys. Out:
//! [`queue_text`] and [`queue_document`] write into the outbox within the caller's transaction; the
//! sender (`jobs::send`) moves one message at a time through [`sending`] and [`settling`], with no
//! transaction open while it speaks to Meta.

mod absorb;
mod administer;
mod answer;
mod arrival;
mod assign;
mod binding;
mod check_sight;
mod content;
mod conversations;
mod door;
mod error;
pub mod event;
mod hand_over;
pub mod ingest;
mod item;
pub mod media;
mod messages;
pub mod metrics;
mod number_rules;
mod numbers;
mod outbox;
mod places;
pub mod quarantine;
mod reading;
mod receive;
pub mod reconcile;
mod rules;
mod said_lately;
pub mod sending;
pub mod settling;
mod setup;
mod sight;
mod status;
mod store;
#[cfg(test)]
pub(crate) mod tests;
mod unlinked;
mod views;
mod webhook_setup;

pub use administer::{change_number, enter_number, switch_number};
pub use answer::answer;
pub use arrival::{Arrival, arrival};
pub use assign::{claim, release};
pub use binding::{Bindings, all_bindings, bind, bindings, unbind_officer, unit_in};
pub use check_sight::check_sight;
pub use content::Content;
pub use conversations::hint;
pub use door::{Accepted, Door, DoorRefusal};
pub use error::ConversationError;
pub use hand_over::{hand_over, in_hands_of};
pub use number_rules::{NumberEntry, NumberError, NumberField, WrongField};
pub use numbers::{Held, NumberView, number_at, numbers};
pub use outbox::{Origin, can_be_told, last_inbound, queue_document, queue_text};
pub use reading::{
    AttachmentView, ConversationHead, Said, Unread, attachment_in, attachments, files_of, hold, mark_read_in,
    mimes, said_since, texts_since, unread, wrote_since,
};
pub use said_lately::{SaidLately, said_lately};
pub use settling::advice;
pub use setup::{AddedApp, NewApp, add_app};
pub use sight::{Sight, numbers_of};
pub use unlinked::{first_answer, unlinked};
pub use views::{
    BubbleAttachment, BubbleView, ConversationFilter, ConversationRow, ThreadView, conversations, thread,
    unanswered_count,
};
pub use webhook_setup::{WebhookView, hears, save_app_secret, webhook};
