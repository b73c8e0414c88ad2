//! When an office and its units are open: their timetables in editions, the holidays that ship with Loket, and the
//! calendars that follow from both.
//!
//! A unit without a timetable of its own has the office's. An office that has published none yet is counted by the working
//! hours of the rule ([`Timetable::usual`]), and nothing is said about when it opens.

mod change;
mod error;
mod read;
mod told;

pub use change::{amend, discard, publish};
pub use error::CalendarError;
pub use read::{
    CalendarLine, CalendarSheet, Of, Published, edition, held, holidays, last_year, lines, of_edition,
    opens_again, sheet,
};
pub use told::{TAKES_EFFECT, TakingEffect, take_effect};
