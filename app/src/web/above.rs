//! What the pages above the offices share: their frame, and an office as the directory knows it.

use actix_web::HttpRequest;
use loket_core::{
    kinds::{OfficeKind, OfficeStatus, Role},
    zone::OfficeZone,
};

use super::{
    flash,
    guard::SignedIn,
    parts::{Destination, Frame, Tag},
    routes, seats,
    site::Site,
};

/// Where above the offices a page lies.
pub struct Seat<'a> {
    /// What the frame calls it.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// Two or three letters.
    pub short: String,
    /// The role that leads there.
    pub role: Role,
    /// The zone its times are printed in.
    pub zone: OfficeZone,
    /// Where its work is.
    pub destinations: Vec<Destination>,
    /// Who has signed in.
    pub signed: &'a SignedIn,
}

/// A destination of the rail.
pub fn destination(label: &'static str, icon: &'static str, href: String, current: bool) -> Destination {
    Destination { label, icon, href, current, count: None }
}

/// The frame of a page above the offices: no search, and the other seats of the person.
pub fn frame(site: &Site, request: &HttpRequest, seat: Seat<'_>) -> Frame {
    let session = &seat.signed.session;
    Frame {
        office_name: seat.name,
        office_short: seat.short,
        person_name: session.name.clone(),
        person_role: seat.role.label().to_owned(),
        acting: None,
        zone: seat.zone.word(),
        csrf: seat.signed.csrf().token(),
        demo: site.demo,
        destinations: seat.destinations,
        chips: Vec::new(),
        banner: None,
        flash: flash::read(request),
        search_href: String::new(),
        sign_out_href: routes::SignOut::PATTERN.to_owned(),
        sessions_href: routes::Sessions::PATTERN.to_owned(),
        offices: seats::others(session, &seat.href),
        stream_href: String::new(),
    }
}

/// Whether an office is at work.
pub fn state(status: OfficeStatus) -> Tag {
    match status {
        OfficeStatus::New => Tag::new("Belum buka", "quiet"),
        OfficeStatus::Trial => Tag::new("Masa coba", "info"),
        OfficeStatus::Live => Tag::new("Aktif", "ok"),
        OfficeStatus::Suspended => Tag::new("Dihentikan", "bad"),
    }
}

/// What an office is.
pub const fn kind(kind: OfficeKind) -> &'static str {
    match kind {
        OfficeKind::Dinas => "Dinas Dukcapil",
        OfficeKind::Kecamatan => "Kantor kecamatan",
    }
}

/// `5 kantor: 3 aktif, 2 masa coba.`
pub fn sentence(states: &[OfficeStatus]) -> String {
    let parts: Vec<String> =
        [OfficeStatus::Live, OfficeStatus::Trial, OfficeStatus::New, OfficeStatus::Suspended]
            .into_iter()
            .map(|status| (status, states.iter().filter(|one| **one == status).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(status, count)| format!("{count} {}", state(status).word.to_lowercase()))
            .collect();
    if parts.is_empty() {
        return "Belum ada kantor.".to_owned();
    }
    format!("{} kantor: {}.", states.len(), parts.join(", "))
}

/// A code of Kemendagri with its dots: `36.03`, `17.71.04`.
pub fn dotted(code: &str) -> String {
    let pairs: Vec<String> =
        code.as_bytes().chunks(2).map(|two| String::from_utf8_lossy(two).into()).collect();
    pairs.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_summed_up_in_a_sentence() {
        use OfficeStatus::{Live, New, Suspended, Trial};
        for (states, words) in [
            (vec![], "Belum ada kantor."),
            (vec![Live, Live, Trial], "3 kantor: 2 aktif, 1 masa coba."),
            (vec![Suspended], "1 kantor: 1 dihentikan."),
            (vec![New, Live], "2 kantor: 1 aktif, 1 belum buka."),
        ] {
            assert_eq!(sentence(&states), words);
        }
        assert_eq!(dotted("177104"), "17.71.04");
    }
}
