//! The site: pages, forms, the webhook door, the simulator.
//!
//! [`site`] registers everything inside one scope with its middlewares, so that the server and the tests
//! serve the same thing.

pub mod csrf;
pub mod error;
pub mod flash;
pub mod form;
pub mod guard;
pub mod headers;
pub mod page;
pub mod pages;
pub mod parts;
pub mod peer;
pub mod routes;
pub mod site;
pub mod statics;
mod threshold;

#[cfg(test)]
mod tests;

use actix_web::{
    middleware::{Compress, from_fn},
    web::{self, Data, ServiceConfig},
};

use self::{error::PageError, site::Site};

/// Registers the whole site.
pub fn site(cfg: &mut ServiceConfig, site: Data<Site>) {
    // What is wrapped last is met first: headers stand around everything, also around what a broken
    // handler leaves behind.
    let everything = web::scope("")
        .wrap(from_fn(threshold::cross))
        .wrap(Compress::default())
        .wrap(from_fn(headers::guard_answers))
        .configure(pages::routes)
        .default_service(web::to(nothing));
    cfg.app_data(site).service(everything);
}

async fn nothing() -> PageError {
    PageError::NotFound
}
