//! Citizens as an office knows them: by the addresses they write from.
//!
//! A person has a telephone (`wa_id`), a BSUID, or both; since 2026 a message may show either. Addresses
//! are found by blind index, names and addresses are sealed, and whoever shows two known addresses in one
//! message turns out to be one person.

mod find;
mod places;
mod store;
mod trusted;
mod views;

pub use find::{Found, Seen, changed, changed_since, find_or_create};
pub use trusted::{TrustError, TrustedSender, distrust, trust, trusted_as, trusted_senders};
pub use views::{Address, ContactView, address, find_by_tail, name, person, phones, views};
