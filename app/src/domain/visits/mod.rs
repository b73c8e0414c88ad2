//! Rounds of home visits: where officers go, whom they visit, and what came of it. Citizens are told by the requests above.

mod error;
mod on_round;
mod places;
mod rounds;

pub use error::{CHANGED, VisitError};
pub use on_round::{VisitView, add, awaited_of, of_request, of_round, planned, record, take_off, told};
pub use rounds::{
    Closing, RoundPlan, RoundView, Tally, cancel, change, close, hold, named, plan, round, rounds, tallies,
};
