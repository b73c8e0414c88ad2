//! The demonstration's year: what the five offices did in the 365 days before today, as a plan without I/O, and the
//! writing of it.
//!
//! [`plan`] is a pure function of an office, a day and a scale: no clock, no database. [`write()`] turns a plan into rows,
//! sealed as the application seals them. Facts are not written here: the rollup counts them from the rows.

mod arrivals;
mod calendar;
mod case;
mod desk;
mod history;
mod people;
mod plan;
mod profile;
#[cfg(test)]
mod tests;
mod write;

pub use calendar::{Hours, is_working_day, next_ramadan};
pub use case::Case;
pub use history::{Happening, Kind, Standing, history};
pub use plan::{LENGTH, OfficePlan, Scale, plan};
pub use profile::YEARS;
pub use write::{Written, write};
