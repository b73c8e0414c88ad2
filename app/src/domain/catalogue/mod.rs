//! What an office offers: services, their variants, the papers each asks for, and the format lines
//! citizens type.
//!
//! A starter catalogue ships with the product (`app/data/services.json`, with its sources); an office
//! copies from it and changes its own copy.

mod setup;
mod shipped;
mod store;
mod views;

pub use setup::{add_service, publish_format};
pub use shipped::{ServiceTemplate, shipped};
pub use views::{Catalogue, PaperRule, ServiceView, VariantNames, VariantView, load, names, variant_names};
