//! One format: what a citizen sees of it, its draft, the history of its editions with how much an older one is still
//! used, and the steps that need no form of their own.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{id::ServiceId, permission::Permission};
use serde::Deserialize;

use super::{
    super::editions::{self, EditionRow},
    crumbs, service,
    tampak::Preview,
};
use crate::{
    domain::{catalogue, editions::Heading},
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, count},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/format_satu.html")]
struct FormatPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    service: String,
    /// What a citizen sees today.
    preview: Option<Preview>,
    drafted: bool,
    edit_href: String,
    publish_href: String,
    discard_href: String,
    sample_href: Option<String>,
    revision: i64,
    editions: Vec<(EditionRow, String)>,
    copy_href: String,
    others: Vec<Choice>,
}

/// What a step is told.
#[derive(Deserialize, Default)]
pub(super) struct Told {
    #[serde(default)]
    revision: i64,
    #[serde(default)]
    office: String,
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
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = catalogue::format_sheet(&cx, id).await?.ok_or(PageError::NotFound)?;
    let now = cx.now();
    let held = sheet.current.as_ref().map(|one| one.number);
    let row = |one: &Heading| {
        let href = routes::FormatEdition::at(slug, id, one.number);
        let uses = sheet.old_uses.get(&one.number).filter(|_| Some(one.number) != held);
        let used = uses.map(|uses| format!("masih dipakai: {} pesan dalam 30 hari", count(*uses)));
        (EditionRow::of(one, &seat.office, (href, now)), used.unwrap_or_default())
    };
    let around = (&*seat.office, seat.office.zone.date(now));
    let preview = sheet.current.as_ref();
    let begins = sheet.has_sample && sheet.draft.is_none() && sheet.current.is_none();
    let shown = FormatPage {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: crumbs(&seat, None),
        preview: preview.map(|one| Preview::of(&one.document, (&sheet.service, sheet.free), around)),
        drafted: sheet.draft.is_some(),
        edit_href: routes::FormatDraft::at(slug, id),
        publish_href: routes::FormatPublish::at(slug, id),
        discard_href: routes::FormatStep::at(slug, id, "buang"),
        sample_href: begins.then(|| routes::FormatStep::at(slug, id, "contoh")),
        revision: sheet.draft.as_ref().map_or(0, |draft| draft.revision),
        editions: sheet.history.iter().map(row).collect(),
        copy_href: routes::FormatStep::at(slug, id, "salin"),
        others: if held.is_some() { editions::others(&seat) } else { Vec::new() },
        service: sheet.service.clone(),
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
    let id = service(&path.1)?;
    if path.2 == "salin" {
        return copy(&site, &seat, id, &told.office).await;
    }
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let slug = &seat.office.slug;
    let (back, said) = match path.2.as_str() {
        "buang" => {
            catalogue::discard_format(&mut cx, id, told.revision).await?;
            (routes::Format::at(slug, id), "Rancangan dibuang.")
        }
        "contoh" => {
            catalogue::sample_format(&mut cx, id).await?;
            (
                routes::FormatDraft::at(slug, id),
                "Contoh disalin sebagai rancangan. Sesuaikan, lalu terbitkan.",
            )
        }
        _ => return Err(PageError::NotFound),
    };
    cx.commit().await?;
    Ok(flash::see_other(site.secure, &back, said))
}

/// Copies the format that holds to another office of the person's, as a draft of the service with the same code.
async fn copy(site: &Site, seat: &InOffice, id: ServiceId, slug: &str) -> Answer {
    let (code, definition) = {
        let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
        catalogue::copy_format_out(&cx, id).await?
    };
    let (office, actor) = editions::other(seat, slug)?;
    let mut cx = Cx::write(&site.house, office.id, actor).await?;
    let copied = catalogue::copy_format_in(&mut cx, (&code, &definition)).await?;
    cx.commit().await?;
    let next = routes::Format::at(&office.slug, copied);
    let said = format!("Disalin sebagai rancangan di {}.", office.name);
    Ok(flash::see_other(site.secure, &next, &said))
}
