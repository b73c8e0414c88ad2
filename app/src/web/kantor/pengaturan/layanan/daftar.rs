//! The list of services: what is offered, by which edition, and what its standard does not say yet.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use loket_core::{permission::Permission, standard::Component};

use super::super::editions;
use crate::{
    domain::catalogue::{self, ServiceLine},
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Tag},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/layanan.html")]
struct Services {
    frame: Frame,
    crumbs: Vec<Crumb>,
    catalogue_href: String,
    active: Vec<Shown>,
    resting: Vec<Shown>,
}

/// A service of the list.
struct Shown {
    name: String,
    code: String,
    href: String,
    edition: String,
    /// Drafts and editions to come.
    tags: Vec<Tag>,
    /// How many of the fourteen components are said, and which are not.
    said: usize,
    missing: String,
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
    let (active, resting): (Vec<_>, Vec<_>) =
        catalogue::lines(&cx).await?.into_iter().partition(|line| line.active);
    let drawn = |lines: Vec<ServiceLine>| lines.into_iter().map(|line| Shown::of(slug, line)).collect();
    let shown = Services {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(slug))],
        catalogue_href: routes::ServiceCatalogue::at(slug),
        active: drawn(active),
        resting: drawn(resting),
    };
    page::whole(&request, site.secure, &shown)
}

impl Shown {
    fn of(slug: &str, line: ServiceLine) -> Self {
        let tags = editions::tags(line.drafted, line.coming);
        let missing: Vec<_> = line.missing.iter().map(|one| one.label().to_lowercase()).collect();
        Self {
            href: routes::Service::at(slug, line.id),
            name: line.name,
            code: line.code,
            edition: line
                .edition
                .map_or_else(|| "belum terbit".to_owned(), |number| format!("edisi {number}")),
            tags,
            said: line.edition.map_or(0, |_| Component::ALL.len() - line.missing.len()),
            missing: missing.join(", "),
        }
    }
}
