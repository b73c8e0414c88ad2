//! The work behind the pages: what is fetched from and sent to the outside, and what follows from events.
//!
//! A job calls use cases and speaks to the outside between them; it holds no transaction while it waits
//! for an answer. Every handler may run twice.

pub mod audit;
pub mod entry_link;
pub mod forwarding;
pub mod ingest;
pub mod mail;
pub mod media;
pub mod onboarding;
pub mod people;
pub mod reactions;
pub mod reconcile;
pub mod rollup;
pub mod send;
pub mod standard;
#[cfg(test)]
mod tests;
pub mod tidy;
