//! The site: pages, forms, the webhook door, the simulator.

pub mod csrf;
pub mod error;
pub mod form;
pub mod guard;
pub mod headers;
pub mod routes;
pub mod site;
pub mod statics;
