//! What citizens were told of their turn against what came of it.

use std::{collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{ServiceId, UnitId},
    permission::Permission,
};
use sea_orm::{FromQueryResult, Value};

use super::Lane;
use crate::infra::{Cx, Outcome, ScopedSql, memory::Remembered};

/// How far back it is looked.
const BACK: TimeDelta = TimeDelta::days(28);
/// At most so many, the latest.
const MOST: i64 = 2_000;
/// How long what was read is good for, in seconds.
const FRESH: i64 = 300;

/// What came of the times that citizens were told in a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which queue.
    pub lane: Lane,
    /// How many were told a time that is over.
    pub told: u64,
    /// How many of them were answered by it.
    pub kept: u64,
    /// By how much half of them were answered earlier, or later where it is negative; nothing where nobody was answered.
    pub half_early: Option<TimeDelta>,
}

#[derive(FromQueryResult)]
struct Row {
    service_id: ServiceId,
    unit_id: Option<UnitId>,
    expected_at: Instant,
    answered_at: Option<Instant>,
}

struct Rows(Vec<Row>);

impl Remembered for Rows {
    fn bytes(&self) -> usize {
        self.0.len() * size_of::<Row>()
    }
}

/// What came of the times that citizens were told in the last four weeks, queue by queue, most told first. Who was neither
/// answered nor told an end counts as not answered by it; who withdrew before is left out.
pub async fn kept(cx: &Cx<'_>) -> Outcome<Vec<Kept>> {
    let rows = rows(cx).await?;
    let reach = cx.reach(Permission::ReadFigures);
    let mut lanes: BTreeMap<Lane, Vec<&Row>> = BTreeMap::new();
    for row in &rows.0 {
        lanes.entry(Lane { service: row.service_id, unit: row.unit_id }).or_default().push(row);
    }
    let mut all: Vec<Kept> = lanes
        .into_iter()
        .filter(|(lane, _)| reach.covers(lane.whereabouts()))
        .map(|(lane, rows)| sum(lane, &rows))
        .collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.told));
    Ok(all)
}

fn sum(lane: Lane, rows: &[&Row]) -> Kept {
    let kept = rows.iter().filter(|row| row.answered_at.is_some_and(|at| at <= row.expected_at)).count();
    let mut early: Vec<TimeDelta> =
        rows.iter().filter_map(|row| Some(row.expected_at - row.answered_at?)).collect();
    early.sort_unstable();
    Kept { lane, told: rows.len() as u64, kept: kept as u64, half_early: early.get(early.len() / 2).copied() }
}

/// The latest times that citizens were told and that are over.
async fn rows(cx: &Cx<'_>) -> Outcome<Arc<Rows>> {
    let now = cx.now();
    let key = now.timestamp().div_euclid(FRESH).to_string();
    if let Some(rows) = cx.recall(&key) {
        return Ok(rows);
    }
    let values: Vec<Value> = vec![(now - BACK).into(), now.into(), MOST.into()];
    // Whoever was closed before their time without an answer was not kept waiting.
    let sql = ScopedSql::new(
        "WITH told AS (SELECT tenant_id AS office, request_id, service_id, unit_id, expected_at FROM answer_forecast \
         WHERE tenant_id = :tenant AND expected_at >= ? AND expected_at < ? ORDER BY expected_at DESC LIMIT ?) \
         SELECT told.service_id, told.unit_id, told.expected_at, request.answered_at FROM told \
         JOIN request ON request.tenant_id = told.office AND request.id = told.request_id \
         WHERE request.answered_at IS NOT NULL OR request.closed_at IS NULL \
         OR request.closed_at > told.expected_at",
        values,
    )?;
    let found = cx.tx().rows(sql).await?;
    let rows: Result<Vec<Row>, _> = found.iter().map(|row| Row::from_query_result(row, "")).collect();
    Ok(cx.keep(key, Rows(rows?)))
}
