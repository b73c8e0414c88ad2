//! One service: its standard as it holds, who serves it, its draft, and the history of its editions; and the steps that
//! need no form of their own.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    id::{ServiceId, UnitId},
    permission::Permission,
};
use serde::Deserialize;

use super::{
    super::editions::{self, EditionRow},
    crumbs, service,
    standar::StandardView,
};
use crate::{
    domain::{
        catalogue::{self, ServiceSheet},
        editions::Heading,
        people, tenancy,
    },
    infra::{Cx, Outcome},
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, Tag},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/layanan_satu.html")]
struct ServicePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    name: String,
    state: Tag,
    /// What it says: of the draft as long as nothing holds.
    view: Option<StandardView>,
    drafted: bool,
    edit_href: String,
    publish_href: String,
    discard_href: String,
    revision: i64,
    /// Switching it on or off; none before anything was published.
    switch: Option<(&'static str, String)>,
    officers: Vec<String>,
    editions: Vec<EditionRow>,
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

/// The units of the office by name.
pub(super) async fn units(cx: &Cx<'_>) -> Outcome<Vec<(UnitId, String)>> {
    Ok(tenancy::units(cx).await?.into_iter().map(|one| (one.id, one.name)).collect())
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let id = service(&path.1)?;
    let (sheet, units) = {
        let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
        (catalogue::sheet(&cx, id).await?.ok_or(PageError::NotFound)?, units(&cx).await?)
    };
    let officers = people::serving(&site.house, seat.office.id, id).await?;
    let slug = &seat.office.slug;
    let read = sheet.standard.as_ref().or(sheet.draft.as_ref().map(|draft| &draft.document));
    let now = site.house.clock.now();
    let row = |one: &Heading| {
        EditionRow::of(one, &seat.office, (routes::ServiceEdition::at(slug, id, one.number), now))
    };
    let switch = sheet.begun.then(|| {
        let (word, step) = if sheet.active { ("Tutup layanan", "mati") } else { ("Buka layanan", "nyala") };
        (word, routes::ServiceStep::at(slug, id, step))
    });
    let shown = ServicePage {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: crumbs(&seat, None),
        name: sheet.name().to_owned(),
        state: state(&sheet),
        view: read.map(|standard| StandardView::of(standard, &units)),
        drafted: sheet.draft.is_some(),
        edit_href: routes::ServiceDraft::at(slug, id, "umum"),
        publish_href: routes::ServicePublish::at(slug, id),
        discard_href: routes::ServiceStep::at(slug, id, "buang"),
        revision: sheet.draft.as_ref().map_or(0, |draft| draft.revision),
        switch,
        officers: officers.into_iter().map(|one| one.name).collect(),
        editions: sheet.history.iter().map(row).collect(),
        copy_href: routes::ServiceStep::at(slug, id, "salin"),
        others: if sheet.edition.is_some() { editions::others(&seat) } else { Vec::new() },
    };
    page::whole(&request, site.secure, &shown)
}

fn state(sheet: &ServiceSheet) -> Tag {
    match (sheet.begun, sheet.active) {
        (true, true) => Tag::new("ditawarkan", "ok"),
        (true, false) => Tag::new("ditutup", "quiet"),
        (false, _) => Tag::new("belum terbit", "warn"),
    }
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
    let said = match path.2.as_str() {
        "nyala" => catalogue::switch(&mut cx, id, true).await.map(|()| "Layanan dibuka.")?,
        "mati" => catalogue::switch(&mut cx, id, false)
            .await
            .map(|()| "Layanan ditutup. Permohonan yang berjalan tetap diselesaikan.")?,
        "buang" => catalogue::discard(&mut cx, id, told.revision).await.map(|()| "Rancangan dibuang.")?,
        _ => return Err(PageError::NotFound),
    };
    let stays = catalogue::sheet(&cx, id).await?.is_some();
    cx.commit().await?;
    let slug = &seat.office.slug;
    let back = if stays { routes::Service::at(slug, id) } else { routes::Services::at(slug) };
    Ok(flash::see_other(site.secure, &back, said))
}

/// Copies the standard that holds to another office of the person's, as a draft there.
async fn copy(site: &Site, seat: &InOffice, id: ServiceId, slug: &str) -> Answer {
    let standard = {
        let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
        catalogue::copy_out(&cx, id).await?
    };
    let (office, actor) = editions::other(seat, slug)?;
    let mut cx = Cx::write(&site.house, office.id, actor).await?;
    let copied = catalogue::copy_in(&mut cx, &standard).await?;
    cx.commit().await?;
    let next = routes::Service::at(&office.slug, copied);
    let said = format!("Disalin sebagai rancangan di {}.", office.name);
    Ok(flash::see_other(site.secure, &next, &said))
}
