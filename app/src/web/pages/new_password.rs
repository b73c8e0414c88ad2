//! `/masuk/kata-sandi/{token}`: a new password, by a link that was asked for at `/masuk/lupa`.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

use super::forgot;
use crate::{
    domain::accounts::{Password, Purpose, ResetRefusal, Ticket, reset_owner, reset_password},
    web::{error::PageError, flash, form::Form, page, routes, site::Site, visitor::Visitor},
};

const OVER: &str = "Tautan itu sudah dipakai atau tidak berlaku lagi. Minta tautan baru di bawah ini.";

#[derive(Template)]
#[template(path = "new_password.html")]
struct NewPassword {
    demo: bool,
    flash: Option<String>,
    csrf: String,
    action: String,
    email: String,
    error: Option<String>,
    repeat_error: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Entry {
    password: Password,
    repeat: Password,
}

pub(super) async fn get(
    site: Data<Site>,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, PageError> {
    match owner(&site, &token).await? {
        Some((_, email)) => draw((&site, &request), (&token, email), (StatusCode::OK, None, None)),
        None => over(&site, &request),
    }
}

pub(super) async fn post(
    site: Data<Site>,
    request: HttpRequest,
    token: Path<String>,
    form: Form<Entry>,
) -> Result<HttpResponse, PageError> {
    let visitor = Visitor::of(&request, &site).ok_or(PageError::Token)?;
    let entry = form.checked(&visitor.key)?;
    let Some((ticket, email)) = owner(&site, &token).await? else { return over(&site, &request) };
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if !entry.password.is_same(&entry.repeat) {
        let sentence = "Kedua kata sandi belum sama.".to_owned();
        return draw((&site, &request), (&token, email), (wrong, None, Some(sentence)));
    }
    match reset_password(&site.house, &site.hasher, &ticket, &entry.password).await {
        Ok(()) => {
            let said = "Kata sandi sudah diganti. Silakan masuk dengan kata sandi yang baru.";
            Ok(flash::see_other(site.secure, &routes::SignIn::at(None), said))
        }
        Err(ResetRefusal::Over) => over(&site, &request),
        Err(ResetRefusal::Password(refusal)) => {
            draw((&site, &request), (&token, email), (wrong, Some(refusal.to_string()), None))
        }
        Err(ResetRefusal::Fault(fault)) => Err(fault.into()),
    }
}

async fn owner(site: &Site, token: &str) -> Result<Option<(Ticket, String)>, PageError> {
    let Ok(ticket) = site.tokens.read(Purpose::PasswordReset, token, site.house.clock.now()) else {
        return Ok(None);
    };
    Ok(reset_owner(&site.house, &ticket).await?.map(|email| (ticket, email)))
}

fn over(site: &Site, request: &HttpRequest) -> Result<HttpResponse, PageError> {
    let notice = Some(OVER.to_owned());
    forgot::draw(
        (site, request),
        forgot::Shown { status: StatusCode::GONE, notice, ..forgot::Shown::default() },
    )
}

fn draw(
    (site, request): (&Site, &HttpRequest),
    (token, email): (&str, String),
    (status, error, repeat_error): (StatusCode, Option<String>, Option<String>),
) -> Result<HttpResponse, PageError> {
    let visitor = Visitor::meet(request, site);
    let page = NewPassword {
        demo: site.demo,
        flash: flash::read(request),
        csrf: visitor.key.token(),
        action: routes::NewPassword::at(token),
        email,
        error,
        repeat_error,
    };
    let mut answer = page::with_status(status, (request, site.secure), &page)?;
    visitor.stay(&mut answer, site)?;
    Ok(answer)
}
