//! What is shown while the demonstration's past is still being told: how far it is, on a page that asks again by itself.

use actix_web::{
    HttpResponse,
    http::header::{self, ContentType},
};
use askama::Template;

use super::{
    routes,
    site::{Preparing, Site},
};

/// Seconds until a browser asks again.
const AGAIN: u8 = 5;

#[derive(Template)]
#[template(path = "waiting.html")]
struct Waiting {
    demo: bool,
    flash: Option<String>,
    again: u8,
    preparing: Option<Preparing>,
}

/// Whether a path is served before the site has opened: Meta's door, what watches the machine, and what the
/// waiting page is made of.
pub(super) fn is_served_before_opening(path: &str) -> bool {
    let before = |pattern: &str| pattern.split('{').next().unwrap_or_default().to_owned();
    routes::is_watched(path)
        || [routes::Webhook::PATTERN, routes::Static::PATTERN]
            .iter()
            .any(|pattern| path.starts_with(&before(pattern)))
}

/// The page, for every other path.
pub(super) fn page(site: &Site) -> HttpResponse {
    let page = Waiting { demo: site.demo, flash: None, again: AGAIN, preparing: site.opening.preparing() };
    let html = page.render().unwrap_or_else(|_| "Kisah peragaan sedang disiapkan.".to_owned());
    HttpResponse::ServiceUnavailable()
        .content_type(ContentType::html())
        .insert_header((header::RETRY_AFTER, AGAIN.to_string()))
        .body(html)
}
