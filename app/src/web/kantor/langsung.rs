//! `/kantor/{office}/langsung`: the stream that tells a browser which things changed.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::HeaderName,
    web::{self, Data, ServiceConfig},
};
use loket_core::{clock::Instant, permission::Permission};
use serde::Deserialize;

use crate::web::{
    error::PageError,
    form::Query,
    guard::InOffice,
    live::{self, Opening},
    routes,
    site::Site,
};

const LAST: HeaderName = HeaderName::from_static("last-event-id");

/// Registers the stream.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Live::PATTERN).route(web::get().to(get)));
}

#[derive(Deserialize)]
struct Asked {
    /// When the page that asks was drawn, in milliseconds.
    sejak: Option<i64>,
}

async fn get(
    site: Data<Site>,
    place: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    if !place.may(Permission::ReadRequests) {
        place.demand(Permission::ReadFigures)?;
    }
    let drawn = asked.sejak.and_then(Instant::from_timestamp_millis);
    let opening = match drawn {
        _ if request.headers().contains_key(LAST) => Opening::Unknown,
        Some(at) => Opening::Drawn(at),
        None => Opening::Unknown,
    };
    live::open(site, &place, opening).await
}
