//! `/kantor/{office}/pengaturan/rentan`: by how much requests of people of whom more care is taken are put ahead.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::{
    care::{AHEAD_HOURS, ahead_words},
    permission::Permission,
};
use serde::Deserialize;

use crate::{
    domain::tenancy,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame},
        routes,
        site::Site,
    },
};

#[derive(Template)]
#[template(path = "kantor/pengaturan/rentan.html")]
struct CarePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    choices: Vec<Choice>,
    error: Option<String>,
}

/// What was sent.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    hours: String,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    draw((&site, &seat, &request), (StatusCode::OK, None))
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Entry>,
) -> Answer {
    let entry = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let Some(hours) = entry.hours.parse().ok().filter(|hours| AHEAD_HOURS.contains(hours)) else {
        let error = Some("Pilih salah satu dari daftar.".to_owned());
        return draw((&site, &seat, &request), (StatusCode::UNPROCESSABLE_ENTITY, error));
    };
    tenancy::change_care_ahead(&site.house, &seat.office, &seat.actor(), hours).await?;
    let said = "Aturan disimpan. Berlaku untuk yang dicatat sesudah ini.";
    Ok(flash::see_other(site.secure, &routes::CareAhead::at(&seat.office.slug), said))
}

fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (status, error): (StatusCode, Option<String>),
) -> Answer {
    let slug = &seat.office.slug;
    let choice = |hours: &i64| {
        Choice::new(hours.to_string(), ahead_words(*hours)).chosen(*hours == seat.office.care_ahead)
    };
    let shown = CarePage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(slug))],
        action: routes::CareAhead::at(slug),
        choices: AHEAD_HOURS.iter().map(choice).collect(),
        error,
    };
    page::with_status(status, (request, site.secure), &shown)
}
