//! An edition of a timetable: what it said, and what it changed.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{calendar::Timetable, permission::Permission};

use super::{
    super::editions::{self as shared, Changed},
    crumbs, of,
};
use crate::{
    domain::{calendars, editions},
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame},
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/kalender_edisi.html")]
struct EditionPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    note: String,
    changes: Vec<Changed>,
    /// What it said, part by part.
    parts: Vec<(String, String)>,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, PageError> {
    use loket_core::edition::Document;
    seat.demand(Permission::ConfigureOffice)?;
    let of = of(&path.1)?;
    let number: i64 = path.2.parse().map_err(|_| PageError::NotFound)?;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = calendars::sheet(&cx, of).await?.ok_or(PageError::NotFound)?;
    let one = calendars::edition(&cx, of, number).await?.ok_or(PageError::NotFound)?;
    let before = calendars::edition(&cx, of, number - 1).await?;
    let changes = before.map(|old| editions::compared::<Timetable>(Some(&old.document), &one.document));
    let heading = sheet.history.iter().find(|heading| heading.number == number);
    let shown = EditionPage {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: crumbs(&seat, Some(&sheet)),
        title: format!("Edisi {number}"),
        note: heading.map(|heading| heading.note.clone()).unwrap_or_default(),
        changes: shared::drawn(changes.unwrap_or_default(), |_, text| text),
        parts: one.document.parts().into_iter().map(|part| (part.label, part.text)).collect(),
    };
    page::whole(&request, site.secure, &shown)
}
