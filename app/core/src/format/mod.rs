//! The lines citizens type: `#KTP#NIK#NO_KK#NAMA#DESA#KECAMATAN#PEMULA/HILANG/RUSAK#`.
//!
//! A format is data: a keyword, a separator and typed fields in order. The same definition is printed on
//! posters, read from messages and drawn as a form, so they can't drift apart. No office writes a regular
//! expression. An office's definitions and its villages are prepared once as a [`Grammar`]; reading a message
//! is total and takes a number of steps that is linear in its length.
//!
//! How a message is read, a module each: characters ([`normalise`]), words and what stands between them
//! ([`tokenize`]), where requests begin ([`starts`]), pieces and their labels ([`pieces`]), which piece is
//! which field ([`assign`], [`peel`]), and what each value says ([`numbers`], [`dates`], [`options`],
//! [`places`], [`values`]); what made no line may be meant otherwise ([`again`]). What is not certain is asked, never guessed: a wrong field that nobody notices is worse
//! than a question. A form ([`form`]) says itself which value is which field; what each says is checked alike.

mod again;
mod assign;
mod below;
mod bench;
pub(crate) mod courtesy;
mod dates;
pub(crate) mod distance;
mod document;
mod evaluate;
mod form;
mod grammar;
mod labels;
mod layers;
pub(crate) mod normalise;
mod numbers;
mod options;
mod peel;
mod pieces;
mod places;
mod posters;
mod problem;
mod read;
mod reading;
mod report;
mod schema;
pub mod sheet;
mod sort;
mod starts;
mod tokenize;
mod value;
mod values;
mod which_number;

pub use bench::{Bench, BenchMessage, Fate, ProblemCount, bench};
pub use document::{NUMBERS_RISK, SEPARATORS, clashes, is_key, nameless};
pub use grammar::Grammar;
pub use layers::Layers;
pub use places::{PlaceWords, Regions, RegionsBuilder, villages_of};
pub use posters::{POSTERS, Poster, poster, tangerang_formats};
pub use problem::{Note, NoteKind, Problem, ProblemKind, Which};
pub use reading::{Message, Reading};
pub use schema::{Field, FieldKind, FormatDefinition, NumbersIn, OptionAlias};
pub use sheet::{SheetFault, SheetRow};
pub use value::{Confidence, FieldValue, Fields};

#[cfg(test)]
mod tests;
