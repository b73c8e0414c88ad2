//! The simulator for scripts: `POST` and `GET /simulator/api/phones/{wa_id}/messages`.

use actix_web::http::header;
use actix_web::web::{Path, Payload, ThinData};
use actix_web::{HttpRequest, HttpResponse};
use chrono::SecondsFormat;
use serde::Serialize;
use serde_json::json;

use super::Simulator;
use super::parcel::{Parcel, Unfit, is_foreign};
use super::people::Phone;
use crate::fake_graph::{PhoneDirection, PhoneMessage, PhoneSent, Ticks};
use crate::web::routes::SimulatorMedium;

/// A message as the API tells it.
#[derive(Serialize)]
struct Told<'a> {
    /// Meta's id of it.
    id: &'a str,
    /// As the phone sees it: `sent` or `received`.
    direction: &'static str,
    /// A `wa_id` or a `phone_number_id`.
    from: &'a str,
    to: &'a str,
    /// RFC 3339, UTC.
    at: String,
    /// Meta's word: `text`, `image`, `document`, `template`.
    kind: &'a str,
    /// Words, or the caption.
    text: Option<&'a str>,
    filename: Option<&'a str>,
    /// Path of the file.
    media_url: Option<String>,
    /// `pending`, `delivered` or `read`.
    ticks: &'static str,
}

impl<'a> Told<'a> {
    fn of(wa_id: &'a str, message: &'a PhoneMessage) -> Self {
        let number = message.phone_number_id.as_str();
        let (direction, from, to) = match message.direction {
            PhoneDirection::FromPhone => ("sent", wa_id, number),
            PhoneDirection::ToPhone => ("received", number, wa_id),
        };
        Self {
            id: &message.wamid,
            direction,
            from,
            to,
            at: message.at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            kind: &message.kind,
            text: message.text.as_deref(),
            filename: message.filename.as_deref(),
            media_url: message.media_id.as_deref().map(|id| SimulatorMedium::at(wa_id, id)),
            ticks: match message.ticks {
                Ticks::Pending => "pending",
                Ticks::Delivered => "delivered",
                Ticks::Read => "read",
            },
        }
    }
}

fn refuse(unfit: Unfit) -> HttpResponse {
    let error = json!({"error": {"code": unfit.code(), "message": unfit.sentence()}});
    HttpResponse::build(unfit.status()).json(error)
}

/// `POST /simulator/api/phones/{wa_id}/messages`
pub(super) async fn send(
    ThinData(simulator): ThinData<Simulator>,
    wa_id: Path<String>,
    request: HttpRequest,
    body: Payload,
) -> HttpResponse {
    match simulator.take(&wa_id, &request, body).await {
        Ok(sent) => HttpResponse::Ok().json(json!({"id": sent.wamid, "status": sent.http_status})),
        Err(unfit) => refuse(unfit),
    }
}

/// `GET /simulator/api/phones/{wa_id}/messages`
pub(super) async fn list(ThinData(simulator): ThinData<Simulator>, wa_id: Path<String>) -> HttpResponse {
    if Phone::of(&wa_id).is_none() {
        return refuse(Unfit::Phone);
    }
    let messages = simulator.conversation(&wa_id).await;
    let told: Vec<_> = messages.iter().map(|message| Told::of(&wa_id, message)).collect();
    HttpResponse::Ok().json(told)
}

/// `GET /simulator/api/phones/{wa_id}/media/{media_id}`: a file that this phone sent or received.
pub(super) async fn medium(
    ThinData(simulator): ThinData<Simulator>,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (wa_id, media_id) = path.into_inner();
    let messages = simulator.fake.phone_messages(&wa_id);
    let its = messages.into_iter().find(|message| message.media_id.as_deref() == Some(media_id.as_str()));
    let Some((message, (mime, bytes))) = its.zip(simulator.fake.medium(&media_id)) else {
        return HttpResponse::NotFound().finish();
    };
    let essence = mime.split(';').next().unwrap_or_default().trim();
    // Whatever a browser might run is handed over as a file to keep.
    let shown = matches!(essence, "image/jpeg" | "image/png" | "image/webp" | "application/pdf");
    let kind = if shown { essence } else { "application/octet-stream" };
    let name = message.filename.unwrap_or_else(|| format!("{}.{}", message.kind, ending(essence)));
    let disposition = header::ContentDisposition {
        disposition: if shown {
            header::DispositionType::Inline
        } else {
            header::DispositionType::Attachment
        },
        parameters: vec![header::DispositionParam::FilenameExt(header::ExtendedValue {
            charset: header::Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: name.into_bytes(),
        })],
    };
    HttpResponse::Ok()
        .insert_header(disposition)
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .content_type(kind)
        .body(bytes)
}

fn ending(essence: &str) -> &str {
    match essence {
        "image/jpeg" => "jpg",
        other => other.rsplit('/').next().unwrap_or("bin"),
    }
}

impl Simulator {
    /// Reads what a script sent and hands it to the fake.
    async fn take(&self, wa_id: &str, request: &HttpRequest, body: Payload) -> Result<PhoneSent, Unfit> {
        if is_foreign(request) {
            return Err(Unfit::Foreign);
        }
        let phone = Phone::of(wa_id).ok_or(Unfit::Phone)?;
        let parcel = Parcel::read(request, body).await?;
        let to = parcel.to.clone().filter(|to| !to.trim().is_empty()).ok_or(Unfit::NoNumber)?;
        self.hand_over(&phone, to.trim(), parcel).await
    }

    /// Sends a parcel through the real webhook.
    pub(super) async fn hand_over(
        &self,
        phone: &Phone,
        phone_number_id: &str,
        parcel: Parcel,
    ) -> Result<PhoneSent, Unfit> {
        if self.number(phone_number_id).is_none() {
            return Err(Unfit::UnknownNumber);
        }
        let name = parcel.profile_name(phone)?;
        let content = parcel.content(phone)?;
        let sent = self.fake.phone_sends(&phone.wa_id, &name, phone_number_id, content).await;
        sent.map_err(|_| Unfit::UnknownNumber)
    }
}
