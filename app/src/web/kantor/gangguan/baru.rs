//! Entering an outage: with one press, or with its particulars.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::{
    outage::{OutageKind, Provider},
    permission::Permission,
};

use super::isian::{Entry, shown};
use crate::{
    domain::{
        catalogue,
        outages::{self, NewOutage, OutageError},
        tenancy,
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

#[derive(Template)]
#[template(path = "kantor/gangguan_baru.html")]
struct NewPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    kinds: Vec<Choice>,
    providers: Vec<Choice>,
    services: Vec<Choice>,
    units: Vec<Choice>,
    zone: &'static str,
    typed: Entry,
    error: Option<String>,
}

type Answer = Result<HttpResponse, PageError>;

/// One press: it is out from now on, and touches everything that whoever presses has to do with.
pub(super) async fn at_once(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Entry>,
) -> Answer {
    let entry = form.checked(seat.csrf())?;
    let entry = Entry { kind: entry.kind, ..reported(&seat) };
    enter((&site, &seat, &request), entry).await
}

/// What whoever enters something has to do with; nothing is ticked for who has to do with everything.
fn reported(seat: &InOffice) -> Entry {
    let scope = outages::reported_scope(&seat.standing.reach(Permission::ReportOutages));
    Entry {
        services: scope.services.iter().map(ToString::to_string).collect(),
        units: scope.units.iter().map(ToString::to_string).collect(),
        ..Entry::default()
    }
}

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ReportOutages)?;
    let now = shown(site.house.clock.now(), seat.office.zone);
    let typed = Entry { from: now, ..reported(&seat) };
    draw((&site, &seat, &request), typed, (StatusCode::OK, None)).await
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Entry>,
) -> Answer {
    let entry = form.checked(seat.csrf())?;
    enter((&site, &seat, &request), entry).await
}

async fn enter((site, seat, request): (&Site, &InOffice, &HttpRequest), entry: Entry) -> Answer {
    seat.demand(Permission::ReportOutages)?;
    let slug = &seat.office.slug;
    let refused = match entry.outage((seat.office.zone, site.house.clock.now())) {
        Ok(new) => match kept(site, seat, &new).await {
            Ok(said) => return Ok(said),
            Err(OutageError::Already(id)) => {
                let said = OutageError::Already(id).to_string();
                return Ok(flash::see_other(site.secure, &routes::Outage::at(slug, id), &said));
            }
            Err(refused @ (OutageError::Invalid(_) | OutageError::Beyond)) => refused.to_string(),
            Err(error) => return Err(error.into()),
        },
        Err(sentence) => sentence.to_owned(),
    };
    draw((site, seat, request), entry, (StatusCode::UNPROCESSABLE_ENTITY, Some(refused))).await
}

async fn kept(site: &Site, seat: &InOffice, new: &NewOutage) -> Result<HttpResponse, OutageError> {
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let id = outages::enter(&mut cx, new).await?;
    cx.commit().await?;
    let back = routes::Outage::at(&seat.office.slug, id);
    let said = "Gangguan tercatat. Waktu layanan yang terdampak dijeda.";
    Ok(flash::see_other(site.secure, &back, said))
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    typed: Entry,
    (status, error): (StatusCode, Option<String>),
) -> Answer {
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let services = catalogue::load(&cx).await?;
    let ticked = |all: &[String], id: String, name: String| {
        let chosen = all.contains(&id);
        Choice::new(id.as_str(), name).chosen(chosen)
    };
    let page = NewPage {
        frame: frame(site, seat, request, Here::Outages),
        crumbs: vec![Crumb::new("Gangguan", routes::Outages::at(&office.slug))],
        action: routes::OutageNew::at(&office.slug),
        kinds: OutageKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.word(), kind.label()).chosen(kind.word() == typed.kind))
            .collect(),
        providers: Provider::ALL
            .iter()
            .map(|one| Choice::new(one.word(), one.label()).chosen(one.word() == typed.provider))
            .collect(),
        services: services
            .services
            .iter()
            .map(|one| ticked(&typed.services, one.id.to_string(), one.name.clone()))
            .collect(),
        units: tenancy::units(&cx)
            .await?
            .into_iter()
            .map(|one| ticked(&typed.units, one.id.to_string(), one.name))
            .collect(),
        zone: office.zone.word(),
        typed,
        error,
    };
    page::with_status(status, (request, site.secure), &page)
}
