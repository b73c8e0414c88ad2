//! `/kantor/{office}/pengaturan`: what an administrator sets in their office.

mod balasan;
mod balasan_otomatis;
mod delegasi;
mod editions;
mod fields;
mod format;
mod kalender;
mod layanan;
mod logo;
mod nomor;
mod orang;
mod pengambilan;
mod pengirim;
mod petugas;
mod profil;
mod rentan;
mod role_form;
mod undang;
mod unit;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use loket_core::{
    kinds::{OfficeStatus, ReplyMode},
    permission::Permission,
};

use crate::{
    domain::{
        onboarding::{self, OnboardingError, Readiness},
        people::{self, Numbers, PeopleError},
        tenancy::Office,
    },
    web::{
        error::PageError,
        flash,
        form::{Form, Nothing},
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
    layanan::routes(cfg);
    format::routes(cfg);
    kalender::routes(cfg);
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
        .service(
            web::resource(routes::TrustedSenders::PATTERN)
                .route(web::get().to(pengirim::get))
                .route(web::post().to(pengirim::post)),
        )
        .service(web::resource(routes::TakesForwarded::PATTERN).route(web::post().to(pengirim::switch)))
        .service(web::resource(routes::TrustedSenderEnd::PATTERN).route(web::post().to(pengirim::end)))
        .service(
            web::resource(routes::AutoReplies::PATTERN)
                .route(web::get().to(balasan_otomatis::get))
                .route(web::post().to(balasan_otomatis::post)),
        )
        .service(
            web::resource(routes::CareAhead::PATTERN)
                .route(web::get().to(rentan::get))
                .route(web::post().to(rentan::post)),
        )
        .service(web::resource(routes::Unit::PATTERN).route(web::post().to(unit::change)))
        .service(
            web::resource(routes::PickupPoints::PATTERN)
                .route(web::get().to(pengambilan::get))
                .route(web::post().to(pengambilan::add)),
        )
        .service(web::resource(routes::PickupPoint::PATTERN).route(web::post().to(pengambilan::change)))
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
        .service(web::resource(routes::PersonRoleAdd::PATTERN).route(web::post().to(orang::add_role)))
        .service(web::resource(routes::PersonRoleEnd::PATTERN).route(web::post().to(orang::end_role)))
        .service(
            web::resource(routes::Delegations::PATTERN)
                .route(web::get().to(delegasi::get))
                .route(web::post().to(delegasi::post)),
        )
        .service(web::resource(routes::DelegationEnd::PATTERN).route(web::post().to(delegasi::end)))
        .service(web::resource(routes::Logo::PATTERN).route(web::get().to(logo::get)))
        .service(web::resource(routes::ProfileLogo::PATTERN).route(web::post().to(logo::post)))
        .service(web::resource(routes::OpenOffice::PATTERN).route(web::post().to(open)))
        .service(web::resource(routes::PersonLeave::PATTERN).route(web::post().to(orang::leave)));
}

/// The first page of the settings.
#[derive(Template)]
#[template(path = "kantor/pengaturan/beranda.html")]
struct Settings {
    frame: Frame,
    parts: Vec<Part>,
    /// What an office that has not opened needs first.
    opening: Option<Opening>,
}

/// What an office needs before it opens.
struct Opening {
    steps: Vec<Step>,
    ready: bool,
    href: String,
}

/// One thing it needs.
struct Step {
    label: &'static str,
    text: &'static str,
    done: bool,
    /// Where it is done.
    href: String,
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
    let opening = match seat.office.status {
        OfficeStatus::New => {
            let ready = onboarding::readiness(&site.house, &seat.office, &seat.actor()).await?;
            Some(Opening::of(&seat.office.slug, ready))
        }
        _ => None,
    };
    let mut frame = frame(&site, &seat, &request, Here::Settings);
    // The list says it better.
    frame.banner = None;
    let shown = Settings { frame, parts: parts(&seat.office, numbers), opening };
    page::whole(&request, site.secure, &shown)
}

async fn open(site: Data<Site>, seat: InOffice, form: Form<Nothing>) -> Result<HttpResponse, PageError> {
    form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    onboarding::open(&site.house, &seat.office, &seat.actor()).await?;
    let back = routes::Settings::at(&seat.office.slug);
    Ok(flash::see_other(site.secure, &back, "Kantor sudah buka. Pesan warga dijawab mulai sekarang."))
}

impl Opening {
    fn of(slug: &str, ready: Readiness) -> Self {
        let people = routes::People::at(slug, petugas::tab_word(people::Tab::Active), 0);
        let step = |label, text, done, href| Step { label, text, done, href };
        let steps = vec![
            step(
                "Profil",
                "Isi alamat, telepon, jam pelayanan, dan kop surat.",
                ready.profile,
                routes::Profile::at(slug),
            ),
            step("Unit", "Tambahkan loket, UPTD, atau meja kecamatan.", ready.unit, routes::Units::at(slug)),
            step("Petugas", "Undang paling sedikit satu operator atau kepala bidang.", ready.people, people),
            step("Nomor", "Sambungkan nomor WhatsApp kantor.", ready.number, routes::Numbers::at(slug)),
        ];
        Self { steps, ready: ready.is_whole(), href: routes::OpenOffice::at(slug) }
    }
}

impl From<OnboardingError> for PageError {
    fn from(error: OnboardingError) -> Self {
        match error {
            OnboardingError::NotFound => Self::NotFound,
            OnboardingError::NotAllowed => Self::NotAllowed,
            OnboardingError::Fault(fault) => fault.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}

fn parts(office: &Office, numbers: Numbers) -> Vec<Part> {
    let slug = office.slug.as_str();
    let people = routes::People::at(slug, petugas::tab_word(people::Tab::Active), 0);
    let part = |label, icon, href, text: &str| Part { label, icon, href, text: text.to_owned() };
    let replies = match office.replies {
        ReplyMode::Officer => "Petugas: Loket hanya mengirim tanda terima.",
        ReplyMode::Assisted => "Terbantu: Loket ikut menjawab yang pasti.",
    };
    let profile = "Nama, jam pelayanan, alamat, kontak, kop surat, dan logo.";
    vec![
        part("Petugas", "users", people, &sentence(numbers)),
        part("Profil kantor", "building", routes::Profile::at(slug), profile),
        part(
            "Layanan",
            "file",
            routes::Services::at(slug),
            "Varian, berkas, biaya, waktu, dan standar pelayanan.",
        ),
        part(
            "Format",
            "keyboard",
            routes::Formats::at(slug),
            "Baris yang diketik warga, dengan contoh dan uji coba.",
        ),
        part(
            "Kalender",
            "clock",
            routes::Calendars::at(slug),
            "Jam kerja, jam layanan, hari libur, dan Ramadan.",
        ),
        part("Unit", "map-pin", routes::Units::at(slug), "Loket, UPTD, serta meja kecamatan dan desa."),
        part(
            "Tempat pengambilan dan perekaman",
            "box",
            routes::PickupPoints::at(slug),
            "Loket tempat warga mengambil hasil, direkam, atau mengaktifkan IKD; jadwalnya, dan siapa yang boleh mengambil.",
        ),
        part(
            "Nomor WhatsApp",
            "phone",
            routes::Numbers::at(slug),
            "Nomor, token, dan siapa yang membacanya.",
        ),
        part("Balasan cepat", "chat", routes::QuickReplies::at(slug), "Jawaban siap pakai untuk petugas."),
        part("Balasan otomatis", "send", routes::AutoReplies::at(slug), replies),
        part(
            "Pengirim tepercaya",
            "users",
            routes::TrustedSenders::at(slug),
            "Desa dan kecamatan yang mengirim untuk banyak warga.",
        ),
        part(
            "Kelompok rentan",
            "heart",
            routes::CareAhead::at(slug),
            "Seberapa jauh didahulukan dalam antrean.",
        ),
        part(
            "Delegasi",
            "shield",
            routes::Delegations::at(slug),
            "Siapa yang bertugas sebagai Plh. atau Plt. kepala.",
        ),
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
