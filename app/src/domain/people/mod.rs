//! The people of an office: who is invited, what they may do, and what becomes of their work when they leave.
//!
//! Invitations and roles lie above the offices, officers and their work inside. Each use case changes what
//! lies above in one transaction and queues [`settle`] in it, which makes the office's own rows follow: so
//! a crash in between leaves nobody with access and without a seat, and no work without somebody.

mod accept;
mod change_role;
mod delegate;
mod delegations;
mod error;
mod first_admin;
mod in_charge;
mod invite;
mod leave;
mod more_roles;
mod places;
mod settle;
mod store;
mod tidy;
mod views;
mod wish;

pub use accept::{Guest, accept_as, accept_new, guest};
pub use change_role::change_role;
pub use delegate::{NewDelegation, delegate, end_delegation};
pub use delegations::{Course, DelegationRow, candidates, delegations};
pub use error::PeopleError;
pub use first_admin::{FirstAdmin, first_admins, invite_first_admin};
pub use in_charge::{InCharge, in_charge};
pub use invite::{NewInvitation, invite, is_open, resend, withdraw};
pub use leave::{Work, leave, work_of};
pub use more_roles::{add_role, end_role};
pub use settle::{SETTLE, Settlement, settle};
pub use tidy::tidy;
pub use views::{
    Colleague, HeldRole, InvitationRow, Numbers, PersonRow, Tab, colleagues, invitations, numbers, people,
    person, serving, titled,
};
pub use wish::{Parts, Wish, parts};
