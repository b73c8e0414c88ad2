//! What happens to every request before a page sees it: its host is checked, a site that has not opened says
//! so, its end is logged, and a page that breaks becomes an answer instead of a cut line.

use std::{panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::StatusCode,
    middleware::Next,
    web::Data,
};
use futures_util::FutureExt;

use super::{error::PageError, peer, routes, site::Site, waiting};
use crate::infra::Fault;

/// Lets a request in.
pub(super) async fn cross(
    site: Data<Site>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if !routes::is_watched(request.path()) && !peer::is_our_host(request.request(), &site) {
        return Ok(request.into_response(elsewhere()));
    }
    if !site.opening.is_open() && !waiting::is_served_before_opening(request.path()) {
        return Ok(request.into_response(waiting::page(&site)));
    }
    let begun = Instant::now();
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(answer) => answer.map(|answer| {
            log(&answer, begun);
            answer.map_into_boxed_body()
        }),
        Err(_) => Err(PageError::from(Fault::Inconsistent("a page panicked")).into()),
    }
}

fn elsewhere() -> HttpResponse {
    HttpResponse::build(StatusCode::MISDIRECTED_REQUEST)
        .content_type("text/plain; charset=utf-8")
        .body("Alamat ini tidak dilayani di sini.\n")
}

/// The pattern instead of the path: what was asked for may name somebody.
fn log<B>(answer: &ServiceResponse<B>, begun: Instant) {
    let request = answer.request();
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    let route = request.match_pattern().unwrap_or_default();
    tracing::info!(target: "loket::http", method = %request.method(), route, status = answer.status().as_u16(), micros);
}
