//! The pages of whoever runs Loket. Nothing in them holds a citizen's content.

mod gaya;
mod kantor_baru;
mod papan;

use actix_web::{HttpRequest, web::ServiceConfig};
use loket_core::{kinds::Role, zone::OfficeZone};

use super::{
    above::{self, Seat, destination},
    guard::OnPlatform,
    parts::Frame,
    routes, seats,
    site::Site,
};

/// Times of the platform are printed in the capital's zone.
const ZONE: OfficeZone = OfficeZone::Wib;

/// Registers the pages of the platform.
pub fn routes(cfg: &mut ServiceConfig) {
    papan::routes(cfg);
    gaya::routes(cfg);
    kantor_baru::routes(cfg);
}

/// Which destination a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Here {
    /// The offices and the state of the machine.
    Board,
    /// The parts that pages are made of.
    Style,
}

/// The frame of a page of the platform.
fn frame(site: &Site, request: &HttpRequest, seat: &OnPlatform, here: Here) -> Frame {
    let destinations = vec![
        destination("Papan", "building", routes::Platform::at(), here == Here::Board),
        destination("Gaya", "palette", routes::PlatformStyle::PATTERN.to_owned(), here == Here::Style),
    ];
    let seat = Seat {
        name: seats::PLATFORM.to_owned(),
        href: routes::Platform::at(),
        short: "L".to_owned(),
        role: Role::PlatformAdmin,
        zone: ZONE,
        destinations,
        signed: &seat.signed,
    };
    above::frame(site, request, seat)
}
