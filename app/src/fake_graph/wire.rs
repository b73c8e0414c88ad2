//! Bodies as Meta writes them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use loket_core::clock::Instant;
use serde_json::{Value, json};
use uuid::Uuid;

use super::types::FakeNumber;

/// A message id: opaque, case-sensitive, with `=` in it at times.
pub(super) fn wamid(id: Uuid) -> String {
    let mut bytes = vec![0x1c, 0x18, 0x20];
    bytes.extend_from_slice(id.simple().to_string().to_uppercase().as_bytes());
    bytes.extend_from_slice(&[0x15, 0x02]);
    format!("wamid.{}", STANDARD.encode(bytes))
}

/// The BSUID the fake gives a phone: its digits backwards, so that no table is needed to find it again.
pub(super) fn bsuid_of(phone: &str) -> String {
    if phone.contains('.') {
        return phone.to_owned();
    }
    format!("ID.77{}", phone.chars().rev().collect::<String>())
}

/// The phone behind a BSUID; a BSUID the fake did not make is a phone of its own.
pub(super) fn phone_of(bsuid: &str) -> String {
    match bsuid.strip_prefix("ID.77") {
        Some(digits) if digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.chars().rev().collect()
        }
        _ => bsuid.to_owned(),
    }
}

/// Who wrote, on the wire.
pub(super) struct Writer<'a> {
    pub(super) phone: &'a str,
    pub(super) profile_name: &'a str,
}

/// A webhook with one message of a phone. `object` is what stands under `kind`.
pub(super) fn inbound(
    number: &FakeNumber,
    writer: &Writer<'_>,
    (wamid, at): (&str, Instant),
    (kind, object): (&str, &Value),
) -> Value {
    let bsuid = bsuid_of(writer.phone);
    let mut contact = json!({"profile": {"name": writer.profile_name}, "user_id": bsuid});
    let mut message = json!({"from_user_id": bsuid, "id": wamid, "timestamp": at.timestamp().to_string(),
        "type": kind, kind: object});
    // A phone known by its BSUID only comes without any number, as user names do since 2026.
    if !writer.phone.contains('.') {
        contact["wa_id"] = json!(writer.phone);
        message["from"] = json!(writer.phone);
    }
    envelope(number, &json!({"contacts": [contact], "messages": [message]}))
}

/// A status of one of the office's messages.
pub(super) struct StatusNews<'a> {
    pub(super) wamid: &'a str,
    pub(super) phone: &'a str,
    pub(super) callback_data: Option<&'a str>,
    pub(super) template: bool,
}

/// A webhook with one status.
pub(super) fn status(number: &FakeNumber, news: &StatusNews<'_>, word: &str, at: Instant) -> Value {
    let bsuid = bsuid_of(news.phone);
    let mut status = json!({"id": news.wamid, "status": word, "timestamp": at.timestamp().to_string(),
        "recipient_user_id": bsuid});
    let mut contact = json!({"user_id": bsuid});
    if !news.phone.contains('.') {
        status["recipient_id"] = json!(news.phone);
        contact["wa_id"] = json!(news.phone);
    }
    if let Some(data) = news.callback_data {
        status["biz_opaque_callback_data"] = json!(data);
    }
    // Since 2026-10-01 messages inside the window are billed as well; a price comes with sent and delivered.
    if matches!(word, "sent" | "delivered") {
        let category = if news.template { "utility" } else { "service" };
        status["pricing"] =
            json!({"billable": true, "pricing_model": "PMP", "type": "regular", "category": category});
    }
    // The card beside a status has no profile: that once brought other systems down.
    envelope(number, &json!({"contacts": [contact], "statuses": [status]}))
}

/// A webhook that says that a message failed.
pub(super) fn failed(number: &FakeNumber, news: &StatusNews<'_>, code: i64, at: Instant) -> Value {
    let mut body = status(number, news, "failed", at);
    let value = &mut body["entry"][0]["changes"][0]["value"];
    if let Some(value) = value.as_object_mut() {
        value.remove("contacts");
    }
    value["statuses"][0]["errors"] = json!([{"code": code, "title": title_of(code), "message": title_of(code),
        "error_data": {"details": title_of(code)},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"}]);
    body
}

fn envelope(number: &FakeNumber, inside: &Value) -> Value {
    let mut value = json!({"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.display_phone_number,
            "phone_number_id": number.phone_number_id}});
    if let (Some(value), Some(inside)) = (value.as_object_mut(), inside.as_object()) {
        value.extend(inside.clone());
    }
    json!({"object": "whatsapp_business_account",
        "entry": [{"id": number.waba_id, "changes": [{"value": value, "field": "messages"}]}]})
}

/// The bytes as Meta writes them: everything beyond ASCII and every slash is escaped. Signatures are made
/// over exactly these.
pub(super) fn escaped(body: &Value) -> Bytes {
    let mut written = String::new();
    for letter in body.to_string().chars() {
        match letter {
            '/' => written.push_str("\\/"),
            letter if letter.is_ascii() => written.push(letter),
            letter => {
                let mut units = [0_u16; 2];
                for unit in letter.encode_utf16(&mut units) {
                    written.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    Bytes::from(written)
}

/// Meta's title of an error.
pub(super) fn title_of(code: i64) -> &'static str {
    match code {
        4 => "Application request limit reached",
        100 => "Invalid parameter",
        190 => "Access token has expired",
        368 => "Temporarily blocked for policies violations",
        80_007 => "Rate limit issues",
        130_429 => "Rate limit hit",
        131_000 => "Something went wrong",
        131_008 => "Required parameter is missing",
        131_009 => "Parameter value is not valid",
        131_016 => "Service unavailable",
        131_026 => "Message undeliverable",
        131_031 => "Business Account locked",
        131_042 => "Business eligibility payment issue",
        131_047 => "Re-engagement message",
        131_048 => "Spam rate limit hit",
        131_049 => "This message was not delivered to maintain healthy ecosystem engagement",
        131_051 => "Unsupported message type",
        131_053 => "Media upload error",
        131_056 => "(Business Account, Consumer Account) pair rate limit hit",
        131_057 => "Account in maintenance mode",
        132_001 => "Template does not exist in the translation",
        133_010 => "Phone number not registered",
        _ => "An error occurred",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_ascii_and_still_the_same_json() {
        let body = json!({"a": "J’ai mangé 👍 https://x.id\n\"", "b/c": ["é"]});
        let bytes = escaped(&body);
        assert!(bytes.is_ascii());
        assert!(String::from_utf8_lossy(&bytes).contains("\\ud83d\\udc4d https:\\/\\/x.id"));
        assert_eq!(serde_json::from_slice::<Value>(&bytes).ok(), Some(body));
    }

    #[test]
    fn a_phone_is_found_again_by_its_bsuid() {
        assert_eq!(phone_of(&bsuid_of("6281234567890")), "6281234567890");
        assert_eq!(phone_of("ID.13491208655302741918"), "ID.13491208655302741918");
        assert_eq!(bsuid_of("ID.1349"), "ID.1349");
    }
}
