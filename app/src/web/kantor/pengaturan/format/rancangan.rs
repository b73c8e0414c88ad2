//! Drawing the format of a service: one form whose every button keeps what was typed, with what a citizen would see and
//! a box in which a line is tried. Who opens it without a draft sees what holds, or a blank line, and begins by saving.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    edition::{Document, Problem},
    format::FormatDefinition,
    id::ServiceId,
    permission::Permission,
};

use super::{
    super::fields::Fields,
    begun, crumbs,
    isian::{self, Nearby, Row},
    service,
    tampak::{Preview, Tried},
};
use crate::{
    domain::{
        catalogue::{self, FormatError},
        editions::EditionError,
    },
    infra::Cx,
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

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/format_rancangan.html")]
struct DraftPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    service: String,
    action: String,
    publish_href: String,
    back_href: String,
    revision: i64,
    /// What whoever saves should know first.
    warning: Option<String>,
    problems: Vec<Problem>,
    keyword: String,
    aliases: String,
    separators: Vec<Choice>,
    trailing: bool,
    numbers: Vec<Choice>,
    rows: Vec<Row>,
    new_kinds: Vec<Choice>,
    /// What a citizen sees; nothing before there is a field.
    preview: Option<Preview>,
    try_line: String,
    tried: Option<Tried>,
}

impl DraftPage {
    fn wrong(&self, part: &str) -> Option<&str> {
        self.problems.iter().find(|one| one.part == part).map(|one| one.sentence.as_str())
    }
}

type Answer = Result<HttpResponse, PageError>;

/// What is shown besides the draft as it is kept.
#[derive(Default)]
struct Shown {
    /// What was typed and is not kept.
    typed: Option<FormatDefinition>,
    try_line: String,
    warning: Option<String>,
    /// The revision that was read, where it is not the one that is kept.
    revision: Option<i64>,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let id = service(&path.1)?;
    draw((&site, &seat, &request), id, (StatusCode::OK, Shown::default())).await
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
    form: Form<Vec<(String, String)>>,
) -> Answer {
    let fields = Fields::new(form.checked(seat.csrf())?);
    seat.demand(Permission::ConfigureOffice)?;
    let id = service(&path.1)?;
    let expected: i64 = fields.one("revision").parse().unwrap_or(0);
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = catalogue::format_sheet(&cx, id).await?.ok_or(PageError::NotFound)?;
    let typed = isian::read(&begun(&sheet), &fields, &Nearby::of(&seat.office.region_code));
    let here = (&**site, &seat, &request);
    // Looking and trying keep nothing.
    if matches!(fields.one("action"), "coba" | "lihat") {
        drop(cx);
        let try_line = fields.one("try_line").to_owned();
        let shown = Shown { typed: Some(typed), try_line, warning: None, revision: Some(expected) };
        return draw(here, id, (StatusCode::OK, shown)).await;
    }
    match catalogue::amend_format(&mut cx, id, (expected, &typed)).await {
        Ok(_) => {
            cx.commit().await?;
            let back = routes::FormatDraft::at(&seat.office.slug, id);
            Ok(flash::see_other(site.secure, &back, "Rancangan disimpan."))
        }
        Err(FormatError::Edition(EditionError::Stale | EditionError::NotFound)) => {
            drop(cx);
            let warning = Some(EditionError::Stale.to_string());
            let shown = Shown { typed: Some(typed), warning, ..Shown::default() };
            draw(here, id, (StatusCode::CONFLICT, shown)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    id: ServiceId,
    (status, shown): (StatusCode, Shown),
) -> Answer {
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = catalogue::format_sheet(&cx, id).await?.ok_or(PageError::NotFound)?;
    let known = shown.typed.is_some() || sheet.draft.is_some() || sheet.current.is_some();
    let revision = sheet.draft.as_ref().map_or(0, |draft| draft.revision);
    let one = shown.typed.unwrap_or_else(|| begun(&sheet));
    // A blank page is not told what it lacks.
    let mut problems = if known { one.check() } else { Vec::new() };
    problems.extend(catalogue::format_problems(&cx, (id, &one)).await?);
    let today = seat.office.zone.date(cx.now());
    let around = (&*seat.office, today);
    let rows = one.fields.iter().enumerate().map(|row| Row::of(row, &problems)).collect();
    let drawn = DraftPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: crumbs(seat, Some((id, &sheet.service))),
        action: routes::FormatDraft::at(slug, id),
        publish_href: routes::FormatPublish::at(slug, id),
        back_href: routes::Format::at(slug, id),
        revision: shown.revision.unwrap_or(revision),
        warning: shown.warning,
        keyword: one.keyword.clone(),
        aliases: one.aliases.join(", "),
        separators: isian::separators(one.separator),
        trailing: one.trailing,
        numbers: isian::numbers(one.numbers),
        rows,
        new_kinds: isian::kinds(None),
        preview: (!one.fields.is_empty()).then(|| Preview::of(&one, (&sheet.service, sheet.free), around)),
        tried: Tried::of(&one, &shown.try_line, around),
        try_line: shown.try_line,
        problems,
        service: sheet.service,
    };
    page::with_status(status, (request, site.secure), &drawn)
}
