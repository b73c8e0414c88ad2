//! Kiriman: what is ready and was sent to a place, by courier or to another office, until somebody wrote down what came of it.
//!
//! A request has at most one that is not over. Citizens are told, and requests end, by the use cases of the requests above.

mod places;
mod store;

pub use store::{
    ConsignmentView, Recorded, Sending, Told, consignment, ended_since, of_request, open_among, open_of,
    recall, record, send, sent_between, standing, told, untold,
};
