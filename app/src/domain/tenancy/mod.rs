//! The directory: provinces, offices, their units and their officers.
//!
//! An office's row lies above the offices, because the way to it is asked before anybody is inside; its
//! units and officers are its own rows.

mod add_officer;
mod add_province;
mod add_unit;
mod change_choice;
mod change_office;
mod change_profile;
mod change_status;
mod create_office;
mod error;
mod escalated;
mod logo;
mod office;
mod store;
mod tell_disruptions;
mod tell_hours;

pub use add_officer::{OfficerRow, add_officer, seat_officer};
pub use add_province::{add_province, add_province_in};
pub use add_unit::{NewUnit, UnitError, add_unit, change_unit};
pub use change_choice::{
    change_answer_days, change_answer_minutes, change_care_ahead, change_forwarded, change_replies,
    change_web_form,
};
pub use change_profile::{Profile, change_profile};
pub use change_status::change_status;
pub use create_office::{AreaWords, NewOffice, create_office, create_office_in};
pub use error::{DirectoryError, OfficeRefusal};
pub use escalated::{escalated_until, note_escalated};
pub use logo::{LARGEST_LOGO, Logo, logo, set_logo};
pub use office::{Office, Province};
pub use store::{
    Officer, all_offices, dinas_above, office_by_id, office_by_slug, officer_names, officers,
    offices_of_province, province, unit, units,
};
pub use tell_disruptions::tell_disruptions;
pub use tell_hours::tell_hours;
