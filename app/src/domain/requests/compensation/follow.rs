//! What follows from the settlement clock by itself: what was missed is owed, what was not missed after all lapses.

use loket_core::{
    clock::Instant,
    compensation::{Compensation, CompensationState, CompensationStep, LapseReason},
    request::{RequestEventKind, Terms},
    standard::Standard,
};
use loket_entity::{compensation, request, request_event};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{super::history::Line, ended, find};
use crate::{
    domain::editions,
    infra::{Change, Cx, Fault, Outcome},
};

/// Follows the due time of a request from the one that is written on it to the one that holds now.
pub(in crate::domain::requests) async fn follow(
    cx: &Cx<'_>,
    row: &request::Model,
    due: Option<Instant>,
) -> Outcome<()> {
    let missed = |due: Option<Instant>| due.filter(|due| is_missed(row, *due, cx.now()));
    match (missed(row.due_at), missed(due)) {
        // Whoever works on a request answers for its time.
        (_, Some(at)) if !row.elsewhere => owe(cx, row, at).await,
        (Some(_), None) => lapse(cx, row).await,
        _ => Ok(()),
    }
}

/// Whether a request was neither ready nor over at its due time; what is ready at that very moment is in time.
fn is_missed(row: &request::Model, due: Instant, now: Instant) -> bool {
    ended(row).map_or(due <= now, |ended| due < ended)
}

async fn owe(cx: &Cx<'_>, row: &request::Model, missed_at: Instant) -> Outcome<()> {
    let written = match find(cx, row.id).await? {
        None => begin(cx, row, missed_at).await?,
        Some(one) if CompensationStep::Owe.after(Some(one.state)).is_some() => {
            moving(cx, &one, CompensationState::Owed)
                .set(compensation::Column::MissedAt, missed_at)
                .set(compensation::Column::LapsedBecause, Option::<String>::None)
                .run()
                .await?
                > 0
        }
        Some(one) => {
            if one.state == CompensationState::Owed && one.missed_at != missed_at {
                let this = unchanged(&one);
                let change = cx.tx().change::<compensation::Entity>(this);
                change.set(compensation::Column::MissedAt, missed_at).run().await?;
            }
            false
        }
    };
    if written {
        Line::new(RequestEventKind::CompensationOwed).at(missed_at.min(cx.now())).record(cx, row).await?;
    }
    Ok(())
}

/// Writes that it is owed, where the standard promises something; says whether it was written. Two that find it out at once
/// write it once.
async fn begin(cx: &Cx<'_>, row: &request::Model, missed_at: Instant) -> Outcome<bool> {
    if !verified(row)? || was_settled(cx, row, missed_at).await? {
        return Ok(false);
    }
    let Some(rule) = promised(cx, row).await? else { return Ok(false) };
    let owed = compensation::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(row.id),
        service_id: Set(row.service_id),
        unit_id: Set(row.unit_id),
        district_code: Set(row.district_code.clone()),
        kind: Set(rule.kind),
        words: Set(rule.said().to_owned()),
        basis: Set(rule.basis.trim().to_owned()),
        missed_at: Set(missed_at),
        owed_at: Set(cx.now()),
        state: Set(CompensationState::Owed),
        since: Set(cx.now()),
        offered_at: Set(None),
        way: Set(None),
        delivered: Set(None),
        answered_at: Set(None),
        given_on: Set(None),
        note: Set(None),
        lapsed_because: Set(None),
        version: Set(1),
    };
    cx.tx().insert_once::<compensation::Entity>(owed).await
}

/// Whether the time that was missed has a source that somebody compared: what promises nothing owes nothing.
fn verified(row: &request::Model) -> Outcome<bool> {
    let Some(stored) = row.terms.clone() else { return Ok(false) };
    let terms: Terms =
        serde_json::from_value(stored).map_err(|_| Fault::Inconsistent("terms of a request"))?;
    Ok(!terms.limit.basis.is_unverified())
}

/// Whether it was ready, or over, by then, whatever became of it later: what is taken up again after its time was not late.
async fn was_settled(cx: &Cx<'_>, row: &request::Model, by: Instant) -> Outcome<bool> {
    use RequestEventKind::{Cancelled, Finished, Ready, Rejected, ResultUploaded};
    let these = Condition::all()
        .add(request_event::Column::RequestId.eq(row.id))
        .add(request_event::Column::Kind.is_in([Ready, ResultUploaded, Finished, Rejected, Cancelled]))
        .add(request_event::Column::At.lte(by));
    cx.tx().find::<request_event::Entity>().filter(these).exists().await
}

/// What the standard promises that held when the request came. Editions never change, so that it stands as it stood then.
async fn promised(cx: &Cx<'_>, row: &request::Model) -> Outcome<Option<Compensation>> {
    let held = editions::current::<Standard>(cx, row.service_id.0, row.opened_at).await?;
    Ok(held.and_then(|held| held.document.compensation))
}

/// It was not missed after all. What the citizen was offered already is not taken back.
async fn lapse(cx: &Cx<'_>, row: &request::Model) -> Outcome<()> {
    let Some(one) = find(cx, row.id).await? else { return Ok(()) };
    if CompensationStep::Lapse.after(Some(one.state)).is_none() {
        return Ok(());
    }
    let reason = LapseReason::DueMoved;
    let change = moving(cx, &one, CompensationState::Lapsed);
    if change.set(compensation::Column::LapsedBecause, reason).run().await? > 0 {
        Line::new(RequestEventKind::CompensationLapsed).because(reason.word()).record(cx, row).await?;
    }
    Ok(())
}

/// A row that nobody changed since it was read.
pub(super) fn unchanged(one: &compensation::Model) -> Condition {
    Condition::all()
        .add(compensation::Column::Id.eq(one.id))
        .add(compensation::Column::Version.eq(one.version))
}

/// Begins a change of state, saved only if nobody saved before.
pub(super) fn moving<'t>(
    cx: &'t Cx<'_>,
    one: &compensation::Model,
    to: CompensationState,
) -> Change<'t, compensation::Entity> {
    cx.tx()
        .change::<compensation::Entity>(unchanged(one))
        .set(compensation::Column::Version, one.version + 1)
        .set(compensation::Column::State, to)
        .set(compensation::Column::Since, cx.now())
}
