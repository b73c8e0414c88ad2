//! Refusals in Meta's words.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::wire::title_of;

/// A call that is not granted.
pub(super) struct Refusal {
    pub(super) code: i64,
    subcode: Option<i64>,
    details: String,
}

impl Refusal {
    pub(super) fn new(code: i64, details: impl Into<String>) -> Self {
        Self { code, subcode: None, details: details.into() }
    }

    pub(super) fn bad_token() -> Self {
        Self::new(190, "The access token could not be decoded")
    }

    /// What Meta says of an object that is not there, or not for this token.
    pub(super) fn no_such_object() -> Self {
        let details = "Object does not exist, cannot be loaded due to missing permissions";
        Self { code: 100, subcode: Some(33), details: details.to_owned() }
    }

    pub(super) fn to_response(&self) -> HttpResponse {
        let message = format!("(#{}) {}", self.code, title_of(self.code));
        let mut error = json!({"message": message, "type": "OAuthException", "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": "AbCdEfGhIjKlMnOpQrStUvW"});
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = json!(subcode);
        }
        HttpResponse::build(http_status(self.code)).json(json!({"error": error}))
    }
}

fn http_status(code: i64) -> StatusCode {
    match code {
        0 | 190 => StatusCode::UNAUTHORIZED,
        3 | 10 | 200..=299 | 368 | 131_005 | 131_031 => StatusCode::FORBIDDEN,
        4 | 80_007 | 130_429 => StatusCode::TOO_MANY_REQUESTS,
        1 | 2 | 131_000 => StatusCode::INTERNAL_SERVER_ERROR,
        131_016 | 133_004 => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The token of a call.
pub(super) fn bearer(request: &HttpRequest) -> Option<&str> {
    request.headers().get("Authorization")?.to_str().ok()?.strip_prefix("Bearer ")
}
