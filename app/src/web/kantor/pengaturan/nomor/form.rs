//! One number of the office, or a new one. Its token is written and never shown again.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{id::NumberId, permission::Permission};
use serde::Deserialize;

use super::{
    number,
    ticks::{Group, Known},
};
use crate::{
    domain::whatsapp::{self, Bindings, NumberEntry, NumberError, NumberField, NumberView, WrongField},
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Form, ids},
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, When},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/nomor_satu.html")]
struct NumberPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    action: String,
    typed: NumberEntry,
    wrong: Wrong,
    groups: Vec<Group>,
    default_services: Vec<Choice>,
    default_units: Vec<Choice>,
    token_hint: &'static str,
    /// None for a new one.
    stands: Option<Stands>,
}

/// How a number that is there stands.
struct Stands {
    active: bool,
    has_token: bool,
    heard: Option<When>,
    switch_href: String,
}

/// What is wrong, by field.
#[derive(Default)]
struct Wrong {
    label: Option<&'static str>,
    display: Option<&'static str>,
    phone_number_id: Option<&'static str>,
    waba_id: Option<&'static str>,
    token: Option<&'static str>,
    default_service: Option<&'static str>,
    default_unit: Option<&'static str>,
    whole: Option<&'static str>,
}

impl Wrong {
    fn of(fields: &[WrongField]) -> Self {
        let mut wrong = Self::default();
        for (field, sentence) in fields {
            let place = match field {
                NumberField::Label => &mut wrong.label,
                NumberField::Display => &mut wrong.display,
                NumberField::PhoneNumberId => &mut wrong.phone_number_id,
                NumberField::WabaId => &mut wrong.waba_id,
                NumberField::Token => &mut wrong.token,
                NumberField::DefaultService => &mut wrong.default_service,
                NumberField::DefaultUnit => &mut wrong.default_unit,
                NumberField::Whole => &mut wrong.whole,
            };
            place.get_or_insert(*sentence);
        }
        wrong
    }
}

/// What was sent.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    label: String,
    #[serde(default)]
    display: String,
    #[serde(default)]
    phone_number_id: String,
    #[serde(default)]
    waba_id: String,
    #[serde(default)]
    token: String,
    #[serde(default)]
    services: Vec<String>,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default)]
    officers: Vec<String>,
    #[serde(default)]
    default_service: String,
    #[serde(default)]
    default_unit: String,
}

impl Sent {
    fn entry(self) -> Result<NumberEntry, PageError> {
        let bound = Bindings {
            services: ids(&self.services)?,
            units: ids(&self.units)?,
            officers: ids(&self.officers)?,
            default_service: chosen(&self.default_service)?,
            default_unit: chosen(&self.default_unit)?,
        };
        Ok(NumberEntry {
            label: self.label,
            display: self.display,
            phone_number_id: self.phone_number_id,
            waba_id: self.waba_id,
            token: self.token,
            bound,
        })
    }
}

fn chosen<T: std::str::FromStr>(text: &str) -> Result<Option<T>, PageError> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| PageError::Form) }
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn begin(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    draw((&site, &seat, &request), (None, NumberEntry::default()), (StatusCode::OK, Wrong::default())).await
}

pub(super) async fn add(site: Data<Site>, seat: InOffice, request: HttpRequest, form: Form<Sent>) -> Answer {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let entry = sent.entry()?;
    let slug = &seat.office.slug;
    match whatsapp::enter_number(&site.house, (seat.office.id, &seat.actor()), &entry).await {
        Ok(id) => {
            let to = routes::Number::at(slug, id);
            Ok(flash::see_other(site.secure, &to, "Nomor ditambahkan."))
        }
        Err(NumberError::Invalid(wrong)) => {
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, Wrong::of(&wrong));
            draw((&site, &seat, &request), (None, entry), refused).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let id = number(&path)?;
    let entry = {
        let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
        let row = find(&cx, id).await?;
        NumberEntry {
            label: row.label,
            display: row.display,
            phone_number_id: row.phone_number_id,
            waba_id: row.waba_id,
            token: String::new(),
            bound: whatsapp::bindings(&cx, id).await?,
        }
    };
    draw((&site, &seat, &request), (Some(id), entry), (StatusCode::OK, Wrong::default())).await
}

pub(super) async fn change(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
    form: Form<Sent>,
) -> Answer {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let id = number(&path)?;
    let entry = sent.entry()?;
    match whatsapp::change_number(&site.house, (seat.office.id, &seat.actor()), (id, &entry)).await {
        Ok(()) => {
            let to = routes::Number::at(&seat.office.slug, id);
            Ok(flash::see_other(site.secure, &to, "Nomor tersimpan dan langsung berlaku."))
        }
        Err(NumberError::Invalid(wrong)) => {
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, Wrong::of(&wrong));
            draw((&site, &seat, &request), (Some(id), entry), refused).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn find(cx: &Cx<'_>, id: NumberId) -> Result<NumberView, PageError> {
    whatsapp::numbers(cx).await?.into_iter().find(|number| number.id == id).ok_or(PageError::NotFound)
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (id, typed): (Option<NumberId>, NumberEntry),
    (status, wrong): (StatusCode, Wrong),
) -> Answer {
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let known = Known::load(&cx).await?;
    let row = match id {
        Some(id) => Some(find(&cx, id).await?),
        None => None,
    };
    let (default_services, default_units) = known.defaults(&typed.bound);
    let stored = row.as_ref().is_some_and(|row| row.has_token);
    let shown = NumberPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: vec![
            Crumb::new("Pengaturan", routes::Settings::at(&office.slug)),
            Crumb::new("Nomor WhatsApp", routes::Numbers::at(&office.slug)),
        ],
        title: row.as_ref().map_or_else(|| "Nomor baru".to_owned(), |row| row.label.clone()),
        action: id
            .map_or_else(|| routes::NumberNew::at(&office.slug), |id| routes::Number::at(&office.slug, id)),
        groups: known.groups(&typed.bound),
        default_services,
        default_units,
        token_hint: if stored {
            "Tersimpan dan tidak ditampilkan lagi. Isi hanya bila ingin mengganti."
        } else {
            "Token pengguna sistem dari Meta. Tanpa token, pesan masuk diterima tetapi balasan menunggu."
        },
        stands: row.map(|row| Stands {
            active: row.active,
            has_token: row.has_token,
            heard: row.last_inbound_at.map(|at| When::of(at, cx.now(), office.zone)),
            switch_href: routes::NumberSwitch::at(&office.slug, row.id),
        }),
        typed,
        wrong,
    };
    page::with_status(status, (request, site.secure), &shown)
}
