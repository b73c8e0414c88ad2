//! What pages read of the ledger.

use std::collections::HashMap;

use loket_core::{
    calendar::Pause,
    clock::Instant,
    id::{OutageId, UnitId, UserId},
    outage::{Approval, OutageKind, OutageStep, OutageTimes, Provider},
    permission::Scope,
};
use loket_entity::{outage, outage_event};
use sea_orm::{ColumnTrait, Condition, sea_query::Expr};

use super::{places, store};
use crate::{
    domain::tenancy,
    infra::{Cx, Outcome},
};

/// More than are ever out at once.
pub(super) const MOST_OPEN: u64 = 100;
/// Lines of one entry.
const MOST_LINES: u64 = 200;

/// An entry as it is shown.
#[derive(Debug, Clone)]
pub struct OutageView {
    /// The entry.
    pub id: OutageId,
    /// What is or was out.
    pub kind: OutageKind,
    /// Who answers for it.
    pub provider: Provider,
    /// What it touches.
    pub scope: Scope,
    /// The number under which they know it.
    pub reference: Option<String>,
    /// What is said of it.
    pub note: String,
    /// When it was, and who stands by it.
    pub times: OutageTimes,
    /// Who wrote it down.
    pub entered_by: Option<UserId>,
    /// Who said that it was over.
    pub ended_by: Option<UserId>,
    /// The name of who wrote it down.
    pub entered_name: String,
    /// The name of who decided on it.
    pub decided_name: Option<String>,
    /// When they did.
    pub decided_at: Option<Instant>,
    /// Counts changes.
    pub version: i64,
}

/// A line of an entry's history.
#[derive(Debug, Clone)]
pub struct OutageLine {
    /// What was done.
    pub step: OutageStep,
    /// When.
    pub at: Instant,
    /// By whom.
    pub who: String,
    /// The times before, where they changed.
    pub before: Option<(Instant, Option<Instant>)>,
}

/// What lasts, oldest first.
pub async fn lasting(cx: &Cx<'_>) -> Outcome<Vec<OutageView>> {
    let rows = cx
        .tx()
        .find::<outage::Entity>()
        .filter(outage::Column::EndedAt.is_null())
        .ascending(outage::Column::StartedAt)
        .up_to(MOST_OPEN)
        .await?;
    views(cx, rows).await
}

/// How many entries nobody else has looked at.
pub async fn undecided(cx: &Cx<'_>) -> Outcome<u64> {
    let waiting = outage::Column::Approval.eq(Approval::Waiting);
    cx.tx().find::<outage::Entity>().filter(waiting).count().await
}

/// What is over, latest first, from a place on; with one more than asked for where there is more.
pub async fn latest(cx: &Cx<'_>, (skip, most): (u64, u64)) -> Outcome<Vec<OutageView>> {
    let rows = cx
        .tx()
        .find::<outage::Entity>()
        .filter(outage::Column::EndedAt.is_not_null())
        .descending(outage::Column::StartedAt)
        .descending(outage::Column::Id)
        .skip(skip)
        .up_to(most + 1)
        .await?;
    views(cx, rows).await
}

/// When something of a kind was out since a moment, in these units as a whole, as far as nobody said that it was not.
pub async fn of_kind(
    cx: &Cx<'_>,
    (kind, units): (OutageKind, &[UnitId]),
    since: Instant,
) -> Outcome<Vec<Pause>> {
    let these = Condition::all()
        .add(outage::Column::Kind.eq(kind))
        .add(outage::Column::Approval.ne(Approval::Refused))
        .add(Condition::any().add(outage::Column::EndedAt.is_null()).add(outage::Column::EndedAt.gt(since)));
    let rows = cx.tx().find::<outage::Entity>().filter(these).up_to(MOST_OPEN).await?;
    let mut out = Vec::new();
    for row in rows {
        if store::scope(&row)?.units == units {
            out.push(store::times(&row).out());
        }
    }
    Ok(out)
}

/// One entry.
pub async fn outage(cx: &Cx<'_>, id: OutageId) -> Outcome<Option<OutageView>> {
    let row = store::find(cx, id).await?;
    Ok(views(cx, row.into_iter().collect()).await?.pop())
}

/// One entry for a job that lets something follow from it: two that follow the same entry do so one after the other.
pub async fn held(cx: &Cx<'_>, id: OutageId) -> Outcome<Option<OutageView>> {
    let this = outage::Column::Id.eq(id);
    let same = Expr::col(outage::Column::Version);
    cx.tx().change::<outage::Entity>(this).set_expr(outage::Column::Version, same).run().await?;
    outage(cx, id).await
}

/// What was done to it, oldest first.
pub async fn history(cx: &Cx<'_>, id: OutageId) -> Outcome<Vec<OutageLine>> {
    let rows = cx
        .tx()
        .find::<outage_event::Entity>()
        .filter(outage_event::Column::OutageId.eq(id))
        .ascending(outage_event::Column::At)
        .ascending(outage_event::Column::Id)
        .up_to(MOST_LINES)
        .await?;
    let names = tenancy::officer_names(cx, rows.iter().filter_map(|row| row.actor_id).collect()).await?;
    let line = |row: outage_event::Model| OutageLine {
        step: row.step,
        at: row.at,
        who: name(&names, row.actor_id),
        before: row.detail.as_ref().and_then(before),
    };
    Ok(rows.into_iter().map(line).collect())
}

fn before(detail: &serde_json::Value) -> Option<(Instant, Option<Instant>)> {
    let times = |side: &str| {
        let of = detail.get(side)?;
        let at =
            |key: &str| of.get(key).and_then(|at| serde_json::from_value::<Option<Instant>>(at.clone()).ok());
        Some((at("from").flatten()?, at("until").flatten()))
    };
    let (old, new) = (times("old")?, times("new")?);
    // That it came to an end is what the line says itself.
    (old.0 != new.0 || old.1.is_some_and(|until| Some(until) != new.1)).then_some(old)
}

/// Rows as they are shown: one query for the names, whatever their number.
pub(super) async fn views(cx: &Cx<'_>, rows: Vec<outage::Model>) -> Outcome<Vec<OutageView>> {
    let who = rows.iter().flat_map(|row| [row.entered_by, row.decided_by]).flatten().collect();
    let names = tenancy::officer_names(cx, who).await?;
    let view = |row: outage::Model| {
        Ok(OutageView {
            id: row.id,
            kind: row.kind,
            provider: row.provider,
            scope: store::scope(&row)?,
            times: store::times(&row),
            note: cx.open(&row.note, places::NOTE.of(row.id.0))?,
            entered_name: name(&names, row.entered_by),
            decided_name: row.decided_by.map(|by| name(&names, Some(by))),
            entered_by: row.entered_by,
            ended_by: row.ended_by,
            decided_at: row.decided_at,
            reference: row
                .reference
                .as_ref()
                .map(|number| cx.open(number, places::REFERENCE.of(row.id.0)))
                .transpose()?,
            version: row.version,
        })
    };
    rows.into_iter().map(view).collect()
}

fn name(names: &HashMap<UserId, String>, id: Option<UserId>) -> String {
    let known = id.and_then(|id| names.get(&id).cloned());
    known.unwrap_or_else(|| if id.is_some() { "Petugas".to_owned() } else { "Loket".to_owned() })
}
