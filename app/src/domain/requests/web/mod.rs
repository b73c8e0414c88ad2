//! The public form: the fields of a service's format and a WhatsApp number, filled in without any conversation.
//!
//! What is handed in so has a receipt like any other. Whoever then writes that number to the office from the telephone
//! that was named has proved that it is theirs, and the conversation becomes the request's.

mod join;
mod open;
mod view;

pub(super) use join::join;
pub use open::{WebEntry, open_from_web, web_form_of};
pub use view::{WebReceipt, receipt_token, web_receipt};

/// The key of the WhatsApp number in what was typed.
const WHATSAPP: &str = "nomor_wa";
