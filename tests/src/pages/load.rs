//! Asking for pages: one after the other, or at a fixed rate whatever the server does.
//!
//! At a fixed rate a page's time counts from the moment it was due, so that a server that falls behind does not hide
//! it by being asked less.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use loket::demo::setup::PASSWORD;

use crate::{Trouble, metrics::Times, people::Officer, server::client, wire::Wire};

/// Connections that wait for their turn at a fixed rate.
const CONNECTIONS: usize = 16;

/// Somebody who is signed in, as request bytes.
pub struct Visitor {
    host: String,
    cookie: String,
}

impl Visitor {
    /// Signs in.
    pub async fn of(base_url: &str, email: &str) -> Result<Self, Trouble> {
        let http = client()?;
        let person = Officer::stranger(&http, base_url);
        let page = person.tries_to_sign_in(email, PASSWORD).await;
        let cookie =
            person.cookie("loket").ok_or_else(|| format!("{email} was not let in: {}", page.status))?;
        Ok(Self {
            host: base_url.trim_start_matches("http://").to_owned(),
            cookie: format!("loket={cookie}"),
        })
    }

    fn request(&self, path: &str) -> Vec<u8> {
        format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\naccept-encoding: gzip\r\n\r\n",
            self.host, self.cookie
        )
        .into_bytes()
    }

    /// Asks for a page so often, one after the other; the first looks only warm the server up.
    pub async fn one_by_one(&self, path: &str, (warm, count): (usize, usize)) -> Result<Times, Trouble> {
        let (mut wire, request) = (Wire::to(&self.host).await?, self.request(path));
        let mut times = Vec::with_capacity(count);
        for nth in 0..warm + count {
            let asked = Instant::now();
            let status = wire.send(&request).await?;
            if status != 200 {
                return Err(format!("{path} answered {status}").into());
            }
            if nth >= warm {
                times.push(asked.elapsed());
            }
        }
        Ok(Times::new(times))
    }

    /// Asks for a page at a fixed rate for a while.
    pub async fn at_rate(&self, path: &str, rate: u32, length: Duration) -> Result<Times, Trouble> {
        let all = u64::from(rate) * length.as_secs();
        let (next, begin) = (Arc::new(AtomicU64::new(0)), Instant::now() + Duration::from_millis(200));
        let mut tasks = Vec::new();
        for _ in 0..CONNECTIONS {
            let (next, host, request) = (Arc::clone(&next), self.host.clone(), self.request(path));
            tasks.push(tokio::spawn(async move {
                let mut wire = Wire::to(&host).await?;
                let mut times = Vec::new();
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    if nth >= all {
                        return Ok::<_, Trouble>(times);
                    }
                    let due = begin + Duration::from_secs(1) * u32::try_from(nth)? / rate;
                    tokio::time::sleep_until(due.into()).await;
                    let status = wire.send(&request).await?;
                    if status != 200 {
                        return Err(format!("a page answered {status}").into());
                    }
                    times.push(due.elapsed());
                }
            }));
        }
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await??);
        }
        Ok(Times::new(times))
    }
}
