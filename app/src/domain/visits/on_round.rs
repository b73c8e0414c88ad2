//! The visits of a round: added, taken off, and what came of each.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use loket_core::{
    clock::Instant,
    id::{RequestId, VisitId, VisitRoundId},
    visit::VisitResult,
};
use loket_entity::visit;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{error::VisitError, places};
use crate::infra::{Cx, Outcome};

/// How many people a round visits.
const MOST: u64 = 60;
/// How many visits of a request are remembered on its page.
const MOST_OF_REQUEST: u64 = 20;
const LONGEST_NOTE: usize = 150;

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitView {
    /// Which.
    pub id: VisitId,
    /// Of which round.
    pub round: VisitRoundId,
    /// To the person of which request.
    pub request: RequestId,
    /// What came of it.
    pub result: VisitResult,
    /// What is said of it; may be empty.
    pub note: String,
    /// The days that its citizen was told last.
    pub told: Option<(NaiveDate, NaiveDate)>,
    /// When what came of it was written down.
    pub recorded_at: Option<Instant>,
}

fn view(cx: &Cx<'_>, row: visit::Model) -> Outcome<VisitView> {
    let note = row.note.as_ref().map(|note| cx.open(note, places::NOTE.of(row.id.0))).transpose()?;
    Ok(VisitView {
        id: row.id,
        round: row.round_id,
        request: row.request_id,
        result: row.result,
        note: note.unwrap_or_default(),
        told: row.told_from.zip(row.told_until),
        recorded_at: row.recorded_at,
    })
}

/// The visits of a round, in the order in which they were added.
pub async fn of_round(cx: &Cx<'_>, round: VisitRoundId) -> Outcome<Vec<VisitView>> {
    let found = cx.tx().find::<visit::Entity>().filter(visit::Column::RoundId.eq(round));
    let rows = found.ascending(visit::Column::Id).up_to(MOST).await?;
    rows.into_iter().map(|row| view(cx, row)).collect()
}

/// The visits of a request, the latest first.
pub async fn of_request(cx: &Cx<'_>, request: RequestId) -> Outcome<Vec<VisitView>> {
    let found = cx.tx().find::<visit::Entity>().filter(visit::Column::RequestId.eq(request));
    let rows = found.descending(visit::Column::Id).up_to(MOST_OF_REQUEST).await?;
    rows.into_iter().map(|row| view(cx, row)).collect()
}

/// How many visits of a round came out so.
pub(super) async fn count_of(cx: &Cx<'_>, round: VisitRoundId, result: VisitResult) -> Outcome<u64> {
    let found = cx.tx().find::<visit::Entity>().filter(visit::Column::RoundId.eq(round));
    let found = found.filter(visit::Column::Result.eq(result));
    Ok(cx.tx().counts_up_to(vec![found], MOST).await?.into_iter().sum())
}

/// The visit that somebody waits for.
pub async fn awaited_of(cx: &Cx<'_>, request: RequestId) -> Outcome<Option<VisitView>> {
    let these = Condition::all()
        .add(visit::Column::RequestId.eq(request))
        .add(visit::Column::Result.eq(VisitResult::Awaited));
    let row = cx.tx().find::<visit::Entity>().filter(these).one().await?;
    row.map(|row| view(cx, row)).transpose()
}

/// Which of some requests have a visit that is awaited.
pub async fn planned(cx: &Cx<'_>, of: Vec<RequestId>) -> Outcome<BTreeSet<RequestId>> {
    if of.is_empty() {
        return Ok(BTreeSet::new());
    }
    let most = of.len() as u64;
    let these = Condition::all()
        .add(visit::Column::RequestId.is_in(of))
        .add(visit::Column::Result.eq(VisitResult::Awaited));
    let rows = cx.tx().find::<visit::Entity>().filter(these).up_to(most).await?;
    Ok(rows.into_iter().map(|row| row.request_id).collect())
}

/// Puts somebody on a round.
///
/// # Errors
/// That they are on one already, or that it is full.
pub async fn add(cx: &Cx<'_>, round: VisitRoundId, request: RequestId) -> Result<VisitId, VisitError> {
    let found = cx.tx().find::<visit::Entity>().filter(visit::Column::RoundId.eq(round));
    if cx.tx().counts_up_to(vec![found], MOST).await?.into_iter().sum::<u64>() >= MOST {
        return Err(VisitError::Invalid("Satu putaran paling banyak 60 kunjungan. Buat putaran lain."));
    }
    let id: VisitId = cx.new_id();
    let row = visit::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        round_id: Set(round),
        request_id: Set(request),
        result: Set(VisitResult::Awaited),
        note: Set(None),
        added_at: Set(cx.now()),
        told_from: Set(None),
        told_until: Set(None),
        recorded_at: Set(None),
        recorded_by: Set(None),
    };
    if cx.tx().insert_once::<visit::Entity>(row).await? {
        Ok(id)
    } else {
        Err(VisitError::Invalid("Warga ini sudah ada di putaran lain. Keluarkan dahulu dari putaran itu."))
    }
}

fn awaited(round: VisitRoundId, request: RequestId) -> Condition {
    Condition::all()
        .add(visit::Column::RoundId.eq(round))
        .add(visit::Column::RequestId.eq(request))
        .add(visit::Column::Result.eq(VisitResult::Awaited))
}

/// Takes somebody off a round before they were visited; says whether they were on it.
pub async fn take_off(cx: &Cx<'_>, round: VisitRoundId, request: RequestId) -> Outcome<bool> {
    Ok(cx.tx().delete::<visit::Entity>(awaited(round, request)).await? > 0)
}

/// A citizen was told of the days of their visit.
pub async fn told(
    cx: &Cx<'_>,
    (round, request): (VisitRoundId, RequestId),
    days: (NaiveDate, NaiveDate),
) -> Outcome<()> {
    let change = cx.tx().change::<visit::Entity>(awaited(round, request));
    change.set(visit::Column::ToldFrom, days.0).set(visit::Column::ToldUntil, days.1).run().await?;
    Ok(())
}

/// Writes down what came of a visit; says whether that changed anything.
pub async fn record(
    cx: &Cx<'_>,
    (before, result, note): (&VisitView, VisitResult, &str),
) -> Result<bool, VisitError> {
    let note = note.trim();
    if note.chars().count() > LONGEST_NOTE {
        return Err(VisitError::Invalid("Catatan kunjungan paling panjang 150 huruf."));
    }
    if (result, note) == (before.result, before.note.as_str()) {
        return Ok(false);
    }
    if result == VisitResult::Awaited && before.result != result {
        return Err(VisitError::Invalid(
            "Hasil yang sudah dicatat tidak dikosongkan lagi. Pilih hasil yang benar.",
        ));
    }
    let sealed = (!note.is_empty()).then(|| cx.seal(&note.to_owned(), places::NOTE.of(before.id.0)));
    let this =
        Condition::all().add(visit::Column::Id.eq(before.id)).add(visit::Column::Result.eq(before.result));
    let changed = cx
        .tx()
        .change::<visit::Entity>(this)
        .set(visit::Column::Result, result.word())
        .set(visit::Column::Note, sealed.transpose()?)
        .set(visit::Column::RecordedAt, cx.now())
        .set(visit::Column::RecordedBy, cx.officer())
        .run()
        .await?;
    if changed == 1 { Ok(true) } else { Err(VisitError::Changed) }
}
