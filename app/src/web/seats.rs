//! Where else a person has a seat: their offices, their provinces, the platform. The menu of every page lists them.

use super::{parts::OfficeLink, routes};
use crate::domain::{
    accounts::{LiveSession, Seat},
    regions,
};

/// The other seats of a person, offices first, in order of grant; `here` is the address of the one they are on.
pub fn others(session: &LiveSession, here: &str) -> Vec<OfficeLink> {
    let offices = session.offices().into_iter().filter(|office| office.is_open());
    let mut links: Vec<OfficeLink> = offices
        .map(|office| OfficeLink { name: office.name.clone(), href: routes::Office::at(&office.slug) })
        .collect();
    for held in &session.places {
        let link = match &held.seat {
            Seat::Office(_) => continue,
            Seat::Province(code) => OfficeLink { name: province(code), href: routes::Province::at(code) },
            Seat::Platform => OfficeLink { name: PLATFORM.to_owned(), href: routes::Platform::at() },
        };
        if links.iter().all(|known| known.href != link.href) {
            links.push(link);
        }
    }
    links.retain(|link| link.href != here);
    links
}

/// What the seat above everything is called.
pub const PLATFORM: &str = "Platform Loket";

/// What the seat of a province is called.
pub fn province(code: &str) -> String {
    format!("Provinsi {}", regions::province(code).map_or(code, |province| province.name))
}
