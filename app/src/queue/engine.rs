//! The workers: claim, run, record.

use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::TimeDelta;
use futures_util::FutureExt;
use loket_core::id::{JobId, OfficeId};
use loket_entity::job;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
};

use super::store;
use crate::infra::{
    fault::{Fault, Outcome},
    house::House,
    platform_tx::PlatformTx,
};

/// How long a claimed job belongs to its worker, who renews it while it runs: a dead server's jobs wait this long.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How often a lease is renewed.
const RENEWAL: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_secs(2);
const BATCH: i64 = 16;
const MOST_ATTEMPTS: i64 = 12;

/// What a handler is given.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// The job.
    pub id: JobId,
    /// The office it is for; nil for the platform.
    pub office: OfficeId,
    /// How often it has run, this time included.
    pub attempts: i64,
    payload: Json,
}

impl Ticket {
    /// What was queued.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, JobError> {
        serde_json::from_value(self.payload.clone()).map_err(|_| JobError::Park("payload"))
    }
}

/// How a job failed, and what is to be done about it.
#[derive(Debug)]
pub enum JobError {
    /// Try again, later each time; park after a dozen tries. The word is a class, never a text.
    Retry(&'static str),
    /// Try again after this long, however often.
    Later(TimeDelta, &'static str),
    /// Trying again cannot help: a person must look.
    Park(&'static str),
}

impl From<Fault> for JobError {
    fn from(fault: Fault) -> Self {
        tracing::warn!(fault = %fault, "a job met a fault");
        if fault.is_passing() { Self::Later(TimeDelta::seconds(1), "busy") } else { Self::Retry("fault") }
    }
}

/// Runs one kind of job.
#[async_trait::async_trait]
pub trait Handler: Send + Sync + 'static {
    /// Runs the job. It may run again after a crash: what it does twice must count once.
    async fn run(&self, ticket: Ticket) -> Result<(), JobError>;
}

/// Which handler runs which kind.
#[derive(Default, Clone)]
pub struct Registry(HashMap<&'static str, Arc<dyn Handler>>);

impl Registry {
    /// Adds a kind.
    #[must_use]
    pub fn with(mut self, kind: &'static str, handler: impl Handler) -> Self {
        self.0.insert(kind, Arc::new(handler));
        self
    }
}

/// The workers of one process.
#[derive(Clone)]
pub struct Engine {
    house: House,
    registry: Registry,
    permits: Arc<Semaphore>,
    held: Held,
}

/// The jobs that this process has claimed and not yet recorded.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<HashSet<JobId>>>);

impl Held {
    fn ids(&self) -> MutexGuard<'_, HashSet<JobId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// An engine that runs at most `parallel` jobs at once.
    pub fn new(house: House, registry: Registry, parallel: usize) -> Self {
        Self { house, registry, permits: Arc::new(Semaphore::new(parallel)), held: Held::default() }
    }

    /// Works until `stop` turns true, then finishes what it has begun.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut bell = self.house.bus.listener();
        let mut running = JoinSet::new();
        let mut renewing = JoinSet::new();
        renewing.spawn(self.clone().renew_leases());
        while !*stop.borrow() {
            bell.mark_unchanged();
            while running.try_join_next().is_some() {}
            match self.claim().await {
                Ok(jobs) if !jobs.is_empty() => self.start(jobs, &mut running).await,
                Ok(_) => {
                    let pause = self.until_next_due().await;
                    tokio::select! {
                        _ = bell.changed() => {}
                        _ = stop.changed() => {}
                        Some(_) = running.join_next() => {}
                        () = tokio::time::sleep(pause) => {}
                    }
                }
                Err(fault) => {
                    tracing::warn!(fault = %fault, "the queue could not be read");
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
            }
        }
        while running.join_next().await.is_some() {}
    }

    /// Keeps what runs long from looking abandoned, until it is dropped.
    async fn renew_leases(self) {
        loop {
            tokio::time::sleep(RENEWAL).await;
            if let Err(fault) = self.renew().await {
                tracing::warn!(fault = %fault, "the leases of running jobs could not be renewed");
            }
        }
    }

    async fn renew(&self) -> Outcome<()> {
        let ids: Vec<JobId> = self.held.ids().iter().copied().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let tx = PlatformTx::write(&self.house).await?;
        store::renew(tx.on(), ids, tx.now() + LEASE).await?;
        tx.commit().await
    }

    async fn start(&self, jobs: Vec<job::Model>, running: &mut JoinSet<()>) {
        for job in jobs {
            let Ok(permit) = Arc::clone(&self.permits).acquire_owned().await else { return };
            let engine = self.clone();
            running.spawn(async move {
                engine.run_one(job).await;
                drop(permit);
            });
        }
    }

    /// Runs every job that is due now, and those that they queue, one after another. For tests.
    /// Says how many ran.
    pub async fn run_due(&self) -> Outcome<usize> {
        let mut count = 0;
        loop {
            let jobs = self.claim().await?;
            if jobs.is_empty() {
                return Ok(count);
            }
            for job in jobs {
                self.run_one(job).await;
                count += 1;
            }
        }
    }

    async fn claim(&self) -> Outcome<Vec<job::Model>> {
        let tx = PlatformTx::write(&self.house).await?;
        let mut jobs = store::claim(tx.on(), (tx.now(), tx.now() + LEASE), BATCH).await?;
        tx.commit().await?;
        self.held.ids().extend(jobs.iter().map(|job| job.id));
        jobs.sort_by_key(|job| (job.priority, job.run_at));
        Ok(jobs)
    }

    async fn until_next_due(&self) -> Duration {
        let Ok(tx) = PlatformTx::read(&self.house).await else { return POLL };
        match store::next_due(tx.on()).await {
            Ok(Some(at)) => (at - tx.now())
                .to_std()
                .unwrap_or(Duration::from_millis(20))
                .clamp(Duration::from_millis(20), POLL),
            _ => POLL,
        }
    }

    async fn run_one(&self, job: job::Model) {
        let (id, kind, attempts) = (job.id, job.kind.clone(), job.attempts);
        let result = match self.ticket(job).await {
            Ok((ticket, handler)) => AssertUnwindSafe(handler.run(ticket))
                .catch_unwind()
                .await
                .unwrap_or(Err(JobError::Park("panic"))),
            Err(error) => Err(error),
        };
        if let Err(error) = &result {
            tracing::warn!(kind, attempts, ?error, "a job failed");
        }
        if let Err(fault) = self.record(id, attempts, result).await {
            // The lease runs out and the job runs again.
            tracing::warn!(kind, fault = %fault, "a job's end could not be recorded");
        }
        self.held.ids().remove(&id);
    }

    async fn ticket(&self, job: job::Model) -> Result<(Ticket, Arc<dyn Handler>), JobError> {
        let handler =
            self.registry.0.get(job.kind.as_str()).cloned().ok_or(JobError::Park("unknown kind"))?;
        let keys = self.house.keys(job.tenant_id).await?;
        let payload =
            keys.open(&job.payload, store::PAYLOAD.of(job.id.0)).map_err(|_| JobError::Park("sealed"))?;
        Ok((Ticket { id: job.id, office: job.tenant_id, attempts: job.attempts, payload }, handler))
    }

    async fn record(&self, id: JobId, attempts: i64, result: Result<(), JobError>) -> Outcome<()> {
        let tx = PlatformTx::write(&self.house).await?;
        let now = tx.now();
        match result {
            Ok(()) => store::finish(tx.on(), id).await?,
            Err(JobError::Later(delay, class)) => {
                store::put_back(tx.on(), id, Some(now + delay), class).await?
            }
            Err(JobError::Retry(class)) if attempts < MOST_ATTEMPTS => {
                store::put_back(tx.on(), id, Some(now + back_off(attempts)), class).await?;
            }
            Err(JobError::Retry(class) | JobError::Park(class)) => {
                store::put_back(tx.on(), id, None, class).await?
            }
        }
        tx.commit().await
    }
}

/// 2 s, 4 s, 8 s, ... at most an hour.
fn back_off(attempts: i64) -> TimeDelta {
    let power = u32::try_from(attempts.clamp(1, 11)).unwrap_or(11);
    TimeDelta::seconds(2_i64.saturating_pow(power)).min(TimeDelta::hours(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_waits_longer_up_to_an_hour() {
        let waits: Vec<_> = (1..20).map(back_off).collect();
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(waits.first().copied(), Some(TimeDelta::seconds(2)));
        assert!(waits.iter().all(|wait| *wait <= TimeDelta::hours(1)));
    }
}
