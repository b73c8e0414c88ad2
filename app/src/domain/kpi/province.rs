//! A province's offices side by side, from facts alone: no row of an office is read here.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use loket_core::{
    clock::Instant,
    id::OfficeId,
    kpi::{OfficeSigns, OnTime, Tally},
};
use loket_entity::{fact_day, fact_office};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use super::store::{histogram, number};
use crate::infra::{Fault, Outcome, PlatformTx};

/// How many days offices are compared by, today among them.
pub const STRETCH: u64 = 30;
/// More than the facts of the largest province in a month.
const MOST_FACTS: u64 = 200_000;

/// What a province sees of an office.
#[derive(Debug, Clone, Default)]
pub struct OfficeFigures {
    /// What happened in the last days.
    pub period: Tally,
    /// How many requests came in on each of them, oldest first.
    pub arrivals: Vec<u64>,
    /// What is open.
    pub open: u64,
    /// What of it nobody has taken.
    pub untaken: u64,
    /// Since when the oldest of that waits.
    pub oldest_untaken: Option<Instant>,
    /// When a citizen last wrote.
    pub last_message: Option<Instant>,
    /// When this was counted; nothing when it never was.
    pub counted: Option<Instant>,
}

impl OfficeFigures {
    /// What tells whether it needs help.
    pub fn signs(&self) -> OfficeSigns {
        OfficeSigns {
            open: self.open,
            closed: self.period.closed(),
            oldest_untaken: self.oldest_untaken,
            last_message: self.last_message,
            response: self.period.response.quantile(0.5),
            responses: self.period.response.total(),
            counted: self.counted,
        }
    }
}

/// The figures of some offices: two queries, whatever their number. `today` is the province's.
pub async fn province(
    tx: &PlatformTx<'_>,
    offices: &[OfficeId],
    today: NaiveDate,
) -> Outcome<BTreeMap<OfficeId, OfficeFigures>> {
    let from = today.checked_sub_days(Days::new(STRETCH - 1)).unwrap_or(today);
    let mut all: BTreeMap<OfficeId, OfficeFigures> = BTreeMap::new();
    for id in offices {
        all.entry(*id).or_default().arrivals = vec![0; usize::try_from(STRETCH).unwrap_or_default()];
    }
    for state in states(tx, offices).await? {
        let office = all.entry(state.tenant_id).or_default();
        office.open = number(state.open);
        office.untaken = number(state.untaken);
        office.oldest_untaken = state.oldest_untaken_at;
        office.last_message = state.last_message_at;
        office.counted = Some(state.counted_at);
    }
    for fact in facts(tx, offices, (from, today)).await? {
        let office = all.entry(fact.tenant_id).or_default();
        let place = usize::try_from((fact.day - from).num_days()).unwrap_or_default();
        if let Some(arrivals) = office.arrivals.get_mut(place) {
            *arrivals += number(fact.arrived);
        }
        office.period.merge(&tally(&fact)?);
    }
    Ok(all)
}

fn tally(fact: &fact_day::Model) -> Outcome<Tally> {
    Ok(Tally {
        arrived: number(fact.arrived),
        finished: number(fact.finished),
        rejected: number(fact.rejected),
        cancelled: number(fact.cancelled),
        first_right: number(fact.first_right),
        ended: number(fact.ended),
        reopened: number(fact.reopened),
        on_time: OnTime { kept: number(fact.in_time), missed: number(fact.late) },
        promises: OnTime { kept: number(fact.kept), missed: number(fact.missed) },
        answers: OnTime { kept: number(fact.answered_in_time), missed: number(fact.answered_late) },
        response: histogram(&fact.response)?,
        settlement: histogram(&fact.settlement)?,
    })
}

async fn states(tx: &PlatformTx<'_>, offices: &[OfficeId]) -> Outcome<Vec<fact_office::Model>> {
    let of = fact_office::Column::TenantId.is_in(offices.iter().copied());
    Ok(tx.find::<fact_office::Entity>().filter(of).all(tx.on()).await?)
}

async fn facts(
    tx: &PlatformTx<'_>,
    offices: &[OfficeId],
    (from, to): (NaiveDate, NaiveDate),
) -> Outcome<Vec<fact_day::Model>> {
    let rows = tx
        .find::<fact_day::Entity>()
        .filter(fact_day::Column::TenantId.is_in(offices.iter().copied()))
        .filter(fact_day::Column::Day.gte(from))
        .filter(fact_day::Column::Day.lte(to))
        .limit(MOST_FACTS + 1)
        .all(tx.on())
        .await?;
    if rows.len() as u64 > MOST_FACTS { Err(Fault::TooMuch("facts of a province")) } else { Ok(rows) }
}
