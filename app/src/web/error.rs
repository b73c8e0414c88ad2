//! Everything that can go wrong on a page, and the one place that turns it into a page with a way back.
//!
//! A handler returns a [`PageError`]; its answer carries only a status and what is to be said. The
//! outermost middleware draws the page. What happened below the rules is logged under a short code,
//! which is all that the page shows of it.

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    body::BoxBody,
    dev::ServiceResponse,
    http::{StatusCode, header},
};
use askama::Template;

use crate::{
    domain::{
        requests::RequestError,
        tenancy::{DirectoryError, OfficeRefusal},
        whatsapp::ConversationError,
    },
    infra::Fault,
};

/// What a page says that was asked for more rows than are read at once.
const TOO_MUCH: &str = "Rincian untuk rentang dan saringan ini terlalu banyak untuk dihitung sekaligus. Pilih rentang yang lebih pendek, atau lepaskan saringan jalan masuk, varian, atau kecamatan.";

/// Why there is no page.
#[derive(Debug)]
pub enum PageError {
    /// There is nothing here, or nothing for this person: the two look the same.
    NotFound,
    /// They must sign in first; then they come back to this path.
    SignIn(String),
    /// Their role does not cover it.
    NotAllowed,
    /// The rules say no, in a sentence that says what to do.
    Refused(String),
    /// Somebody else saved first.
    Stale,
    /// The form's token is not of this session.
    Token,
    /// Another site asked to change something here.
    Foreign,
    /// The form cannot be read.
    Form,
    /// The body is too large.
    TooLarge,
    /// The body came too slowly.
    TooSlow,
    /// Too many tries; seconds until the next.
    TooMany(u64),
    /// At capacity for the moment.
    Busy,
    /// As many files as this process takes at once are on their way already.
    Full,
    /// As many browsers as this process tells of changes are told already.
    Crowded,
    /// Below the rules; the code stands in the log.
    Fault(String),
}

/// Why what was typed was not done: a sentence for its own page, where it stands still, or an answer of its own.
#[derive(Debug)]
pub enum Refusal {
    /// What to do otherwise.
    Sentence(&'static str),
    /// Another answer.
    Page(PageError),
}

impl From<&'static str> for Refusal {
    fn from(sentence: &'static str) -> Self {
        Self::Sentence(sentence)
    }
}

impl PageError {
    /// The status, the title and the sentence.
    fn words(&self) -> (StatusCode, &'static str, String) {
        let (status, title, sentence) = match self {
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "Halaman tidak ditemukan",
                "Alamat ini tidak ada, atau bukan bagian dari tugas Anda.",
            ),
            Self::SignIn(_) => (StatusCode::SEE_OTHER, "Masuk dahulu", "Silakan masuk untuk melanjutkan."),
            Self::NotAllowed => (
                StatusCode::FORBIDDEN,
                "Di luar tugas Anda",
                "Peran Anda tidak mencakup tindakan ini. Minta bantuan admin kantor bila seharusnya mencakup.",
            ),
            Self::Refused(sentence) => {
                return (StatusCode::UNPROCESSABLE_ENTITY, "Belum dapat dilakukan", sentence.clone());
            }
            Self::Stale => (
                StatusCode::CONFLICT,
                "Sudah berubah",
                "Rekan Anda baru saja mengubah data ini. Buka kembali halamannya, lalu ulangi bila masih perlu.",
            ),
            Self::Token => (
                StatusCode::FORBIDDEN,
                "Halaman sudah kedaluwarsa",
                "Buka kembali halamannya, lalu kirim sekali lagi. Yang Anda ketik belum tersimpan.",
            ),
            Self::Foreign => (
                StatusCode::FORBIDDEN,
                "Ditolak",
                "Permintaan ini datang dari situs lain, jadi tidak dijalankan.",
            ),
            Self::Form => (
                StatusCode::BAD_REQUEST,
                "Isian tidak terbaca",
                "Ada isian yang tidak dapat dibaca. Kembali, periksa isian, lalu kirim lagi.",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "Terlalu besar",
                "Kiriman melebihi batas. Berkas paling besar 16 MB.",
            ),
            Self::TooSlow => (
                StatusCode::REQUEST_TIMEOUT,
                "Terlalu lama",
                "Kiriman tidak selesai tepat waktu. Periksa jaringan, lalu kirim lagi.",
            ),
            Self::TooMany(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "Terlalu sering",
                "Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi.",
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Sedang penuh",
                "Loket sedang sangat sibuk. Coba lagi sebentar lagi.",
            ),
            Self::Full => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Banyak berkas sedang diunggah",
                "Berkas Anda belum tersimpan karena banyak berkas lain sedang diterima. Tunggu setengah menit, kembali, lalu unggah lagi.",
            ),
            Self::Crowded => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Pembaruan langsung sedang penuh",
                "Halaman tetap diperbarui, hanya lebih jarang. Tidak ada yang perlu Anda lakukan.",
            ),
            Self::Fault(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Ada gangguan di pihak kami",
                "Yang Anda kirim mungkin belum tersimpan. Coba lagi; bila berulang, sebutkan kode di bawah kepada admin.",
            ),
        };
        (status, title, sentence.to_owned())
    }

    fn code(&self) -> String {
        let status = self.words().0.as_u16();
        match self {
            Self::Fault(code) => format!("{status} · {code}"),
            _ => status.to_string(),
        }
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl From<Fault> for PageError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Stale => Self::Stale,
            Fault::Busy(_) | Fault::Capacity(_) => {
                tracing::warn!(fault = %fault, "a page could not be served for the moment");
                Self::Busy
            }
            Fault::TooMuch(_) => {
                tracing::warn!(fault = %fault, "a page was asked for more than is read at once");
                Self::Refused(TOO_MUCH.to_owned())
            }
            fault => {
                let mut bytes = [0_u8; 4];
                crate::infra::ids::fill(&mut bytes);
                let code = hex::encode_upper(bytes);
                tracing::error!(code, fault = %fault, "a page met a fault");
                Self::Fault(code)
            }
        }
    }
}

impl From<RequestError> for PageError {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::NotFound => Self::NotFound,
            RequestError::NotAllowed => Self::NotAllowed,
            RequestError::Refused(refusal) => Self::Refused(refusal.sentence()),
            RequestError::Invalid(sentence) => Self::Refused(sentence.to_owned()),
            RequestError::Fields(_) => Self::Refused(error.to_string()),
            RequestError::Fault(fault) => fault.into(),
        }
    }
}

impl From<DirectoryError> for PageError {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Refused(OfficeRefusal::NotAllowed) => Self::NotAllowed,
            DirectoryError::Refused(refusal) => Self::Refused(refusal.to_string()),
            DirectoryError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ConversationError> for PageError {
    fn from(error: ConversationError) -> Self {
        RequestError::from(error).into()
    }
}

/// What is to be drawn, left in the answer for the middleware.
struct Drawing {
    title: &'static str,
    sentence: String,
    code: String,
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        self.words().0
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let (status, title, sentence) = self.words();
        let mut answer = HttpResponse::build(status);
        match self {
            Self::SignIn(next) => {
                answer.insert_header((header::LOCATION, sign_in(next)));
                return answer.finish();
            }
            Self::TooMany(seconds) => {
                answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
            }
            Self::Busy => {
                answer.insert_header((header::RETRY_AFTER, "5"));
            }
            Self::Full => {
                answer.insert_header((header::RETRY_AFTER, "30"));
            }
            Self::Crowded => {
                answer.insert_header((header::RETRY_AFTER, "60"));
            }
            _ => {}
        }
        let mut answer = answer.finish();
        answer.extensions_mut().insert(Drawing { title, sentence, code: self.code() });
        answer
    }
}

fn sign_in(next: &str) -> String {
    if next == "/" { super::routes::SignIn::at(None) } else { super::routes::SignIn::at(Some(next)) }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    demo: bool,
    flash: Option<String>,
    title: String,
    sentence: String,
    code: String,
    back_href: String,
    back_label: String,
}

/// Draws the page of an error answer.
pub(super) fn draw(response: ServiceResponse<BoxBody>, demo: bool) -> ServiceResponse<BoxBody> {
    let (request, answer) = response.into_parts();
    let back = request.headers().get(header::REFERER).and_then(|value| value.to_str().ok());
    let answer = draw_answer(answer, back.and_then(local_path), demo);
    ServiceResponse::new(request, answer)
}

/// Draws the page of an error answer, with a way back if one is known. An error answer that says nothing
/// of itself, or that the framework made, is drawn by status.
pub(super) fn draw_answer(
    mut answer: HttpResponse<BoxBody>,
    back: Option<String>,
    demo: bool,
) -> HttpResponse<BoxBody> {
    let status = answer.status();
    let drawing = answer.extensions_mut().remove::<Drawing>();
    let drawing = match drawing {
        Some(drawing) => drawing,
        None if is_bare(&answer) => by_status(status),
        None => return answer,
    };
    let back_href = back.unwrap_or_else(|| "/".to_owned());
    let back_label = if back_href == "/" { "Ke halaman awal" } else { "Kembali" }.to_owned();
    let page = ErrorPage {
        demo,
        flash: None,
        title: drawing.title.to_owned(),
        sentence: drawing.sentence,
        code: drawing.code,
        back_href,
        back_label,
    };
    let body = page.render().unwrap_or_else(|_| "Ada gangguan di pihak kami.".to_owned());
    let mut page = HttpResponse::build(status).content_type("text/html; charset=utf-8").body(body);
    for name in [header::RETRY_AFTER, header::SET_COOKIE, header::ALLOW] {
        for value in answer.headers().get_all(&name) {
            page.headers_mut().append(name.clone(), value.clone());
        }
    }
    page
}

/// Whether an error answer has no words of ours.
fn is_bare(answer: &HttpResponse<BoxBody>) -> bool {
    let failed = answer.status().is_client_error() || answer.status().is_server_error();
    failed && (answer.error().is_some() || !answer.headers().contains_key(header::CONTENT_TYPE))
}

fn by_status(status: StatusCode) -> Drawing {
    let error = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => PageError::NotFound,
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => PageError::NotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        StatusCode::REQUEST_TIMEOUT => PageError::TooSlow,
        StatusCode::SERVICE_UNAVAILABLE => PageError::Busy,
        status if status.is_client_error() => PageError::Form,
        _ => PageError::Fault("-".to_owned()),
    };
    let (_, title, sentence) = error.words();
    Drawing { title, sentence, code: status.as_u16().to_string() }
}

/// The path of an address, so that "Kembali" never leads to another site.
fn local_path(address: &str) -> Option<String> {
    let after = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = after.get(after.find('/')?..)?;
    (path.starts_with('/') && !path.starts_with("//")).then(|| path.to_owned())
}
