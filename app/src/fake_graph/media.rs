//! Media: upload, the link of five minutes, the download, deletion.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest;
use bytes::Bytes;
use chrono::TimeDelta;
use futures_util::TryStreamExt;
use serde_json::json;

use super::answers::{Refusal, bearer};
use super::{FakeGraph, LINK_LIFE};

/// What is uploaded can be sent for thirty days.
const UPLOAD_LIFE: TimeDelta = TimeDelta::days(30);

const MEBIBYTE: usize = 1024 * 1024;

/// The types that may be uploaded, with their limits in bytes.
fn limit_of(mime: &str) -> Option<usize> {
    let essence = mime.split(';').next().unwrap_or_default().trim();
    match essence {
        "image/jpeg" | "image/png" => Some(5 * MEBIBYTE),
        "image/webp" => Some(500 * 1024),
        "audio/aac" | "audio/amr" | "audio/mpeg" | "audio/mp4" | "audio/ogg" | "video/mp4" | "video/3gpp" => {
            Some(16 * MEBIBYTE)
        }
        "application/pdf"
        | "text/plain"
        | "application/msword"
        | "application/vnd.ms-excel"
        | "application/vnd.ms-powerpoint" => Some(100 * MEBIBYTE),
        other if other.starts_with("application/vnd.openxmlformats-officedocument.") => Some(100 * MEBIBYTE),
        _ => None,
    }
}

/// The parts of an upload.
#[derive(Default)]
struct Upload {
    product: Option<Bytes>,
    file: Option<(String, Bytes)>,
}

async fn read_upload(mut form: Multipart) -> Result<Upload, Refusal> {
    let broken = || Refusal::new(100, "The multipart body could not be read");
    let mut upload = Upload::default();
    while let Some(mut field) = form.try_next().await.map_err(|_| broken())? {
        let name = field.name().unwrap_or_default().to_owned();
        let mime = field.content_type().map(ToString::to_string).unwrap_or_default();
        let limit = if name == "file" { limit_of(&mime) } else { Some(1024) };
        let limit = limit.ok_or_else(|| Refusal::new(100, "Param file has a type that is not allowed"))?;
        let read = field.bytes(limit).await;
        let bytes =
            read.map_err(|_| Refusal::new(131_053, "The file is too large"))?.map_err(|_| broken())?;
        match name.as_str() {
            "file" => upload.file = Some((mime, bytes)),
            "messaging_product" => upload.product = Some(bytes),
            _ => {}
        }
    }
    Ok(upload)
}

impl FakeGraph {
    pub(super) async fn take_upload(
        &self,
        number: &str,
        request: &HttpRequest,
        form: Multipart,
    ) -> HttpResponse {
        let upload = read_upload(form).await;
        if !self.state().admitted(number, bearer(request)) {
            return Refusal::bad_token().to_response();
        }
        match upload {
            Err(refusal) => refusal.to_response(),
            Ok(Upload { product: Some(product), file: Some((mime, bytes)) }) if product == "whatsapp" => {
                let id = self.keep_file(number, &mime, bytes, self.now() + UPLOAD_LIFE);
                HttpResponse::Ok().json(json!({"id": id}))
            }
            Ok(_) => Refusal::new(100, "messaging_product and file are required").to_response(),
        }
    }

    /// A medium's link, or what is known of a number.
    pub(super) fn look_up(&self, id: &str, request: &HttpRequest) -> HttpResponse {
        let now = self.now();
        let link = self.inner.ids.uuid(now).simple().to_string();
        let token = bearer(request);
        let mut state = self.state();
        if !state.knows_token(token) {
            return Refusal::bad_token().to_response();
        }
        if state.admitted(id, token) {
            let number = state.account(id).map(|account| account.number.display_phone_number.clone());
            return HttpResponse::Ok().json(json!({"id": id, "display_phone_number": number,
                "quality_rating": "GREEN", "status": "CONNECTED", "platform_type": "CLOUD_API"}));
        }
        let medium = state.medium(id).filter(|medium| now < medium.expires_at);
        let Some(medium) = medium.filter(|medium| state.admitted(&medium.phone_number_id, token)) else {
            return Refusal::no_such_object().to_response();
        };
        let answer = json!({"messaging_product": "whatsapp", "id": id, "mime_type": medium.mime,
            "url": format!("{}/lookaside/{link}", state.base_url),
            "sha256": hex::encode(digest::digest(&digest::SHA256, &medium.bytes)),
            "file_size": medium.bytes.len().to_string()});
        state.keep_link(link, id, now + LINK_LIFE);
        HttpResponse::Ok().json(answer)
    }

    /// The bytes behind a link. Without a name of the client or a living link there is a page, not a file.
    pub(super) fn hand_out(&self, link: &str, request: &HttpRequest) -> HttpResponse {
        let state = self.state();
        let named = request.headers().contains_key("User-Agent");
        let Some(medium) = state.behind_link(link, self.now()).filter(|_| named) else {
            return HttpResponse::NotFound().content_type("text/html").body("<html>Not Found</html>");
        };
        if !state.admitted(&medium.phone_number_id, bearer(request)) {
            return HttpResponse::Unauthorized().finish();
        }
        HttpResponse::Ok().content_type(medium.mime.as_str()).body(medium.bytes.clone())
    }

    pub(super) fn forget_medium(&self, id: &str, request: &HttpRequest) -> HttpResponse {
        let mut state = self.state();
        let owner = state.medium(id).map(|medium| medium.phone_number_id.clone());
        if !owner.is_some_and(|owner| state.admitted(&owner, bearer(request))) {
            return Refusal::no_such_object().to_response();
        }
        state.drop_medium(id);
        HttpResponse::Ok().json(json!({"success": true}))
    }
}
