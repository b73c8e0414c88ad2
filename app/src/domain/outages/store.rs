//! The rows of the ledger: loading, saving with a version check, and the line of history that every change leaves.

use loket_core::{
    id::{OutageEventId, OutageId},
    outage::{OutageStep, OutageTimes},
    permission::{Permission, Scope},
};
use loket_entity::{outage, outage_event};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Value};
use serde_json::json;

use super::{
    error::OutageError,
    follow::{self, Follow},
};
use crate::infra::{Cx, Fault, Outcome};

/// What an outage touches.
pub(super) fn scope(row: &outage::Model) -> Outcome<Scope> {
    serde_json::from_value(row.scope.clone()).map_err(|_| Fault::Inconsistent("the scope of an outage"))
}

/// When it was, and who stands by it.
pub(super) const fn times(row: &outage::Model) -> OutageTimes {
    OutageTimes {
        from: row.started_at,
        until: row.ended_at,
        around: row.around_at,
        entered_at: row.entered_at,
        approval: row.approval,
    }
}

/// Loads an entry for somebody who holds a permission.
pub(super) async fn load(
    cx: &Cx<'_>,
    id: OutageId,
    permission: Permission,
) -> Result<outage::Model, OutageError> {
    let reach = cx.reach(permission);
    if reach.is_nothing() {
        return Err(OutageError::NotAllowed);
    }
    let row = find(cx, id).await?.ok_or(OutageError::NotFound)?;
    // Whoever only looks may look at all of them.
    if permission == Permission::ReadOutages || reach.contains(&scope(&row)?) {
        Ok(row)
    } else {
        Err(OutageError::Beyond)
    }
}

/// An entry by its id, whoever may see it.
pub(super) async fn find(cx: &Cx<'_>, id: OutageId) -> Outcome<Option<outage::Model>> {
    cx.tx().find::<outage::Entity>().filter(outage::Column::Id.eq(id)).one().await
}

/// Saves columns of an entry that nobody has changed meanwhile, leaves a line of history, and lets clocks follow.
pub(super) async fn save(
    cx: &mut Cx<'_>,
    row: &outage::Model,
    step: OutageStep,
    sets: impl IntoIterator<Item = (outage::Column, Value)>,
) -> Result<(), OutageError> {
    let unchanged =
        Condition::all().add(outage::Column::Id.eq(row.id)).add(outage::Column::Version.eq(row.version));
    let begun = cx.tx().change::<outage::Entity>(unchanged).set(outage::Column::Version, row.version + 1);
    sets.into_iter().fold(begun, |all, (column, value)| all.set(column, value)).run_one().await?;
    let now = find(cx, row.id).await?.ok_or(Fault::Inconsistent("an outage just saved"))?;
    let (old, new) = (times(row), times(&now));
    let detail = (old != new).then(|| json!({ "old": told(&old), "new": told(&new) }));
    line(cx, row.id, step, detail.clone()).await?;
    if old != new {
        cx.enqueue(follow::job(Follow::since(row.id, old.from.min(new.from)))?).await?;
    }
    cx.audit_with(&format!("outage.{}", step.word()), ("outage", Some(row.id.0)), detail.as_ref())?;
    Ok(())
}

fn told(times: &OutageTimes) -> serde_json::Value {
    json!({ "from": times.from, "until": times.until, "around": times.around, "approval": times.approval })
}

/// Writes a line of history.
pub(super) async fn line(
    cx: &Cx<'_>,
    outage: OutageId,
    step: OutageStep,
    detail: Option<serde_json::Value>,
) -> Outcome<()> {
    let id: OutageEventId = cx.new_id();
    cx.tx()
        .insert::<outage_event::Entity>(outage_event::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(id),
            outage_id: Set(outage),
            step: Set(step),
            at: Set(cx.now()),
            actor_id: Set(cx.officer()),
            detail: Set(detail),
        })
        .await
}
