//! Writing a plan: batches of rows, each batch one transaction with its line in the audit trail.
//!
//! What is older than [`Scale::told_days`](super::Scale::told_days) keeps its request, papers and history, as an office
//! would after it deleted what citizens wrote and sent. The rest, and whatever is still open, has its conversation.

mod aims;
mod appointments;
mod batch;
mod clocks;
mod compensations;
mod consignments;
mod equipment;
mod ids;
mod ledger;
mod outages;
mod pickups;
mod rows;
mod stock;
mod talk;
mod texts;
mod turns;
mod visits;

use std::sync::Arc;

use loket_entity::receipt_counter;
use sea_orm::ActiveValue::Set;

use self::{batch::Batch, ids::Table, ledger::Ledger};
use super::plan::OfficePlan;
use crate::{
    demo::setup::{DescribedOffice, Trouble, trouble},
    domain::tenancy::Office,
    infra::{Actor, Cx, House, SystemReason, files::FileStore},
};

/// Requests of one transaction.
const BATCH: usize = 800;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Requests.
    pub requests: usize,
    /// Rows of all tables.
    pub rows: usize,
    /// Photos and documents in the store.
    pub files: usize,
}

/// Writes an office's year into an office without requests. `told` hears after each batch how many requests are there.
///
/// # Errors
/// A sentence for the command line. What was written until then stays: the caller begins anew.
pub async fn write(
    (house, files): (&House, &FileStore),
    (office, described): (&Office, &DescribedOffice),
    plan: OfficePlan,
    told: &(dyn Fn(usize) + Sync),
) -> Result<Written, Trouble> {
    let ledger = Arc::new(Ledger::open(house, (office, described), plan).await?);
    let mut written = Written::default();
    let mut next = draw(&ledger, 0);
    loop {
        let batch = next.await.map_err(trouble)??;
        if batch.is_empty() {
            break;
        }
        written.requests += batch.requests();
        // The next batch is sealed while this one is written.
        next = draw(&ledger, written.requests);
        written.files += batch.store(files, (&ledger.keys, office.id)).await?;
        written.rows += save(house, office, batch).await?;
        told(written.requests);
    }
    written.rows += outages::write(house, &ledger).await?;
    aims::write(house, &ledger, described).await?;
    written.rows += stock::write(house, &ledger).await?;
    written.rows += equipment::write(house, &ledger).await?;
    written.rows += pickups::write(house, &ledger).await?;
    written.rows += appointments::write(house, &ledger).await?;
    written.rows += consignments::write(house, &ledger).await?;
    written.rows += visits::write(house, &ledger).await?;
    written.rows += compensations::write(house, &ledger).await?;
    written.rows += count_on(house, &ledger).await?;
    Ok(written)
}

fn draw(ledger: &Arc<Ledger>, from: usize) -> tokio::task::JoinHandle<Result<Batch, Trouble>> {
    let ledger = Arc::clone(ledger);
    tokio::task::spawn_blocking(move || Batch::draw(&ledger, from..from + BATCH))
}

async fn save(house: &House, office: &Office, batch: Batch) -> Result<usize, Trouble> {
    let mut cx = Cx::write(house, office.id, Actor::System(SystemReason::Seed)).await.map_err(trouble)?;
    let requests = batch.requests();
    let rows = batch.insert(&cx).await.map_err(trouble)?;
    let detail = serde_json::json!({ "requests": requests, "rows": rows });
    cx.audit_with("demo.year_written", ("request", None), Some(&detail)).map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(rows)
}

/// The next receipts go on where those of the year ended.
async fn count_on(house: &House, ledger: &Ledger) -> Result<usize, Trouble> {
    let office = &ledger.office;
    let mut cx = Cx::write(house, office.id, Actor::System(SystemReason::Seed)).await.map_err(trouble)?;
    let until = ledger.at(ledger.plan.until);
    let rows = ledger.counters.iter().zip(0..).map(|((month, last), number)| receipt_counter::ActiveModel {
        tenant_id: Set(office.id),
        id: Set(ids::id(ledger.plan.place, (Table::Counter, number), until)),
        month: Set(month.clone()),
        last: Set(i64::from(*last)),
    });
    cx.tx().insert_all::<receipt_counter::Entity>(rows.collect()).await.map_err(trouble)?;
    cx.audit("demo.receipts_counted", ("request", None)).map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(ledger.counters.len())
}
