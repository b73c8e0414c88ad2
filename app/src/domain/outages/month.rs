//! A month of the ledger: how much of the office's hours each system worked, and what stopped clocks.

use chrono::NaiveDate;
use loket_core::{
    calendar::{HoursKind, Pause},
    outage::{Approval, Availability, OutageKind},
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
pub async fn month(cx: &Cx<'_>, office: &Office, (first, after): (NaiveDate, NaiveDate)) -> Outcome<Month> {
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
    let entries = views(cx, rows).await?;
    let timetable = calendars::held(cx, None, from.max(cx.now().min(until))).await?.timetable;
    let calendar = timetable.calendar(HoursKind::Office, office.zone, calendars::holidays());
    let line = |kind: OutageKind| {
        let out: Vec<Pause> = entries
            .iter()
            .filter(|one| one.kind == kind && one.times.approval != Approval::Refused)
            .map(|one| one.times.out())
            .collect();
        let availability = Availability::of(&calendar, (from, until), &out);
        SystemLine { kind, times: out.len(), availability }
    };
    let shown = |line: &SystemLine| line.times > 0 || STANDING.contains(&line.kind);
    let systems = OutageKind::ALL.iter().map(|kind| line(*kind)).filter(shown).collect();
    Ok(Month { systems, entries })
}

/// The systems that are listed also in a month in which they worked throughout.
const STANDING: [OutageKind; 4] =
    [OutageKind::Siak, OutageKind::Network, OutageKind::Power, OutageKind::Signing];
