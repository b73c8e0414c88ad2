//! Sealing a batch.
//!
//! An entry's time is that of its operation's opening; its commit comes later. So the sealer looks back
//! over an overlap before the last seal and takes what lies there and in no seal yet. An operation that
//! stayed open for longer than the overlap would be missed: `verify` counts such entries.

use std::collections::HashSet;

use chrono::TimeDelta;
use loket_core::{clock::Instant, id::AuditId};
use loket_entity::{audit_entry, audit_seal};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, FromQueryResult};
use uuid::Uuid;

use super::canonical::{self, NO_ROOT};
use crate::infra::{Cx, Outcome};

/// What is younger may have neighbours that are not committed yet.
const UNSEALED: TimeDelta = TimeDelta::seconds(2);
/// How long an operation may stay open before its entries could be missed. Requests end within a minute
/// and jobs give their transactions back before they speak to the outside.
pub(super) const OVERLAP: TimeDelta = TimeDelta::minutes(10);
/// The most entries of one seal.
const BATCH: usize = 1000;
const MOST_SEALS_OF_OVERLAP: u64 = 2_000;

/// What the sealer did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sealing {
    /// There was nothing to seal.
    Nothing,
    /// A seal was written.
    Sealed {
        /// Its number.
        seq: i64,
        /// How many entries it seals.
        entries: usize,
        /// Its root, the new head of the chain.
        root: Vec<u8>,
        /// Whether the batch was full, so that more may be waiting.
        full: bool,
    },
}

#[derive(FromQueryResult)]
struct Waiting {
    id: AuditId,
    at: Instant,
}

/// Whether entries wait for a seal. Only reads, so that a quiet office costs no write.
pub async fn is_waiting(cx: &Cx<'_>) -> Outcome<bool> {
    let last = last_seal(cx).await?;
    Ok(!waiting(cx, last.as_ref()).await?.0.is_empty())
}

/// Seals the next batch of the office, if one waits. Two sealers at once: the number of the seal is
/// unique, and the second fails and comes again.
pub async fn seal_next(cx: &mut Cx<'_>) -> Outcome<Sealing> {
    let last = last_seal(cx).await?;
    let (batch, full) = waiting(cx, last.as_ref()).await?;
    let Some(newest) = batch.last().map(|entry| entry.at) else { return Ok(Sealing::Nothing) };
    let entries = load(cx, &batch.iter().map(|entry| entry.id).collect::<Vec<_>>()).await?;
    let (seq, previous) =
        last.as_ref().map_or_else(|| (1, NO_ROOT.to_vec()), |seal| (seal.seq + 1, seal.root.clone()));
    let root = canonical::root(&previous, &entries);
    // A full batch ends at its newest entry; a late one before the last seal moves nothing back.
    let until = if full { newest } else { cx.now() - UNSEALED };
    let until = last.as_ref().map_or(until, |seal| until.max(seal.sealed_until));
    let row = audit_seal::ActiveModel {
        id: Set(cx.new_id()),
        seq: Set(seq),
        entries: Set(entries.iter().flat_map(|entry| entry.id.0.into_bytes()).collect()),
        root: Set(root.clone()),
        previous: Set(previous),
        entry_count: Set(i64::try_from(entries.len()).unwrap_or(i64::MAX)),
        sealed_until: Set(until),
        at: Set(cx.now()),
        ..Default::default()
    };
    cx.tx().insert::<audit_seal::Entity>(row).await?;
    Ok(Sealing::Sealed { seq, entries: entries.len(), root, full })
}

async fn last_seal(cx: &Cx<'_>) -> Outcome<Option<audit_seal::Model>> {
    cx.tx().find::<audit_seal::Entity>().descending(audit_seal::Column::Seq).one().await
}

/// The oldest entries that lie in no seal, and whether they fill a batch.
async fn waiting(cx: &Cx<'_>, last: Option<&audit_seal::Model>) -> Outcome<(Vec<Waiting>, bool)> {
    let mut of_time = Condition::all().add(audit_entry::Column::At.lte(cx.now() - UNSEALED));
    let mut sealed = HashSet::new();
    if let Some(last) = last {
        let from = last.sealed_until - OVERLAP;
        of_time = of_time.add(audit_entry::Column::At.gte(from));
        sealed = sealed_since(cx, from).await?;
    }
    // At most the sealed ones stand in front: so many more than a batch hold a batch.
    let limit = u64::try_from(sealed.len() + BATCH).unwrap_or(u64::MAX);
    let found = cx
        .tx()
        .find::<audit_entry::Entity>()
        .filter(of_time)
        .ascending(audit_entry::Column::At)
        .ascending(audit_entry::Column::Id)
        .columns::<Waiting>([audit_entry::Column::Id, audit_entry::Column::At], limit)
        .await?;
    let mut batch: Vec<_> = found.into_iter().filter(|entry| !sealed.contains(&entry.id)).collect();
    let full = batch.len() >= BATCH;
    batch.truncate(BATCH);
    Ok((batch, full))
}

/// The ids in every seal that can hold an entry of `from` or later.
async fn sealed_since(cx: &Cx<'_>, from: Instant) -> Outcome<HashSet<AuditId>> {
    let seals = cx
        .tx()
        .find::<audit_seal::Entity>()
        .filter(audit_seal::Column::SealedUntil.gte(from))
        .descending(audit_seal::Column::Seq)
        .up_to(MOST_SEALS_OF_OVERLAP)
        .await?;
    Ok(seals.iter().flat_map(|seal| ids(&seal.entries)).collect())
}

/// The ids of a seal, in its order.
pub(super) fn ids(bytes: &[u8]) -> Vec<AuditId> {
    let id = |chunk: &[u8]| Uuid::from_slice(chunk).map(AuditId).ok();
    bytes.chunks(16).filter_map(id).collect()
}

/// The entries of a batch, in the order of their ids.
pub(super) async fn load(cx: &Cx<'_>, batch: &[AuditId]) -> Outcome<Vec<audit_entry::Model>> {
    cx.tx()
        .find::<audit_entry::Entity>()
        .filter(audit_entry::Column::Id.is_in(batch.iter().copied()))
        .ascending(audit_entry::Column::Id)
        .up_to(u64::try_from(batch.len()).unwrap_or(u64::MAX))
        .await
}
