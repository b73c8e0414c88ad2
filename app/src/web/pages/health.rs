//! What those who watch the machine ask: whether it lives, whether it can serve, how far behind it is.

use actix_web::{HttpRequest, HttpResponse, http::header, web::Data};
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, gauge::Gauge},
    registry::Registry,
};
use std::sync::atomic::AtomicU64;
use subtle::ConstantTimeEq;

use crate::{
    domain::whatsapp::metrics::{Inbox, inbox},
    infra::Fault,
    queue::{self, Backlog},
    web::{error::PageError, peer::Peer, site::Site},
};

const TEXT: &str = "text/plain; charset=utf-8";
const METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(super) async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type(TEXT).body("ok\n")
}

/// Ready when the site has opened and the database answers; what it answers is looked at elsewhere.
pub(super) async fn ready(site: Data<Site>) -> HttpResponse {
    if !site.opening.is_open() {
        return HttpResponse::ServiceUnavailable().content_type(TEXT).body("preparing\n");
    }
    match queue::backlog(&site.house).await {
        Ok(_) => HttpResponse::Ok().content_type(TEXT).body("ok\n"),
        Err(fault) => {
            tracing::warn!(fault = %fault, "the database does not answer");
            HttpResponse::ServiceUnavailable().content_type(TEXT).body("database\n")
        }
    }
}

/// Only for this machine, or with the token of the configuration; to others it is not there.
pub(super) async fn metrics(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, PageError> {
    if !may_watch(&request, &site) {
        return Err(PageError::NotFound);
    }
    let waiting = inbox(&site.house).await?;
    let backlog = queue::backlog(&site.house).await?;
    let body = figures(waiting, backlog, (site.door.stored(), site.live.open_streams()))
        .map_err(|_| Fault::Inconsistent("metrics"))?;
    Ok(HttpResponse::Ok().content_type(METRICS).body(body))
}

fn may_watch(request: &HttpRequest, site: &Site) -> bool {
    let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = shown.and_then(|shown| shown.strip_prefix("Bearer ")).unwrap_or_default();
    let known = site
        .metrics_token
        .as_ref()
        .is_some_and(|known| bool::from(known.expose().as_bytes().ct_eq(token.as_bytes())));
    let peer = Peer::of(request, &[]);
    known || (peer.ip.is_loopback() && !peer.forwarded)
}

type Figure = Gauge<f64, AtomicU64>;

fn figures(
    inbox: Inbox,
    backlog: Backlog,
    (stored, streams): (u64, usize),
) -> Result<String, std::fmt::Error> {
    let mut registry = Registry::with_prefix("loket");
    let mut show = |name: &str, help: &str, value: f64| {
        let figure = Figure::default();
        figure.set(value);
        registry.register(name, help, figure);
    };
    let seconds = |age: chrono::TimeDelta| age.as_seconds_f64();
    show(
        "webhook_oldest_unprocessed_seconds",
        "Age of the oldest webhook body that has not been read",
        seconds(inbox.oldest),
    );
    show("webhook_waiting", "Webhook bodies that have not been read", count(inbox.waiting));
    show("job_oldest_due_seconds", "How long the oldest due job has been waiting", seconds(backlog.oldest));
    show("jobs_parked", "Jobs that failed for good and wait for a person", count(backlog.parked));
    show("live_streams", "Browsers that are told of changes", count(streams as u64));
    let bodies: Counter = Counter::default();
    bodies.inc_by(stored);
    registry.register("webhook_stored", "Webhook bodies stored since the process began", bodies);
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(text)
}

/// Exact up to four thousand million, and nobody needs the last digit of more.
fn count(value: u64) -> f64 {
    f64::from(u32::try_from(value).unwrap_or(u32::MAX))
}
