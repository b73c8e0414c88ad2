//! Editions of what an office configures: one draft of a thing, published with a day on which it begins to hold, older
//! ones accepted until a day, and a history that is never rewritten. What a document is stands in
//! `loket_core::edition`; what follows from its publication is its own module's.

mod draft;
mod error;
mod publish;
mod read;
mod store;

pub use draft::{administers, begin, discard, keep, put, save};
pub use error::EditionError;
pub use publish::{Publication, publish};
pub use read::{
    Authored, Edition, Heading, accepted, all_accepted, all_with_history, coming, compared, current, draft,
    drafted, history, numbered, with_history,
};
