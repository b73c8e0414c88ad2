//! `/k/{office}/permohonan/{token}`: the receipt of a request of the public form, and how it goes on.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    clock::Instant,
    permission::Whereabouts,
    reply,
    zone::{OfficeZone, number},
};

use crate::{
    domain::{
        capacity::Turn,
        requests::{self, WebReceipt},
    },
    infra::Cx,
    web::{error::PageError, flash, page, routes, site::Site},
};

#[derive(Template)]
#[template(path = "warga/diterima.html")]
struct ReceiptPage {
    demo: bool,
    flash: Option<String>,
    office: String,
    hours: String,
    address: String,
    again_href: Option<String>,
    receipt: String,
    service: String,
    missing: Vec<String>,
    joined: bool,
    turn: Option<String>,
    disruption: Option<String>,
    whatsapp: Option<WhatsApp>,
}

/// Where the request goes on.
struct WhatsApp {
    /// As people dial it.
    number: String,
    /// Opens a conversation with the words already there.
    href: String,
}

pub(super) async fn get(
    site: Data<Site>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (slug, token) = path.into_inner();
    let office = super::office(&site, &slug).await?;
    let cx = Cx::read(&site.house, office.id, super::SOMEBODY).await?;
    let view = requests::web_receipt(&cx, &token).await?.ok_or(PageError::NotFound)?;
    let WebReceipt { receipt, service, service_id, missing, number: dialled, joined, turn } = view;
    let page = ReceiptPage {
        demo: site.demo,
        flash: flash::read(&request),
        turn: turn.map(|turn| told(&turn, office.zone, cx.now())),
        disruption: office.disruption(Whereabouts { service: Some(service_id), ..Whereabouts::NOWHERE }),
        office: office.name,
        hours: office.hours,
        address: office.address,
        again_href: office.web_form.then(|| routes::WebForm::at(&slug)),
        whatsapp: dialled
            .map(|number| WhatsApp { href: conversation(&number, &format!("Permohonan {receipt}")), number }),
        receipt: receipt.to_string(),
        service,
        missing,
        joined,
    };
    page::whole(&request, site.secure, &page)
}

/// The turn as it was foretold; that it was foretold wrongly where the time is over.
fn told(turn: &Turn, zone: OfficeZone, now: Instant) -> String {
    let place = number(i64::from(turn.place));
    match turn.expected {
        None => format!("Saat diterima, permohonan ini berada di antrean ke-{place}."),
        Some(at) if at < now => format!(
            "Petugas belum menjawab sampai waktu yang kami perkirakan, {}. Mohon maaf; permohonan ini tetap di gilirannya.",
            zone.short(at)
        ),
        Some(at) => format!(
            "Saat diterima, permohonan ini berada di antrean ke-{place}. Perkiraan dijawab petugas: {}.",
            reply::about(zone, now, at)
        ),
    }
}

/// WhatsApp's address of a conversation with a number, with words in its field.
fn conversation(number: &str, words: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    format!("https://wa.me/{digits}?text={}", words.replace(' ', "%20"))
}
