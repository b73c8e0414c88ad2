//! `/kata-sandi`: changing one's own password; the other devices are signed out with the old one.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde::Deserialize;

use super::own;
use crate::{
    domain::accounts::{Password, PasswordChangeError, change_password},
    web::{error::PageError, flash, form::Form, guard::SignedIn, page, parts::Frame, routes, site::Site},
};

#[derive(Template)]
#[template(path = "own_password.html")]
struct OwnPassword {
    frame: Frame,
    action: String,
    email: String,
    wrong: Wrong,
}

/// What is wrong, beside the field it is about.
#[derive(Default)]
struct Wrong {
    old: Option<String>,
    new: Option<String>,
    repeat: Option<String>,
}

/// What was sent.
#[derive(Deserialize)]
pub(super) struct Entry {
    old: Password,
    password: Password,
    repeat: Password,
}

pub(super) async fn get(
    site: Data<Site>,
    request: HttpRequest,
    signed: SignedIn,
) -> Result<HttpResponse, PageError> {
    draw((&site, &request), &signed, (StatusCode::OK, Wrong::default()))
}

pub(super) async fn post(
    site: Data<Site>,
    request: HttpRequest,
    signed: SignedIn,
    form: Form<Entry>,
) -> Result<HttpResponse, PageError> {
    let entry = form.checked(signed.csrf())?;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    if !entry.password.is_same(&entry.repeat) {
        let repeat = Some("Kedua kata sandi belum sama.".to_owned());
        return draw((&site, &request), &signed, (status, Wrong { repeat, ..Wrong::default() }));
    }
    let who = (signed.session.user, signed.session.id);
    match change_password(&site.house, &site.hasher, who, &entry.old, &entry.password).await {
        Ok(()) => {
            let said = "Kata sandi sudah diganti. Perangkat lain sudah dikeluarkan.";
            Ok(flash::see_other(site.secure, routes::Sessions::PATTERN, said))
        }
        Err(PasswordChangeError::Fault(fault)) => Err(fault.into()),
        Err(PasswordChangeError::Refused(refusal)) => {
            let new = Some(refusal.to_string());
            draw((&site, &request), &signed, (status, Wrong { new, ..Wrong::default() }))
        }
        Err(refusal @ PasswordChangeError::Wrong) => {
            let old = Some(refusal.to_string());
            draw((&site, &request), &signed, (status, Wrong { old, ..Wrong::default() }))
        }
        Err(refusal @ PasswordChangeError::TooOften) => {
            let old = Some(refusal.to_string());
            let status = StatusCode::TOO_MANY_REQUESTS;
            draw((&site, &request), &signed, (status, Wrong { old, ..Wrong::default() }))
        }
    }
}

fn draw(
    (site, request): (&Site, &HttpRequest),
    signed: &SignedIn,
    (status, wrong): (StatusCode, Wrong),
) -> Result<HttpResponse, PageError> {
    let shown = OwnPassword {
        frame: own::frame(site, request, signed),
        action: routes::OwnPassword::at(),
        email: signed.session.email.clone(),
        wrong,
    };
    page::with_status(status, (request, site.secure), &shown)
}
