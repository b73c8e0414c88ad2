//! The pages and the doors for programs.

pub mod csrf;
pub mod simulator;
