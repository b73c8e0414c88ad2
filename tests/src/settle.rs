//! Waiting until a running server has worked off what it received.

use std::time::{Duration, Instant};

use reqwest::Client;

use crate::Trouble;
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
