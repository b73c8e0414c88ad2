//! The citizens of a kill test: each message comes from a telephone of its own and is posted until it is acknowledged.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use loket::fake_graph::FakeGraph;
use loket_core::clock::{Clock, SystemClock};

use super::verdict::Posted;
use crate::{
    Trouble,
    deployment::Deployment,
    describe::Number,
    server::client,
    webhook::{SIGNATURE, Text, signature},
};

/// What all of them share.
pub(super) struct Crowd {
    url: String,
    number: Number,
    fake: FakeGraph,
    pause: Duration,
    most: usize,
    count: AtomicUsize,
    /// No new message from now on; what is under way is posted to its end.
    pub(super) over: AtomicBool,
    posted: Mutex<Vec<Posted>>,
}

impl Crowd {
    /// Citizens who ask for an identity card, at most `most` of them.
    pub(super) fn at(deployment: &Deployment, pause: Duration, most: usize) -> Result<Self, Trouble> {
        let number = deployment.number_for("ktp")?;
        Ok(Self {
            url: format!("{}{}", deployment.launch.base_url(), number.webhook_path),
            number,
            fake: deployment.fake.clone(),
            pause,
            most,
            count: AtomicUsize::new(0),
            over: AtomicBool::new(false),
            posted: Mutex::default(),
        })
    }

    /// What was posted so far.
    pub(super) fn posted(&self) -> Vec<Posted> {
        self.posted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// One after another.
    pub(super) async fn write_until_over(self: Arc<Self>) -> Result<(), Trouble> {
        let http = client()?;
        while !self.over.load(Ordering::Relaxed) {
            let count = self.count.fetch_add(1, Ordering::Relaxed);
            if count >= self.most {
                return Ok(());
            }
            let posted = self.write(&http, count).await?;
            self.posted.lock().unwrap_or_else(PoisonError::into_inner).push(posted);
            tokio::time::sleep(self.pause).await;
        }
        Ok(())
    }

    async fn write(&self, http: &reqwest::Client, count: usize) -> Result<Posted, Trouble> {
        let (wamid, from) = (format!("wamid.KILL{count:06}"), format!("62811{count:08}"));
        let kk = format!("360301{:02}0615{:04}", 1 + count / 9999 % 28, 1 + count % 9999);
        let words = format!("#KTP#{}#{kk}#WARGA UJI#PETE#TIGARAKSA#HILANG#", nik(count));
        let now = SystemClock.now();
        // The citizen has written, so Meta lets the office answer.
        self.fake.recall_inbound(&from, &self.number.phone_number_id, now);
        let sent_at = u64::try_from(now.timestamp())?;
        let body = Text { to: &self.number, from: &from, wamid: &wamid, sent_at, body: &words }.bytes(0);
        let signature = signature(&self.number.app_secret, &body);
        let mut posts = 0;
        loop {
            posts += 1;
            let post = http.post(&self.url).header(SIGNATURE, &signature).body(body.clone());
            match post.send().await.map(|answer| answer.status().as_u16()) {
                Ok(200) => return Ok(Posted { from, posts }),
                Ok(status @ 400..500) => return Err(format!("the webhook was refused with {status}").into()),
                // Dead, dying or not able to store: Meta comes back.
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

/// A number that could be a woman's of Tigaraksa: a day of birth, and a serial for each.
fn nik(count: usize) -> String {
    format!("360303{:02}{:02}90{:04}", 41 + count / 9_999 % 28, 1 + count / 280_000 % 12, 1 + count % 9_999)
}
