//! Somebody who listens to an office's stream, as a browser does.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say so and stop")]

use std::time::{Duration, Instant};

use reqwest::Response;
use serde_json::Value;
use tokio::time::timeout;

use crate::people::Officer;

/// How long an event is waited for: far longer than it takes, for a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(10);

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// `siap`, `segarkan`, `berubah`, `penuh`.
    pub word: String,
    /// Its data as they came.
    pub data: String,
    /// Its id.
    pub id: Option<String>,
}

impl Event {
    /// The ids it names of one kind.
    pub fn ids(&self, kind: &str) -> Vec<String> {
        let data: Value = serde_json::from_str(&self.data).expect("data are JSON");
        let ids = data[kind].as_array().cloned().unwrap_or_default();
        ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
    }

    /// Whether it says that figures changed.
    pub fn tells_of_figures(&self) -> bool {
        serde_json::from_str::<Value>(&self.data).is_ok_and(|data| data["angka"] == Value::Bool(true))
    }
}

/// An open stream.
pub struct Ear {
    answer: Response,
    unread: String,
    /// Everything that came, as it came.
    pub all: String,
}

impl Ear {
    /// Opens the stream of an office and hears its first event.
    pub async fn opens(officer: &Officer, path: &str) -> (Self, Event) {
        let answer = officer.opens(path).await;
        assert_eq!(answer.status(), 200, "the stream of {path} is open");
        let mut ear = Self { answer, unread: String::new(), all: String::new() };
        let first = ear.hears().await;
        (ear, first)
    }

    /// The next event.
    pub async fn hears(&mut self) -> Event {
        let next = timeout(PATIENCE, self.next()).await.unwrap_or_else(|_| panic!("nothing was heard"));
        next.expect("the stream goes on")
    }

    /// Events until one `fits`; the last one.
    pub async fn hears_until(&mut self, fits: impl Fn(&Event) -> bool) -> Event {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let event = self.hears().await;
            if fits(&event) {
                return event;
            }
        }
        panic!("it was not heard; this was: {}", self.all)
    }

    /// Hears out what is still under way: until nothing has come for this time.
    pub async fn hears_out(&mut self, time: Duration) {
        while timeout(time, self.next()).await.is_ok_and(|event| event.is_some()) {}
    }

    /// No event comes in this time.
    pub async fn hears_nothing_for(&mut self, time: Duration) {
        if let Ok(heard) = timeout(time, self.next()).await {
            panic!("{heard:?} was heard");
        }
    }

    /// The stream ends, whatever it says before.
    pub async fn ends(mut self) -> String {
        let end = async { while self.next().await.is_some() {} };
        timeout(PATIENCE, end).await.unwrap_or_else(|_| panic!("the stream does not end"));
        self.all
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((block, rest)) = self.unread.split_once("\n\n") {
                let (event, rest) = (read(block), rest.to_owned());
                self.unread = rest;
                if event.is_some() {
                    return event;
                }
                continue;
            }
            let piece = self.answer.chunk().await.ok()??;
            let text = String::from_utf8_lossy(&piece);
            self.unread.push_str(&text);
            self.all.push_str(&text);
        }
    }
}

/// A heartbeat is no event.
fn read(block: &str) -> Option<Event> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
    Some(Event { word: field("event: ")?, data: field("data: ").unwrap_or_default(), id: field("id: ") })
}
