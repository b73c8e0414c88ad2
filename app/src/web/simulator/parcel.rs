//! What somebody wants a phone to send: read from JSON or a form, checked, and packed as WhatsApp would.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpMessage, HttpRequest};
use futures_util::TryStreamExt;
use serde::Deserialize;

use super::people::Phone;
use super::samples::Sample;
use crate::fake_graph::PhoneContent;
use crate::web::site::Site;
use crate::web::uploads::{Place, Uploads};

/// What WhatsApp lets people send here.
pub(super) const LARGEST_FILE: usize = 16 * 1024 * 1024;
const LARGEST_JSON: usize = 64 * 1024;
const LARGEST_FIELD: usize = 32 * 1024;
const MOST_FIELDS: usize = 12;
const LONGEST_TEXT: usize = 4096;
const LONGEST_CAPTION: usize = 1024;
const LONGEST_NAME: usize = 100;
const READ_WITHIN: Duration = Duration::from_secs(60);

/// Why it was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    Phone,
    Foreign,
    Unreadable,
    Json,
    NoNumber,
    UnknownNumber,
    Empty,
    TextTooLong,
    CaptionTooLong,
    NameTooLong,
    FileTooLarge,
    UnknownSample,
    StaleForm,
    TooSlow,
    Full,
}

impl Unfit {
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::Foreign | Self::StaleForm => StatusCode::FORBIDDEN,
            Self::UnknownNumber => StatusCode::NOT_FOUND,
            Self::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Full => StatusCode::SERVICE_UNAVAILABLE,
            Self::Phone | Self::Unreadable | Self::Json => StatusCode::BAD_REQUEST,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// A word for scripts.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Phone => "wa_id",
            Self::Foreign => "cross_site",
            Self::Unreadable => "unreadable",
            Self::Json => "json",
            Self::NoNumber => "to_missing",
            Self::UnknownNumber => "to_unknown",
            Self::Empty => "empty",
            Self::TextTooLong => "text_too_long",
            Self::CaptionTooLong => "caption_too_long",
            Self::NameTooLong => "name_too_long",
            Self::FileTooLarge => "file_too_large",
            Self::UnknownSample => "sample_unknown",
            Self::StaleForm => "stale_form",
            Self::TooSlow => "too_slow",
            Self::Full => "full",
        }
    }

    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::Phone => {
                "Nomor ponsel harus 8 sampai 15 angka dengan kode negara, tanpa + dan tanpa 0 di depan, misalnya 628003603001."
            }
            Self::Foreign => "Permintaan ini datang dari situs lain, jadi tidak dijalankan.",
            Self::Unreadable => {
                "Isi permintaan tidak terbaca. Kirim JSON, atau multipart/form-data bila ada berkas."
            }
            Self::Json => {
                "JSON tidak sesuai. Yang dibutuhkan: {\"to\":\"<phone_number_id>\",\"text\":\"...\"}, keduanya teks."
            }
            Self::NoNumber => {
                "Nomor tujuan belum diisi. Isi to dengan phone_number_id dari loket demo --describe."
            }
            Self::UnknownNumber => {
                "Nomor tujuan tidak dikenal. Isi to dengan phone_number_id dari loket demo --describe."
            }
            Self::Empty => "Pesan masih kosong. Ketik pesan atau lampirkan berkas.",
            Self::TextTooLong => "Pesan terlalu panjang. WhatsApp membatasi 4.096 huruf.",
            Self::CaptionTooLong => "Keterangan berkas terlalu panjang. WhatsApp membatasi 1.024 huruf.",
            Self::NameTooLong => "Nama terlalu panjang, paling banyak 100 huruf.",
            Self::FileTooLarge => "Berkas terlalu besar. Paling besar 16 MB.",
            Self::UnknownSample => "Contoh berkas ini tidak ada. Muat ulang halaman, lalu pilih lagi.",
            Self::StaleForm => "Halaman sudah kedaluwarsa. Muat ulang halaman, lalu kirim sekali lagi.",
            Self::TooSlow => "Kiriman tidak selesai tepat waktu. Kirim lagi.",
            Self::Full => "Banyak berkas sedang diunggah. Tunggu setengah menit, lalu kirim lagi.",
        }
    }
}

/// What was asked for.
#[derive(Default, Deserialize)]
pub(super) struct Parcel {
    pub(super) to: Option<String>,
    text: Option<String>,
    name: Option<String>,
    sample: Option<String>,
    pub(super) csrf: Option<String>,
    pub(super) mood: Option<String>,
    #[serde(skip)]
    file: Option<SentFile>,
}

struct SentFile {
    name: String,
    /// What the sender says it is; nothing where they say nothing of use.
    mime: Option<String>,
    bytes: Bytes,
    /// Held as long as the bytes are.
    _place: Option<Place>,
}

impl Parcel {
    /// Reads a body, bounded in size and time.
    pub(super) async fn read(request: &HttpRequest, body: Payload) -> Result<Self, Unfit> {
        let reading = async {
            if request.content_type().eq_ignore_ascii_case("multipart/form-data") {
                let site = request.app_data::<Data<Site>>();
                let uploads = site.map(|site| site.uploads.clone()).unwrap_or_default();
                return read_form(Multipart::new(request.headers(), body), &uploads).await;
            }
            let read = body.to_bytes_limited(LARGEST_JSON).await;
            let bytes = read.map_err(|_| Unfit::TextTooLong)?.map_err(|_| Unfit::Unreadable)?;
            if request.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
                return serde_html_form::from_bytes(&bytes).map_err(|_| Unfit::Unreadable);
            }
            serde_json::from_slice(&bytes).map_err(|_| Unfit::Json)
        };
        tokio::time::timeout(READ_WITHIN, reading).await.unwrap_or(Err(Unfit::TooSlow))
    }

    /// The name to send under.
    pub(super) fn profile_name(&self, phone: &Phone) -> Result<String, Unfit> {
        match self.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) if name.chars().count() > LONGEST_NAME => Err(Unfit::NameTooLong),
            Some(name) => Ok(name.to_owned()),
            None => Ok(phone.profile_name()),
        }
    }

    /// The message.
    pub(super) fn content(self, phone: &Phone) -> Result<PhoneContent, Unfit> {
        let text = self.text.filter(|text| !text.trim().is_empty());
        let long = |most: usize| text.as_ref().is_some_and(|text| text.chars().count() > most);
        let sample = self.sample.filter(|word| !word.is_empty());
        let attached = self.file.is_some() || sample.is_some();
        if long(if attached { LONGEST_CAPTION } else { LONGEST_TEXT }) {
            return Err(if attached { Unfit::CaptionTooLong } else { Unfit::TextTooLong });
        }
        if let Some(file) = self.file {
            return Ok(file.content(text));
        }
        match (sample, text) {
            (Some(word), caption) => {
                let sample = Sample::by_word(&word).ok_or(Unfit::UnknownSample)?;
                Ok(sample.draw(&phone.person, caption))
            }
            (None, Some(text)) => Ok(PhoneContent::Text(text)),
            (None, None) => Err(Unfit::Empty),
        }
    }
}

impl SentFile {
    /// A photo goes as an image, everything else as a document, as WhatsApp's own buttons do it.
    fn content(self, caption: Option<String>) -> PhoneContent {
        let seen = || infer::get(&self.bytes).map(|kind| kind.mime_type().to_owned());
        let mime = self.mime.or_else(seen).unwrap_or_else(|| "application/octet-stream".to_owned());
        let bytes = self.bytes;
        if matches!(mime.as_str(), "image/jpeg" | "image/png") {
            PhoneContent::Image { bytes, mime, caption }
        } else {
            PhoneContent::Document { bytes, mime, filename: self.name, caption }
        }
    }
}

async fn read_form(mut form: Multipart, uploads: &Uploads) -> Result<Parcel, Unfit> {
    let mut parcel = Parcel::default();
    let mut parts = 0;
    while let Some(mut field) = form.try_next().await.map_err(|_| Unfit::Unreadable)? {
        parts += 1;
        if parts > MOST_FIELDS {
            return Err(Unfit::Unreadable);
        }
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let place = uploads.place().await.ok_or(Unfit::Full)?;
            let file = read_file(&mut field, place).await?;
            // A browser sends an empty part where no file was chosen.
            if !file.bytes.is_empty() && parcel.file.is_none() {
                parcel.file = Some(file);
            }
            continue;
        }
        let text = read_text(&mut field).await?;
        match name.as_str() {
            "to" => parcel.to = Some(text),
            // The page's own field and the press of a ready message share a name: the one that says something wins.
            "text" | "caption" if !text.trim().is_empty() => parcel.text = Some(text),
            "name" => parcel.name = Some(text),
            "sample" => parcel.sample = Some(text),
            "csrf" => parcel.csrf = Some(text),
            "mood" => parcel.mood = Some(text),
            _ => {}
        }
    }
    Ok(parcel)
}

async fn read_text(field: &mut Field) -> Result<String, Unfit> {
    let read = field.bytes(LARGEST_FIELD).await;
    let bytes = read.map_err(|_| Unfit::TextTooLong)?.map_err(|_| Unfit::Unreadable)?;
    // Browsers send line ends as CRLF; phones do not.
    String::from_utf8(bytes.to_vec()).map(|text| text.replace("\r\n", "\n")).map_err(|_| Unfit::Unreadable)
}

async fn read_file(field: &mut Field, place: Place) -> Result<SentFile, Unfit> {
    let named = field.content_disposition().and_then(|disposition| disposition.get_filename());
    let name = plain_name(named.unwrap_or_default());
    let said = field.content_type().map(ToString::to_string);
    let mime = said.filter(|mime| mime != "application/octet-stream" && mime.len() <= 100);
    let read = field.bytes(LARGEST_FILE).await;
    let bytes = read.map_err(|_| Unfit::FileTooLarge)?.map_err(|_| Unfit::Unreadable)?;
    // An empty part is no file and keeps no place.
    let place = (!bytes.is_empty()).then_some(place);
    Ok(SentFile { name, mime, bytes, _place: place })
}

/// The last part of a path, without marks that do not print.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|letter| !letter.is_control()).take(200).collect();
    if plain.trim().is_empty() { "berkas".to_owned() } else { plain }
}

/// Whether a browser says that another site asks for this; scripts say nothing. The site's own guard asks
/// the same, but the phones have no session that would hold without it.
pub(super) fn is_foreign(request: &HttpRequest) -> bool {
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    let host = request.connection_info().host().to_owned();
    text(header::ORIGIN).is_some_and(|origin| origin.split_once("://").is_none_or(|(_, from)| from != host))
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    #[test]
    fn names_of_files_lose_their_path() {
        for (name, plain) in [
            ("C:\\Users\\a\\kk.jpg", "kk.jpg"),
            ("../../etc/passwd", "passwd"),
            ("\n", "berkas"),
            ("a\u{7}b", "ab"),
        ] {
            assert_eq!(plain_name(name), plain);
        }
    }
}
