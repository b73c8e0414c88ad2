//! Appointments of people who must come in person: a seat in a slot of a place, until somebody wrote down whether they came.
//!
//! Places and slots are those of `pickup`; citizens are told by the requests above.

mod places;
mod store;

pub use store::{
    AppointmentView, MOST_OF_DAY, appointment, awaited, between, due, give, of_day, of_request, put_off,
    record, release, take_up, told,
};
