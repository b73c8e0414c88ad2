//! The demonstration: five offices, made-up people, and phones to write to the offices with.

pub mod memory;
pub mod offices;
pub mod phones;
pub mod record;
#[cfg(test)]
mod tests;
mod trace;
