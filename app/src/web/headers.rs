//! What every answer carries, and what every question must: strict headers without exceptions, and no
//! state change asked for by another site.

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};

use super::{
    error::{self, PageError},
    site::Site,
};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
     font-src 'self'; connect-src 'self'; media-src 'self'; frame-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'self'; object-src 'none'";

/// Left by a handler that serves a citizen's file: it gets a policy of its own, under which nothing runs.
pub struct Inert;

const INERT: &str =
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";

const FIXED: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "SAMEORIGIN"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("x-robots-tag", "noindex"),
];

/// The outermost middleware: draws error pages, refuses foreign writes, sets the headers.
pub async fn guard_answers(
    site: web::Data<Site>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut response = if is_foreign_write(&request) {
        let answer = actix_web::ResponseError::error_response(&PageError::Foreign);
        request.into_response(answer)
    } else {
        match next.call(request).await {
            Ok(response) => response.map_into_boxed_body(),
            Err(mut error) => {
                // Its request is gone; its answer is made later, outside of here.
                let (demo, secure) = (site.demo, site.secure);
                error.add_response_mapper(move |answer| {
                    let mut answer = error::draw_answer(answer, None, demo);
                    dress(&mut answer, secure);
                    answer
                });
                return Err(error);
            }
        }
    };
    response = error::draw(response, site.demo);
    dress(response.response_mut(), site.secure);
    Ok(response)
}

fn dress(answer: &mut HttpResponse<BoxBody>, secure: bool) {
    let inert = answer.extensions().get::<Inert>().is_some();
    let headers = answer.headers_mut();
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let policy = if inert { INERT } else { POLICY };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    if secure {
        let hsts = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, hsts);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// Whether a browser says that another site asks to change something here. A caller that is no browser
/// says nothing; the token and the signature hold it.
fn is_foreign_write(request: &ServiceRequest) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    match text("origin") {
        Some(origin) => {
            // The host as it was asked for: what a proxy is said to have seen anybody may write.
            let host = text("host").unwrap_or_default();
            origin.split_once("://").is_none_or(|(_, from)| !from.eq_ignore_ascii_case(host))
        }
        None => false,
    }
}
