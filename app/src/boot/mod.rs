//! The composition root: the only place that knows everything, and the commands.

mod account;
mod assembly;
mod cli;
mod demo;
mod doctor;
mod format;
mod ground;
mod http;
mod serve;
mod solitude;

pub use assembly::{Access, Assembly, Parts};
pub use cli::run;
pub use ground::{Keys, migrate, open_house};
pub use http::{Running, listen};
