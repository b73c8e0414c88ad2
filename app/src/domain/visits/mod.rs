//! Rounds of home visits: where officers go, whom they visit, and what came of it. Citizens are told by the requests above.

mod error;
mod on_round;
mod places;
mod rounds;

pub use error::{CHANGED, VisitError};
pub use on_round::{VisitView, add, latest, of_request, of_round, record, release, take_off, told, untold};
pub use rounds::{Closing, RoundPlan, RoundView, Tally, cancel, change, close, plan, round, rounds, tallies};
