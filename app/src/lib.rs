//! Loket: WhatsApp services of Indonesian civil registration offices.
//!
//! The floors, from the ground: `infra` and `queue` know databases, keys, files, mail and the Graph
//! API; `domain` decides; `letters` finds the words of mails; `jobs` and `web` are its two doors; `boot` puts the house together.

pub mod boot;
pub mod config;
pub mod demo;
pub mod domain;
pub mod fake_graph;
pub mod infra;
pub mod jobs;
pub mod letters;
pub mod queue;
pub mod web;

#[cfg(test)]
pub(crate) mod testing;
