//! `/kantor/{office}/permohonan/{id}/kompensasi`: the letter to a citizen who was not served in time, to be printed, numbered
//! and signed.

use actix_web::HttpResponse;
use askama::Template;
use loket_core::{
    compensation::{CompensationState, sentence},
    kinds::Role,
    zone,
};

use super::{at::AtRequest, steps::Answer};
use crate::{
    domain::{
        accounts::acting_title,
        requests::{self, CompensationLetter},
        tenancy::Office,
    },
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        kantor::kompensasi::late,
        page,
        parts::{Crumb, Frame, Kop},
        routes,
    },
};

#[derive(Template)]
#[template(path = "kantor/permohonan_kompensasi.html")]
struct LetterPage {
    frame: Frame,
    kop: Kop,
    crumbs: Vec<Crumb>,
    /// `Tigaraksa, Kamis, 26 November 2026`
    dated: String,
    name: String,
    receipt: String,
    service: String,
    opened: String,
    rule: String,
    due: String,
    /// When it was settled, and how late that was; nothing while it is not.
    ended: Option<(String, String)>,
    dropped: bool,
    words: String,
    basis: String,
    /// Who signs, and their name where it is known.
    signs: (String, Option<String>),
    office: String,
}

pub(super) async fn get(at: AtRequest) -> Answer {
    let mut cx = at.write().await?;
    let office = at.place.office.as_ref();
    let letter = requests::compensation_letter(&mut cx, office, at.id).await?;
    if letter.compensation.state.0 == CompensationState::Lapsed {
        return Err(PageError::NotFound);
    }
    let now = cx.now();
    cx.commit().await?;
    let page = LetterPage::of(&at, letter, (office, now));
    answered(&at, &page)
}

fn answered(at: &AtRequest, page: &LetterPage) -> Result<HttpResponse, PageError> {
    page::whole(&at.request, at.site.secure, page)
}

impl LetterPage {
    fn of(
        at: &AtRequest,
        letter: CompensationLetter,
        (office, now): (&Office, loket_core::clock::Instant),
    ) -> Self {
        let (slug, owed) = (office.slug.as_str(), &letter.compensation);
        let ended =
            owed.ended_at.map(|ended| (office.zone.long(ended), late(owed.missed_at, Some(ended), now)));
        Self {
            frame: frame(&at.site, &at.place, &at.request, Here::Queue),
            kop: Kop::of(office),
            crumbs: vec![
                Crumb::new("Kompensasi", routes::Compensations::at(slug)),
                Crumb::new(letter.receipt.clone(), routes::Request::at(slug, at.id)),
            ],
            dated: dated(office, &zone::long_date(office.zone.date(now))),
            opened: office.zone.long(letter.opened_at),
            due: office.zone.long_deadline(owed.missed_at),
            ended,
            dropped: owed.dropped,
            words: sentence(&owed.words),
            basis: owed.basis.clone(),
            signs: signs(&at.place),
            office: office.name.clone(),
            name: letter.name,
            receipt: letter.receipt,
            service: letter.service,
            rule: letter.rule,
        }
    }
}

/// Where and when: the place is the last line of the office's address, up to a comma.
fn dated(office: &Office, day: &str) -> String {
    let place = office.address.lines().last().and_then(|line| line.split(',').next()).unwrap_or_default();
    match place.trim() {
        "" => day.to_owned(),
        place => format!("{place}, {day}"),
    }
}

/// Who signs: the head, or who acts for them; by name where that is whoever prints it.
fn signs(place: &InOffice) -> (String, Option<String>) {
    let (office, session) = (place.office.as_ref(), &place.signed.session);
    let own = || Some(session.name.clone());
    match session.acting(office.id) {
        Some(acting) => (acting_title(acting.kind, office.kind), own()),
        None if place.standing.role() == Some(Role::Head) => (office.kind.head().to_owned(), own()),
        None => (office.kind.head().to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    #[test]
    fn a_letter_is_dated_where_the_office_is() {
        let office = |address: &str| Office { address: address.to_owned(), ..samples::office() };
        let at = |address| dated(&office(address), "Kamis, 26 November 2026");
        assert_eq!(
            at("Jalan Peragaan 36\nTigaraksa, Kabupaten Tangerang"),
            "Tigaraksa, Kamis, 26 November 2026"
        );
        assert_eq!(at(""), "Kamis, 26 November 2026");
    }
}
