//! What the office prints with: what came, was used, spoiled and counted, and how long what is left lasts.
//!
//! People write what comes and what spoils, and count; what is used follows from the requests that become ready. A count of
//! nothing says that it is out: it enters the outage that stops the clocks of the services that need it, and the next that
//! comes ends it. The ledger's own arithmetic never does: it asks somebody to count.

mod error;
mod keep;
mod look;
mod places;
mod read;
mod store;
mod uses;

pub use error::StockError;
pub use keep::{NewItem, Noted, change, count, create, receive, spoil};
pub use look::look;
pub use read::{EntryView, StockLine, StockSheet, entries, lines, sheet};
pub use uses::used_for;
