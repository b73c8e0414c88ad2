//! `/kantor/{office}/cari`: finding a request.
//!
//! A receipt number or four digits may stand in an address. Names and identity numbers may not, so they
//! are posted and their results are drawn under the bare address.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use loket_core::{clock::Instant, permission::Permission, receipt::ReceiptNumber};
use serde::Deserialize;

use crate::{
    domain::{
        requests::{self, Found, QueueRow},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        form::{Form, Query},
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Frame, Tag, When, count},
        routes,
        site::Site,
    },
};

const LONGEST: usize = 200;

/// Registers the search.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Search::PATTERN).route(web::get().to(get)).route(web::post().to(post)));
}

#[derive(Template)]
#[template(path = "kantor/pencarian.html")]
struct SearchPage {
    frame: Frame,
    q: String,
    sentence: String,
    hint: Option<&'static str>,
    searched: bool,
    rows: Vec<Row>,
}

/// A request that was found, as it is printed.
struct Row {
    href: String,
    receipt: String,
    who: String,
    service: String,
    district: String,
    state: Tag,
    when: When,
}

impl Row {
    fn of(office: &Office, now: Instant, row: QueueRow) -> Self {
        Self {
            href: routes::Request::at(&office.slug, row.id),
            receipt: row.receipt,
            who: row.subject,
            service: row.service,
            district: row.district.unwrap_or_default(),
            state: Tag::of_state(row.state),
            when: When::plain(row.first_message_at, now, office.zone),
        }
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

async fn get(
    site: Data<Site>,
    place: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    place.demand(Permission::ReadRequests)?;
    let frame = frame(&site, &place, &request, Here::Elsewhere);
    let asked = asked.q.trim();
    if is_public(asked) {
        let drawn = find(&site, &place, frame, asked).await?;
        return page::whole(&request, site.secure, &drawn);
    }
    let hint = (!asked.is_empty()).then_some(
        "Nama dan nomor identitas dicari lewat isian di bawah, agar tidak tercatat di alamat halaman.",
    );
    page::whole(&request, site.secure, &empty(frame, hint))
}

async fn post(
    site: Data<Site>,
    place: InOffice,
    request: HttpRequest,
    form: Form<Asked>,
) -> Result<HttpResponse, PageError> {
    let asked = form.checked(place.csrf())?;
    place.demand(Permission::ReadRequests)?;
    let text = asked.q.trim();
    if is_public(text) {
        let address = format!("{}?q={}", routes::Search::at(&place.office.slug), text.to_ascii_uppercase());
        return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish());
    }
    let frame = frame(&site, &place, &request, Here::Elsewhere);
    let drawn = match text.chars().count() {
        0 => empty(frame, Some("Ketik dahulu yang dicari.")),
        1..=LONGEST => find(&site, &place, frame, text).await?,
        _ => empty(frame, Some("Yang dicari terlalu panjang.")),
    };
    page::whole(&request, site.secure, &drawn)
}

/// What may stand in an address: a receipt number or the last four digits of a telephone, as typed
/// without anything that would need escaping.
fn is_public(text: &str) -> bool {
    let four_digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    four_digits || (plain && ReceiptNumber::parse(text).is_ok())
}

async fn find(site: &Site, place: &InOffice, frame: Frame, text: &str) -> Result<SearchPage, PageError> {
    let office = place.office.as_ref();
    let mut cx = Cx::write(&site.house, office.id, place.actor()).await?;
    let found = requests::search(&mut cx, text).await?;
    let now = cx.now();
    cx.commit().await?;
    Ok(drawn(frame, (office, now), text, found))
}

fn drawn(frame: Frame, (office, now): (&Office, Instant), text: &str, found: Found) -> SearchPage {
    let sentence = match found.rows.len() as u64 {
        0 => format!("Tidak ada hasil untuk {}.", found.taken_for),
        number => format!("{} hasil untuk {}.", count(number), found.taken_for),
    };
    SearchPage {
        frame,
        // A name or an identity number is not written into the page again.
        q: if is_public(text) { text.to_owned() } else { String::new() },
        sentence,
        hint: None,
        searched: true,
        rows: found.rows.into_iter().map(|row| Row::of(office, now, row)).collect(),
    }
}

fn empty(frame: Frame, hint: Option<&'static str>) -> SearchPage {
    let sentence = "Permohonan dalam jangkauan tugas Bapak/Ibu.".to_owned();
    SearchPage { frame, q: String::new(), sentence, hint, searched: false, rows: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    fn found(rows: Vec<QueueRow>) -> SearchPage {
        let found = Found { taken_for: "nama", rows };
        drawn(samples::frame(), (&samples::office(), samples::now()), "SITI AMINAH", found)
    }

    #[test]
    fn only_receipts_and_four_digits_may_stand_in_an_address() {
        assert!(is_public("4417"));
        for text in ["", "441", "44177", "3603015105900001", "SITI AMINAH", "TNG-2611-00042-0", "4417&x=1"] {
            assert!(!is_public(text), "{text}");
        }
    }

    #[test]
    fn the_search_renders_its_samples() {
        let html = found(vec![samples::row()]).render().unwrap_or_default();
        for part in ["1 hasil untuk nama.", "TNG-2611-00042-K", "SITI A…", "method=\"post\""] {
            assert!(html.contains(part), "{part}");
        }
        assert!(!html.contains("SITI AMINAH"), "what was typed is not written into the page again");
        assert!(found(Vec::new()).render().unwrap_or_default().contains("Tidak ditemukan"));
        let empty = empty(samples::frame(), Some("Ketik dahulu yang dicari.")).render().unwrap_or_default();
        assert!(empty.contains("Ketik dahulu") && !empty.contains("Tidak ditemukan"));
    }
}
