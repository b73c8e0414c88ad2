//! Appointments of people who must come in person: a seat in a slot of a place, until somebody wrote down whether they came.
//!
//! Places and slots are those of `pickup`; citizens are told by the requests above.

mod places;
mod store;

pub use store::{
    AGAIN, AppointmentView, MOST_OF_DAY, appointment, awaited, between, due, forget_notes, give, note,
    of_day, of_request, put_off, record, take_up, told, wait_for,
};
