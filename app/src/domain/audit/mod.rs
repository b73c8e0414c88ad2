//! The seal over the audit trail.
//!
//! Entries are written by every operation, in its own transaction, with no chain between them: no row
//! that everybody waits for. A job orders what came, a batch at a time, and writes a seal: the ids, and
//! a root over the entries and the root before. Whoever changes, removes or slips in an entry that was
//! sealed breaks a root. What was recorded in the last two seconds is not sealed yet.

mod canonical;
mod seal;
mod verify;

pub use seal::{Sealing, is_waiting, seal_next};
pub use verify::{SealError, Verified, verify};

#[cfg(test)]
mod tests;
