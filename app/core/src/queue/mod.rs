//! How long a queue takes: the pace at which an office answers, when somebody's turn comes, and when nobody waits any more.
//!
//! A pace is measured only over time in which somebody waited and the office was open: an office that had nothing to do was
//! not slow. Those who still wait count as well, so that an office that stopped answering does not look as quick as before.

mod course;
mod pace;
#[cfg(test)]
mod tests;

pub use course::{Arrivals, Hour, Outlook, hours, outlook};
pub use pace::{Answer, FEWEST, Pace, pace, quarter};
