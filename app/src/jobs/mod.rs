//! The work behind the pages: what is fetched from and sent to the outside, and what follows from events.
//!
//! A job calls use cases and speaks to the outside between them; it holds no transaction while it waits
//! for an answer. Every handler may run twice.

pub mod audit;
pub mod clocks;
pub mod entry_link;
pub mod escalation;
pub mod forwarding;
pub mod ingest;
pub mod mail;
pub mod media;
pub mod onboarding;
pub mod outages;
pub mod people;
pub mod pickup;
pub mod reactions;
pub mod reconcile;
pub mod rollup;
pub mod send;
pub mod standard;
pub mod stock;
#[cfg(test)]
mod tests;
pub mod tidy;
pub mod timetable;

use loket_core::id::OfficeId;

use crate::{
    domain::tenancy::{self, Office},
    infra::{House, Outcome, PlatformTx},
    queue::JobError,
};

/// Every office, for what happens regularly in each.
async fn offices(house: &House) -> Result<Vec<Office>, JobError> {
    let tx = PlatformTx::read(house).await?;
    Ok(tenancy::all_offices(&tx).await?)
}

/// One office's trouble is not another's: it is noted, and the next one has its turn.
fn noted<T>(office: &Office, what: &'static str, done: Outcome<T>) {
    if let Err(fault) = done {
        tracing::warn!(office = %office.id, fault = %fault, "{what}");
    }
}

/// The office that a job is of. An office is never deleted: one that is not there is a job of nobody.
async fn office(house: &House, id: OfficeId) -> Result<Office, JobError> {
    let tx = PlatformTx::read(house).await?;
    tenancy::office_by_id(&tx, id).await?.ok_or(JobError::Park("unknown office"))
}
