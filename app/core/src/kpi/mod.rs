//! Figures of an office: what each one means, and the formulas over counted facts.
//!
//! One definition serves the tile, the list behind it, the export and the province's board. Nothing here asks a
//! database: a [`Tally`] is what was counted, whoever counted it, and tallies of days, services and offices add up.

mod age;
mod help;
mod histogram;
mod metric;
mod on_time;
mod period;
mod tally;

pub use age::AgeBand;
pub use help::{Need, OfficeSigns, SMALL, needs};
pub use histogram::{BadHistogram, ERROR, Histogram};
pub use metric::{Better, Definition, Metric, Unit};
pub use on_time::OnTime;
pub use period::{LONGEST, Period, PeriodRefusal, Preset};
pub use tally::{Happened, Tally};
