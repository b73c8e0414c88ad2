//! An edition of a format: what it said, and what it changed.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{format::FormatDefinition, permission::Permission};

use super::{
    super::editions::{self as shared, Changed},
    crumbs, service,
    tampak::Preview,
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
#[template(path = "kantor/pengaturan/format_edisi.html")]
struct EditionPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    note: String,
    changes: Vec<Changed>,
    preview: Preview,
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
    let sheet = catalogue::format_sheet(&cx, id).await?.ok_or(PageError::NotFound)?;
    let of = |number| editions::numbered::<FormatDefinition>(&cx, id.0, number);
    let one = of(number).await?.ok_or(PageError::NotFound)?;
    let before = of(number - 1).await?;
    let changes = before.map(|old| editions::compared(Some(&old.document), &one.document));
    let heading = sheet.history.iter().find(|heading| heading.number == number);
    let around = (&*seat.office, seat.office.zone.date(cx.now()));
    let shown = EditionPage {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: crumbs(&seat, Some((id, &sheet.service))),
        title: format!("Edisi {number}"),
        note: heading.map(|heading| heading.note.clone()).unwrap_or_default(),
        changes: shared::drawn(changes.unwrap_or_default(), |_, text| text),
        preview: Preview::of(&one.document, (&sheet.service, sheet.free), around),
    };
    page::whole(&request, site.secure, &shown)
}
