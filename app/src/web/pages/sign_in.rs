//! `/masuk`.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::Data,
};
use askama::Template;
use serde::Deserialize;

use super::choose_office::home_of;
use crate::{
    domain::accounts::{
        self, ClientInfo, NewSession, Password, Purpose, SignInRefusal, Ticket, session_by_id, sign_in,
    },
    infra::Fault,
    web::{
        error::PageError,
        flash,
        form::{Form, Query},
        guard, page,
        peer::Peer,
        routes,
        site::Site,
        visitor::{Visitor, cookie, gone, set},
    },
};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    demo: bool,
    flash: Option<String>,
    csrf: String,
    action: String,
    email: String,
    error: Option<String>,
    next: Option<String>,
    forgot_href: Option<String>,
    demo_hint: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    lanjut: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Entry {
    email: String,
    password: Password,
    next: Option<String>,
}

pub(super) async fn get(
    site: Data<Site>,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let next = asked.lanjut.as_deref().and_then(routes::local).map(str::to_owned);
    if let Some(session) = guard::live_session(&request).await? {
        return Ok(super::see_other(&next.unwrap_or_else(|| home_of(&session))));
    }
    let visitor = Visitor::meet(&request, &site);
    draw((&site, &request), &visitor, Shown { next, ..Shown::default() })
}

pub(super) async fn post(
    site: Data<Site>,
    request: HttpRequest,
    form: Form<Entry>,
) -> Result<HttpResponse, PageError> {
    let visitor = Visitor::of(&request, &site).ok_or(PageError::Token)?;
    let entry = form.checked(&visitor.key)?;
    let next = entry.next.as_deref().and_then(routes::local).map(str::to_owned);
    let client = client(&request, &site);
    let (status, refusal) =
        match sign_in(&site.house, &site.hasher, &entry.email, &entry.password, client).await {
            Ok(new) => return welcome((&site, &request), new, next).await,
            Err(SignInRefusal::Fault(fault)) => return Err(fault.into()),
            Err(refusal @ SignInRefusal::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, refusal),
            Err(refusal @ SignInRefusal::TooOften(_)) => (StatusCode::TOO_MANY_REQUESTS, refusal),
        };
    let shown = Shown { status, email: entry.email, error: Some(refusal.to_string()), next };
    draw((&site, &request), &visitor, shown)
}

struct Shown {
    status: StatusCode,
    email: String,
    error: Option<String>,
    next: Option<String>,
}

impl Default for Shown {
    fn default() -> Self {
        Self { status: StatusCode::OK, email: String::new(), error: None, next: None }
    }
}

fn draw(
    (site, request): (&Site, &HttpRequest),
    visitor: &Visitor,
    shown: Shown,
) -> Result<HttpResponse, PageError> {
    let hint = site.front.as_ref().map(|front| front.password.clone());
    let form = SignIn {
        demo: site.demo,
        flash: flash::read(request),
        csrf: visitor.key.token(),
        action: routes::SignIn::at(None),
        email: shown.email,
        error: shown.error,
        next: shown.next,
        forgot_href: site.mailer.is_some().then(|| routes::Forgot::PATTERN.to_owned()),
        demo_hint: hint,
    };
    let mut answer = page::with_status(shown.status, (request, site.secure), &form)?;
    visitor.stay(&mut answer, site)?;
    Ok(answer)
}

/// A session of its own for every sign-in; one that stood before in this browser ends.
async fn welcome(
    (site, request): (&Site, &HttpRequest),
    new: NewSession,
    next: Option<String>,
) -> Result<HttpResponse, PageError> {
    if let Some(before) = guard::live_session(request).await? {
        accounts::sign_out(&site.house, before.user, before.id).await?;
    }
    let session = session_by_id(&site.house, new.id).await?.ok_or(Fault::Stale)?;
    let ticket = Ticket { subject: new.user.0, id: new.id.0, until: new.expires_at };
    let token = site.tokens.issue(Purpose::Session, ticket, site.house.clock.now())?;
    let mut answer = super::see_other(&next.unwrap_or_else(|| home_of(&session)));
    set(&mut answer, cookie(site.session_cookie(), token, site.secure))?;
    set(&mut answer, gone(site.visitor_cookie(), site.secure))?;
    Ok(answer)
}

fn client(request: &HttpRequest, site: &Site) -> ClientInfo {
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    ClientInfo {
        ip: Peer::of(request, &site.trusted_proxies).ip,
        agent: agent.unwrap_or_default().to_owned(),
    }
}
