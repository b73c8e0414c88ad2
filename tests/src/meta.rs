//! Meta as a test plays it by hand: any body, signed well or badly, straight at a number's callback.
//!
//! The fake Graph API sends what Meta usually sends; this is for the bodies that need care.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say so and stop")]

use loket::demo::setup::DescribedNumber;
use serde_json::{Value, json};

use crate::{
    app::TestApp,
    webhook::{SIGNATURE, signature},
};

/// One number's side of Meta.
#[derive(Clone, Copy)]
pub struct Meta<'a> {
    app: &'a TestApp,
    /// The number.
    pub number: &'a DescribedNumber,
}

impl TestApp {
    /// Meta's side of a number.
    pub fn meta(&self, phone_number_id: &str) -> Meta<'_> {
        let mut numbers = self.offices.offices.iter().flat_map(|office| &office.numbers);
        let number = numbers.find(|number| number.phone_number_id == phone_number_id);
        Meta { app: self, number: number.unwrap_or_else(|| panic!("no number {phone_number_id}")) }
    }
}

impl Meta<'_> {
    /// A whole body around changes.
    pub fn body(&self, changes: &[Value]) -> Value {
        json!({ "object": "whatsapp_business_account",
            "entry": [{ "id": self.number.waba_id, "changes": changes }] })
    }

    /// A change of field `messages` around messages, cards, statuses or errors.
    pub fn change(&self, inside: Value) -> Value {
        let mut value = json!({ "messaging_product": "whatsapp", "metadata": {
            "display_phone_number": self.number.display, "phone_number_id": self.number.phone_number_id } });
        if let (Some(value), Value::Object(inside)) = (value.as_object_mut(), inside) {
            value.extend(inside);
        }
        json!({ "field": "messages", "value": value })
    }

    /// One message object: of this kind, with this under the kind's word.
    pub fn message(&self, (from, wamid): (&str, &str), kind: &str, object: Value) -> Value {
        json!({ "from": from, "id": wamid, "timestamp": self.seconds(0), "type": kind, kind: object })
    }

    /// A whole body with one text.
    pub fn text(&self, from: &str, wamid: &str, words: &str) -> Value {
        let message = self.message((from, wamid), "text", json!({ "body": words }));
        self.body(&[self.change(json!({ "messages": [message] }))])
    }

    /// A whole body with one status of a message, so many seconds from now.
    pub fn status(&self, wamid: &str, word: &str, after: i64) -> Value {
        let status = json!({ "id": wamid, "status": word, "timestamp": self.seconds(after) });
        self.body(&[self.change(json!({ "statuses": [status] }))])
    }

    fn seconds(&self, after: i64) -> String {
        (loket_core::clock::Clock::now(&*self.app.clock).timestamp() + after).to_string()
    }

    /// The whole address of the callback.
    pub fn callback(&self) -> String {
        format!("{}{}", self.app.base_url, self.number.webhook_path)
    }

    /// The signature of bytes by this number's app.
    pub fn signs(&self, bytes: &[u8]) -> String {
        signature(&self.number.app_secret, bytes)
    }

    /// Posts a body as Meta would; gives the answer's status.
    pub async fn posts(&self, body: &Value) -> u16 {
        self.posts_bytes(body.to_string().into_bytes()).await
    }

    /// Posts bytes as Meta would; gives the answer's status.
    pub async fn posts_bytes(&self, bytes: Vec<u8>) -> u16 {
        let signed = self.signs(&bytes);
        self.posts_with(bytes, &[(SIGNATURE, &signed)]).await
    }

    /// Posts bytes with these headers only; gives the answer's status.
    pub async fn posts_with(&self, bytes: Vec<u8>, headers: &[(&str, &str)]) -> u16 {
        let request = self.app.http().post(self.callback()).header("content-type", "application/json");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.body(bytes).send().await.expect("the door answers").status().as_u16()
    }
}
