//! The standard of an office's service: copied from the national catalogue or written anew, drafted, published, and
//! from its day on written into the rows of services, variants and papers.

mod begin;
mod error;
mod publish;
mod read;
mod rows;

pub use begin::{OwnService, add_service, copy_in, copy_out, own, take};
pub use error::StandardError;
pub use publish::{TAKES_EFFECT, TakingEffect, amend, discard, draft, publish, switch, take_effect};
pub use read::{ServiceLine, ServiceSheet, codes, lines, sheet};
