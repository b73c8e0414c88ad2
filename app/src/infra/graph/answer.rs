//! Reading Meta's answers: the accepted, the refused, and what is neither.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use super::{Accepted, FailureClass, SendFailure, classify};

/// How much of an answer is read at most; Meta's are a few hundred bytes.
const MAX_ANSWER: usize = 256 * 1024;

/// An answer of Meta's API, read to its end.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    retry_after: Option<Duration>,
    pub(super) body: Value,
}

impl Answer {
    /// Reads the answer; `None` where the connection broke or it was too long.
    pub(super) async fn of(mut response: reqwest::Response) -> Option<Self> {
        let status = response.status();
        let retry_after = response.headers().get(reqwest::header::RETRY_AFTER);
        let retry_after =
            retry_after.and_then(|value| value.to_str().ok()?.parse().ok()).map(Duration::from_secs);
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.ok()? {
            if bytes.len() + chunk.len() > MAX_ANSWER {
                return None;
            }
            bytes.extend_from_slice(&chunk);
        }
        Some(Self { status, retry_after, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
    }

    /// The accepted message. A success that cannot be read may have been sent, hence `Unknown`.
    pub(super) fn accepted(&self) -> Result<Accepted, SendFailure> {
        if !self.status.is_success() {
            return Err(self.failure());
        }
        let message = &self.body["messages"][0];
        let wamid = message["id"].as_str().filter(|wamid| !wamid.is_empty());
        let wamid = wamid.ok_or_else(|| unknown("accepted without an id"))?.to_owned();
        let wa_id = self.body["contacts"][0]["wa_id"].as_str().filter(|id| !id.is_empty()).map(str::to_owned);
        let held =
            matches!(message["message_status"].as_str(), Some("held_for_quality_assessment" | "paused"));
        Ok(Accepted { wamid, wa_id, held })
    }

    /// What a refusal means: Meta's code decides, the HTTP status only where there is none it knows.
    pub(super) fn failure(&self) -> SendFailure {
        let error = &self.body["error"];
        let code = error["code"].as_i64().or_else(|| error["code"].as_str()?.parse().ok());
        let transient = error["is_transient"].as_bool() == Some(true) || self.status.is_server_error();
        let class = match code.map(classify) {
            Some(FailureClass::Permanent) if transient => retry(30),
            Some(class) => class,
            None => by_status(self.status),
        };
        SendFailure { class: self.patient(class), code, title: title(error, self.status) }
    }

    /// Meta's own `Retry-After` wins where it asks for more patience, up to an hour.
    fn patient(&self, class: FailureClass) -> FailureClass {
        match (class, self.retry_after) {
            (FailureClass::Retry { after }, Some(asked)) => {
                FailureClass::Retry { after: after.max(asked.min(Duration::from_secs(3600))) }
            }
            (class, _) => class,
        }
    }
}

/// An answer without one of Meta's errors in it comes from a proxy on the way. A gateway that gave up
/// waiting may have passed the message on.
fn by_status(status: StatusCode) -> FailureClass {
    match status.as_u16() {
        401 | 403 => FailureClass::Channel,
        429 => retry(60),
        408 | 502 | 504 => FailureClass::Unknown,
        300..=399 | 500..=599 => retry(30),
        _ => FailureClass::Permanent,
    }
}

const fn retry(seconds: u64) -> FailureClass {
    FailureClass::Retry { after: Duration::from_secs(seconds) }
}

/// A send that may have gone out.
pub(super) fn unknown(title: &str) -> SendFailure {
    SendFailure { class: FailureClass::Unknown, code: None, title: title.to_owned() }
}

/// What a broken connection means: one that never stood sent nothing, any other may have.
pub(super) fn broken(error: &reqwest::Error) -> SendFailure {
    if error.is_builder() {
        return SendFailure {
            class: FailureClass::Permanent,
            code: None,
            title: "request not built".to_owned(),
        };
    }
    if error.is_connect() || error.is_dns() {
        return SendFailure { class: retry(15), code: None, title: "no connection".to_owned() };
    }
    unknown(if error.is_timeout() { "timed out" } else { "connection broke" })
}

/// Meta's words, at most 300 characters, with every run of six digits or more struck out: details quote
/// what was sent, and that may be a telephone number or a NIK.
fn title(error: &Value, status: StatusCode) -> String {
    let message = error["message"].as_str().unwrap_or_default();
    let details = error["error_data"]["details"].as_str().unwrap_or_default();
    let said = match (message.is_empty(), details.is_empty()) {
        (true, true) => format!("HTTP {}", status.as_u16()),
        (false, true) => message.to_owned(),
        (true, false) => details.to_owned(),
        (false, false) => format!("{message}: {details}"),
    };
    without_long_digits(&said).chars().take(300).collect()
}

fn without_long_digits(text: &str) -> String {
    let mut shown = String::new();
    let mut digits = String::new();
    for letter in text.chars() {
        // Meta writes its own code as `(#131047)`, which is short of seven digits.
        if letter.is_numeric() {
            digits.push(letter);
            continue;
        }
        flush(&mut shown, &mut digits);
        shown.push(letter);
    }
    flush(&mut shown, &mut digits);
    shown
}

fn flush(shown: &mut String, digits: &mut String) {
    if digits.chars().count() > 6 {
        shown.push('…');
    } else {
        shown.push_str(digits);
    }
    digits.clear();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(status: u16, retry_after: Option<u64>, body: Value) -> Answer {
        let status = StatusCode::from_u16(status).unwrap_or_default();
        Answer { status, retry_after: retry_after.map(Duration::from_secs), body }
    }

    #[test]
    fn answers_without_a_code_go_by_their_status() {
        let table = [
            (302, retry(30)),
            (401, FailureClass::Channel),
            (404, FailureClass::Permanent),
            (413, FailureClass::Permanent),
            (429, retry(60)),
            (500, retry(30)),
            (502, FailureClass::Unknown),
            (503, retry(30)),
            (504, FailureClass::Unknown),
        ];
        for (status, class) in table {
            assert_eq!(answer(status, None, Value::Null).failure().class, class, "{status}");
        }
    }

    #[test]
    fn a_strange_code_is_permanent_unless_the_server_itself_stumbled() {
        let body = json!({"error": {"code": 987_654}});
        assert_eq!(answer(400, None, body.clone()).failure().class, FailureClass::Permanent);
        assert_eq!(answer(500, None, body).failure().class, retry(30));
        let transient = json!({"error": {"code": 987_654, "is_transient": true}});
        assert_eq!(answer(400, None, transient).failure().class, retry(30));
    }

    #[test]
    fn a_longer_retry_after_is_obeyed_within_an_hour() {
        let body = json!({"error": {"code": 130_429}});
        assert_eq!(answer(400, Some(90), body.clone()).failure().class, retry(90));
        assert_eq!(answer(400, Some(1), body.clone()).failure().class, retry(60));
        assert_eq!(answer(400, Some(u64::MAX), body).failure().class, retry(3600));
    }

    #[test]
    fn a_success_that_cannot_be_read_may_have_been_sent() {
        for body in [Value::Null, json!({}), json!({"messages": []}), json!({"messages": [{"id": ""}]})] {
            let failure = answer(200, None, body).accepted().map_err(|failure| failure.class);
            assert_eq!(failure, Err(FailureClass::Unknown));
        }
    }

    #[test]
    fn a_held_template_is_accepted_but_said_to_be_held() {
        let body = json!({"contacts": [{"wa_id": ""}],
            "messages": [{"id": "wamid.X", "message_status": "held_for_quality_assessment"}]});
        let accepted = answer(200, None, body).accepted();
        assert_eq!(accepted, Ok(Accepted { wamid: "wamid.X".into(), wa_id: None, held: true }));
    }

    #[test]
    fn titles_keep_metas_code_and_lose_telephone_numbers() {
        let body = json!({"error": {"code": 100, "message": "(#131009) Bad",
            "error_data": {"details": "to: +6281234567890 is no number"}}});
        assert_eq!(answer(400, None, body).failure().title, "(#131009) Bad: to: +… is no number");
    }
}
