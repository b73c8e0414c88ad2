//! One timetable: what holds, its draft, the history of its editions, and the step that needs no form of its own.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::permission::Permission;
use serde::Deserialize;

use super::{super::editions::EditionRow, crumbs, name, of, tampak::TimetableView};
use crate::{
    domain::calendars,
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
#[template(path = "kantor/pengaturan/kalender_satu.html")]
struct CalendarPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    name: String,
    /// What holds, or what is counted by until something is published.
    view: TimetableView,
    published: bool,
    is_unit: bool,
    drafted: bool,
    edit_href: String,
    publish_href: String,
    discard_href: String,
    revision: i64,
    editions: Vec<EditionRow>,
}

/// What a step is told.
#[derive(Deserialize, Default)]
pub(super) struct Told {
    #[serde(default)]
    revision: i64,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let of = of(&path.1)?;
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = calendars::sheet(&cx, of).await?.ok_or(PageError::NotFound)?;
    let now = cx.now();
    let edition = |number| routes::CalendarEdition::at(slug, of, number);
    let held = sheet.current.as_ref().map_or(&sheet.ground, |one| &one.document);
    let shown = CalendarPage {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: crumbs(&seat, None),
        name: name(&sheet).to_owned(),
        view: TimetableView::of(held, seat.office.zone.date(now)),
        published: sheet.current.is_some(),
        is_unit: sheet.unit.is_some(),
        drafted: sheet.draft.is_some(),
        edit_href: routes::CalendarDraft::at(slug, of),
        publish_href: routes::CalendarPublish::at(slug, of),
        discard_href: routes::CalendarStep::at(slug, of, "buang"),
        revision: sheet.draft.as_ref().map_or(0, |draft| draft.revision),
        editions: sheet
            .history
            .iter()
            .map(|one| EditionRow::of(one, &seat.office, (edition(one.number), now)))
            .collect(),
    };
    page::whole(&request, site.secure, &shown)
}

pub(super) async fn step(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String, String)>,
    form: Form<Told>,
) -> Answer {
    let told = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let of = of(&path.1)?;
    if path.2 != "buang" {
        return Err(PageError::NotFound);
    }
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    calendars::discard(&mut cx, of, told.revision).await?;
    cx.commit().await?;
    Ok(flash::see_other(site.secure, &routes::Calendar::at(&seat.office.slug, of), "Rancangan dibuang."))
}
