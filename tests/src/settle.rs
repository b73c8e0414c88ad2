//! Waiting until a running server has worked off what it received, and asking it what became of a message.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::Value;

use crate::Trouble;
use crate::history::{Found, Message};
use crate::metrics::oldest_webhook;

/// Waits until no received webhook is still waiting; says whether that came to be within `patience`.
pub async fn settled(http: &Client, base_url: &str, patience: Duration) -> Result<bool, Trouble> {
    let until = Instant::now() + patience;
    loop {
        let page = http.get(format!("{base_url}/metrics")).send().await?.text().await?;
        let age = oldest_webhook(&page)
            .ok_or("/metrics does not tell the age of the oldest unprocessed webhook")?;
        if age == 0.0 {
            return Ok(true);
        }
        if Instant::now() > until {
            return Ok(false);
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// What the simulator's API tells of each message's telephone: the message itself, and what came back.
pub async fn found(
    http: &Client,
    base_url: &str,
    history: &[Message],
) -> Result<BTreeMap<String, Found>, Trouble> {
    let mut found = BTreeMap::new();
    for message in history {
        let url = format!("{base_url}/simulator/api/phones/{}/messages", message.from);
        let talk: Value = http.get(url).send().await?.error_for_status()?.json().await?;
        found.insert(message.wamid.clone(), count(&talk, &message.wamid));
    }
    Ok(found)
}

/// Every entry of the talk is either this message or an answer to it: one telephone writes one message.
fn count(talk: &Value, wamid: &str) -> Found {
    let mut found = Found::default();
    for entry in talk.as_array().or_else(|| talk["messages"].as_array()).into_iter().flatten() {
        if entry["id"] == wamid || entry["wamid"] == wamid {
            found.stored += 1;
        } else {
            found.replies += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_message_and_its_answers_are_told_apart() {
        let talk = json!([{ "id": "a" }, { "id": "b", "context": { "id": "a" } }, { "id": "c" }]);
        assert_eq!(count(&talk, "a"), Found { stored: 1, replies: 2 });
        assert_eq!(count(&json!({ "messages": [] }), "a"), Found::default());
    }
}
