//! Meta's door: the handshake, and bodies that are stored before they are acknowledged.
//!
//! `GET /webhook/whatsapp/{key}` carries no signature and answers the challenge. `POST` takes at most
//! 4 MiB within ten seconds, as raw bytes: the signature is over these and nothing else. Whatever happens
//! next happens in the worker.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, BytesMut, Data, Path, Payload, Query, ServiceConfig},
};
use futures_util::StreamExt;
use serde::Deserialize;

use super::{routes, site::Site};
use crate::{
    domain::whatsapp::{Door, DoorRefusal},
    infra::graph::signature,
};

/// Meta's own bodies are at most 3 MB.
const LARGEST: usize = 4 * 1024 * 1024;
const SLOWEST: Duration = Duration::from_secs(10);
const LONGEST_CHALLENGE: usize = 256;

/// Mounts the door of the site.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Webhook::PATTERN).get(handshake).post(deliver));
}

/// What Meta asks when a callback is entered.
#[derive(Deserialize)]
struct Handshake {
    #[serde(rename = "hub.mode", default)]
    mode: String,
    #[serde(rename = "hub.challenge", default)]
    challenge: String,
    #[serde(rename = "hub.verify_token", default)]
    verify_token: String,
}

async fn handshake(site: Data<Site>, key: Path<String>, asked: Option<Query<Handshake>>) -> HttpResponse {
    answer(&site.door, &key, asked.map(Query::into_inner)).await
}

async fn deliver(site: Data<Site>, key: Path<String>, request: HttpRequest, body: Payload) -> HttpResponse {
    take_in(&site.door, &key, (&request, body)).await
}

async fn answer(door: &Door, key: &str, asked: Option<Handshake>) -> HttpResponse {
    let Some(asked) = asked else { return HttpResponse::Forbidden().finish() };
    match door.verify_handshake(key, &asked.mode, &asked.verify_token).await {
        Ok(()) if (1..=LONGEST_CHALLENGE).contains(&asked.challenge.len()) => HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .body(asked.challenge),
        Ok(()) | Err(DoorRefusal::Unknown | DoorRefusal::BadSignature) => HttpResponse::Forbidden().finish(),
        Err(DoorRefusal::CannotStore) => busy(),
    }
}

async fn take_in(door: &Door, key: &str, (request, body): (&HttpRequest, Payload)) -> HttpResponse {
    // Strangers are told before their bytes are taken in.
    if let Err(refusal) = door.knows(key).await {
        return refuse(refusal);
    }
    if announced(request).is_some_and(|length| length > LARGEST) {
        return HttpResponse::PayloadTooLarge().finish();
    }
    let body = match tokio::time::timeout(SLOWEST, collect(body)).await {
        Ok(Ok(body)) => body,
        Ok(Err(refused)) => return refused,
        Err(_) => return HttpResponse::RequestTimeout().finish(),
    };
    match door.accept(key, signed(request), &body).await {
        Ok(_) => HttpResponse::Ok().finish(),
        Err(refusal) => refuse(refusal),
    }
}

/// The signature, if there is exactly one: of two, a proxy and we may each read another.
fn signed(request: &HttpRequest) -> Option<&str> {
    let mut all = request.headers().get_all(signature::HEADER);
    let first = all.next()?;
    if all.next().is_some() { None } else { first.to_str().ok() }
}

fn announced(request: &HttpRequest) -> Option<usize> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn collect(mut body: Payload) -> Result<BytesMut, HttpResponse> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| HttpResponse::BadRequest().finish())?;
        if bytes.len() + chunk.len() > LARGEST {
            return Err(HttpResponse::PayloadTooLarge().finish());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn refuse(refusal: DoorRefusal) -> HttpResponse {
    match refusal {
        DoorRefusal::Unknown => HttpResponse::NotFound().finish(),
        DoorRefusal::BadSignature => HttpResponse::Unauthorized().finish(),
        DoorRefusal::CannotStore => busy(),
    }
}

/// Meta sends it again.
fn busy() -> HttpResponse {
    HttpResponse::ServiceUnavailable().insert_header((header::RETRY_AFTER, "5")).finish()
}
