//! `/masuk/lupa`: asking for a new password. The answer is the same whoever the address belongs to.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::text::Email;
use serde::Deserialize;

use crate::{
    domain::accounts::{ForgottenRefusal, forgot},
    web::{error::PageError, flash, form::Form, page, peer::Peer, routes, site::Site, visitor::Visitor},
};

#[derive(Template)]
#[template(path = "forgot.html")]
struct Forgot {
    demo: bool,
    flash: Option<String>,
    csrf: String,
    action: String,
    email: String,
    error: Option<String>,
    notice: Option<String>,
    sent: bool,
    sign_in_href: String,
    letters_href: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Entry {
    email: String,
}

/// What stands on the page.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) status: StatusCode,
    pub(super) email: String,
    pub(super) error: Option<String>,
    /// Why somebody was led here.
    pub(super) notice: Option<String>,
    pub(super) sent: bool,
}

pub(super) async fn get(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, PageError> {
    draw((&site, &request), Shown::default())
}

pub(super) async fn post(
    site: Data<Site>,
    request: HttpRequest,
    form: Form<Entry>,
) -> Result<HttpResponse, PageError> {
    if site.mailer.is_none() {
        return Err(PageError::NotFound);
    }
    let visitor = Visitor::of(&request, &site).ok_or(PageError::Token)?;
    let Entry { email } = form.checked(&visitor.key)?;
    let wrong =
        |status, error: String, email| Shown { status, email, error: Some(error), ..Shown::default() };
    let address = match Email::parse(&email) {
        Ok(address) => address,
        Err(error) => {
            let shown = wrong(StatusCode::UNPROCESSABLE_ENTITY, error.to_string(), email);
            return draw((&site, &request), shown);
        }
    };
    let ip = Peer::of(&request, &site.trusted_proxies).ip;
    let shown = match forgot(&site.house, &address, ip).await {
        Ok(()) => Shown { sent: true, ..Shown::default() },
        Err(refusal @ ForgottenRefusal::TooOften(_)) => {
            wrong(StatusCode::TOO_MANY_REQUESTS, refusal.to_string(), email)
        }
        Err(ForgottenRefusal::Fault(fault)) => return Err(fault.into()),
    };
    draw((&site, &request), shown)
}

pub(super) fn draw((site, request): (&Site, &HttpRequest), shown: Shown) -> Result<HttpResponse, PageError> {
    // Without a way of letters there is no such page.
    if site.mailer.is_none() {
        return Err(PageError::NotFound);
    }
    let visitor = Visitor::meet(request, site);
    let page = Forgot {
        demo: site.demo,
        flash: flash::read(request),
        csrf: visitor.key.token(),
        action: routes::Forgot::PATTERN.to_owned(),
        email: shown.email,
        error: shown.error,
        notice: shown.notice,
        sent: shown.sent,
        sign_in_href: routes::SignIn::at(None),
        letters_href: site.front.as_ref().map(|_| routes::SimulatorLetters::PATTERN.to_owned()),
    };
    let mut answer = page::with_status(shown.status, (request, site.secure), &page)?;
    visitor.stay(&mut answer, site)?;
    Ok(answer)
}
