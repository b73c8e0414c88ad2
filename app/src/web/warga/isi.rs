//! `/isi/{office}/{token}`: the identity numbers of a line that was written in WhatsApp. Opening the page changes nothing:
//! what draws previews of links opens them too.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::format::{Field, Problem};

use crate::{
    domain::{
        requests::{self, LinkState, LinkView, RequestError},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        page, routes,
        schema_form::{self, Input},
        site::Site,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "warga/isi.html")]
struct LinkPage {
    demo: bool,
    flash: Option<String>,
    csrf: String,
    action: String,
    office: String,
    service: String,
    about: Option<String>,
    written: String,
    step: Step,
}

/// What whoever follows the link is shown.
enum Step {
    /// What is to be filled in.
    Fill { inputs: Vec<Input>, until: String, wrong: Option<String> },
    /// The receipt number.
    Done { receipt: String },
    /// How to get a new link.
    Over,
    /// That the service is closed.
    Closed,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Tried {
    typed: BTreeMap<String, String>,
    problems: Vec<Problem>,
}

pub(super) async fn get(
    site: Data<Site>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (slug, token) = path.into_inner();
    let office = super::office(&site, &slug).await?;
    draw((&site, &request), (&office, &token), (StatusCode::OK, Tried::default())).await
}

/// Opens the request and shows its number, or shows the form again.
pub(super) async fn post(
    site: Data<Site>,
    request: HttpRequest,
    path: Path<(String, String)>,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let visitor = Visitor::of(&request, &site).ok_or(PageError::Token)?;
    let typed = schema_form::typed(form.checked(&visitor.key)?);
    let (slug, token) = path.into_inner();
    let office = super::office(&site, &slug).await?;
    let taken = super::take(&site, &office, async |mut cx| {
        requests::complete_link(&mut cx, &office, &token, &typed).await?;
        Ok(cx.commit().await?)
    });
    let tried = match taken.await {
        Ok(()) => return Ok(flash::see_other(site.secure, &routes::EntryLink::at(&slug, &token), "")),
        Err(RequestError::Fields(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, Tried { typed, problems }),
        // It was used or ran out meanwhile: the page says which.
        Err(RequestError::NotFound) => (StatusCode::OK, Tried::default()),
        Err(error) => return Err(error.into()),
    };
    draw((&site, &request), (&office, &token), tried).await
}

async fn draw(
    (site, request): (&Site, &HttpRequest),
    (office, token): (&Office, &str),
    (status, tried): (StatusCode, Tried),
) -> Result<HttpResponse, PageError> {
    let cx = Cx::read(&site.house, office.id, super::SOMEBODY).await?;
    let view = requests::linked(&cx, office, token).await?.ok_or(PageError::NotFound)?;
    let visitor = Visitor::meet(request, site);
    let LinkView { service, about, written_at, state } = view;
    let page = LinkPage {
        demo: site.demo,
        flash: flash::read(request),
        csrf: visitor.key.token(),
        action: routes::EntryLink::at(&office.slug, token),
        office: office.name.clone(),
        service,
        about,
        written: office.zone.long(written_at),
        step: step(office, state, &tried),
    };
    let mut answer = page::with_status(status, (request, site.secure), &page)?;
    visitor.stay(&mut answer, site)?;
    Ok(answer)
}

fn step(office: &Office, state: LinkState, tried: &Tried) -> Step {
    match state {
        LinkState::Open(form, until) => Step::Fill {
            inputs: schema_form::inputs(&form, office, (&tried.typed, &tried.problems), required),
            until: office.zone.long(until),
            wrong: (!tried.problems.is_empty()).then(|| RequestError::Fields(Vec::new()).to_string()),
        },
        LinkState::Done(receipt) => Step::Done { receipt: receipt.to_string() },
        LinkState::Over => Step::Over,
        LinkState::Closed => Step::Closed,
    }
}

const fn required(field: &Field) -> bool {
    field.required
}
