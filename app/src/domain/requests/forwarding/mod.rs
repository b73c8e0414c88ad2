//! A request that a kecamatan office hands on to its Dinas: one receipt, two owners.
//!
//! The kecamatan keeps the citizen, and with them the conversation; the Dinas works and decides. Each has a request of its
//! own, sealed with its own key, under the same id and number. What one of them comes to know reaches the other by a job
//! that reads in the one office and writes in the other: no transaction spans both, and each step counts once however often
//! it runs. A Dinas that is not on Loket is only named: the kecamatan then finishes the request itself.

mod forward;
mod hear;
mod letters;
mod news;
mod onward;
mod parcel;
mod receive;
mod store;
mod view;

pub use forward::{Destination, forward};
pub use hear::{hear, heard};
pub use letters::TellBack;
pub(super) use letters::{Letter, pass_letter, said, tell_back};
pub use news::news;
pub use onward::{Onward, onward};
pub use parcel::{PassOn, parcel};
pub(super) use parcel::{all_stored, pass_on};
pub use receive::receive;
pub(super) use store::handed_on;
pub use view::ForwardingView;
pub(super) use view::of;

/// A paper that the Dinas does not ask for keeps its own code behind this mark, until an officer says what it is.
const LOOSE: &str = "+";

/// Whether a paper came along without being asked for.
pub(super) fn is_loose(code: &str) -> bool {
    code.starts_with(LOOSE)
}
