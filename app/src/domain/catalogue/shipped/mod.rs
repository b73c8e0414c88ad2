//! The national catalogue that ships with Loket: services with their standards, the sources of what they say, and the
//! questions on which offices differ. An office copies from it and changes its own copy.

mod entry;
mod read;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

pub use entry::{Answer, Entry, OfficeChoice};

use crate::infra::{Fault, Outcome};

static ENTRIES: LazyLock<Result<Vec<Entry>, &'static str>> = LazyLock::new(read::entries);

/// The shipped services, in their order.
pub fn shipped() -> Outcome<&'static [Entry]> {
    ENTRIES.as_deref().map_err(|problem| Fault::Inconsistent(problem))
}

/// A shipped service by its code.
pub fn entry(code: &str) -> Outcome<Option<&'static Entry>> {
    Ok(shipped()?.iter().find(|one| one.standard.code == code))
}
