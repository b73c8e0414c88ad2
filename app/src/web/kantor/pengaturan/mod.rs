//! `/kantor/{office}/pengaturan`: what an administrator sets in their office.

mod balasan;
mod nomor;
mod orang;
mod petugas;
mod profil;
mod role_form;
mod undang;
mod unit;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use loket_core::permission::Permission;

use crate::{
    domain::people::{self, Numbers, PeopleError},
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Frame, count},
        routes,
        site::Site,
    },
};

/// Registers the settings. Fixed words come before the people, whose pattern would take them for an id.
pub fn routes(cfg: &mut ServiceConfig) {
    nomor::routes(cfg);
    balasan::routes(cfg);
    cfg.service(web::resource(routes::Settings::PATTERN).route(web::get().to(get)))
        .service(
            web::resource(routes::Profile::PATTERN)
                .route(web::get().to(profil::get))
                .route(web::post().to(profil::post)),
        )
        .service(
            web::resource(routes::Units::PATTERN)
                .route(web::get().to(unit::get))
                .route(web::post().to(unit::add)),
        )
        .service(web::resource(routes::Unit::PATTERN).route(web::post().to(unit::change)))
        .service(web::resource(routes::People::PATTERN).route(web::get().to(petugas::get)))
        .service(
            web::resource(routes::Invite::PATTERN)
                .route(web::get().to(undang::get))
                .route(web::post().to(undang::post)),
        )
        .service(web::resource(routes::InvitationResend::PATTERN).route(web::post().to(petugas::resend)))
        .service(web::resource(routes::InvitationWithdraw::PATTERN).route(web::post().to(petugas::withdraw)))
        .service(web::resource(routes::Person::PATTERN).route(web::get().to(orang::get)))
        .service(web::resource(routes::PersonRole::PATTERN).route(web::post().to(orang::change_role)))
        .service(web::resource(routes::PersonLeave::PATTERN).route(web::post().to(orang::leave)));
}

/// The first page of the settings.
#[derive(Template)]
#[template(path = "kantor/pengaturan/beranda.html")]
struct Settings {
    frame: Frame,
    parts: Vec<Part>,
}

/// Something that is set on a page of its own.
struct Part {
    label: &'static str,
    icon: &'static str,
    href: String,
    text: String,
}

async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ConfigureOffice)?;
    let numbers = people::numbers(&site.house, seat.office.id).await?;
    let shown = Settings {
        frame: frame(&site, &seat, &request, Here::Settings),
        parts: parts(&seat.office.slug, numbers),
    };
    page::whole(&request, site.secure, &shown)
}

fn parts(slug: &str, numbers: Numbers) -> Vec<Part> {
    let people = routes::People::at(slug, petugas::tab_word(people::Tab::Active), 0);
    let part = |label, icon, href, text: &str| Part { label, icon, href, text: text.to_owned() };
    let profile = "Nama, jam pelayanan, alamat, kontak, dan kop surat.";
    vec![
        part("Petugas", "users", people, &sentence(numbers)),
        part("Profil kantor", "building", routes::Profile::at(slug), profile),
        part("Unit", "map-pin", routes::Units::at(slug), "Loket, UPTD, serta meja kecamatan dan desa."),
        part(
            "Nomor WhatsApp",
            "phone",
            routes::Numbers::at(slug),
            "Nomor, token, dan siapa yang membacanya.",
        ),
        part("Balasan cepat", "chat", routes::QuickReplies::at(slug), "Jawaban siap pakai untuk petugas."),
    ]
}

fn sentence(numbers: Numbers) -> String {
    let active = format!("{} petugas aktif", count(numbers.active));
    if numbers.invited == 0 {
        return format!("{active}. Undang rekan, atur peran dan wilayah kerjanya.");
    }
    format!("{active}, {} undangan menunggu jawaban.", count(numbers.invited))
}

impl From<PeopleError> for PageError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::NotFound | PeopleError::Over => Self::NotFound,
            PeopleError::NotAllowed => Self::NotAllowed,
            PeopleError::Refused(refusal) => Self::Refused(refusal.to_string()),
            PeopleError::Invalid(sentence) => Self::Refused(sentence),
            PeopleError::Fault(fault) => fault.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_say_who_is_there_and_who_was_asked() {
        let of = |active, invited| sentence(Numbers { active, invited, gone: 0 });
        assert_eq!(of(5, 0), "5 petugas aktif. Undang rekan, atur peran dan wilayah kerjanya.");
        assert_eq!(of(1_200, 2), "1.200 petugas aktif, 2 undangan menunggu jawaban.");
    }
}
