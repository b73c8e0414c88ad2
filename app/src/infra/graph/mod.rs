//! WhatsApp's Cloud API: the client that sends and fetches, and the signature of what comes in.
//!
//! Nothing in here knows an office or a database: tokens and ids are handed in, outcomes come back as
//! classes that a job can act on ([`FailureClass`]) and a person can read ([`SendFailure::advice`]).

mod answer;
mod client;
mod failure;
mod media;
mod outgoing;
pub mod signature;
#[cfg(test)]
mod tests;

pub use client::{AccessToken, GRAPH_VERSION, GraphClient, GraphSettings, SetupError};
pub use failure::{FailureClass, SendFailure, classify};
pub use media::{MediaFailure, MediaInfo};
pub use outgoing::{Accepted, OutContent, Outgoing, Recipient, TemplateHeader, TemplateParameter};
