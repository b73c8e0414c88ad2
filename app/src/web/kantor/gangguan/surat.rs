//! The letter about a month to one who answers for a system, to be printed, numbered and signed.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    outage::{OutageKind, Provider},
    permission::Permission,
    zone::long_date,
};

use super::{
    bulan::{Month, System},
    tampak::{Names, Shown},
};
use crate::{
    domain::outages::{self, OutageView},
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Kop},
        routes,
        site::Site,
    },
};

#[derive(Template)]
#[template(path = "kantor/gangguan_surat.html")]
struct LetterPage {
    frame: Frame,
    kop: Kop,
    crumbs: Vec<Crumb>,
    to: &'static str,
    month: String,
    date: String,
    head: &'static str,
    office: String,
    systems: Vec<System>,
    entries: Vec<Entry>,
}

struct Entry {
    shown: Shown,
    reference: String,
    note: String,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadOutages)?;
    let (_, month, provider) = path.into_inner();
    let month: Month = month.parse()?;
    let provider: Provider = provider.parse().map_err(|_| PageError::NotFound)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let outages::Month { systems, entries } =
        outages::of_provider(&cx, office, (provider, month.days())).await?;
    if entries.is_empty() {
        return Err(PageError::NotFound);
    }
    let kinds: Vec<OutageKind> = entries.iter().map(|one| one.kind).collect();
    let names = Names::of(&cx).await?;
    let now = cx.now();
    let slug = &office.slug;
    let entry = |one: &OutageView| Entry {
        shown: Shown::of(one, (&names, routes::Outage::at(slug, one.id)), (office.zone, now)),
        reference: one.reference.clone().unwrap_or_default(),
        note: one.note.clone(),
    };
    let page = LetterPage {
        frame: frame(&site, &seat, &request, Here::Outages),
        kop: Kop::of(office),
        crumbs: vec![
            Crumb::new("Gangguan", routes::Outages::at(slug)),
            Crumb::new(month.words(), routes::OutageMonth::at(slug, month)),
        ],
        to: provider.label(),
        month: month.words(),
        date: long_date(office.zone.date(now)),
        head: office.kind.head(),
        office: office.name.clone(),
        systems: systems.iter().filter(|line| kinds.contains(&line.kind)).map(System::of).collect(),
        entries: entries.iter().map(entry).collect(),
    };
    page::whole(&request, site.secure, &page)
}
