//! `/kantor/{office}/permohonan/baru`: an officer opens a request for somebody at the counter, on the
//! telephone, or by mail.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use loket_core::{
    format::{Field, FieldKind, Problem},
    permission::{Permission, Standing},
    request::Channel,
};
use serde::Deserialize;

use super::entry_form;
use crate::{
    domain::{
        catalogue::{self, Catalogue},
        requests::{self, DESK_CHANNELS, DeskEntry, Opened, RequestError},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame},
        routes,
        schema_form::{self, Input},
        site::Site,
    },
};

/// The page: first what is asked for, then the form of that service.
#[derive(Template)]
#[template(path = "kantor/permohonan_baru.html")]
pub struct NewRequestPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    href: String,
    sheet_href: String,
    services: Vec<Choice>,
    /// The form of the service that was chosen.
    form: Option<DeskForm>,
}

/// The form of a service.
struct DeskForm {
    variant: String,
    title: String,
    channels: Vec<Choice>,
    inputs: Vec<Input>,
    /// What is wrong with all of it.
    wrong: Option<String>,
}

/// What was typed.
#[derive(Default)]
struct Typed {
    channel: String,
    fields: BTreeMap<String, String>,
}

/// What is wrong with it.
#[derive(Default)]
struct Wrong {
    problems: Vec<Problem>,
    whole: Option<String>,
}

/// What is asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    service: String,
}

impl NewRequestPage {
    fn of(
        frame: Frame,
        (office, standing): (&Office, &Standing),
        catalogue: &Catalogue,
        (service, typed, wrong): (&str, &Typed, Wrong),
    ) -> Self {
        let services = entry_form::services(catalogue, standing, service);
        let chosen = services.iter().find(|choice| choice.selected);
        let variant = chosen.and_then(|choice| catalogue.variant(choice.value.parse().ok()?));
        let form = variant.zip(chosen).map(|((service, _), choice)| {
            let form = requests::desk_form_of(catalogue, service.id, office);
            let named = form.fields.iter().find(|field| field.kind == FieldKind::Name);
            let named = named.map(|field| field.key.clone());
            let required = |field: &Field| Some(&field.key) == named.as_ref();
            DeskForm {
                variant: choice.value.clone(),
                title: choice.label.clone(),
                channels: channels(&typed.channel),
                inputs: schema_form::inputs(&form, office, (&typed.fields, &wrong.problems), required),
                wrong: wrong.whole,
            }
        });
        Self {
            frame,
            crumbs: vec![Crumb::new("Antrean", routes::Queue::at(&office.slug, "giliran"))],
            href: routes::NewRequest::at(&office.slug),
            sheet_href: routes::RequestSheet::at(&office.slug),
            services,
            form,
        }
    }
}

/// The counter is chosen unless something else was.
pub(super) fn channels(chosen: &str) -> Vec<Choice> {
    let chosen = chosen.parse().unwrap_or(Channel::Counter);
    DESK_CHANNELS
        .iter()
        .map(|channel| Choice::new(channel.word(), channel.label()).chosen(*channel == chosen))
        .collect()
}

/// Shows what can be asked for, and the empty form of what was chosen.
async fn get(
    site: web::Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let shown = load((&site, &seat, &request), &asked.service, (&Typed::default(), Wrong::default())).await?;
    page::whole(&request, site.secure, &shown)
}

async fn load(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    service: &str,
    (typed, wrong): (&Typed, Wrong),
) -> Result<NewRequestPage, PageError> {
    seat.demand(Permission::IntakeRequests)?;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let catalogue = catalogue::load(&cx).await?;
    let place = (seat.office.as_ref(), seat.standing.as_ref());
    let tried = (service, typed, wrong);
    Ok(NewRequestPage::of(frame(site, seat, request, Here::Queue), place, &catalogue, tried))
}

/// Opens the request and leads to it, or shows the form again.
async fn post(
    site: web::Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let (mut typed, mut service) = (Typed::default(), String::new());
    for (name, value) in form.checked(seat.csrf())? {
        match (name.as_str(), schema_form::plain_key(&name)) {
            ("channel", _) => typed.channel = value,
            ("service", _) => service = value,
            (_, Some(key)) => {
                typed.fields.insert(key.to_owned(), value);
            }
            _ => {}
        }
    }
    let wrong = match open(&site, &seat, (&service, &typed)).await? {
        Ok(opened) => {
            let page = routes::Request::at(&seat.office.slug, opened.id);
            let words = format!("Permohonan {} dibuat.", opened.receipt);
            return Ok(flash::see_other(site.secure, &page, &words));
        }
        Err(wrong) => wrong,
    };
    let shown = load((&site, &seat, &request), &service, (&typed, wrong)).await?;
    page::with_status(StatusCode::UNPROCESSABLE_ENTITY, (&request, site.secure), &shown)
}

async fn open(
    site: &Site,
    seat: &InOffice,
    (service, typed): (&str, &Typed),
) -> Result<Result<Opened, Wrong>, PageError> {
    let refused = |whole: &str| Wrong { whole: Some(whole.to_owned()), ..Wrong::default() };
    let Ok(variant) = service.parse() else { return Ok(Err(refused("Pilih layanan dahulu."))) };
    let channel = typed.channel.parse().map_err(|_| PageError::Form)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let entry = DeskEntry { channel, variant, typed: &typed.fields };
    match requests::open_at_desk(&mut cx, &seat.office, entry).await {
        Ok(opened) => {
            cx.commit().await?;
            Ok(Ok(opened))
        }
        Err(RequestError::Invalid(sentence)) => Ok(Err(refused(sentence))),
        Err(RequestError::Fields(problems)) => Ok(Err(Wrong { problems, ..Wrong::default() })),
        Err(error) => Err(error.into()),
    }
}

/// Registers the page.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource(routes::NewRequest::PATTERN).route(web::get().to(get)).route(web::post().to(post)),
    );
}

#[cfg(test)]
mod tests {
    use loket_core::{
        format::ProblemKind,
        id::{ServiceId, VariantId},
        kinds::{OutputDelivery, Role},
        permission::{Grant, Scope},
        text::NikError,
    };

    use super::*;
    use crate::{
        domain::catalogue::{ServiceView, VariantView},
        web::kantor::samples,
    };

    fn catalogue() -> Catalogue {
        let variant = VariantView {
            id: VariantId::NIL,
            code: "hilang".into(),
            name: "Hilang".into(),
            papers: Vec::new(),
        };
        let service = ServiceView {
            id: ServiceId::NIL,
            code: "KTP".into(),
            name: "KTP elektronik".into(),
            output: "KTP-el".into(),
            delivery: OutputDelivery::Pickup,
            unit: None,
            free: true,
            times: Vec::new(),
            variants: vec![variant],
        };
        let mut catalogue = Catalogue::default();
        catalogue.services.push(service);
        catalogue
    }

    fn drawn(role: Role, service: &str, tried: (&Typed, Wrong)) -> Result<String, askama::Error> {
        let standing =
            Standing { user: samples::me(), grants: vec![Grant { role, scope: Scope::default() }] };
        let (typed, wrong) = tried;
        let place = (&samples::office(), &standing);
        NewRequestPage::of(samples::frame(), place, &catalogue(), (service, typed, wrong)).render()
    }

    fn variant() -> String {
        VariantId::NIL.to_string()
    }

    #[test]
    fn what_is_asked_for_is_chosen_first() -> Result<(), askama::Error> {
        let html = drawn(Role::DeskOfficer, "", (&Typed::default(), Wrong::default()))?;
        assert!(html.contains("KTP elektronik · Hilang") && html.contains("Lanjut"));
        assert!(!html.contains("Buat permohonan"));
        Ok(())
    }

    #[test]
    fn a_service_without_a_format_asks_for_what_most_ask_for() -> Result<(), askama::Error> {
        let html = drawn(Role::DeskOfficer, &variant(), (&Typed::default(), Wrong::default()))?;
        assert!(html.contains("name=\"isi.nama\"") && html.contains(">Tigaraksa<"), "{html}");
        assert!(html.contains("value=\"loket\" selected"));
        assert!(!html.contains("value=\"whatsapp\""), "WhatsApp has its own conversation");
        Ok(())
    }

    #[test]
    fn a_format_draws_its_fields_and_what_is_wrong_stands_beside_them() -> Result<(), askama::Error> {
        let fields = BTreeMap::from([("nik".to_owned(), "123".to_owned())]);
        let problem = Problem {
            key: Some("nik".to_owned()),
            label: "NIK".to_owned(),
            kind: ProblemKind::Nik(NikError::Length(3)),
        };
        let wrong = Wrong { problems: vec![problem], whole: None };
        let typed = Typed { fields, ..Typed::default() };
        let html = drawn(Role::Operator, &variant(), (&typed, wrong))?;
        assert!(html.contains("NIK harus terdiri atas 16 angka, yang terbaca 3 angka."), "{html}");
        assert!(html.contains("value=\"123\""));
        Ok(())
    }
}
