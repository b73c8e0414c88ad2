//! `/kantor/{office}/permohonan/lembar`: many requests of one service at once, from a sheet that somebody handed in. First
//! it is looked at row by row; what was uploaded stays in the page as text, so that it can be mended there.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use loket_core::{
    format::sheet,
    id::VariantId,
    permission::{Permission, Standing},
    request::Channel,
};
use serde::Deserialize;

use super::{entry_form, permohonan_baru::channels};
use crate::{
    domain::{
        catalogue::{self, Catalogue},
        requests::{self, CheckedRow, OpenedRow, SheetEntry, SheetError},
        tenancy::Office,
    },
    infra::{Cx, Fault},
    web::{
        error::PageError,
        form::Upload,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, count},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/permohonan_lembar.html")]
struct SheetPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    href: String,
    services: Vec<Choice>,
    chosen: Option<Chosen>,
    opened: Vec<OpenedRow>,
    opened_words: String,
}

/// The sheet of a service.
struct Chosen {
    variant: String,
    title: String,
    sample_href: String,
    columns: String,
    channels: Vec<Choice>,
    from: String,
    text: String,
    rows: Vec<CheckedRow>,
    /// How many requests would be opened; nothing before every row is good.
    ready: Option<String>,
    wrong: Option<String>,
}

/// What is asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    service: String,
}

/// What was handed over.
#[derive(Default)]
struct Typed {
    service: String,
    channel: String,
    from: String,
    text: String,
    opens: bool,
}

/// What became of it.
#[derive(Default)]
struct Tried {
    rows: Vec<CheckedRow>,
    wrong: Option<String>,
    opened: Vec<OpenedRow>,
}

impl Typed {
    /// The fields of the form; a file stands over what was in the field.
    fn of(file: Option<&[u8]>, fields: Vec<(String, String)>) -> Result<Self, &'static str> {
        let mut typed = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "service" => typed.service = value,
                "channel" => typed.channel = value,
                "from" => typed.from = value,
                "text" => typed.text = value,
                "action" => typed.opens = value == "buat",
                _ => {}
            }
        }
        if let Some(bytes) = file {
            typed.opens = false;
            typed.text = String::from_utf8(bytes.to_vec())
                .map_err(|_| "Berkas bukan CSV. Di Excel pilih Simpan sebagai, lalu CSV UTF-8.")?;
        }
        Ok(typed)
    }
}

async fn get(
    site: web::Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let typed = Typed { service: asked.into_inner().service, ..Typed::default() };
    draw((&site, &seat, &request), (StatusCode::OK, typed, Tried::default())).await
}

/// The sheet to be filled in.
async fn sample(
    site: web::Data<Site>,
    seat: InOffice,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::IntakeRequests)?;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let catalogue = catalogue::load(&cx).await?;
    let variant: VariantId = asked.service.parse().map_err(|_| PageError::NotFound)?;
    let (service, variant) = catalogue.variant(variant).ok_or(PageError::NotFound)?;
    let name = format!("{}-{}.csv", service.code, variant.code).to_lowercase();
    let text = sheet::sample(&requests::sheet_of(&catalogue, service, &seat.office));
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(text))
}

/// Looks at a sheet, or opens what stands in it.
async fn post(
    site: web::Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    upload: Upload,
) -> Result<HttpResponse, PageError> {
    let (file, fields) = upload.checked(seat.csrf())?;
    seat.demand(Permission::IntakeRequests)?;
    let here = (&**site, &seat, &request);
    let refused = |wrong: String| Tried { wrong: Some(wrong), ..Tried::default() };
    let typed = match Typed::of(file.as_ref().map(|file| file.bytes.as_ref()), fields) {
        Ok(typed) => typed,
        Err(sentence) => {
            let tried = refused(sentence.to_owned());
            return draw(here, (StatusCode::UNPROCESSABLE_ENTITY, Typed::default(), tried)).await;
        }
    };
    let (Ok(variant), Ok(channel)) = (typed.service.parse(), typed.channel.parse::<Channel>()) else {
        return Err(PageError::Form);
    };
    let tried = {
        let entry = SheetEntry { channel, variant, from: &typed.from, text: &typed.text };
        let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
        let rows = match requests::check_sheet(&cx, &seat.office, &entry).await {
            Ok(rows) => rows,
            Err(error) => {
                let tried = refused(sentence(error)?);
                drop(cx);
                return draw(here, (StatusCode::UNPROCESSABLE_ENTITY, typed, tried)).await;
            }
        };
        if typed.opens && rows.iter().all(|row| row.wrong.is_empty()) {
            let opened = requests::open_sheet(&mut cx, &seat.office, &entry).await;
            let opened = opened.map_err(|_| Fault::Inconsistent("a sheet that was good just now"))?;
            cx.commit().await?;
            Tried { opened, ..Tried::default() }
        } else {
            Tried { rows, ..Tried::default() }
        }
    };
    let faulty = tried.rows.iter().any(|row| !row.wrong.is_empty());
    let status = if faulty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    draw(here, (status, typed, tried)).await
}

/// What an officer is told; what they may not do, and faults, are told elsewhere.
fn sentence(error: SheetError) -> Result<String, PageError> {
    match error {
        SheetError::Request(requests::RequestError::Invalid(sentence)) => Ok(sentence.to_owned()),
        SheetError::Request(error) => Err(error.into()),
        error => Ok(error.to_string()),
    }
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (status, typed, tried): (StatusCode, Typed, Tried),
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::IntakeRequests)?;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let catalogue = catalogue::load(&cx).await?;
    let place = (seat.office.as_ref(), seat.standing.as_ref());
    let slug = &seat.office.slug;
    let opened_words = format!("{} permohonan dibuat.", count(tried.opened.len() as u64));
    let page = SheetPage {
        frame: frame(site, seat, request, Here::Queue),
        crumbs: vec![
            Crumb::new("Antrean", routes::Queue::at(slug, "giliran")),
            Crumb::new("Permohonan baru", routes::NewRequest::at(slug)),
        ],
        href: routes::RequestSheet::at(slug),
        services: entry_form::services(&catalogue, &seat.standing, &typed.service),
        chosen: chosen(place, &catalogue, typed, (tried.rows, tried.wrong)),
        opened: tried.opened,
        opened_words,
    };
    page::with_status(status, (request, site.secure), &page)
}

fn chosen(
    (office, standing): (&Office, &Standing),
    catalogue: &Catalogue,
    typed: Typed,
    (rows, wrong): (Vec<CheckedRow>, Option<String>),
) -> Option<Chosen> {
    let services = entry_form::services(catalogue, standing, &typed.service);
    let choice = services.into_iter().find(|choice| choice.selected)?;
    let (service, _) = catalogue.variant(choice.value.parse().ok()?)?;
    let form = requests::sheet_of(catalogue, service, office);
    let column = |field: &loket_core::format::Field| {
        if field.required { field.label.clone() } else { format!("{} (boleh kosong)", field.label) }
    };
    let good = !rows.is_empty() && rows.iter().all(|row| row.wrong.is_empty());
    Some(Chosen {
        sample_href: routes::RequestSheet::sample(&office.slug, &choice.value),
        columns: form.fields.iter().map(column).collect::<Vec<_>>().join(", "),
        variant: choice.value,
        title: choice.label,
        channels: channels(&typed.channel),
        from: typed.from,
        text: typed.text,
        ready: good.then(|| count(rows.len() as u64)),
        rows,
        wrong,
    })
}

/// Registers the page.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource(routes::RequestSheet::PATTERN).route(web::get().to(get)).route(web::post().to(post)),
    )
    .service(web::resource(routes::RequestSheetSample::PATTERN).route(web::get().to(sample)));
}
