//! `/kantor/{office}/pengaturan/layanan`: the services of the office, the national catalogue they are copied from, and
//! the standard of each, drafted and published in editions.

mod baris;
mod berkas;
mod daftar;
mod edisi;
mod isian;
mod katalog;
mod lihat;
mod rancangan;
mod standar;
mod terbitkan;

use actix_web::web::{self, ServiceConfig};
use loket_core::id::ServiceId;

use super::editions::service;
use crate::{
    domain::catalogue::StandardError,
    web::{
        error::PageError,
        guard::InOffice,
        parts::Crumb,
        routes::{self},
    },
};

/// Registers the services. Fixed words come before a service, whose pattern would take them for an id.
pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Services::PATTERN).route(web::get().to(daftar::get)))
        .service(
            web::resource(routes::ServiceCatalogue::PATTERN)
                .route(web::get().to(katalog::get))
                .route(web::post().to(katalog::own)),
        )
        .service(
            web::resource(routes::ServiceEntry::PATTERN)
                .route(web::get().to(katalog::entry))
                .route(web::post().to(katalog::take)),
        )
        .service(web::resource(routes::Service::PATTERN).route(web::get().to(lihat::get)))
        .service(
            web::resource(routes::ServiceDraft::PATTERN)
                .route(web::get().to(rancangan::get))
                .route(web::post().to(rancangan::post)),
        )
        .service(
            web::resource(routes::ServicePublish::PATTERN)
                .route(web::get().to(terbitkan::get))
                .route(web::post().to(terbitkan::post)),
        )
        .service(web::resource(routes::ServiceEdition::PATTERN).route(web::get().to(edisi::get)))
        .service(web::resource(routes::ServiceStep::PATTERN).route(web::post().to(lihat::step)));
}

/// The way back to the list, and to a service with its name.
fn crumbs(seat: &InOffice, service: Option<(ServiceId, &str)>) -> Vec<Crumb> {
    let slug = &seat.office.slug;
    let mut all = vec![
        Crumb::new("Pengaturan", routes::Settings::at(slug)),
        Crumb::new("Layanan", routes::Services::at(slug)),
    ];
    all.extend(service.map(|(id, name)| Crumb::new(name, routes::Service::at(slug, id))));
    all
}

impl From<StandardError> for PageError {
    fn from(error: StandardError) -> Self {
        match error {
            StandardError::NotFound => Self::NotFound,
            StandardError::NotAllowed => Self::NotAllowed,
            StandardError::Fault(fault) => fault.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}
