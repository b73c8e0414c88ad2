//! Loket: the services of Indonesian civil registration offices over WhatsApp.

pub mod infra;
