//! `/kantor/{office}/pengaturan/profil`: what the office says of itself.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::permission::Permission;
use serde::Deserialize;

use crate::{
    domain::tenancy::{self, DirectoryError, OfficeRefusal, Profile},
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Kop},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/profil.html")]
struct ProfilePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    profile: Profile,
    error: Option<String>,
    kop: Kop,
    logo_action: String,
    /// Where its hours are set, once a timetable says them.
    calendar_href: Option<String>,
}

/// What was sent.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    name: String,
    #[serde(default)]
    hours: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    letterhead: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    website: String,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    draw((&site, &seat, &request), Profile::of(&seat.office), (StatusCode::OK, None))
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Entry>,
) -> Answer {
    let Entry { name, hours, address, letterhead, phone, email, website } = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let profile = Profile { name, hours, address, letterhead, phone, email, website };
    match tenancy::change_profile(&site.house, &seat.office, &seat.actor(), &profile).await {
        Ok(()) => {
            let back = routes::Profile::at(&seat.office.slug);
            Ok(flash::see_other(site.secure, &back, "Profil kantor tersimpan dan langsung dipakai."))
        }
        Err(DirectoryError::Refused(OfficeRefusal::NotAllowed)) => Err(PageError::NotAllowed),
        Err(DirectoryError::Refused(refusal)) => {
            let error = Some(refusal.sentence().to_owned());
            draw((&site, &seat, &request), profile, (StatusCode::UNPROCESSABLE_ENTITY, error))
        }
        Err(DirectoryError::Fault(fault)) => Err(fault.into()),
    }
}

pub(super) fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    profile: Profile,
    (status, error): (StatusCode, Option<String>),
) -> Answer {
    let slug = &seat.office.slug;
    let shown = ProfilePage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(slug))],
        action: routes::Profile::at(slug),
        profile,
        error,
        kop: Kop::of(&seat.office),
        logo_action: routes::ProfileLogo::at(slug),
        calendar_href: seat.office.timetabled.then(|| routes::Calendars::at(slug)),
    };
    page::with_status(status, (request, site.secure), &shown)
}
