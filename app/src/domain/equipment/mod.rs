//! The register of what an office works with: printers, scanners, cameras; when each was looked after, when it is due, and
//! whether it works.

/// How many pieces in use a register holds, and how many retired ones a page shows.
const MOST: u64 = 500;

mod error;
mod keep;
mod places;
mod read;

pub use error::{CHANGED, EquipmentError};
pub use keep::{Plan, Said, change, enter, step};
pub use read::{EntryView, Needs, PieceLine, entries, lines, needs, piece, reached, retired};
