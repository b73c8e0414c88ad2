//! `/provinsi/{code}/kantor/baru`: a provincial administrator enters an office of their own province.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};

use super::frame;
use crate::web::{
    error::PageError,
    flash,
    form::{Form, Query},
    guard::InProvince,
    new_office::{self, Asked, Desk, Entry, Invited},
    parts::Crumb,
    routes,
    site::Site,
};

/// Registers the form.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(
        web::resource(routes::ProvinceNewOffice::PATTERN)
            .route(web::get().to(get))
            .route(web::post().to(post)),
    )
    .service(web::resource(routes::ProvinceInvite::PATTERN).route(web::post().to(invite)));
}

fn desk(site: &Site, request: &HttpRequest, seat: &InProvince) -> Desk {
    let code = &seat.province.code;
    Desk {
        frame: frame(site, request, seat),
        user: seat.signed.session.user,
        province: Some(code.clone()),
        path: routes::ProvinceNewOffice::at(code),
        chooses: false,
        board: Crumb::new(format!("Provinsi {}", seat.province.name), routes::Province::at(code)),
    }
}

async fn get(
    site: Data<Site>,
    seat: InProvince,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    new_office::draw((&site, &request), desk(&site, &request, &seat), &asked).await
}

async fn post(
    site: Data<Site>,
    seat: InProvince,
    request: HttpRequest,
    form: Form<Entry>,
) -> Result<HttpResponse, PageError> {
    let entry = form.checked(seat.signed.csrf())?;
    let desk = desk(&site, &request, &seat);
    match new_office::enter(&site, (desk.user, &seat.province.code), &entry).await? {
        Ok(()) => {
            let said = "Kantor terdaftar. Undangan dikirim kepada admin pertamanya.";
            Ok(flash::see_other(site.secure, &routes::Province::at(&seat.province.code), said))
        }
        Err(wrong) => new_office::draw_again((&site, &request), desk, entry, wrong).await,
    }
}

async fn invite(site: Data<Site>, seat: InProvince, form: Form<Invited>) -> Result<HttpResponse, PageError> {
    let sent = form.checked(seat.signed.csrf())?;
    let code = seat.province.code.as_str();
    new_office::invite(&site, (seat.signed.session.user, Some(code)), &sent).await?;
    let said = "Undangan dikirim. Tautan yang lama tidak berlaku lagi.";
    Ok(flash::see_other(site.secure, &routes::Province::at(code), said))
}
