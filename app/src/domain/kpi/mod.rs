//! The figures of an office: counted facts for the days that are over, a look at the requests for what is not.
//!
//! `loket_core::kpi` says what each figure means. Days that are over are counted once by [`rollup`] and kept as facts;
//! today, and the few days whose facts are no longer so, are looked up by an index on the day. So a page's cost does
//! not grow with history, and a tile always equals the list behind it. One [`Filter`] serves tile, list and export.

mod backlog;
mod causes;
mod counted;
mod course;
mod dashboard;
mod filter;
mod hours;
mod listing;
mod live;
mod own_day;
mod province;
mod rollup;
mod select;
mod store;
mod workload;

pub use super::requests::Cursor;
pub use backlog::longest_waiting;
pub use course::Course;
pub use dashboard::{Dashboard, ServiceLine, dashboard};
pub use filter::{District, Filter, Selection};
pub use listing::{EXPORTED, ListRow, Listed, count, export, list, may_list};
pub use own_day::{OwnDay, own_day};
pub use province::{OfficeFigures, STRETCH, province};
pub use rollup::rollup;
pub use workload::{OfficerLoad, workload};
