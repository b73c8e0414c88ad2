//! What an officer does in a conversation: answer, be the one who answers, make a request of it.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use loket_core::permission::Permission;

use super::{Tried, again, conversation};
use crate::{
    domain::{
        requests::{self, RequestError},
        whatsapp,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Form, Nothing, Upload},
        guard::InOffice,
        kantor::{
            entry_form::{Typed, Wrong},
            quick::Written,
        },
        routes,
        site::Site,
    },
};

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Sends the officer's words.
pub async fn answer(
    site: web::Data<Site>,
    seat: InOffice,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    form: Upload,
) -> Result<HttpResponse, PageError> {
    let id = conversation(&path.1)?;
    let (_, fields) = form.checked(seat.csrf())?;
    let written = Written::of(fields);
    if written.picked.is_some() {
        seat.demand(Permission::HandleRequests)?;
        let tried = Tried { answer: Some((written, None)), ..Tried::default() };
        return again(&site, &seat, (&request, id), (StatusCode::OK, tried)).await;
    }
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    match requests::answer_in(&mut cx, id, &written.text).await {
        Ok(()) => cx.commit().await?,
        Err(RequestError::Invalid(sentence)) => {
            drop(cx);
            let tried = Tried { answer: Some((written, Some(sentence.to_owned()))), ..Tried::default() };
            return again(&site, &seat, (&request, id), (REFUSED, tried)).await;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(flash::see_other(site.secure, &routes::Conversation::at(&seat.office.slug, id), "Balasan dikirim."))
}

/// Makes the officer the one who answers.
pub async fn claim(
    site: web::Data<Site>,
    seat: InOffice,
    path: web::Path<(String, String)>,
    form: Form<Nothing>,
) -> Result<HttpResponse, PageError> {
    let id = conversation(&path.1)?;
    form.checked(seat.csrf())?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    whatsapp::claim(&mut cx, id).await?;
    cx.commit().await?;
    let back = routes::Conversation::at(&seat.office.slug, id);
    Ok(flash::see_other(site.secure, &back, "Percakapan ini Anda tangani."))
}

/// Leaves the conversation to everybody again.
pub async fn release(
    site: web::Data<Site>,
    seat: InOffice,
    path: web::Path<(String, String)>,
    form: Form<Nothing>,
) -> Result<HttpResponse, PageError> {
    let id = conversation(&path.1)?;
    form.checked(seat.csrf())?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    whatsapp::release(&mut cx, id).await?;
    cx.commit().await?;
    let back = routes::Conversation::at(&seat.office.slug, id);
    Ok(flash::see_other(site.secure, &back, "Percakapan ini terbuka lagi untuk semua petugas."))
}

/// Makes a request of the conversation.
pub async fn open(
    site: web::Data<Site>,
    seat: InOffice,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let id = conversation(&path.1)?;
    let typed = Typed::of(form.checked(seat.csrf())?);
    let wrong = match typed.entry() {
        Err(wrong) => wrong,
        Ok(entry) => {
            let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
            match requests::open_from_conversation(&mut cx, &seat.office, id, entry).await {
                Ok(opened) => {
                    cx.commit().await?;
                    return Ok(opened_page(&site, &seat, &opened));
                }
                Err(RequestError::Invalid(sentence)) => Wrong::whole(sentence),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let tried = Tried { create: Some((typed, wrong)), ..Tried::default() };
    again(&site, &seat, (&request, id), (REFUSED, tried)).await
}

fn opened_page(site: &Site, seat: &InOffice, opened: &requests::Opened) -> HttpResponse {
    let words = format!("Permohonan {} dibuat. Tanda terima dikirim kepada warga.", opened.receipt);
    flash::see_other(site.secure, &routes::Request::at(&seat.office.slug, opened.id), &words)
}
