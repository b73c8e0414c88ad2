//! The list of formats: which line asks for which service, by which edition, and how much an older one is still used.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use loket_core::permission::Permission;
use serde::Deserialize;

use super::super::editions;
use crate::{
    domain::{
        catalogue::{self, FormatLine},
        tenancy,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Tag, count},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/format.html")]
struct Formats {
    frame: Frame,
    crumbs: Vec<Crumb>,
    services_href: String,
    action: String,
    form: Option<String>,
    drawn: Vec<Shown>,
    blank: Vec<Shown>,
}

/// A service of the list.
struct Shown {
    service: String,
    href: String,
    /// The published line; empty without one.
    line: String,
    edition: String,
    tags: Vec<Tag>,
    /// How many lines still need an older edition; empty for none.
    old: String,
}

/// The page.
pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ConfigureOffice)?;
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let known = |line: &FormatLine| line.current.is_some() || line.drafted || line.coming.is_some();
    let (drawn, blank): (Vec<_>, Vec<_>) = catalogue::format_lines(&cx).await?.into_iter().partition(known);
    let offered = blank.into_iter().filter(|line| line.active);
    let shown = Formats {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(slug))],
        services_href: routes::Services::at(slug),
        action: routes::Formats::at(slug),
        form: seat.office.web_form.then(|| format!("{}{}", site.public_url, routes::WebForm::at(slug))),
        drawn: drawn.into_iter().map(|line| Shown::of(slug, line)).collect(),
        blank: offered.map(|line| Shown::of(slug, line)).collect(),
    };
    page::whole(&request, site.secure, &shown)
}

/// What was pressed.
#[derive(Deserialize)]
pub(super) struct Switch {
    #[serde(default)]
    form: String,
}

/// Opens or closes the public form.
pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    form: Form<Switch>,
) -> Result<HttpResponse, PageError> {
    let open = form.checked(seat.csrf())?.form == "buka";
    seat.demand(Permission::ConfigureOffice)?;
    tenancy::change_web_form(&site.house, &seat.office, &seat.actor(), open).await?;
    let words = if open { "Formulir web dibuka." } else { "Formulir web ditutup." };
    Ok(flash::see_other(site.secure, &routes::Formats::at(&seat.office.slug), words))
}

impl Shown {
    fn of(slug: &str, line: FormatLine) -> Self {
        let mut tags = editions::tags(line.drafted, line.coming);
        if !line.active {
            tags.push(Tag::new("layanan ditutup", "quiet"));
        }
        let edition = line.current.as_ref().map(|one| format!("edisi {}", one.number));
        Self {
            href: routes::Format::at(slug, line.id),
            service: line.service,
            line: line.current.map(|one| one.document.line_template()).unwrap_or_default(),
            edition: edition.unwrap_or_else(|| "belum terbit".to_owned()),
            tags,
            old: match line.old_uses {
                0 => String::new(),
                uses => format!("edisi lama masih dipakai: {} pesan dalam 30 hari", count(uses)),
            },
        }
    }
}
