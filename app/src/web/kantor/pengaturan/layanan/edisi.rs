//! An edition of a service: what it said, and what it changed.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{edition::Difference, id::UnitId, permission::Permission, standard::Standard};

use super::{
    super::editions::{self as shared, Changed},
    crumbs, lihat, service,
    standar::StandardView,
};
use crate::{
    domain::{catalogue, editions},
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
#[template(path = "kantor/pengaturan/layanan_edisi.html")]
struct EditionPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    note: String,
    changes: Vec<Changed>,
    view: StandardView,
}

/// What differs, with units by their names.
pub(super) fn drawn(all: Vec<Difference>, units: &[(UnitId, String)]) -> Vec<Changed> {
    shared::drawn(all, |key, text| {
        let unit = units.iter().find(|(id, _)| key == "unit" && id.to_string() == text);
        unit.map_or(text, |(_, name)| name.clone())
    })
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ConfigureOffice)?;
    let id = service(&path.1)?;
    let number: i64 = path.2.parse().map_err(|_| PageError::NotFound)?;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = catalogue::sheet(&cx, id).await?.ok_or(PageError::NotFound)?;
    let one = editions::numbered::<Standard>(&cx, id.0, number).await?.ok_or(PageError::NotFound)?;
    let before = editions::numbered::<Standard>(&cx, id.0, number - 1).await?;
    let units = lihat::units(&cx).await?;
    let changes = before.map(|old| editions::compared(Some(&old.document), &one.document));
    let heading = sheet.history.iter().find(|heading| heading.number == number);
    let shown = EditionPage {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: crumbs(&seat, Some((id, sheet.name()))),
        title: format!("Edisi {number}"),
        note: heading.map(|heading| heading.note.clone()).unwrap_or_default(),
        changes: drawn(changes.unwrap_or_default(), &units),
        view: StandardView::of(&one.document, &units),
    };
    page::whole(&request, site.secure, &shown)
}
