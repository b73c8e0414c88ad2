//! A citizen's phone at the demo's simulator: what it sends goes through the signed webhook, what it hears came
//! through the real client.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::json;

use crate::Trouble;
use crate::server::client;

/// How long a citizen waits for an answer of the office.
const PATIENCE: Duration = Duration::from_secs(15);

/// A phone that writes to one number of an office.
#[derive(Debug, Clone)]
pub struct Phone {
    http: reqwest::Client,
    base_url: String,
    messages: String,
    to: String,
}

/// A message as the phone shows it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct PhoneMessage {
    /// Meta's id.
    pub id: String,
    /// `sent` or `received`, as the phone sees it.
    pub direction: String,
    /// `text`, `image`, `document`, `template`.
    pub kind: String,
    /// Words, or the caption.
    pub text: Option<String>,
    /// What a document is called.
    pub filename: Option<String>,
    /// Path of the file.
    pub media_url: Option<String>,
}

impl std::fmt::Debug for PhoneMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.direction, self.kind)
    }
}

impl Phone {
    /// The phone `wa_id`, writing to `phone_number_id`.
    pub fn of(base_url: &str, wa_id: &str, phone_number_id: &str) -> Result<Self, Trouble> {
        Ok(Self {
            http: client()?,
            base_url: base_url.to_owned(),
            messages: format!("{base_url}/simulator/api/phones/{wa_id}/messages"),
            to: phone_number_id.to_owned(),
        })
    }

    /// Sends words.
    pub async fn says(&self, text: &str) -> Result<(), Trouble> {
        self.send(&json!({ "to": self.to, "text": text })).await
    }

    /// Sends one of the simulator's files at hand: `kk`, `surat_kehilangan`, `ktp_rusak`, `formulir`.
    pub async fn sends(&self, sample: &str) -> Result<(), Trouble> {
        self.send(&json!({ "to": self.to, "sample": sample })).await
    }

    /// Everything it sent and received, in order.
    pub async fn messages(&self) -> Result<Vec<PhoneMessage>, Trouble> {
        Ok(self.http.get(&self.messages).send().await?.error_for_status()?.json().await?)
    }

    /// Waits for a message of the office that says `words`, and gives it.
    pub async fn hears(&self, words: &str) -> Result<PhoneMessage, Trouble> {
        self.receives(words, |message| message.text.as_deref().is_some_and(|text| text.contains(words))).await
    }

    /// Waits for a document of the office, and gives it with its bytes.
    pub async fn receives_a_document(&self) -> Result<(PhoneMessage, Vec<u8>), Trouble> {
        let message = self.receives("a document", |message| message.kind == "document").await?;
        let path = message.media_url.as_deref().ok_or("a document without a file")?;
        let file = self.http.get(format!("{}{path}", self.base_url)).send().await?.error_for_status()?;
        Ok((message, file.bytes().await?.to_vec()))
    }

    async fn receives(
        &self,
        what: &str,
        fits: impl Fn(&PhoneMessage) -> bool,
    ) -> Result<PhoneMessage, Trouble> {
        let until = Instant::now() + PATIENCE;
        loop {
            let mut received = self.messages().await?;
            received.retain(|message| message.direction == "received");
            if let Some(found) = received.iter().rev().find(|message| fits(message)) {
                return Ok(found.clone());
            }
            if Instant::now() > until {
                let heard: Vec<_> = received.iter().filter_map(|message| message.text.as_deref()).collect();
                return Err(format!("the phone did not get “{what}”; it got: {}", heard.join(" | ")).into());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn send(&self, parcel: &serde_json::Value) -> Result<(), Trouble> {
        self.http.post(&self.messages).json(parcel).send().await?.error_for_status()?;
        Ok(())
    }
}
