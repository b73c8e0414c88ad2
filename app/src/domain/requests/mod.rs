//! Tracked requests: from a citizen's message to a finished document.
//!
//! Each use case loads the request, asks the policy, decides by the pure machine of
//! `loket_core::request`, saves with a version check, writes a line of history and of audit, and queues
//! what the citizen is told, all in the operation's one transaction.

mod answer;
mod ask;
mod close;
mod complete;
mod error;
mod figures;
mod files;
mod history;
mod intake;
mod open;
mod papers;
mod places;
mod product;
mod receipts;
mod reveal;
mod search;
mod store;
mod take;
mod telling;
mod views;

pub use answer::answer;
pub use ask::ask;
pub use close::{cancel, refuse, reopen};
pub use complete::declare_complete;
pub use error::RequestError;
pub use figures::{ServiceFigures, by_service};
pub use files::{FileSeen, conversation_of, file, may_handle, open_file};
pub use intake::{read_conversation, suggestion};
pub use open::{NewRequest, Opened, open};
pub use papers::{accept, reject, use_for};
pub use product::{Product, finish, mark_ready, record_product};
pub use reveal::{Purpose, reveal};
pub use search::{Found, search};
pub use take::{take, take_next};
pub use views::{
    EventView, Overview, PaperView, QueueCounts, QueueRow, QueueTab, RequestView, attachments_of, overview,
    queue, queue_counts, request,
};
