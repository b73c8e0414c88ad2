//! A month of the ledger: how much of the office's hours each system worked, and what stopped clocks.

use chrono::{NaiveDate, TimeDelta};
use loket_core::{
    calendar::{HoursKind, Pause},
    outage::{Approval, Availability, OutageKind, Provider},
};
use loket_entity::outage;
use sea_orm::{ColumnTrait, Condition};

use super::read::{OutageView, views};
use crate::{
    domain::{calendars, tenancy::Office},
    infra::{Cx, Fault, Outcome},
};

/// More entries than a month has.
const MOST: u64 = 2_000;

/// A month.
#[derive(Debug, Clone)]
pub struct Month {
    /// Each system that was expected to work.
    pub systems: Vec<SystemLine>,
    /// What was out in it, oldest first; what was refused as well.
    pub entries: Vec<OutageView>,
}

/// A system in a month.
#[derive(Debug, Clone, Copy)]
pub struct SystemLine {
    /// Which.
    pub kind: OutageKind,
    /// How often it was out.
    pub times: usize,
    /// How much of the office's hours it worked.
    pub availability: Availability,
}

/// A month of an office, from its first day; what has not passed yet is not counted.
pub async fn month(cx: &Cx<'_>, office: &Office, days: (NaiveDate, NaiveDate)) -> Outcome<Month> {
    counted(cx, office, days, |_| true).await
}

async fn counted(
    cx: &Cx<'_>,
    office: &Office,
    (first, after): (NaiveDate, NaiveDate),
    kept: impl Fn(&OutageView) -> bool,
) -> Outcome<Month> {
    let (from, until) = (office.zone.midnight(first), office.zone.midnight(after).min(cx.now()));
    let within = Condition::all()
        .add(outage::Column::StartedAt.lt(until))
        .add(Condition::any().add(outage::Column::EndedAt.is_null()).add(outage::Column::EndedAt.gt(from)));
    let rows = cx
        .tx()
        .find::<outage::Entity>()
        .filter(within)
        .ascending(outage::Column::StartedAt)
        .up_to(MOST + 1)
        .await?;
    if rows.len() as u64 > MOST {
        return Err(Fault::TooMuch("outages of a month"));
    }
    let mut entries = views(cx, rows).await?;
    entries.retain(kept);
    // The edition that held when the counted part of the month ended.
    let last = until.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(until).max(from);
    let timetable = calendars::held(cx, None, last).await?.timetable;
    let calendar = timetable.calendar(HoursKind::Office, office.zone, calendars::holidays());
    let systems = OutageKind::ALL.iter().map(|kind| {
        let of_kind = entries.iter().filter(|one| one.kind == *kind);
        let out: Vec<Pause> = of_kind
            .filter(|one| one.times.approval != Approval::Refused)
            .map(|one| one.times.out())
            .collect();
        SystemLine {
            kind: *kind,
            times: out.len(),
            availability: Availability::of(&calendar, (from, until), &out),
        }
    });
    let shown = |line: &SystemLine| line.times > 0 || STANDING.contains(&line.kind);
    Ok(Month { systems: systems.filter(shown).collect(), entries })
}

/// What is written to one who answers for a system: their entries of a month that somebody else approved.
pub async fn of_provider(
    cx: &Cx<'_>,
    office: &Office,
    (provider, days): (Provider, (NaiveDate, NaiveDate)),
) -> Outcome<Month> {
    let theirs = |one: &OutageView| one.provider == provider && is_written(one);
    counted(cx, office, days, theirs).await
}

/// Whether an entry may be written to whoever answers for it.
pub fn is_written(one: &OutageView) -> bool {
    one.times.approval == Approval::Approved && one.provider != Provider::Office
}

/// The systems that are listed also in a month in which they worked throughout.
const STANDING: [OutageKind; 4] =
    [OutageKind::Siak, OutageKind::Network, OutageKind::Power, OutageKind::Signing];
