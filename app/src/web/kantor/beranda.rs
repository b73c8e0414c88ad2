//! `/kantor/{office}`: leads each person to their own desk.

use actix_web::{
    HttpResponse,
    http::header,
    web::{self, ServiceConfig},
};

use crate::web::{error::PageError, frame, guard::InOffice, routes};

/// Registers the door of an office.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Office::PATTERN).route(web::get().to(get)));
}

async fn get(place: InOffice) -> Result<HttpResponse, PageError> {
    let start = frame::start(&place.office, &|permission| place.may(permission)).ok_or_else(|| {
        PageError::Refused(
            "Peran Anda belum mempunyai halaman kerja di Loket. Hubungi admin kantor.".to_owned(),
        )
    })?;
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, start)).finish())
}
