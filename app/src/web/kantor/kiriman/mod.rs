//! `/kantor/{office}/kiriman`: what is under way, what lies at other offices, what came of the rest; several that came to one
//! place are acknowledged at once, and what is sent has a list that goes along.

mod daftar;
mod langkah;
mod lembar;

use actix_web::web::{self, ServiceConfig};
use loket_core::{
    clock::Instant,
    consignment::{ConsignmentState, ConsignmentWay},
};

use crate::{
    domain::consignments::ConsignmentView,
    web::{parts::Tag, routes},
};

/// Registers the pages.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Consignments::PATTERN).route(web::get().to(daftar::get)))
        .service(web::resource(routes::ConsignmentsArrived::PATTERN).route(web::post().to(langkah::post)))
        .service(web::resource(routes::ConsignmentSheet::PATTERN).route(web::get().to(lembar::get)));
}

/// How a consignment stands.
pub(super) fn tag(one: &ConsignmentView, now: Instant) -> Tag {
    match one.state {
        ConsignmentState::UnderWay if one.course.is_late(now) => Tag::new("Belum ada kabar", "bad"),
        ConsignmentState::UnderWay => Tag::new(one.state.label(), "info"),
        ConsignmentState::Arrived if one.way == ConsignmentWay::Office => {
            Tag::new("Tiba di kantor lain", "ok")
        }
        ConsignmentState::Arrived => Tag::new("Tiba di tempat titipan", "ok"),
        ConsignmentState::Delivered => Tag::new(one.state.label(), "ok"),
        ConsignmentState::Returned => Tag::new(one.state.label(), "warn"),
        ConsignmentState::Recalled => Tag::new(one.state.label(), "quiet"),
    }
}
