//! The standard of a service as structured content: what it gives, which papers each variant asks for, how long it
//! takes, what it costs, and the fourteen components that UU 25/2009 Pasal 21 names.
//!
//! Every legal statement carries where it stands and how sure that is. What nobody has compared with the text of the
//! law reads "belum diverifikasi" wherever it is shown.

mod check;
mod component;
mod document;
mod fee;
mod paper;
mod source;
mod time;

pub use component::Component;
pub use document::{ServiceGroup, Standard, Variant};
pub use fee::Fee;
pub use paper::{Paper, Shown};
pub use source::{Basis, Confidence, Statement, UNVERIFIED};
pub use time::{TimeLimit, TimeUnit};
