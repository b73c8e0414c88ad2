//! `/k/{office}/ajukan`: the public form. First what is asked for, then the fields of that service's format.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, Path},
};
use askama::Template;
use loket_core::{
    format::{Field, Problem},
    permission::Whereabouts,
};
use serde::Deserialize;

use crate::{
    domain::{
        accounts,
        catalogue::{self, Catalogue},
        requests::{self, RequestError, WebEntry},
        tenancy::Office,
    },
    infra::{Cx, PlatformTx},
    web::{
        error::PageError,
        flash,
        form::Form,
        page,
        peer::Peer,
        routes,
        schema_form::{self, Input},
        site::Site,
        visitor::Visitor,
    },
};

/// Why a form is not taken for a while.
const TOO_MANY: &str = "Terlalu banyak formulir dari jaringan ini. Tunggu 15 menit, lalu kirim lagi. Isian tetap ada di halaman ini.";

#[derive(Template)]
#[template(path = "warga/ajukan.html")]
struct FormPage {
    demo: bool,
    flash: Option<String>,
    csrf: String,
    action: String,
    office: String,
    hours: String,
    address: String,
    services: Vec<Service>,
    chosen: Option<Chosen>,
    /// What keeps the office from working at the moment.
    disruption: Option<String>,
    /// What is wrong with all of it.
    wrong: Option<String>,
}

/// What can be asked for.
struct Service {
    name: String,
    free: bool,
    variants: Vec<(String, String)>,
}

/// What was chosen.
struct Chosen {
    variant: String,
    title: String,
    free: bool,
    papers: Vec<String>,
    inputs: Vec<Input>,
    key: String,
}

/// What is asked for.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    layanan: String,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Tried {
    variant: String,
    key: String,
    typed: BTreeMap<String, String>,
    problems: Vec<Problem>,
    whole: Option<String>,
}

pub(super) async fn get(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let office = with_form(&site, &slug).await?;
    let tried = Tried { variant: asked.into_inner().layanan, ..Tried::default() };
    draw((&site, &request), &office, (StatusCode::OK, tried)).await
}

/// Opens the request and leads to its receipt, or shows the form again.
pub(super) async fn post(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let visitor = Visitor::of(&request, &site).ok_or(PageError::Token)?;
    let sent = form.checked(&visitor.key)?;
    let said = |wanted: &str| {
        let found = sent.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let (variant, key) = (said("layanan"), said("kunci"));
    let mut tried = Tried { variant, key, typed: schema_form::typed(sent), ..Tried::default() };
    let office = with_form(&site, &slug).await?;
    if too_often(&site, &request, &office).await? {
        tried.whole = Some(TOO_MANY.to_owned());
        return draw((&site, &request), &office, (StatusCode::TOO_MANY_REQUESTS, tried)).await;
    }
    let Ok(variant) = tried.variant.parse() else {
        tried.whole = Some("Pilih layanan dahulu.".to_owned());
        return draw((&site, &request), &office, (StatusCode::UNPROCESSABLE_ENTITY, tried)).await;
    };
    let entry = WebEntry { variant, typed: &tried.typed, key: &tried.key };
    match open(&site, &office, &entry).await {
        Ok(token) => {
            return Ok(flash::see_other(site.secure, &routes::WebReceipt::at(&office.slug, &token), ""));
        }
        Err(RequestError::Fields(problems)) => {
            tried.whole = Some(RequestError::Fields(Vec::new()).to_string());
            tried.problems = problems;
        }
        Err(RequestError::Invalid(sentence)) => tried.whole = Some(sentence.to_owned()),
        Err(error) => return Err(error.into()),
    }
    draw((&site, &request), &office, (StatusCode::UNPROCESSABLE_ENTITY, tried)).await
}

/// Opens the request; gives the token of its receipt. A second tap finds what the first opened.
async fn open(site: &Site, office: &Office, entry: &WebEntry<'_>) -> Result<String, RequestError> {
    super::take(site, office, async |mut cx| {
        let (id, opened) = requests::open_from_web(&mut cx, office, entry).await?;
        let token = requests::receipt_token(&cx, id);
        if opened {
            cx.commit().await?;
        }
        Ok(token)
    })
    .await
}

/// The office of an address, if it takes forms.
async fn with_form(site: &Site, slug: &str) -> Result<Office, PageError> {
    let office = super::office(site, slug).await?;
    if office.web_form { Ok(office) } else { Err(PageError::NotFound) }
}

/// Counts a form that is handed in.
async fn too_often(site: &Site, request: &HttpRequest, office: &Office) -> Result<bool, PageError> {
    let ip = Peer::of(request, &site.trusted_proxies).ip;
    let tx = PlatformTx::write(&site.house).await?;
    let often = accounts::forms_too_often(&tx, office.id, ip).await?;
    tx.commit().await?;
    Ok(often)
}

async fn draw(
    (site, request): (&Site, &HttpRequest),
    office: &Office,
    (status, mut tried): (StatusCode, Tried),
) -> Result<HttpResponse, PageError> {
    let cx = Cx::read(&site.house, office.id, super::SOMEBODY).await?;
    let catalogue = catalogue::load(&cx).await?;
    let visitor = Visitor::meet(request, site);
    let page = FormPage {
        demo: site.demo,
        flash: flash::read(request),
        csrf: visitor.key.token(),
        action: routes::WebForm::at(&office.slug),
        office: office.name.clone(),
        hours: office.hours.clone(),
        address: office.address.clone(),
        services: services(&catalogue, office),
        disruption: office.disruption(asked_for(&catalogue, &tried)),
        wrong: tried.whole.take(),
        chosen: chosen(&cx, (office, &catalogue), tried),
    };
    let mut answer = page::with_status(status, (request, site.secure), &page)?;
    visitor.stay(&mut answer, site)?;
    Ok(answer)
}

/// What an outage may touch of what was chosen.
fn asked_for(catalogue: &Catalogue, tried: &Tried) -> Whereabouts<'static> {
    let chosen = tried.variant.parse().ok().and_then(|variant| catalogue.variant(variant));
    Whereabouts { service: chosen.map(|(service, _)| service.id), ..Whereabouts::NOWHERE }
}

fn services(catalogue: &Catalogue, office: &Office) -> Vec<Service> {
    let address = |variant| routes::WebForm::of(&office.slug, variant);
    let offered = catalogue.services.iter().filter(|service| !service.variants.is_empty());
    offered
        .map(|service| Service {
            name: service.name.clone(),
            free: service.free,
            variants: service.variants.iter().map(|one| (address(one.id), one.name.clone())).collect(),
        })
        .collect()
}

fn chosen(cx: &Cx<'_>, (office, catalogue): (&Office, &Catalogue), tried: Tried) -> Option<Chosen> {
    let (service, variant) = catalogue.variant(tried.variant.parse().ok()?)?;
    let form = requests::web_form_of(catalogue, service.id, office);
    let required = |field: &Field| field.required;
    Some(Chosen {
        title: requests::service_label(&service.name, &variant.name),
        free: service.free,
        papers: variant
            .papers
            .iter()
            .filter(|paper| paper.required)
            .map(|paper| paper.name.clone())
            .collect(),
        inputs: schema_form::inputs(&form, office, (&tried.typed, &tried.problems), required),
        key: if tried.key.is_empty() { requests::form_key(cx) } else { tried.key },
        variant: tried.variant,
    })
}
