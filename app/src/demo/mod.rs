//! The demonstration: five offices, their past year and days, made-up people, and phones to write to the offices
//! with in place of Meta.

pub mod clock;
pub mod front;
pub mod hours;
pub mod ids;
pub mod letter;
mod lines;
pub mod lots;
pub mod memory;
pub mod offices;
pub mod phones;
pub mod plan;
pub mod record;
pub mod replies;
pub mod setup;
pub mod story;
#[cfg(test)]
mod tests;
mod trace;
pub mod year;
