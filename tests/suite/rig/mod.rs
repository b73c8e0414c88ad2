//! Tests of the rig itself: a journey that fails should never be the rig's fault.

mod browser;
mod mail;
mod postgres;
