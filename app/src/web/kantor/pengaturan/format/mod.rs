//! `/kantor/{office}/pengaturan/format`: the studio in which an office draws the lines that citizens type, tries them on
//! what was written lately, and publishes them in editions.

mod daftar;
mod edisi;
mod isian;
mod lihat;
mod rancangan;
mod tampak;
mod terbitkan;

use actix_web::web::{self, ServiceConfig};
use loket_core::{format::FormatDefinition, id::ServiceId};

use super::editions::service;
use crate::{
    domain::catalogue::{FormatError, FormatSheet},
    web::{
        error::PageError,
        guard::InOffice,
        parts::Crumb,
        routes::{self},
    },
};

/// Registers the studio. Fixed words come before a step, whose pattern would take them for one.
pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(
        web::resource(routes::Formats::PATTERN)
            .route(web::get().to(daftar::get))
            .route(web::post().to(daftar::post)),
    )
    .service(web::resource(routes::Format::PATTERN).route(web::get().to(lihat::get)))
    .service(
        web::resource(routes::FormatDraft::PATTERN)
            .route(web::get().to(rancangan::get))
            .route(web::post().to(rancangan::post)),
    )
    .service(
        web::resource(routes::FormatPublish::PATTERN)
            .route(web::get().to(terbitkan::get))
            .route(web::post().to(terbitkan::post)),
    )
    .service(web::resource(routes::FormatEdition::PATTERN).route(web::get().to(edisi::get)))
    .service(web::resource(routes::FormatStep::PATTERN).route(web::post().to(lihat::step)));
}

/// The way back to the list, and to a format with the name of its service.
fn crumbs(seat: &InOffice, service: Option<(ServiceId, &str)>) -> Vec<Crumb> {
    let slug = &seat.office.slug;
    let mut all = vec![
        Crumb::new("Pengaturan", routes::Settings::at(slug)),
        Crumb::new("Format", routes::Formats::at(slug)),
    ];
    all.extend(service.map(|(id, name)| Crumb::new(name, routes::Format::at(slug, id))));
    all
}

/// What a draft begins with: what is being drawn, what holds, or a blank line that begins with the service's code.
fn begun(sheet: &FormatSheet) -> FormatDefinition {
    let kept = sheet.draft.as_ref().or(sheet.current.as_ref());
    kept.map_or_else(|| FormatDefinition::blank(&sheet.code), |one| one.document.clone())
}

impl From<FormatError> for PageError {
    fn from(error: FormatError) -> Self {
        match error {
            FormatError::NotFound => Self::NotFound,
            FormatError::NotAllowed => Self::NotAllowed,
            FormatError::Fault(fault) => fault.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}
