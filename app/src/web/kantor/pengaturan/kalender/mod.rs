//! `/kantor/{office}/pengaturan/kalender`: when the office and its units work and serve, with holidays, seasons and days
//! of their own, published in editions.

mod daftar;
mod edisi;
mod isian;
mod lihat;
mod rancangan;
mod tampak;
mod terbitkan;

use actix_web::web::{self, ServiceConfig};

use crate::{
    domain::calendars::{CalendarError, CalendarSheet, Of},
    web::{error::PageError, guard::InOffice, parts::Crumb, routes},
};

/// Registers the pages. Fixed words come before a step, whose pattern would take them for one.
pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Calendars::PATTERN).route(web::get().to(daftar::get)))
        .service(web::resource(routes::Calendar::PATTERN).route(web::get().to(lihat::get)))
        .service(
            web::resource(routes::CalendarDraft::PATTERN)
                .route(web::get().to(rancangan::get))
                .route(web::post().to(rancangan::post)),
        )
        .service(
            web::resource(routes::CalendarPublish::PATTERN)
                .route(web::get().to(terbitkan::get))
                .route(web::post().to(terbitkan::post)),
        )
        .service(web::resource(routes::CalendarEdition::PATTERN).route(web::get().to(edisi::get)))
        .service(web::resource(routes::CalendarStep::PATTERN).route(web::post().to(lihat::step)));
}

/// Whose timetable a path names.
fn of(text: &str) -> Result<Of, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// Whose it is, as people call it.
fn name(sheet: &CalendarSheet) -> &str {
    sheet.unit.as_deref().unwrap_or("Kantor")
}

/// The way back to the list, and to a timetable.
fn crumbs(seat: &InOffice, sheet: Option<&CalendarSheet>) -> Vec<Crumb> {
    let slug = &seat.office.slug;
    let mut all = vec![
        Crumb::new("Pengaturan", routes::Settings::at(slug)),
        Crumb::new("Kalender", routes::Calendars::at(slug)),
    ];
    all.extend(sheet.map(|sheet| Crumb::new(name(sheet), routes::Calendar::at(slug, sheet.of))));
    all
}

impl From<CalendarError> for PageError {
    fn from(error: CalendarError) -> Self {
        match error {
            CalendarError::NotFound => Self::NotFound,
            CalendarError::NotAllowed => Self::NotAllowed,
            CalendarError::Fault(fault) => fault.into(),
            CalendarError::Edition(other) => Self::Refused(other.to_string()),
        }
    }
}
