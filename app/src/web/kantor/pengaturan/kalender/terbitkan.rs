//! Publishing the draft of a timetable: what changes, and from when it holds.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{calendar::Timetable, edition::Document, permission::Permission};

use super::{
    super::editions::{self as shared, Changed, Publishing},
    crumbs, of,
};
use crate::{
    domain::{
        calendars::{self, CalendarError, Of},
        editions::{self, Publication},
    },
    infra::Cx,
    web::{
        error::PageError,
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
#[template(path = "kantor/pengaturan/kalender_terbitkan.html")]
struct PublishPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    edit_href: String,
    typed: Publishing,
    wrong: Option<String>,
    /// What keeps it from being published.
    problems: Vec<String>,
    changes: Vec<Changed>,
    /// Whether it is the first edition.
    first: bool,
    drafted: bool,
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
    draw((&site, &seat, &request), of, Publishing::default(), (StatusCode::OK, None)).await
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
    form: Form<Publishing>,
) -> Answer {
    let typed = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let of = of(&path.1)?;
    let back = routes::Calendar::at(&seat.office.slug, of);
    let publish = async |cx: &mut Cx<'_>, how: &Publication| calendars::publish(cx, of, how).await;
    let why = |error: CalendarError| match error {
        CalendarError::Edition(refusal) => Ok(shared::unpublished(&refusal)),
        error => Err(error.into()),
    };
    match shared::published((&site, &seat), (&typed, back), publish, why).await? {
        Ok(answer) => Ok(answer),
        Err(refused) => draw((&site, &seat, &request), of, typed, refused).await,
    }
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    of: Of,
    typed: Publishing,
    (status, wrong): (StatusCode, Option<String>),
) -> Answer {
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = calendars::sheet(&cx, of).await?.ok_or(PageError::NotFound)?;
    let held = sheet.current.as_ref().map(|one| &one.document);
    let draft = sheet.draft.as_ref().map(|one| &one.document);
    let differs = |draft| editions::compared::<Timetable>(held.or(Some(&sheet.ground)), draft);
    let problems = draft.map(Document::check).unwrap_or_default();
    let shown = PublishPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: crumbs(seat, Some(&sheet)),
        action: routes::CalendarPublish::at(slug, of),
        edit_href: routes::CalendarDraft::at(slug, of),
        typed: Publishing { revision: sheet.draft.as_ref().map_or(0, |draft| draft.revision), ..typed },
        wrong,
        problems: problems.into_iter().map(|one| one.sentence).collect(),
        changes: shared::drawn(draft.map(differs).unwrap_or_default(), |_, text| text),
        first: held.is_none(),
        drafted: draft.is_some(),
    };
    page::with_status(status, (request, site.secure), &shown)
}
