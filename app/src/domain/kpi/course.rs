//! What happened day by day: facts for the days that are counted, a look at the requests for the others.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use loket_core::{
    id::ServiceId,
    kpi::{Period, Tally, midnight},
    permission::{Permission, Reach},
    zone::OfficeZone,
};

use super::{
    filter::Filter,
    live,
    select::{self, Span},
    store,
};
use crate::infra::{Cx, Outcome};

/// Tallies by day and service. A day or service without a tally had nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course(BTreeMap<NaiveDate, BTreeMap<ServiceId, Tally>>);

impl Course {
    /// Everything on a day.
    pub fn on(&self, day: NaiveDate) -> Tally {
        self.0.get(&day).into_iter().flat_map(BTreeMap::values).collect()
    }

    /// Everything in a period.
    pub fn over(&self, period: Period) -> Tally {
        self.0.range(period.from()..=period.to()).flat_map(|(_, day)| day.values()).collect()
    }

    /// A period, service by service.
    pub fn by_service(&self, period: Period) -> BTreeMap<ServiceId, Tally> {
        let mut all: BTreeMap<ServiceId, Tally> = BTreeMap::new();
        for (service, tally) in self.0.range(period.from()..=period.to()).flat_map(|(_, day)| day) {
            all.entry(*service).or_default().merge(tally);
        }
        all
    }

    pub(super) fn at(&mut self, day: NaiveDate, service: ServiceId) -> &mut Tally {
        self.0.entry(day).or_default().entry(service).or_default()
    }
}

/// Which days are read from facts, and which are looked up.
pub(super) struct Split {
    /// The days between which facts are read.
    pub(super) counted: Option<(NaiveDate, NaiveDate)>,
    /// Those of them whose facts are no longer so.
    pub(super) stale: BTreeSet<NaiveDate>,
    /// What is looked up.
    pub(super) live: Vec<Span>,
}

/// Divides the days from one to another.
pub(super) async fn split(
    cx: &Cx<'_>,
    zone: OfficeZone,
    (from, to): (NaiveDate, NaiveDate),
) -> Outcome<Split> {
    let through = store::office(cx).await?.and_then(|office| office.built_through);
    // Today is never over, whatever a clock that ran ahead once made of it.
    let yesterday = zone.date(cx.now()).pred_opt().unwrap_or_default();
    let Some(last) = through.map(|day| day.min(to).min(yesterday)).filter(|day| *day >= from) else {
        return Ok(Split { counted: None, stale: BTreeSet::new(), live: spans(days(from, to), zone) });
    };
    let stale = store::stale(cx, (midnight(from, zone), midnight(after(last), zone))).await?;
    let stale = store::days(&stale, zone);
    let looked_up: Vec<NaiveDate> = stale.iter().copied().chain(days(after(last), to)).collect();
    Ok(Split { counted: Some((from, last)), live: spans(looked_up, zone), stale })
}

/// The days from one to another, both included.
pub(super) fn days(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().take_while(move |day| *day <= to)
}

/// The day after.
pub(super) fn after(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// Days as spans of time, neighbours in one.
pub(super) fn spans(days: impl IntoIterator<Item = NaiveDate>, zone: OfficeZone) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    for day in days {
        let (from, until) = (midnight(day, zone), midnight(after(day), zone));
        match all.last_mut() {
            Some(last) if last.1 == from => last.1 = until,
            _ => all.push((from, until)),
        }
    }
    all
}

/// What happened from one day to another, within a filter (its period aside) and what whoever asks may see.
pub(super) async fn course(
    cx: &Cx<'_>,
    zone: OfficeZone,
    (filter, split): (&Filter, &Split),
) -> Outcome<Course> {
    let mut course = Course::default();
    let whole = cx.reach(Permission::ReadFigures) == Reach::Everything;
    if let Some(counted) = split.counted {
        let facts = if whole && filter.is_coarse() {
            store::by_service(cx, filter.service, counted).await?
        } else {
            store::by_case(cx, select::CASES.visible(cx, filter), counted).await?
        };
        for fact in facts.iter().filter(|fact| !split.stale.contains(&fact.day)) {
            course.at(fact.day, fact.service_id).merge(&fact.tally()?);
        }
    }
    for event in live::happened(cx, &select::REQUESTS.visible(cx, filter), &split.live).await? {
        course.at(zone.date(event.at), event.place.service_id).count(event.what);
    }
    Ok(course)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_days_are_one_span() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let all = spans([day("2026-11-01"), day("2026-11-02"), day("2026-11-05")], OfficeZone::Wib);
        let ends: Vec<_> = all.iter().map(|(from, until)| (*until - *from).num_days()).collect();
        assert_eq!(ends, [2, 1]);
    }
}
