//! The doors for people and machines.

pub mod webhook;
