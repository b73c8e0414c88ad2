//! Identity numbers behind a link: a line that was read waits for its NIK and KK, which are typed into a page of the
//! office and so never stand in a conversation.
//!
//! WhatsApp's business policy speaks against asking for whole identity numbers in a chat; a format says where they are
//! typed ([`NumbersIn`](loket_core::format::NumbersIn)). The line is kept sealed beside its conversation. Who holds the
//! link may complete this one line and is shown nothing of it but the service and a shortened name.

mod about;
mod complete;
mod offer;
mod store;
mod tell;
mod view;

pub(super) use about::{by_hand, fulfil};
pub use complete::complete_link;
pub use offer::is_due;
pub(super) use offer::offer;
pub use store::forget_links;
pub(super) use store::{follow, waiting};
pub use tell::{LinkDue, tell_link};
pub use view::{LinkState, LinkView, linked};

use std::collections::BTreeMap;

use chrono::TimeDelta;
use loket_core::{
    format::{Field, FieldKind, FormatDefinition},
    id::ServiceId,
    text::PersonName,
};

use super::form::form_of;
use crate::domain::{catalogue::Catalogue, tenancy::Office};

/// How long a link is good: who wrote on a Friday finds it good on Monday.
const GOOD_FOR: TimeDelta = TimeDelta::days(3);

/// What is typed behind a link: the numbers that the chat does not ask for, and what the format has come to ask for since
/// the line was written.
fn asked(
    catalogue: &Catalogue,
    (service, office): (ServiceId, &Office),
    read: &BTreeMap<String, String>,
) -> FormatDefinition {
    let mut form = form_of(catalogue, service, office);
    let format = catalogue.format_of(service);
    let linked = |field: &Field| format.is_some_and(|format| format.is_linked(field));
    form.fields.retain(|field| !read.contains_key(&field.key) && (linked(field) || field.required));
    form
}

/// The name that was read of a line.
fn name(form: &FormatDefinition, read: &BTreeMap<String, String>) -> Option<PersonName> {
    let field = form.fields.iter().find(|field| field.kind == FieldKind::Name)?;
    PersonName::parse(read.get(&field.key)?).ok()
}
