//! Where citizens collect what was made for them: places with slots, what lies there, and who received it.
//!
//! A place cuts its service hours into slots. What is ready gets a seat in one, and a number; whoever comes shows who they
//! are, and what was looked at is kept for good. What is told to citizens is said by the requests above.

mod error;
mod handed;
mod lying;
mod places;
mod points;
mod seats;
mod slots;

pub use error::PickupError;
pub use handed::{HandoverView, Received, handed_over, received, reported, sent};
pub use lying::{
    PickupView, Seated, Since, between, collected, due, of, of_day, put, put_off, reminded, take_up, told,
    withdraw,
};
pub use points::{PointPlan, PointView, change, enter, point, points};
pub use slots::{AHEAD, Booked, FULL, PointOffers, appointed, book, first_from, hours_of, is_open, offered};
