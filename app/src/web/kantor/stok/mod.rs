//! `/kantor/{office}/stok`: what the office prints with, how much of it is left, and how long that lasts.

mod baru;
mod daftar;
mod isian;
mod langkah;
mod satu;
mod tampak;

use actix_web::web::{self, ServiceConfig};

use crate::{
    domain::stock::StockError,
    web::{error::PageError, routes},
};

pub(super) use tampak::chips;

/// Registers the ledger. Words of the path come before the items, whose pattern would take them for an id.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Stock::PATTERN).route(web::get().to(daftar::get)))
        .service(
            web::resource(routes::StockNew::PATTERN)
                .route(web::get().to(baru::get))
                .route(web::post().to(baru::post)),
        )
        .service(web::resource(routes::StockItem::PATTERN).route(web::get().to(satu::get)))
        .service(web::resource(routes::StockStep::PATTERN).route(web::post().to(langkah::post)));
}

impl From<StockError> for PageError {
    fn from(error: StockError) -> Self {
        match error {
            StockError::NotFound => Self::NotFound,
            StockError::NotAllowed => Self::NotAllowed,
            StockError::Outage(error) => error.into(),
            StockError::Fault(fault) => fault.into(),
            refused => Self::Refused(refused.to_string()),
        }
    }
}
