//! A new office: entered from above it in one operation, given what every office begins with, and opened by its own
//! administrator when what it needs is there.

mod create;
mod error;
mod open;
mod places;
mod prepare;
mod propose;

pub use create::{NewPlace, create, invite_again};
pub use error::OnboardingError;
pub use open::{Readiness, open, readiness};
pub use places::{MOST_PLACES, Place, places};
pub use prepare::{PREPARE, Preparation, prepare};
pub use propose::{Proposal, propose};
