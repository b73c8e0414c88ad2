//! The site: pages, forms, the webhook door, the simulator.

pub mod csrf;
pub mod error;
pub mod flash;
pub mod form;
pub mod frame;
pub mod guard;
pub mod headers;
pub mod kantor;
pub mod page;
pub mod parts;
pub mod routes;
pub mod simulator;
pub mod site;
pub mod statics;
pub mod webhook;
