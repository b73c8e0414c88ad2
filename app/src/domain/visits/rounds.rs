//! Rounds: planned, changed, closed with what came of them, or cancelled.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use loket_core::{
    clock::Instant,
    id::{UnitId, VisitRoundId},
    permission::Permission,
    visit::{RoundState, VisitResult, check_days},
};
use loket_entity::{sealed::Sealed, visit, visit_round};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, FromQueryResult,
    sea_query::{Expr, ExprTrait},
};

use super::{error::VisitError, on_round, places};
use crate::{
    domain::tenancy::{self, Office},
    infra::{Change, Cx, Outcome, seal::Column},
};

const LONGEST_TITLE: usize = 120;
const LONGEST_PLAN: usize = 1_000;
const LONGEST_REPORT: usize = 4_000;
/// More people than are served on a round.
const MOST_OTHERS: i64 = 10_000;

/// What is said of a round before it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundPlan {
    /// Where it goes; citizens read it.
    pub title: String,
    /// Its first and its last day.
    pub days: (NaiveDate, NaiveDate),
    /// The unit that goes; the office otherwise.
    pub unit: Option<UnitId>,
    /// How to get there, and what to take along; may be empty.
    pub plan: String,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundView {
    /// Which.
    pub id: VisitRoundId,
    /// What is said of it.
    pub said: RoundPlan,
    /// The unit's name.
    pub unit: Option<String>,
    /// How it stands.
    pub state: RoundState,
    /// What came of it, in words; may be empty.
    pub report: String,
    /// How many were served who were not on its list.
    pub others_served: u64,
    /// When it was closed or cancelled.
    pub closed_at: Option<Instant>,
    /// Which change of it this is.
    pub version: i64,
}

/// How the visits of a round came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many were planned.
    pub planned: u64,
    /// How many were served.
    pub served: u64,
    /// How many were not met.
    pub absent: u64,
    /// How many must be visited again.
    pub again: u64,
    /// Of how many nothing is written down yet.
    pub awaited: u64,
}

/// What came of a round.
#[derive(Debug, Clone, Copy)]
pub struct Closing<'c> {
    /// How many were served who were not on its list.
    pub others: i64,
    /// In words; may be empty.
    pub report: &'c str,
}

async fn find(cx: &Cx<'_>, id: VisitRoundId) -> Outcome<Option<visit_round::Model>> {
    cx.tx().find::<visit_round::Entity>().filter(visit_round::Column::Id.eq(id)).one().await
}

/// A round by its id.
pub async fn round(cx: &Cx<'_>, id: VisitRoundId) -> Outcome<Option<RoundView>> {
    let Some(row) = find(cx, id).await? else { return Ok(None) };
    let unit = match row.unit_id {
        Some(unit) => tenancy::unit(cx, unit).await?.map(|unit| unit.name),
        None => None,
    };
    view(cx, row, unit).map(Some)
}

/// Rounds that begin on days of a span, the latest first; one more than asked for where there is more.
pub async fn rounds(
    cx: &Cx<'_>,
    (from, until): (NaiveDate, NaiveDate),
    most: u64,
) -> Outcome<Vec<RoundView>> {
    let these = Condition::all()
        .add(visit_round::Column::FromDay.gte(from))
        .add(visit_round::Column::FromDay.lt(until));
    let found = cx.tx().find::<visit_round::Entity>().filter(these);
    let rows = found
        .descending(visit_round::Column::FromDay)
        .descending(visit_round::Column::Id)
        .up_to(most + 1)
        .await?;
    listed(cx, rows).await
}

async fn listed(cx: &Cx<'_>, rows: Vec<visit_round::Model>) -> Outcome<Vec<RoundView>> {
    let names: BTreeMap<UnitId, String> = if rows.iter().any(|row| row.unit_id.is_some()) {
        tenancy::units(cx).await?.into_iter().map(|unit| (unit.id, unit.name)).collect()
    } else {
        BTreeMap::new()
    };
    rows.into_iter()
        .map(|row| {
            let unit = row.unit_id.and_then(|id| names.get(&id).cloned());
            view(cx, row, unit)
        })
        .collect()
}

fn view(cx: &Cx<'_>, row: visit_round::Model, unit: Option<String>) -> Outcome<RoundView> {
    let opened = |sealed: &Option<Sealed<String>>, place: Column| {
        sealed.as_ref().map(|text| cx.open(text, place.of(row.id.0))).transpose()
    };
    let said = RoundPlan {
        plan: opened(&row.plan, places::PLAN)?.unwrap_or_default(),
        title: cx.open(&row.title, places::TITLE.of(row.id.0))?,
        days: (row.from_day, row.until_day),
        unit: row.unit_id,
    };
    Ok(RoundView {
        report: opened(&row.report, places::REPORT)?.unwrap_or_default(),
        id: row.id,
        said,
        unit,
        state: row.state,
        others_served: u64::try_from(row.others_served).unwrap_or_default(),
        closed_at: row.closed_at,
        version: row.version,
    })
}

/// Where some rounds go, and on which days: one statement.
pub async fn named(
    cx: &Cx<'_>,
    of: Vec<VisitRoundId>,
) -> Outcome<BTreeMap<VisitRoundId, (String, NaiveDate)>> {
    if of.is_empty() {
        return Ok(BTreeMap::new());
    }
    let most = of.len() as u64;
    let found = cx.tx().find::<visit_round::Entity>().filter(visit_round::Column::Id.is_in(of));
    let named = |row: visit_round::Model| {
        let title = cx.open(&row.title, places::TITLE.of(row.id.0))?;
        Ok((row.id, (title, row.from_day)))
    };
    found.up_to(most).await?.into_iter().map(named).collect()
}

#[derive(FromQueryResult)]
struct Counted {
    round_id: VisitRoundId,
    result: VisitResult,
    visits: i64,
}

/// How the visits of some rounds came out: one statement.
pub async fn tallies(cx: &Cx<'_>, of: Vec<VisitRoundId>) -> Outcome<BTreeMap<VisitRoundId, Tally>> {
    use visit::Column::{Result, RoundId};
    if of.is_empty() {
        return Ok(BTreeMap::new());
    }
    let most = (of.len() * VisitResult::ALL.len()) as u64;
    let rows: Vec<Counted> = cx
        .tx()
        .find::<visit::Entity>()
        .filter(RoundId.is_in(of))
        .grouped([RoundId, Result], [(Expr::val(1).count(), "visits")], most)
        .await?;
    let mut tallies: BTreeMap<VisitRoundId, Tally> = BTreeMap::new();
    for row in rows {
        let tally = tallies.entry(row.round_id).or_default();
        let visits = u64::try_from(row.visits).unwrap_or_default();
        tally.planned += visits;
        match row.result {
            VisitResult::Served => tally.served += visits,
            VisitResult::Absent => tally.absent += visits,
            VisitResult::Again => tally.again += visits,
            VisitResult::Awaited => tally.awaited += visits,
            VisitResult::Unneeded => {}
        }
    }
    Ok(tallies)
}

/// Whoever assigns the work of a unit plans its rounds; those of the office, whoever assigns work of no unit in particular.
fn may(cx: &Cx<'_>, unit: Option<UnitId>) -> Result<(), VisitError> {
    if cx.reach(Permission::AssignRequests).reaches_unit(unit) { Ok(()) } else { Err(VisitError::NotAllowed) }
}

/// Plans a round; only who assigns work may.
pub async fn plan(cx: &mut Cx<'_>, office: &Office, said: &RoundPlan) -> Result<VisitRoundId, VisitError> {
    check(cx, office, said).await?;
    let id: VisitRoundId = cx.new_id();
    let row = visit_round::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        title: Set(cx.seal(&said.title.trim().to_owned(), places::TITLE.of(id.0))?),
        from_day: Set(said.days.0),
        until_day: Set(said.days.1),
        unit_id: Set(said.unit),
        state: Set(RoundState::Planned),
        plan: Set(sealed(cx, &said.plan, places::PLAN, id)?),
        report: Set(None),
        others_served: Set(0),
        created_at: Set(cx.now()),
        closed_at: Set(None),
        version: Set(1),
    };
    cx.tx().insert::<visit_round::Entity>(row).await?;
    cx.audit("visit.round_planned", ("visit_round", Some(id.0)))?;
    Ok(id)
}

/// Changes a round that is planned. Whom it visits is told by whoever calls.
pub async fn change(
    cx: &mut Cx<'_>,
    office: &Office,
    (before, said): (&RoundView, &RoundPlan),
) -> Result<(), VisitError> {
    may(cx, before.said.unit)?;
    check(cx, office, said).await?;
    let plan = sealed(cx, &said.plan, places::PLAN, before.id)?;
    let title = cx.seal(&said.title.trim().to_owned(), places::TITLE.of(before.id.0))?;
    let change = unchanged(cx, before)
        .set(visit_round::Column::Title, title)
        .set(visit_round::Column::FromDay, said.days.0)
        .set(visit_round::Column::UntilDay, said.days.1)
        .set(visit_round::Column::UnitId, said.unit)
        .set(visit_round::Column::Plan, plan);
    saved(change).await?;
    Ok(cx.audit("visit.round_changed", ("visit_round", Some(before.id.0)))?)
}

/// Writes down what came of a round whose visits all have a result.
pub async fn close(
    cx: &mut Cx<'_>,
    office: &Office,
    (before, closing): (&RoundView, Closing<'_>),
) -> Result<(), VisitError> {
    may(cx, before.said.unit)?;
    let report = closing.report.trim();
    if report.chars().count() > LONGEST_REPORT {
        return Err(VisitError::Invalid("Laporan paling panjang 4.000 huruf."));
    }
    if !(0..=MOST_OTHERS).contains(&closing.others) {
        return Err(VisitError::Invalid("Tulis jumlah orang lain yang dilayani, 0 sampai 10.000."));
    }
    if before.said.days.0 > office.zone.date(cx.now()) {
        return Err(VisitError::Invalid(
            "Putaran ini belum dimulai. Tutup setelah petugas pulang, atau batalkan.",
        ));
    }
    if on_round::count_of(cx, before.id, VisitResult::Awaited).await? > 0 {
        return Err(VisitError::Invalid("Catat dahulu hasil setiap kunjungan, lalu tutup putaran ini."));
    }
    let change = unchanged(cx, before)
        .set(visit_round::Column::State, RoundState::Done.word())
        .set(visit_round::Column::OthersServed, closing.others)
        .set(visit_round::Column::Report, sealed(cx, report, places::REPORT, before.id)?)
        .set(visit_round::Column::ClosedAt, cx.now());
    saved(change).await?;
    Ok(cx.audit("visit.round_closed", ("visit_round", Some(before.id.0)))?)
}

/// A planned round does not take place. Its visits are taken off by whoever calls.
pub async fn cancel(cx: &mut Cx<'_>, before: &RoundView, why: &str) -> Result<(), VisitError> {
    may(cx, before.said.unit)?;
    let why = why.trim();
    if why.is_empty() || why.chars().count() > 300 {
        return Err(VisitError::Invalid("Tulis alasan pembatalannya, paling panjang 300 huruf."));
    }
    let change = unchanged(cx, before)
        .set(visit_round::Column::State, RoundState::Cancelled.word())
        .set(visit_round::Column::Report, sealed(cx, why, places::REPORT, before.id)?)
        .set(visit_round::Column::ClosedAt, cx.now());
    saved(change).await?;
    Ok(cx.audit("visit.round_cancelled", ("visit_round", Some(before.id.0)))?)
}

/// Keeps a planned round as it was read while somebody is put on it or taken off.
pub async fn hold(cx: &Cx<'_>, before: &RoundView) -> Result<(), VisitError> {
    may(cx, before.said.unit)?;
    saved(unchanged(cx, before)).await
}

fn sealed(cx: &Cx<'_>, text: &str, place: Column, id: VisitRoundId) -> Outcome<Option<Sealed<String>>> {
    let text = text.trim().replace("\r\n", "\n");
    (!text.is_empty()).then(|| cx.seal(&text, place.of(id.0))).transpose()
}

/// Changes a round that is planned and that nobody changed since it was read.
fn unchanged<'t>(cx: &'t Cx<'_>, before: &RoundView) -> Change<'t, visit_round::Entity> {
    let this = Condition::all()
        .add(visit_round::Column::Id.eq(before.id))
        .add(visit_round::Column::State.eq(RoundState::Planned))
        .add(visit_round::Column::Version.eq(before.version));
    cx.tx().change::<visit_round::Entity>(this).set(visit_round::Column::Version, before.version + 1)
}

async fn saved(change: Change<'_, visit_round::Entity>) -> Result<(), VisitError> {
    if change.run().await? == 1 { Ok(()) } else { Err(VisitError::Changed) }
}

async fn check(cx: &Cx<'_>, office: &Office, said: &RoundPlan) -> Result<(), VisitError> {
    may(cx, said.unit)?;
    match said.title.trim().chars().count() {
        0 => return Err(VisitError::Invalid("Tulis tujuannya, misalnya Krayan Induk dan Krayan Barat.")),
        1..=LONGEST_TITLE => {}
        _ => return Err(VisitError::Invalid("Tujuan paling panjang 120 huruf.")),
    }
    if said.plan.trim().chars().count() > LONGEST_PLAN {
        return Err(VisitError::Invalid("Rencana perjalanan paling panjang 1.000 huruf."));
    }
    check_days(said.days, office.zone.date(cx.now()))?;
    match said.unit {
        Some(unit) if tenancy::unit(cx, unit).await?.is_none() => {
            Err(VisitError::Invalid("Pilih unit kantor ini."))
        }
        _ => Ok(()),
    }
}
