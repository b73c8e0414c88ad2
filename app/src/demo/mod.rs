//! The demonstration: five offices, their past days, and a phone in the browser in place of Meta.

pub mod clock;
pub mod offices;
pub mod plan;
pub mod setup;
pub mod story;
