//! What the facts say about a question. Only a turn of counting changes them, so they are read once for each turn, and
//! however much an office has behind it, looking again costs only what is looked up.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use loket_core::{id::ServiceId, kpi::Tally, permission::Permission, request::PaperReason};

use super::{
    causes,
    course::{self, Course, Split, after},
    filter::Filter,
};
use crate::infra::{Cx, Outcome, memory::Remembered};

/// Arrivals by kecamatan (its code, if known) and service.
pub(super) type Origins = BTreeMap<(Option<String>, ServiceId), u64>;
/// Rejected papers by reason.
pub(super) type Causes = BTreeMap<PaperReason, u64>;

/// What facts say about a filter.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// Day by day, from the first day asked for to the end of the period.
    pub(super) course: Course,
    /// By how many requests the backlog grew after the period.
    pub(super) growth: i64,
    /// Where the period's requests came from.
    pub(super) origins: Origins,
    /// Why the period's papers were rejected.
    pub(super) causes: Causes,
}

impl Remembered for Counted {
    fn bytes(&self) -> usize {
        let tallies: usize = self.course.tallies().map(weight).sum();
        tallies + 128 * (self.origins.len() + self.causes.len())
    }
}

fn weight(tally: &Tally) -> usize {
    size_of::<Tally>() + 64 + tally.response.bytes() + tally.settlement.bytes()
}

/// What the counted days of a split say, from its first day to today.
pub(super) async fn counted(
    cx: &Cx<'_>,
    (filter, split): (&Filter, &Split),
    (from, today): (NaiveDate, NaiveDate),
) -> Outcome<Arc<Counted>> {
    let Some(key) = split.key() else { return Ok(Arc::default()) };
    // Everything the answer depends on: what is counted, what is asked, and what whoever asks may see.
    let key = format!("{key} {from} {today} {filter:?} {:?}", cx.reach(Permission::ReadFigures));
    if let Some(known) = cx.recall(&key) {
        return Ok(known);
    }
    let period = filter.period;
    let chosen = split.within(period.from(), period.to());
    let found = Counted {
        course: course::counted(cx, filter, &split.within(from, period.to())).await?,
        growth: course::growth(cx, filter, &split.within(after(period.to()), today)).await?,
        origins: causes::counted_origins(cx, filter, &chosen).await?,
        causes: causes::counted(cx, filter, &chosen).await?,
    };
    Ok(cx.keep(key, found))
}
