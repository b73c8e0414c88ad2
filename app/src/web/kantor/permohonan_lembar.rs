//! `/kantor/{office}/permohonan/lembar`: many requests of one service at once, from a sheet that somebody handed in. First
//! it is looked at row by row; what was uploaded stays in the page as text, so that it can be mended there.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
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
        requests::{self, CheckedRow, OpenedRow, RequestError, SheetEntry, SheetError},
        tenancy::Office,
    },
    infra::Cx,
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

/// The longest sheet that fits the page's own field.
const LONGEST: usize = 48 * 1024;
const TOO_LONG: &str = "Lembar terlalu panjang. Bagi menjadi beberapa lembar, paling banyak 100 baris.";
const NOT_CSV: &str =
    "Berkas bukan CSV yang dapat dibaca. Di Excel pilih Simpan sebagai, lalu CSV UTF-8 (Comma delimited).";

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
    key: String,
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
    key: String,
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
    /// The fields of the form, and what is wrong with the file; a file stands over what was in the field, and is looked at
    /// before anything is opened.
    fn of(file: Option<&[u8]>, fields: Vec<(String, String)>) -> (Self, Option<&'static str>) {
        let mut typed = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "service" => typed.service = value,
                "channel" => typed.channel = value,
                "from" => typed.from = value,
                "key" => typed.key = value,
                "text" => typed.text = value,
                "action" => typed.opens = value == "buat",
                _ => {}
            }
        }
        if let Some(bytes) = file {
            typed.opens = false;
            match std::str::from_utf8(bytes) {
                Ok(text) => typed.text = text.to_owned(),
                Err(_) => return (typed, Some(NOT_CSV)),
            }
        }
        typed.text = written(&typed.text);
        if typed.text.len() > LONGEST {
            typed.text = String::new();
            return (typed, Some(TOO_LONG));
        }
        (typed, None)
    }
}

/// The sheet without lines in which nothing stands: spreadsheets save thousands of them.
fn written(text: &str) -> String {
    let empty = |line: &&str| !line.chars().all(|one| matches!(one, ',' | ';' | '"') || one.is_whitespace());
    text.lines().filter(empty).collect::<Vec<_>>().join("\n")
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
    let text = sheet::sample(&requests::full_form_of(&catalogue, service.id, &seat.office));
    Ok(page::csv(&name, text))
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
    let (typed, wrong) = Typed::of(file.as_ref().map(|file| file.bytes.as_ref()), fields);
    drop(file);
    if let Some(sentence) = wrong {
        let tried = Tried { wrong: Some(sentence.to_owned()), ..Tried::default() };
        return draw(here, (StatusCode::UNPROCESSABLE_ENTITY, typed, tried)).await;
    }
    let (status, tried) = try_sheet(&site, &seat, &typed).await?;
    draw(here, (status, typed, tried)).await
}

/// Looks at the rows, or opens them.
async fn try_sheet(site: &Site, seat: &InOffice, typed: &Typed) -> Result<(StatusCode, Tried), PageError> {
    let (Ok(variant), Ok(channel)) = (typed.service.parse(), typed.channel.parse::<Channel>()) else {
        return Err(PageError::Form);
    };
    let entry = SheetEntry { channel, variant, from: &typed.from, text: &typed.text, key: &typed.key };
    let refused = if typed.opens {
        let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
        match requests::open_sheet(&mut cx, &seat.office, &entry).await {
            Ok(opened) => {
                cx.commit().await?;
                return Ok((StatusCode::OK, Tried { opened, ..Tried::default() }));
            }
            Err(error) => error,
        }
    } else {
        let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
        match requests::check_sheet(&cx, &seat.office, &entry).await {
            Ok(rows) if rows.iter().all(|row| row.wrong.is_empty()) => {
                return Ok((StatusCode::OK, Tried { rows, ..Tried::default() }));
            }
            Ok(rows) => SheetError::Rows(rows),
            Err(error) => error,
        }
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Tried::refused(refused)?))
}

impl Tried {
    /// What an officer is told; what they may not do, and faults, are told elsewhere.
    fn refused(error: SheetError) -> Result<Self, PageError> {
        let wrong = Some(error.to_string());
        match error {
            SheetError::Rows(rows) => Ok(Self { rows, wrong, ..Self::default() }),
            SheetError::Request(RequestError::Invalid(_)) | SheetError::Sheet(_) | SheetError::Again => {
                Ok(Self { wrong, ..Self::default() })
            }
            SheetError::Request(error) => Err(error.into()),
        }
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
        chosen: chosen(&cx, place, &catalogue, typed, (tried.rows, tried.wrong)),
        opened: tried.opened,
        opened_words,
    };
    page::with_status(status, (request, site.secure), &page)
}

fn chosen(
    cx: &Cx<'_>,
    (office, standing): (&Office, &Standing),
    catalogue: &Catalogue,
    typed: Typed,
    (rows, wrong): (Vec<CheckedRow>, Option<String>),
) -> Option<Chosen> {
    let services = entry_form::services(catalogue, standing, &typed.service);
    let choice = services.into_iter().find(|choice| choice.selected)?;
    let (service, _) = catalogue.variant(choice.value.parse().ok()?)?;
    let form = requests::full_form_of(catalogue, service.id, office);
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
        key: if typed.key.is_empty() { requests::form_key(cx) } else { typed.key },
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
