//! `/kantor/{office}/pengaturan/petugas/undang`: inviting somebody by mail, with a role and what it is for.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::{
    kinds::Role,
    permission::{Permission, Scope},
    text::{Email, PersonName},
};
use serde::Deserialize;

use super::{
    petugas::tab_word,
    role_form::{RoleEntry, RoleForm},
};
use crate::{
    domain::people::{self, NewInvitation, PeopleError, Tab},
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/undang.html")]
struct Invite {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    typed: Typed,
    wrong: Wrong,
    role: RoleForm,
}

#[derive(Default)]
struct Typed {
    email: String,
    name: String,
    title: String,
}

#[derive(Default)]
struct Wrong {
    email: Option<String>,
    name: Option<String>,
    whole: Option<String>,
}

/// What was sent.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    email: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    services: Vec<String>,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default)]
    districts: Vec<String>,
}

impl Entry {
    fn role_entry(&self) -> RoleEntry {
        RoleEntry::sent(&self.role, [&self.services, &self.units, &self.districts])
    }
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    may(&site, &seat)?;
    let entry = RoleEntry::of(Role::Operator, &Scope::default());
    draw((&site, &seat, &request), (Typed::default(), entry), (StatusCode::OK, Wrong::default())).await
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Entry>,
) -> Answer {
    let entry = form.checked(seat.csrf())?;
    may(&site, &seat)?;
    let wrong = match send(&site, &seat, &entry).await? {
        Ok(()) => {
            let to = routes::People::at(&seat.office.slug, tab_word(Tab::Invited), 0);
            let said = "Undangan dikirim. Tautannya berlaku 7 hari.";
            return Ok(flash::see_other(site.secure, &to, said));
        }
        Err(wrong) => wrong,
    };
    let role = entry.role_entry();
    let typed = Typed { email: entry.email, name: entry.name, title: entry.title };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    draw((&site, &seat, &request), (typed, role), (status, wrong)).await
}

/// Without a way of letters nobody is invited.
pub(super) fn may(site: &Site, seat: &InOffice) -> Result<(), PageError> {
    seat.demand(Permission::ConfigureOffice)?;
    match site.mailer {
        Some(_) => Ok(()),
        None => {
            Err(PageError::Refused("Surel belum diatur di server ini. Hubungi admin platform.".to_owned()))
        }
    }
}

async fn send(site: &Site, seat: &InOffice, entry: &Entry) -> Result<Result<(), Wrong>, PageError> {
    let mut wrong = Wrong::default();
    let email = Email::parse(&entry.email).map_err(|error| wrong.email = Some(error.to_string()));
    let name = PersonName::parse(&entry.name).map_err(|error| wrong.name = Some(error.to_string()));
    let (Ok(email), Ok(name)) = (email, name) else { return Ok(Err(wrong)) };
    let new = NewInvitation { email, name, title: entry.title.clone(), wish: entry.role_entry().wish()? };
    match people::invite(&site.house, &seat.office, &seat.actor(), new).await {
        Ok(_) => Ok(Ok(())),
        Err(PeopleError::Invalid(sentence)) => Ok(Err(Wrong { whole: Some(sentence), ..Wrong::default() })),
        Err(other) => Err(other.into()),
    }
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (typed, entry): (Typed, RoleEntry),
    (status, wrong): (StatusCode, Wrong),
) -> Answer {
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let parts = people::parts(&cx, office).await?;
    let list = routes::People::at(&office.slug, tab_word(Tab::Active), 0);
    let shown = Invite {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: vec![
            Crumb::new("Pengaturan", routes::Settings::at(&office.slug)),
            Crumb::new("Petugas", list),
        ],
        action: routes::Invite::at(&office.slug),
        typed,
        wrong,
        role: RoleForm::of(&parts, &entry, &office.district_word),
    };
    page::with_status(status, (request, site.secure), &shown)
}
