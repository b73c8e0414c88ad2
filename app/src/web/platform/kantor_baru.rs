//! `/platform/kantor/baru`: whoever runs Loket enters an office of any province.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};

use super::{Here, frame};
use crate::{
    domain::regions,
    web::{
        error::PageError,
        flash,
        form::{Form, Query},
        guard::OnPlatform,
        new_office::{self, Asked, Desk, Entry, Invited},
        parts::Crumb,
        routes,
        site::Site,
    },
};

/// Registers the form.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(
        web::resource(routes::PlatformNewOffice::PATTERN)
            .route(web::get().to(get))
            .route(web::post().to(post)),
    )
    .service(web::resource(routes::PlatformInvite::PATTERN).route(web::post().to(invite)));
}

/// A province that is none is asked for again.
fn desk(site: &Site, request: &HttpRequest, seat: &OnPlatform, province: &str) -> Desk {
    let known = regions::province(province).is_some();
    Desk {
        frame: frame(site, request, seat, Here::Board),
        user: seat.signed.session.user,
        province: known.then(|| province.to_owned()),
        path: routes::PlatformNewOffice::at(),
        chooses: true,
        board: Crumb::new("Papan platform", routes::Platform::at()),
    }
}

async fn get(
    site: Data<Site>,
    seat: OnPlatform,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let desk = desk(&site, &request, &seat, &asked.provinsi);
    new_office::draw((&site, &request), desk, &asked).await
}

async fn post(
    site: Data<Site>,
    seat: OnPlatform,
    request: HttpRequest,
    form: Form<Entry>,
) -> Result<HttpResponse, PageError> {
    let entry = form.checked(seat.signed.csrf())?;
    let desk = desk(&site, &request, &seat, &entry.province);
    let province = desk.province.clone().ok_or(PageError::NotFound)?;
    match new_office::enter(&site, (desk.user, &province), &entry).await? {
        Ok(()) => {
            let said = "Kantor terdaftar. Undangan dikirim kepada admin pertamanya.";
            Ok(flash::see_other(site.secure, &routes::Platform::at(), said))
        }
        Err(wrong) => new_office::draw_again((&site, &request), desk, entry, wrong).await,
    }
}

async fn invite(site: Data<Site>, seat: OnPlatform, form: Form<Invited>) -> Result<HttpResponse, PageError> {
    let sent = form.checked(seat.signed.csrf())?;
    new_office::invite(&site, (seat.signed.session.user, None), &sent).await?;
    let said = "Undangan dikirim. Tautan yang lama tidak berlaku lagi.";
    Ok(flash::see_other(site.secure, &routes::Platform::at(), said))
}
