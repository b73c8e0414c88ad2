//! `/kantor/{office}/peralatan`: what the office works with, whether it works, and when it is to be looked after.

mod baru;
mod daftar;
mod isian;
mod langkah;
mod satu;
mod tampak;

pub use tampak::chips;

use actix_web::web::{self, ServiceConfig};

use crate::{
    domain::equipment::{CHANGED, EquipmentError},
    web::{
        error::{PageError, Refusal},
        routes,
    },
};

/// Registers the register. Words of the path come before the pieces, whose pattern would take them for an id.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Equipment::PATTERN).route(web::get().to(daftar::get)))
        .service(
            web::resource(routes::EquipmentNew::PATTERN)
                .route(web::get().to(baru::get))
                .route(web::post().to(baru::post)),
        )
        .service(web::resource(routes::EquipmentPiece::PATTERN).route(web::get().to(satu::get)))
        .service(web::resource(routes::EquipmentStep::PATTERN).route(web::post().to(langkah::post)));
}

impl From<EquipmentError> for Refusal {
    fn from(error: EquipmentError) -> Self {
        match error {
            EquipmentError::Invalid(sentence) => Self::Sentence(sentence),
            EquipmentError::NotFound => Self::Page(PageError::NotFound),
            EquipmentError::NotAllowed => Self::Page(PageError::NotAllowed),
            EquipmentError::Changed => Self::Sentence(CHANGED),
            EquipmentError::Fault(fault) => Self::Page(fault.into()),
            refused @ (EquipmentError::Beyond | EquipmentError::Twice(_)) => {
                Self::Page(PageError::Refused(refused.to_string()))
            }
        }
    }
}
