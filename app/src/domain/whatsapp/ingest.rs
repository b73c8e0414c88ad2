//! Reading the inbox: bodies are leased, read item by item, and finished.
//!
//! Each item has a transaction of its own, in which its effect and the line that says so are written
//! together. A body that is read again (a lost worker, a failure half-way) repeats nothing, and an item
//! that fails costs its neighbours nothing: it is tried again with its body and set aside at last.

use std::{collections::HashSet, panic::AssertUnwindSafe};

use chrono::TimeDelta;
use futures_util::FutureExt;
use loket_core::{
    id::{DeliveryId, OfficeId},
    kinds::{DeliveryStage, ItemOutcome},
    whatsapp::{self, Item, ItemProblem, Unreadable},
};
use loket_entity::{webhook_delivery, webhook_item};
use sea_orm::ColumnTrait;

use super::{
    item::{self, Verdict},
    places, store,
};
use crate::infra::{Cx, Fault, House, Outcome, PlatformTx, SystemReason};

/// How long a body belongs to the worker that took it. Repeating one does no harm, so it is short.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How often a body is read before what fails in it is set aside.
const MOST_ATTEMPTS: i64 = 8;
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(5);
const BATCH: store::Batch = store::Batch { of_one_office: 8, in_all: 64 };

/// A body that this worker holds.
#[derive(Debug, Clone)]
pub struct Leased(webhook_delivery::Model);

impl Leased {
    /// Whose it is.
    pub fn office(&self) -> OfficeId {
        self.0.office_id
    }
}

/// Takes what is due: the offices by turns, at most eight bodies of each. Empty when there is nothing.
pub async fn lease(house: &House) -> Outcome<Vec<Leased>> {
    let look = PlatformTx::read(house).await?;
    let due = store::anything_due(look.on(), look.now()).await?;
    drop(look);
    if !due {
        return Ok(Vec::new());
    }
    let tx = PlatformTx::write(house).await?;
    let mut rows = store::lease(tx.on(), (tx.now(), tx.now() + LEASE), BATCH).await?;
    tx.commit().await?;
    rows.sort_by_key(|row| (row.due_at, row.id));
    Ok(rows.into_iter().map(Leased).collect())
}

/// Gives back what a process that died still holds. Only for a process that has the database to itself.
pub async fn forget_leases(house: &House) -> Outcome<u64> {
    let tx = PlatformTx::write(house).await?;
    let freed = store::forget_leases(tx.on()).await?;
    tx.commit().await?;
    Ok(freed)
}

/// Reads one body to its end and records how far it came.
pub async fn process(house: &House, leased: Leased) -> Outcome<()> {
    let mut row = leased.0;
    let keys = house.keys(row.office_id).await?;
    let body = keys.open_bytes(row.body.bytes(), places::BODY.of(row.id.0));
    let items = match body.as_deref().map(whatsapp::read) {
        Ok(Ok(items)) => items,
        Ok(Err(unreadable)) => return set_body_aside(house, &row, word(unreadable)).await,
        Err(_) => return set_body_aside(house, &row, "sealed").await,
    };
    let done = done(house, &row, items.len()).await?;
    let mut failed = Vec::new();
    for walked in items.iter().filter(|walked| !done.contains(position(walked))) {
        if !hold(house, &mut row).await? {
            return Ok(());
        }
        if let Err(fault) = handle(house, (row.office_id, row.id), walked).await {
            tracing::warn!(delivery = %row.id, position = position(walked), fault = %fault, "an item failed");
            failed.push((walked, fault.is_passing()));
        }
    }
    finish(house, &row, &failed).await
}

fn position(walked: &Result<Item, ItemProblem>) -> &str {
    walked.as_ref().map_or_else(|problem| &problem.position, |item| &item.position)
}

fn word(unreadable: Unreadable) -> &'static str {
    match unreadable {
        Unreadable::NotJson => "not_json",
        Unreadable::NotAnEnvelope => "not_an_envelope",
        Unreadable::NotWhatsApp => "not_whatsapp",
        Unreadable::Empty => "empty",
    }
}

/// The items that had their effect when the body was read before.
async fn done(house: &House, row: &webhook_delivery::Model, items: usize) -> Outcome<HashSet<String>> {
    if row.attempts <= 1 {
        return Ok(HashSet::new());
    }
    let cx = Cx::system(house, row.office_id, SystemReason::Ingest).await?;
    let rows = cx
        .tx()
        .find::<webhook_item::Entity>()
        .filter(webhook_item::Column::DeliveryId.eq(row.id))
        .up_to(u64::try_from(items).unwrap_or(u64::MAX).saturating_add(1))
        .await?;
    Ok(rows.into_iter().map(|row| row.position).collect())
}

/// Renews the lease once half of it is gone; says whether the body is still ours.
async fn hold(house: &House, row: &mut webhook_delivery::Model) -> Outcome<bool> {
    let now = house.clock.now();
    let left = row.lease_until.map_or(TimeDelta::zero(), |until| until - now);
    if left > LEASE / 2 {
        return Ok(true);
    }
    let until = now + LEASE;
    let tx = PlatformTx::write(house).await?;
    let ours = store::hold_longer(tx.on(), row.id, (row.lease_until, until)).await?;
    tx.commit().await?;
    row.lease_until = Some(until);
    Ok(ours)
}

/// One item in one transaction. A panic in it is a failure of this item alone.
async fn handle(
    house: &House,
    (office, delivery): (OfficeId, DeliveryId),
    walked: &Result<Item, ItemProblem>,
) -> Outcome<()> {
    let work = async {
        let mut cx = Cx::system(house, office, SystemReason::Ingest).await?;
        let verdict = item::judge(&mut cx, house, walked).await?;
        // Somebody else may have been at the same item: then theirs stands, and this is rolled back.
        if item::record(&cx, (delivery, position(walked)), &verdict).await? {
            cx.commit().await
        } else {
            Ok(())
        }
    };
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or(Err(Fault::Inconsistent("an item panicked")))
}

async fn finish(
    house: &House,
    row: &webhook_delivery::Model,
    failed: &[(&Result<Item, ItemProblem>, bool)],
) -> Outcome<()> {
    let mut again = false;
    for (walked, passing) in failed {
        if *passing || row.attempts < MOST_ATTEMPTS {
            again = true;
        } else {
            set_item_aside(house, row, (position(walked), item::kind(walked)), "failed").await?;
        }
    }
    let tx = PlatformTx::write(house).await?;
    if again {
        store::put_back(tx.on(), row.id, tx.now() + back_off(row.attempts)).await?;
    } else {
        store::finish(tx.on(), row.id, DeliveryStage::Done).await?;
    }
    tx.commit().await
}

async fn set_body_aside(house: &House, row: &webhook_delivery::Model, reason: &'static str) -> Outcome<()> {
    set_item_aside(house, row, ("body", "body".to_owned()), reason).await?;
    let tx = PlatformTx::write(house).await?;
    store::finish(tx.on(), row.id, DeliveryStage::Quarantined).await?;
    tx.commit().await
}

async fn set_item_aside(
    house: &House,
    row: &webhook_delivery::Model,
    (position, kind): (&str, String),
    reason: &'static str,
) -> Outcome<()> {
    let cx = Cx::system(house, row.office_id, SystemReason::Ingest).await?;
    let verdict = Verdict { kind, outcome: ItemOutcome::Quarantined, reason: Some(reason.to_owned()) };
    item::record(&cx, (row.id, position), &verdict).await?;
    cx.commit().await
}

/// 1 s, 2 s, 4 s, ... at most five minutes.
fn back_off(attempts: i64) -> TimeDelta {
    let power = u32::try_from(attempts.clamp(1, 16) - 1).unwrap_or(0);
    TimeDelta::seconds(2_i64.saturating_pow(power)).min(LONGEST_PAUSE)
}
