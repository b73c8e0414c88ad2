//! The handlers of the queue.
pub mod reactions;
pub mod send;
