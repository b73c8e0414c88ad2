//! `/kantor/{office}/penampung`: what came from WhatsApp and could not be read, why, and reading it
//! again. None of a citizen's words are shown here: nobody could read them.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use loket_core::{
    clock::Instant,
    id::DeliveryId,
    permission::Permission,
    whatsapp::{MessageKind, StatusWord},
};
use serde::Deserialize;

use crate::{
    domain::{
        tenancy::Office,
        whatsapp::quarantine::{self, SetAside},
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Form, Nothing, Query},
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Frame, Pager, When, count},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/penampung.html")]
pub struct Held {
    frame: Frame,
    sentence: String,
    rows: Vec<HeldRow>,
    pager: Pager,
}

/// One item that could not be read.
pub struct HeldRow {
    when: When,
    kind: String,
    reason: &'static str,
    advice: &'static str,
    retry_href: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    hal: u64,
}

impl HeldRow {
    fn of(office: &Office, row: &SetAside, now: Instant) -> Self {
        Self {
            when: When::of(row.at, now, office.zone),
            kind: kind(&row.kind),
            reason: row.sentence(),
            advice: advice(&row.reason),
            retry_href: routes::QuarantineRetry::at(&office.slug, row.delivery),
        }
    }
}

/// What an item was, in words.
fn kind(word: &str) -> String {
    if let Some(message) = word.strip_prefix("message.").and_then(|kind| kind.parse::<MessageKind>().ok()) {
        return format!("Pesan warga: {}", message.label().to_lowercase());
    }
    if word.strip_prefix("status.").is_some_and(|status| status.parse::<StatusWord>().is_ok()) {
        return "Kabar pengiriman".to_owned();
    }
    match word {
        "body" => "Seluruh kiriman".to_owned(),
        "errors" => "Pemberitahuan galat".to_owned(),
        _ => "Bagian kiriman".to_owned(),
    }
}

/// What can be done about a reason.
fn advice(reason: &str) -> &'static str {
    match reason {
        "unknown_number" | "foreign_number" => {
            "Pastikan nomor kantor sudah terdaftar di Loket, lalu tekan Baca ulang."
        }
        "sealed" => "Hubungi admin platform: kunci kantor perlu diperiksa.",
        "failed" => "Tekan Baca ulang. Bila tetap gagal, hubungi admin platform.",
        _ => "Tekan Baca ulang setelah Loket diperbarui. Bila mendesak, hubungi admin platform.",
    }
}

impl Held {
    fn of(
        frame: Frame,
        office: &Office,
        ((found, more), all): ((Vec<SetAside>, bool), u64),
        (hal, now): (u64, Instant),
    ) -> Self {
        Self {
            frame,
            sentence: match all {
                0 => "Semua kiriman terbaca.".to_owned(),
                all => format!("{} bagian kiriman belum terbaca.", count(all)),
            },
            rows: found.iter().map(|row| HeldRow::of(office, row, now)).collect(),
            pager: Pager {
                text: format!("Halaman {}", hal.saturating_add(1)),
                previous: hal.checked_sub(1).map(|hal| routes::Quarantine::at(&office.slug, hal)),
                next: more.then(|| routes::Quarantine::at(&office.slug, hal.saturating_add(1))),
            },
        }
    }
}

/// Shows what was set aside, newest first.
async fn get(
    site: web::Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ManageQuarantine)?;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let found = quarantine::list(&cx, asked.hal).await?;
    let all = quarantine::count(&cx).await?;
    let frame = frame(&site, &seat, &request, Here::Quarantine);
    let shown = Held::of(frame, &seat.office, (found, all), (asked.hal, cx.now()));
    page::whole(&request, site.secure, &shown)
}

/// Has a body read again.
async fn retry(
    site: web::Data<Site>,
    seat: InOffice,
    path: web::Path<(String, String)>,
    form: Form<Nothing>,
) -> Result<HttpResponse, PageError> {
    let delivery: DeliveryId = path.1.parse().map_err(|_| PageError::NotFound)?;
    form.checked(seat.csrf())?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    quarantine::retry(&mut cx, delivery).await?;
    cx.commit().await?;
    let back = routes::Quarantine::at(&seat.office.slug, 0);
    let words = "Kiriman sedang dibaca ulang. Yang tetap tidak terbaca akan muncul lagi di sini.";
    Ok(flash::see_other(site.secure, &back, words))
}

/// Registers the page.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(routes::Quarantine::PATTERN).route(web::get().to(get)))
        .service(web::resource(routes::QuarantineRetry::PATTERN).route(web::post().to(retry)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    #[test]
    fn what_was_set_aside_is_named_in_words() {
        for (word, words) in [
            ("message.image", "Pesan warga: foto"),
            ("status.read", "Kabar pengiriman"),
            ("body", "Seluruh kiriman"),
            ("problem", "Bagian kiriman"),
        ] {
            assert_eq!(kind(word), words);
        }
    }

    #[test]
    fn the_quarantine_renders_its_samples_full_and_empty() -> Result<(), askama::Error> {
        let row = SetAside {
            delivery: DeliveryId::NIL,
            position: "e0.c0.m0".to_owned(),
            kind: "message.text".to_owned(),
            reason: "unknown_number".to_owned(),
            at: samples::now(),
        };
        let office = samples::office();
        let draw = |found: Vec<SetAside>, all| {
            Held::of(samples::frame(), &office, ((found, false), all), (0, samples::now())).render()
        };
        let html = draw(vec![row], 1)?;
        assert!(html.contains("Nomor tujuan belum terhubung") && html.contains("Baca ulang"));
        assert!(draw(Vec::new(), 0)?.contains("Penampung kosong"));
        Ok(())
    }
}
