//! What WhatsApp sends, read without trusting it.
//!
//! Meta batches several entries, changes, messages and statuses into one body, leaves fields out,
//! sends ids as strings or numbers and empty strings for "nothing". [`read`] walks all of it, each
//! item on its own: one broken item never costs its neighbours, and what cannot be used comes back
//! with its reason instead of vanishing. Nothing here panics, whatever the bytes are.

mod item;
mod kind;
mod letters;
mod message;
mod pick;
mod problem;
mod read;
mod status;
#[cfg(test)]
mod tests;

pub use item::{Body, Content, GraphError, Inbound, Item, MediaRef, Pricing, Sender, StatusUpdate};
pub use kind::{MessageKind, StatusWord};
pub use problem::{ItemProblem, Reason, Unreadable};
pub use read::read;
