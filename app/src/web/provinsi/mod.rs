//! The pages of a province. They show offices and, once there are facts, figures: never a citizen.

mod kantor_baru;
mod papan;

use actix_web::{HttpRequest, web::ServiceConfig};
use loket_core::kinds::Role;

use super::{
    above::{self, Seat},
    guard::InProvince,
    parts::Frame,
    routes,
    site::Site,
};

/// Registers the pages of a province.
pub fn routes(cfg: &mut ServiceConfig) {
    papan::routes(cfg);
    kantor_baru::routes(cfg);
}

/// The frame of a page of a province.
fn frame(site: &Site, request: &HttpRequest, seat: &InProvince) -> Frame {
    let href = routes::Province::at(&seat.province.code);
    let seat = Seat {
        name: format!("Provinsi {}", seat.province.name),
        short: seat.province.code.clone(),
        role: Role::ProvinceAdmin,
        zone: seat.province.zone,
        destinations: vec![above::destination("Papan", "building", href.clone(), true)],
        href,
        signed: &seat.signed,
    };
    above::frame(site, request, seat)
}
