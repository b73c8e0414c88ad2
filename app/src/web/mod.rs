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
pub mod live;
pub mod new_office;
pub mod page;
pub mod pages;
pub mod parts;
pub mod peer;
pub mod platform;
pub mod provinsi;
pub mod routes;
mod schema_form;
pub mod seats;
pub mod simulator;
pub mod site;
pub mod statics;
mod threshold;
pub mod uploads;
mod visitor;
mod waiting;
pub mod warga;
pub mod webhook;

#[cfg(test)]
mod tests;

use actix_web::{
    HttpResponse,
    middleware::{Compress, from_fn},
    web::{self, Data, ServiceConfig},
};

use self::{error::PageError, simulator::Simulator, site::Site};

/// Registers the whole site. The simulator is there in the demonstration only.
pub fn site(cfg: &mut ServiceConfig, site: Data<Site>, simulator: Option<Simulator>) {
    within(cfg, site, |cfg| {
        pages::routes(cfg);
        warga::routes(cfg);
        webhook::routes(cfg);
        kantor::routes(cfg);
        provinsi::routes(cfg);
        platform::routes(cfg);
        if let Some(simulator) = simulator {
            simulator::configure(cfg, simulator);
        }
    });
}

/// Registers pages inside the middlewares. What is wrapped last is met first: headers stand around
/// everything, also around what a broken page leaves behind.
fn within(cfg: &mut ServiceConfig, site: Data<Site>, pages: impl FnOnce(&mut ServiceConfig)) {
    let everything = web::scope("")
        .wrap(from_fn(threshold::cross))
        .wrap(Compress::default())
        .wrap(from_fn(headers::guard_answers))
        .configure(pages)
        .default_service(web::to(nothing));
    cfg.app_data(site).service(everything);
}

async fn nothing() -> Result<HttpResponse, PageError> {
    Err(PageError::NotFound)
}
