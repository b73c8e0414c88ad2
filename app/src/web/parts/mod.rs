//! The values that the macros of `templates/ui` and the frame read.
//!
//! Everything here is ready to print: times in the office's zone, numbers as Indonesians write them,
//! personal numbers masked. Tones are words of one small vocabulary and never stand without a word.

mod case;
pub mod chart;
mod frame;
mod kop;
mod numbers;
mod state;
mod talk;
mod tile;
mod time;

pub use case::{Action, EarlierRequest, Fact, Hidden, LooseFile, Paper, Receiving};
pub use frame::{Banner, Chip, Crumb, Destination, Frame, OfficeLink, Pager, Tab};
pub use kop::Kop;
pub use numbers::{count, file_size, initials};
pub use state::{Choice, Flag, Tag};
pub use talk::{Attachment, Bubble, Composer, Delivery, Piece, QuickReply};
pub use tile::{Change, Tile};
pub use time::{Clock, Happening, When};

/// How a state looks: `"ok"`, `"info"`, `"warn"`, `"bad"` or `"quiet"`.
pub type Tone = &'static str;
