//! `/kantor/{office}/pengaturan/nomor`: the WhatsApp numbers of the office, and what Meta is told of them.

mod form;
mod ticks;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, Path, ServiceConfig},
};
use askama::Template;
use loket_core::{clock::Instant, id::NumberId, permission::Permission};
use serde::Deserialize;

use self::ticks::Known;
use crate::{
    domain::{
        tenancy::Office,
        whatsapp::{self, NumberError, NumberView},
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, When},
        routes,
        site::Site,
    },
};

/// Registers the numbers. Fixed words come before the numbers, whose pattern would take them for an id.
pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Numbers::PATTERN).route(web::get().to(get)))
        .service(
            web::resource(routes::NumberNew::PATTERN)
                .route(web::get().to(form::begin))
                .route(web::post().to(form::add)),
        )
        .service(web::resource(routes::NumberWebhook::PATTERN).route(web::post().to(save_secret)))
        .service(
            web::resource(routes::Number::PATTERN)
                .route(web::get().to(form::get))
                .route(web::post().to(form::change)),
        )
        .service(web::resource(routes::NumberSwitch::PATTERN).route(web::post().to(switch)));
}

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/nomor.html")]
struct Numbers {
    frame: Frame,
    crumbs: Vec<Crumb>,
    add_href: String,
    numbers: Vec<Shown>,
    webhook: Option<Pasted>,
    secret_href: String,
    secret_error: Option<String>,
}

/// A number of the list.
struct Shown {
    label: String,
    display: String,
    ids: Vec<String>,
    href: String,
    meant: Vec<String>,
    fallback: String,
    heard: Option<When>,
    active: bool,
    has_token: bool,
}

/// What is pasted at Meta.
struct Pasted {
    url: String,
    verify_token: String,
}

type Answer = Result<HttpResponse, PageError>;

async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    draw((&site, &seat, &request), (StatusCode::OK, None)).await
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (status, secret_error): (StatusCode, Option<String>),
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let (house, office) = (&site.house, seat.office.as_ref());
    let webhook = whatsapp::webhook(house, (office.id, &seat.actor())).await?;
    let cx = Cx::read(house, office.id, seat.actor()).await?;
    let known = Known::load(&cx).await?;
    let bindings = whatsapp::all_bindings(&cx).await?;
    let numbers = whatsapp::numbers(&cx).await?.into_iter().map(|number| {
        let bound = bindings.get(&number.id).cloned().unwrap_or_default();
        Shown::of(office, cx.now(), number, (known.meant(&bound), known.fallback(&bound)))
    });
    let shown = Numbers {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(&office.slug))],
        add_href: routes::NumberNew::at(&office.slug),
        numbers: numbers.collect(),
        webhook: webhook.map(|told| Pasted {
            url: format!("{}/webhook/whatsapp/{}", site.public_url, told.path_key),
            verify_token: told.verify_token,
        }),
        secret_href: routes::NumberWebhook::at(&office.slug),
        secret_error,
    };
    page::with_status(status, (request, site.secure), &shown)
}

impl Shown {
    fn of(
        office: &Office,
        now: Instant,
        number: NumberView,
        (meant, fallback): (Vec<String>, String),
    ) -> Self {
        Self {
            href: routes::Number::at(&office.slug, number.id),
            ids: vec![format!("ID {}", number.phone_number_id), format!("WABA {}", number.waba_id)],
            label: number.label,
            display: number.display,
            meant,
            fallback,
            heard: number.last_inbound_at.map(|at| When::of(at, now, office.zone)),
            active: number.active,
            has_token: number.has_token,
        }
    }
}

/// The secret of the office's app at Meta, as it was sent.
#[derive(Deserialize)]
struct Secret {
    #[serde(default)]
    app_secret: String,
}

async fn save_secret(site: Data<Site>, seat: InOffice, request: HttpRequest, form: Form<Secret>) -> Answer {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let office = seat.office.id;
    match whatsapp::save_app_secret(&site.house, (office, &seat.actor()), &sent.app_secret).await {
        Ok(()) => {
            let said = "Rahasia aplikasi tersimpan. Yang lama ditolak paling lambat 5 detik lagi.";
            Ok(flash::see_other(site.secure, &routes::Numbers::at(&seat.office.slug), said))
        }
        Err(NumberError::Invalid(wrong)) => {
            let sentence = wrong.first().map(|(_, sentence)| (*sentence).to_owned());
            draw((&site, &seat, &request), (StatusCode::UNPROCESSABLE_ENTITY, sentence)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Which way a number is switched.
#[derive(Deserialize)]
struct Switched {
    #[serde(default)]
    on: String,
}

async fn switch(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<Switched>,
) -> Answer {
    let on = form.checked(seat.csrf())?.on == "1";
    seat.demand(Permission::ConfigureOffice)?;
    let id = number(&path)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    whatsapp::switch_number(&mut cx, id, on).await?;
    cx.commit().await?;
    let said = if on {
        "Nomor dinyalakan. Balasan yang menunggu dikirim dalam 10 menit."
    } else {
        "Nomor dimatikan. Pesan warga tetap diterima; balasan menunggu sampai dinyalakan."
    };
    Ok(flash::see_other(site.secure, &routes::Number::at(&seat.office.slug, id), said))
}

fn number(path: &(String, String)) -> Result<NumberId, PageError> {
    path.1.parse().map_err(|_| PageError::NotFound)
}

impl From<NumberError> for PageError {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::NotFound => Self::NotFound,
            NumberError::NotAllowed => Self::NotAllowed,
            NumberError::Invalid(wrong) => {
                Self::Refused(wrong.iter().map(|(_, sentence)| *sentence).collect::<Vec<_>>().join(" "))
            }
            NumberError::Fault(fault) => fault.into(),
        }
    }
}
