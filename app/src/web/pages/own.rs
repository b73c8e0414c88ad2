//! The frame of pages that belong to a person and to no office: it leads back to theirs.

use actix_web::HttpRequest;
use loket_core::zone::OfficeZone;

use super::choose_office::home_of;
use crate::{
    domain::accounts::LiveSession,
    web::{
        flash,
        guard::SignedIn,
        parts::{Destination, Frame},
        routes, seats,
        site::Site,
    },
};

/// The zone their times are printed in.
pub(super) fn zone(session: &LiveSession) -> OfficeZone {
    session.offices().first().map_or(OfficeZone::Wib, |office| office.zone)
}

/// The frame.
pub(super) fn frame(site: &Site, request: &HttpRequest, signed: &SignedIn) -> Frame {
    let session = &signed.session;
    let office = session.offices().into_iter().find(|office| office.is_open());
    let role = session.places.first().map(|held| held.role.label().to_owned());
    Frame {
        office_name: office.map_or_else(|| "Loket".to_owned(), |office| office.name.clone()),
        office_short: office.map_or_else(|| "L".to_owned(), |office| office.receipt_code.clone()),
        person_name: session.name.clone(),
        person_role: role.unwrap_or_default(),
        acting: None,
        zone: zone(session).word(),
        csrf: signed.csrf().token(),
        demo: site.demo,
        destinations: vec![Destination {
            label: "Kantor",
            icon: "building",
            href: home_of(session),
            current: false,
            count: None,
        }],
        chips: Vec::new(),
        banner: None,
        flash: flash::read(request),
        // Who may search is known inside an office only.
        search_href: String::new(),
        sign_out_href: routes::SignOut::PATTERN.to_owned(),
        sessions_href: routes::Sessions::PATTERN.to_owned(),
        offices: seats::others(session, ""),
        stream_href: String::new(),
    }
}
