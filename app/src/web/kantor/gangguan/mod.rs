//! `/kantor/{office}/gangguan`: what keeps the office from working, entered in one press, approved by somebody else, and what
//! it took.

mod baru;
mod bukti;
mod bulan;
mod daftar;
mod isian;
mod langkah;
mod satu;
mod surat;
mod tampak;

use actix_web::web::{self, ServiceConfig};

use crate::{
    domain::outages::OutageError,
    web::{error::PageError, routes},
};

/// Registers the ledger. Words of the path come before the entries, whose pattern would take them for an id.
pub fn routes(cfg: &mut ServiceConfig) {
    let page = |pattern: &'static str| web::resource(pattern);
    cfg.service(
        page(routes::Outages::PATTERN).route(web::get().to(daftar::get)).route(web::post().to(baru::at_once)),
    )
    .service(
        page(routes::OutageNew::PATTERN).route(web::get().to(baru::get)).route(web::post().to(baru::post)),
    )
    .service(page(routes::OutageMonth::PATTERN).route(web::get().to(bulan::get)))
    .service(page(routes::OutageExport::PATTERN).route(web::get().to(bulan::export)))
    .service(page(routes::OutageLetter::PATTERN).route(web::get().to(surat::get)))
    .service(page(routes::Outage::PATTERN).route(web::get().to(satu::get)))
    .service(page(routes::OutageEvidence::PATTERN).route(web::post().to(bukti::post)))
    .service(page(routes::OutageFile::PATTERN).route(web::get().to(bukti::get)))
    .service(page(routes::OutageStep::PATTERN).route(web::post().to(langkah::post)));
}

impl From<OutageError> for PageError {
    fn from(error: OutageError) -> Self {
        match error {
            OutageError::NotFound => Self::NotFound,
            OutageError::NotAllowed => Self::NotAllowed,
            OutageError::Fault(fault) => fault.into(),
            refused => Self::Refused(refused.to_string()),
        }
    }
}
