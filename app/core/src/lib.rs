//! What Loket knows, without I/O.
//!
//! Everything here is a pure function of its arguments: identifiers and text types that mask
//! themselves, the state machine of a request, the format lines citizens type, the shape of what
//! WhatsApp sends, and the times of an office. Nothing here awaits, opens a file or reads a clock.

#[macro_use]
mod macros;

pub mod acting;
pub mod appointment;
pub mod calendar;
pub mod care;
pub mod clock;
pub mod compensation;
pub mod consignment;
pub mod csv;
pub mod delivery;
#[cfg(test)]
mod dice;
pub mod edition;
pub mod equipment;
pub mod format;
pub mod handover;
pub mod id;
pub mod intent;
pub mod kinds;
pub mod kpi;
pub mod live;
pub mod naming;
pub mod outage;
pub mod permission;
pub mod pickup;
pub mod queue;
pub mod receipt;
pub mod reply;
pub mod request;
pub mod staffing;
pub mod standard;
pub mod stock;
pub mod text;
pub mod visit;
pub mod whatsapp;
pub mod window;
pub mod zone;

/// A word that is none of an enum's cases. Holds the enum's name, never the word: it may be personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a word of {0}")]
pub struct UnknownWord(pub &'static str);
