//! What an office offers: services, their variants, the papers each asks for, and the format lines
//! citizens type.
//!
//! A national catalogue ships with the product (`app/data/catalogue`, with its sources); an office copies from it and
//! changes its own copy. What the office says of a service is its standard, published in editions; publication writes
//! the rows that everything else reads.

mod formats;
mod shipped;
mod standard;
mod store;
mod views;

pub use formats::{
    FormatError, FormatLine, FormatSheet, add_format, amend_format, copy_format_in, copy_format_out,
    discard_format, format_lines, format_problems, format_sheet, note_old_use, publish_format, sample_format,
    takes_risk,
};
pub use shipped::{Answer, Entry, OfficeChoice, entry, shipped};
pub use standard::{
    OwnService, ServiceLine, ServiceSheet, StandardError, TAKES_EFFECT, TakingEffect, add_service, amend,
    codes, copy_in, copy_out, discard, draft, lines, own, publish, sheet, switch, take, take_effect,
};
pub use views::{
    Catalogue, MOST_OLDER, OlderFormat, PaperRule, ServiceView, VariantNames, VariantView, load, names,
    reasons, variant_names,
};
