//! Entering an office, as a province and the platform see it: first the area, then a form that is filled in already,
//! then the letter to the first administrator. Each page works without scripts.

mod entry;
mod first_admin;
mod page;

pub use entry::{Entry, Wrong, enter};
pub use first_admin::{FirstAdminForm, Invited, forms, invite};
pub use page::{Asked, Desk, NewOfficePage, draw, draw_again};
