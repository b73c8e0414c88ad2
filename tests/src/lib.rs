//! The rig: what the suite and the long tests stand on.
//!
//! A throw-away PostgreSQL cluster, a browser that is spoken to in people's words, a mail server that keeps what it
//! gets, the real binary as a process, and webhooks as Meta sends them. Nothing here asserts; the tests do.

pub mod app;
pub mod browser;
pub mod deployment;
pub mod describe;
pub mod handling;
pub mod killing;
pub mod ledger;
pub mod listening;
pub mod meta;
pub mod metrics;
pub mod pages;
pub mod people;
pub mod phone;
pub mod postgres;
mod prepared;
pub mod server;
pub mod settle;
pub mod smtp_sink;
pub mod tour;
pub mod walk;
pub mod webdriver;
pub mod webhook;
pub mod wire;

/// Whatever went wrong, with a sentence that a person can act on.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;
