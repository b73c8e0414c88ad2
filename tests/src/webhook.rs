//! Webhooks as Meta sends them: the body of one text message, and the signature over its bytes.

use aws_lc_rs::hmac;
use serde_json::{Value, json};

use crate::describe::Number;

/// Header that carries the signature.
pub const SIGNATURE: &str = "x-hub-signature-256";

/// One text message of a citizen.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The number written to.
    pub to: &'a Number,
    /// The citizen's `wa_id`: digits without a plus.
    pub from: &'a str,
    /// Meta's id of the message.
    pub wamid: &'a str,
    /// Seconds since 1970.
    pub sent_at: u64,
    /// What the citizen wrote.
    pub body: &'a str,
}

impl Text<'_> {
    /// The webhook body.
    pub fn json(&self) -> Value {
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": self.to.waba_id, "changes": [{
            "field": "messages",
            "value": {
                "messaging_product": "whatsapp",
                "metadata": {
                    "display_phone_number": self.to.display,
                    "phone_number_id": self.to.phone_number_id,
                },
                "contacts": [{ "profile": { "name": "Warga" }, "wa_id": self.from }],
                "messages": [{
                    "from": self.from,
                    "id": self.wamid,
                    "timestamp": self.sent_at.to_string(),
                    "type": "text",
                    "text": { "body": self.body },
                }],
            },
        }]}]})
    }

    /// The webhook body in bytes, with the text filled up by dots to `size` bytes in all where it is shorter.
    pub fn bytes(&self, size: usize) -> Vec<u8> {
        let short = self.json().to_string();
        let missing = size.saturating_sub(short.len());
        if missing == 0 {
            return short.into_bytes();
        }
        let body = format!("{}{}", self.body, ".".repeat(missing));
        Text { body: &body, ..self.clone() }.json().to_string().into_bytes()
    }
}

/// The signature of `body`: `sha256=` and lower-case hex.
pub fn signature(app_secret: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.as_bytes());
    format!("sha256={}", hex::encode(hmac::sign(&key, body)))
}

/// The same webhook, addressed to another number wherever its metadata names one. A body that is no JSON stays as it is.
pub fn addressed_to(body: &[u8], phone_number_id: &str) -> Vec<u8> {
    fn rewrite(value: &mut Value, phone_number_id: &str) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::Object(metadata)) = fields.get_mut("metadata") {
                    metadata.insert("phone_number_id".to_owned(), Value::from(phone_number_id));
                }
                fields.values_mut().for_each(|inner| rewrite(inner, phone_number_id));
            }
            Value::Array(items) => items.iter_mut().for_each(|inner| rewrite(inner, phone_number_id)),
            _ => {}
        }
    }
    let Ok(mut json) = serde_json::from_slice::<Value>(body) else { return body.to_vec() };
    rewrite(&mut json, phone_number_id);
    json.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_one_of_rfc_4231() {
        assert_eq!(
            signature("Jefe", b"what do ya want for nothing?"),
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn a_body_is_filled_up_to_the_size_asked_for() {
        let number = Number {
            phone_number_id: "106540352242922".into(),
            display: "+62 21 5550 1234".into(),
            waba_id: "102290129340398".into(),
            webhook_path: String::new(),
            app_secret: String::new(),
            verify_token: String::new(),
            services: Vec::new(),
        };
        let text = Text { to: &number, from: "628110000001", wamid: "wamid.X", sent_at: 1, body: "halo" };
        assert_eq!(text.bytes(560).len(), 560);
    }

    #[test]
    fn every_metadata_is_readdressed_and_what_is_no_json_is_left_alone() {
        let body = br#"{"entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"1"}}}]}]}"#;
        assert!(String::from_utf8_lossy(&addressed_to(body, "77")).contains(r#""phone_number_id":"77""#));
        assert_eq!(addressed_to(b"{\"entry\":[", "77"), b"{\"entry\":[");
    }
}
