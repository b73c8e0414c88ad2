//! The list of timetables: the office's, and those of units that have their own.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use loket_core::{calendar::HoursKind, permission::Permission};

use super::super::editions;
use crate::{
    domain::calendars::{self, CalendarLine},
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
#[template(path = "kantor/pengaturan/kalender.html")]
struct Calendars {
    frame: Frame,
    crumbs: Vec<Crumb>,
    lines: Vec<Shown>,
}

/// A timetable of the list.
struct Shown {
    name: String,
    href: String,
    /// The hours in which the public is served.
    hours: String,
    edition: String,
    tags: Vec<Tag>,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ConfigureOffice)?;
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let lines = calendars::lines(&cx).await?;
    let shown = Calendars {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(slug))],
        lines: lines.into_iter().map(|line| Shown::of(slug, line)).collect(),
    };
    page::whole(&request, site.secure, &shown)
}

impl Shown {
    fn of(slug: &str, line: CalendarLine) -> Self {
        let tags = editions::tags(line.drafted, line.coming);
        let without = if line.unit.is_some() { "mengikuti kantor" } else { "belum terbit" };
        let weeks = line.current.as_ref().map(|one| one.document.weeks.of(HoursKind::Service).words());
        Self {
            href: routes::Calendar::at(slug, line.of),
            name: line.unit.unwrap_or_else(|| "Kantor".to_owned()),
            hours: weeks.unwrap_or_default(),
            edition: line.current.map_or_else(|| without.to_owned(), |one| format!("edisi {}", one.number)),
            tags,
        }
    }
}
