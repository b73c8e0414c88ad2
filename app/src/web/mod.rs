//! The site: pages, forms, the webhook door, the simulator.
//!
//! [`site`] registers everything inside one scope with its middlewares, so that the server and the tests
//! serve the same thing.

pub mod above;
pub mod csrf;
pub mod error;
pub mod flash;
pub mod form;
pub mod frame;
pub mod guard;
pub mod headers;
pub mod kantor;
pub mod page;
pub mod pages;
pub mod parts;
pub mod peer;
pub mod platform;
pub mod provinsi;
pub mod routes;
pub mod simulator;
pub mod site;
pub mod statics;
mod threshold;
pub mod webhook;

#[cfg(test)]
mod tests;

use actix_web::{
    middleware::{Compress, from_fn},
    web::{self, Data, ServiceConfig},
};

use self::{error::PageError, simulator::Simulator, site::Site};

/// Registers the whole site. The simulator is there in the demonstration only.
pub fn site(cfg: &mut ServiceConfig, site: Data<Site>, simulator: Option<Simulator>) {
    // What is wrapped last is met first: headers stand around everything, also around what a broken
    // handler leaves behind.
    let everything = web::scope("")
        .wrap(from_fn(threshold::cross))
        .wrap(Compress::default())
        .wrap(from_fn(headers::guard_answers))
        .configure(pages::routes)
        .configure(webhook::routes)
        .configure(kantor::routes)
        .configure(provinsi::routes)
        .configure(platform::routes)
        .configure(|cfg| {
            if let Some(simulator) = simulator {
                simulator::configure(cfg, simulator);
            }
        })
        .default_service(web::to(nothing));
    cfg.app_data(site).service(everything);
}

async fn nothing() -> Result<actix_web::HttpResponse, PageError> {
    Err(PageError::NotFound)
}
