//! `/kantor/{office}/jemput-bola`: rounds of home visits, whom they visit, and what came of them.

mod baru;
mod daftar;
mod isian;
mod langkah;
mod lembar;
mod satu;
mod tampak;

use actix_web::web::{self, ServiceConfig};

use crate::web::routes;

/// Registers home visits. Words of the path come before the rounds, whose pattern would take them for an id.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::HomeVisits::PATTERN).route(web::get().to(daftar::get)))
        .service(
            web::resource(routes::HomeVisitNew::PATTERN)
                .route(web::get().to(baru::get))
                .route(web::post().to(baru::post)),
        )
        .service(web::resource(routes::HomeVisitRound::PATTERN).route(web::get().to(satu::get)))
        .service(web::resource(routes::HomeVisitSheet::PATTERN).route(web::get().to(lembar::get)))
        .service(web::resource(routes::HomeVisitStep::PATTERN).route(web::post().to(langkah::post)));
}
