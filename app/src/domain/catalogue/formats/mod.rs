//! The line by which citizens ask for a service: a document in editions, one for each service. What is current today is
//! what messages are read by; older editions are read behind it until the day that was promised.

mod change;
mod error;
mod read;
mod used;

pub use change::{
    add_format, amend_format, copy_format_in, copy_format_out, discard_format, publish_format, sample_format,
    takes_risk,
};
pub use error::FormatError;
pub use read::{FormatLine, FormatSheet, format_lines, format_problems, format_sheet};
pub use used::note_old_use;
