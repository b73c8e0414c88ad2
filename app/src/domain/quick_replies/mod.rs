//! Ready answers of an office: written by its administrator, picked by its officers, filled with what is known where
//! they are picked. Sending one is sending words: nothing here does it.

mod change;
mod defaults;
mod error;
mod store;
mod views;

pub use change::{Direction, NewQuickReply, add, arrange, change, switch};
pub use defaults::add_defaults;
pub use error::{QuickReplyError, QuickReplyField};
pub use views::{Offer, QuickReplyView, Ready, all, offered, one};
