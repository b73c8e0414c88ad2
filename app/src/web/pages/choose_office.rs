//! `/pilih-kantor`: where somebody with several places chooses one.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use loket_core::kinds::Role;

use crate::{
    domain::{
        accounts::{Held, LiveSession, Seat},
        tenancy::{self, Office},
    },
    infra::PlatformTx,
    web::{error::PageError, flash, guard::SignedIn, page, routes, site::Site},
};

#[derive(Template)]
#[template(path = "choose_office.html")]
struct ChooseOffice {
    demo: bool,
    flash: Option<String>,
    csrf: String,
    person_name: String,
    sign_out_href: String,
    places: Vec<Place>,
}

struct Place {
    name: String,
    short: String,
    role: String,
    href: String,
    waiting: Option<String>,
}

/// Where somebody begins: in their one place, or choosing.
pub(super) fn home_of(session: &LiveSession) -> String {
    if let [only] = session.places.as_slice() {
        match &only.seat {
            Seat::Province(code) => return routes::Province::at(code),
            Seat::Platform => return routes::Platform::at(),
            Seat::Office(_) => {}
        }
    }
    let elsewhere = session.places.iter().any(|held| !matches!(held.seat, Seat::Office(_)));
    match session.offices().as_slice() {
        [only] if !elsewhere && only.is_open() => routes::Office::at(&only.slug),
        _ => routes::ChooseOffice::PATTERN.to_owned(),
    }
}

pub(super) async fn get(
    site: Data<Site>,
    request: HttpRequest,
    signed: SignedIn,
) -> Result<HttpResponse, PageError> {
    let places = places(&site, &signed.session).await?;
    let choose = ChooseOffice {
        demo: site.demo,
        flash: flash::read(&request),
        csrf: signed.csrf().token(),
        person_name: signed.session.name.clone(),
        sign_out_href: routes::SignOut::PATTERN.to_owned(),
        places,
    };
    page::whole(&request, site.secure, &choose)
}

/// Offices first, in order of grant; a suspended one is not to be chosen.
async fn places(site: &Site, session: &LiveSession) -> Result<Vec<Place>, PageError> {
    let mut places: Vec<_> = session
        .offices()
        .into_iter()
        .filter(|office| office.is_open())
        .map(|office| Place::in_office(session, office))
        .collect();
    let provinces = session.places.iter().filter_map(|held| match &held.seat {
        Seat::Province(code) => Some(code),
        Seat::Office(_) | Seat::Platform => None,
    });
    let tx = PlatformTx::read(&site.house).await?;
    for code in provinces {
        if let Some(province) = tenancy::province(&tx, code).await? {
            let name = format!("Provinsi {}", province.name);
            places.push(Place::above(name, &province.code, Role::ProvinceAdmin, routes::Province::at(code)));
        }
    }
    if session.is_on_platform() {
        let href = routes::Platform::PATTERN.to_owned();
        places.push(Place::above("Seluruh Indonesia".to_owned(), "ID", Role::PlatformAdmin, href));
    }
    Ok(places)
}

impl Place {
    fn in_office(session: &LiveSession, office: &Office) -> Self {
        let acting = session.acting(office.id);
        let here = |held: &&Held| matches!(&held.seat, Seat::Office(seat) if seat.id == office.id);
        let own = session.places.iter().filter(here).map(|held| held.role.label().to_owned());
        let mut roles: Vec<String> = own.collect();
        roles.dedup();
        if let Some(acting) = acting {
            roles.push(acting.words(office));
        }
        Self {
            name: office.name.clone(),
            short: office.receipt_code.clone(),
            role: roles.join(", "),
            href: routes::Office::at(&office.slug),
            waiting: None,
        }
    }

    fn above(name: String, short: &str, role: Role, href: String) -> Self {
        Self { name, short: short.to_owned(), role: role.label().to_owned(), href, waiting: None }
    }
}
