//! What keeps the office from working: entered by whoever finds it, ended when it is over, approved by somebody else.
//!
//! The ledger stops clocks ([`Ledger::standing`]); what lasts stands on the office's own row as well, where every page and
//! every first answer reads it. Both follow from [`FOLLOW`], which each change queues.

mod decide;
mod enter;
mod error;
mod evidence;
mod follow;
mod ledger;
mod month;
mod places;
mod read;
mod store;
mod told;

pub use decide::{Decision, decide, is_own};
pub use enter::{NewOutage, amend, end, enter, reported_scope, work_around};
pub use error::OutageError;
pub use evidence::{add_evidence, evidence, may_add_evidence, open_evidence};
pub use follow::{FOLLOW, Follow, follows, tell};
pub use ledger::{Ledger, ledger};
pub use month::{Month, SystemLine, is_written, month, of_provider};
pub use read::{OutageLine, OutageView, held, history, lasting, latest, of_kind, outage, undecided};
pub use told::{INFORM, Inform, Told, inform, remember_told, start_telling, told};
