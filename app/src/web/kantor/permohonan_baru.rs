//! `/kantor/{office}/permohonan/baru`: an officer opens a request for somebody at the counter, on the
//! telephone, or by mail.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use loket_core::{
    permission::{Permission, Standing},
    request::Channel,
};

use super::entry_form::{self, Typed, Wrong};
use crate::{
    domain::{
        catalogue::{self, Catalogue},
        regions,
        requests::{self, DESK_CHANNELS, Opened, RequestError},
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
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/permohonan_baru.html")]
pub struct NewRequestPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    href: String,
    channels: Vec<Choice>,
    services: Vec<Choice>,
    district_word: String,
    districts: Vec<Choice>,
    village_word: String,
    typed: Typed,
    wrong: Wrong,
}

impl NewRequestPage {
    fn of(
        frame: Frame,
        (office, standing): (&Office, &Standing),
        catalogue: &Catalogue,
        (typed, wrong): (Typed, Wrong),
    ) -> Self {
        Self {
            frame,
            crumbs: vec![Crumb::new("Antrean", routes::Queue::at(&office.slug, "giliran"))],
            href: routes::NewRequest::at(&office.slug),
            channels: channels(&typed.channel),
            services: entry_form::services(catalogue, standing, &typed.service),
            district_word: entry_form::capital(&office.district_word),
            districts: districts(office, typed.plain("kecamatan")),
            village_word: entry_form::capital(&office.village_word),
            typed,
            wrong,
        }
    }
}

/// The counter is chosen unless something else was.
fn channels(chosen: &str) -> Vec<Choice> {
    let chosen = chosen.parse().unwrap_or(Channel::Counter);
    DESK_CHANNELS
        .iter()
        .map(|channel| Choice::new(channel.word(), channel.label()).chosen(*channel == chosen))
        .collect()
}

fn districts(office: &Office, chosen: &str) -> Vec<Choice> {
    regions::districts(&office.region_code)
        .into_iter()
        .map(|district| Choice::new(district.name, district.name).chosen(district.name == chosen))
        .collect()
}

/// Shows the empty form.
async fn get(site: web::Data<Site>, seat: InOffice, request: HttpRequest) -> Result<HttpResponse, PageError> {
    let shown = load(&site, &seat, &request, (Typed::default(), Wrong::default())).await?;
    page::whole(&request, site.secure, &shown)
}

async fn load(
    site: &Site,
    seat: &InOffice,
    request: &HttpRequest,
    tried: (Typed, Wrong),
) -> Result<NewRequestPage, PageError> {
    seat.demand(Permission::IntakeRequests)?;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let catalogue = catalogue::load(&cx).await?;
    let place = (seat.office.as_ref(), seat.standing.as_ref());
    Ok(NewRequestPage::of(frame(site, seat, request, Here::Queue), place, &catalogue, tried))
}

/// Opens the request and leads to it, or shows the form again.
async fn post(
    site: web::Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let typed = Typed::of(form.checked(seat.csrf())?);
    let wrong = match open(&site, &seat, &typed).await? {
        Ok(opened) => {
            let page = routes::Request::at(&seat.office.slug, opened.id);
            let words = format!("Permohonan {} dibuat.", opened.receipt);
            return Ok(flash::see_other(site.secure, &page, &words));
        }
        Err(wrong) => wrong,
    };
    let shown = load(&site, &seat, &request, (typed, wrong)).await?;
    page::with_status(StatusCode::UNPROCESSABLE_ENTITY, (&request, site.secure), &shown)
}

async fn open(site: &Site, seat: &InOffice, typed: &Typed) -> Result<Result<Opened, Wrong>, PageError> {
    let entry = match typed.entry() {
        Ok(entry) => entry,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let channel = typed.channel.parse().map_err(|_| PageError::Form)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    match requests::open_at_desk(&mut cx, &seat.office, channel, entry).await {
        Ok(opened) => {
            cx.commit().await?;
            Ok(Ok(opened))
        }
        Err(RequestError::Invalid(sentence)) => Ok(Err(Wrong::whole(sentence))),
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
        id::{ServiceId, VariantId},
        kinds::{OutputDelivery, Role},
        permission::{Grant, Scope},
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

    fn drawn(role: Role, tried: (Typed, Wrong)) -> Result<String, askama::Error> {
        let standing =
            Standing { user: samples::me(), grants: vec![Grant { role, scope: Scope::default() }] };
        NewRequestPage::of(samples::frame(), (&samples::office(), &standing), &catalogue(), tried).render()
    }

    #[test]
    fn the_desk_form_renders_with_the_offices_own_places_and_services() -> Result<(), askama::Error> {
        let html = drawn(Role::DeskOfficer, (Typed::default(), Wrong::default()))?;
        assert!(html.contains("KTP elektronik · Hilang") && html.contains(">Tigaraksa<"));
        assert!(html.contains("value=\"loket\" selected"));
        assert!(!html.contains("value=\"whatsapp\""), "WhatsApp has its own conversation");
        Ok(())
    }

    #[test]
    fn what_is_wrong_stands_beside_its_field() -> Result<(), askama::Error> {
        let typed = Typed { nik: "123".to_owned(), ..Typed::default() };
        let wrong = typed.entry().err().unwrap_or_default();
        let html = drawn(Role::Operator, (typed, wrong))?;
        assert!(html.contains("Pilih layanan dahulu.") && html.contains("Nama belum diisi."));
        assert!(html.contains("value=\"123\""));
        Ok(())
    }
}
