//! Publishing the draft of a service: what changes, from when it holds, and why.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{edition::Document, id::ServiceId, permission::Permission, standard::Standard};

use super::{
    super::editions::{self as shared, Changed, Publishing},
    crumbs, edisi, lihat, service,
};
use crate::{
    domain::{
        catalogue::{self, StandardError},
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
#[template(path = "kantor/pengaturan/layanan_terbitkan.html")]
struct PublishPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    edit_href: String,
    typed: Publishing,
    wrong: Option<String>,
    /// What keeps it from being published, with the section where it is put right.
    problems: Vec<(String, String)>,
    changes: Vec<Changed>,
    /// Whether it is the first edition.
    first: bool,
    drafted: bool,
    missing: String,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let id = service(&path.1)?;
    draw((&site, &seat, &request), id, Publishing::default(), (StatusCode::OK, None)).await
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
    let id = service(&path.1)?;
    let back = routes::Service::at(&seat.office.slug, id);
    let publish = async |cx: &mut Cx<'_>, how: &Publication| catalogue::publish(cx, id, how).await;
    let why = |error: StandardError| match error {
        StandardError::Edition(refusal) => Ok(shared::unpublished(&refusal)),
        error => Err(error.into()),
    };
    match shared::published((&site, &seat), (&typed, back), publish, why).await? {
        Ok(answer) => Ok(answer),
        Err(refused) => draw((&site, &seat, &request), id, typed, refused).await,
    }
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    id: ServiceId,
    typed: Publishing,
    (status, wrong): (StatusCode, Option<String>),
) -> Answer {
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = catalogue::sheet(&cx, id).await?.ok_or(PageError::NotFound)?;
    let units = lihat::units(&cx).await?;
    let held = sheet.standard.as_ref().filter(|_| sheet.edition.is_some());
    let (mut changes, mut problems, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(draft) = &sheet.draft {
        if held.is_some() {
            changes = edisi::drawn(editions::compared::<Standard>(held, &draft.document), &units);
        }
        let place = |part: &str| routes::ServiceDraft::at(slug, id, part);
        problems = draft.document.check().into_iter().map(|one| (one.sentence, place(&one.part))).collect();
        missing = draft.document.missing();
    }
    let names: Vec<_> = missing.iter().map(|one| one.label().to_lowercase()).collect();
    let shown = PublishPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: crumbs(seat, Some((id, sheet.name()))),
        action: routes::ServicePublish::at(slug, id),
        edit_href: routes::ServiceDraft::at(slug, id, "umum"),
        typed: Publishing { revision: sheet.draft.as_ref().map_or(0, |draft| draft.revision), ..typed },
        wrong,
        problems,
        changes,
        first: held.is_none(),
        drafted: sheet.draft.is_some(),
        missing: names.join(", "),
    };
    page::with_status(status, (request, site.secure), &shown)
}
