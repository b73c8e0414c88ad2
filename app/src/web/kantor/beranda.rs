//! `/kantor/{office}`: leads each person to their own desk. Whose role has no work here yet is told so on a page
//! of the office, from which they can change the office or sign out.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, ServiceConfig},
};
use askama::Template;

use crate::web::{
    error::PageError,
    frame::{self, Here, frame},
    guard::InOffice,
    page,
    parts::Frame,
    routes,
    site::Site,
};

/// Registers the door of an office.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Office::PATTERN).route(web::get().to(get)));
}

#[derive(Template)]
#[template(path = "kantor/beranda.html")]
struct Welcome {
    frame: Frame,
    title: String,
    text: String,
}

impl Welcome {
    fn of(frame: Frame) -> Self {
        let role = frame.person_role.to_lowercase();
        Self {
            title: format!("Selamat datang, {}", frame.person_name),
            text: format!(
                "Pekerjaan untuk peran {role} belum dibuka di kantor ini. Begitu dibuka, pekerjaan Bapak/Ibu muncul di sini."
            ),
            frame,
        }
    }
}

async fn get(site: Data<Site>, place: InOffice, request: HttpRequest) -> Result<HttpResponse, PageError> {
    if let Some(start) = frame::start(&place.office, &|permission| place.may(permission)) {
        return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, start)).finish());
    }
    let page = Welcome::of(frame(&site, &place, &request, Here::Elsewhere));
    page::whole(&request, site.secure, &page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    #[test]
    fn whoever_has_no_work_here_is_greeted_and_can_sign_out() {
        let html = Welcome::of(samples::frame()).render().unwrap_or_default();
        for part in ["Selamat datang, ", "belum dibuka di kantor ini", "Keluar"] {
            assert!(html.contains(part), "{part}");
        }
    }
}
