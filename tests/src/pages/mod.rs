//! Pages under load: an office with years behind it, and how long its pages take.
//!
//! [`ground`] knows the office that is filled, [`rows`] makes its rows, [`fill`] writes them past the application,
//! [`load`] asks for pages, [`figures`] prints what came of it.

pub mod figures;
pub mod fill;
pub mod ground;
pub mod load;
pub mod rows;
pub mod stage;
pub mod statements;
pub mod talks;
