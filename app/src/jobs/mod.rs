//! What is done after an operation has committed, and what is done regularly: one file per kind of work.

pub mod audit;
pub mod reactions;
pub mod send;
pub mod tidy;
