//! What happened day by day: facts for the days that are counted, a look at the requests for the others.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use loket_core::{
    clock::Instant,
    id::ServiceId,
    kpi::{Happened, Period, Tally},
    zone::OfficeZone,
};
use loket_entity::{fact_case, fact_day};
use sea_orm::{ColumnTrait, Condition};

use super::{
    filter::Filter,
    live::Event,
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

    /// By how many requests the backlog grew on a day.
    pub(super) fn growth_on(&self, day: NaiveDate) -> i64 {
        self.0.get(&day).into_iter().flat_map(BTreeMap::values).map(Tally::growth).sum()
    }

    /// By how many requests it grew after a day, as far as this knows.
    pub(super) fn growth_after(&self, day: NaiveDate) -> i64 {
        self.0.range(after(day)..).flat_map(|(_, services)| services.values()).map(Tally::growth).sum()
    }

    /// Counts what was looked up as well.
    pub(super) fn add(&mut self, zone: OfficeZone, lately: &[Event<Happened>]) {
        for event in lately {
            self.at(zone.date(event.at), event.place.service_id).count(event.what);
        }
    }

    /// Every tally.
    pub(super) fn tallies(&self) -> impl Iterator<Item = &Tally> {
        self.0.values().flat_map(BTreeMap::values)
    }

    fn at(&mut self, day: NaiveDate, service: ServiceId) -> &mut Tally {
        self.0.entry(day).or_default().entry(service).or_default()
    }
}

/// Which days are read from facts, and which are looked up.
pub(super) struct Split {
    /// The days between which facts are read.
    pub(super) counted: Option<(NaiveDate, NaiveDate)>,
    /// Those of them whose facts are no longer so.
    stale: BTreeSet<NaiveDate>,
    /// What is looked up.
    looked_up: BTreeSet<NaiveDate>,
    /// The turn in which facts were counted last.
    turn: i64,
    zone: OfficeZone,
}

impl Split {
    /// What tells its facts from all others, earlier and later ones; nothing where no fact is read.
    pub(super) fn key(&self) -> Option<String> {
        let (from, to) = self.counted?;
        Some(format!("{} {from} {to} {:?}", self.turn, self.stale))
    }

    /// What is looked up, as spans of time.
    pub(super) fn live(&self) -> Vec<Span> {
        spans(self.looked_up.iter().copied(), self.zone)
    }

    /// Whether a moment's day is looked up.
    pub(super) fn looks_up(&self, at: Instant) -> bool {
        self.looked_up.contains(&self.zone.date(at))
    }

    /// The same for some of the days.
    pub(super) fn within(&self, from: NaiveDate, to: NaiveDate) -> Self {
        let inside = |all: &BTreeSet<NaiveDate>| {
            all.iter().copied().filter(|day| from <= *day && *day <= to).collect()
        };
        let counted = self.counted.map(|(first, last)| (first.max(from), last.min(to)));
        Self {
            counted: counted.filter(|(first, last)| first <= last),
            stale: inside(&self.stale),
            looked_up: inside(&self.looked_up),
            turn: self.turn,
            zone: self.zone,
        }
    }

    /// The facts to be read, by their day.
    pub(super) fn on<C: ColumnTrait>(&self, day: C, (from, to): (NaiveDate, NaiveDate)) -> Condition {
        let mut all = Condition::all().add(day.gte(from)).add(day.lte(to));
        if !self.stale.is_empty() {
            all = all.add(day.is_not_in(self.stale.iter().copied()));
        }
        all
    }
}

/// Divides the days from one to another.
pub(super) async fn split(
    cx: &Cx<'_>,
    zone: OfficeZone,
    (from, to): (NaiveDate, NaiveDate),
) -> Outcome<Split> {
    let (through, turn) =
        store::office(cx).await?.map_or((None, 0), |office| (office.built_through, office.turn));
    // Today is never over, whatever a clock that ran ahead once made of it.
    let yesterday = zone.date(cx.now()).pred_opt().unwrap_or_default();
    let Some(last) = through.map(|day| day.min(to).min(yesterday)).filter(|day| *day >= from) else {
        return Ok(Split {
            counted: None,
            stale: BTreeSet::new(),
            looked_up: days(from, to).collect(),
            turn,
            zone,
        });
    };
    let stale = store::stale(cx, (zone.midnight(from), zone.midnight(after(last)))).await?;
    let stale = store::days(&stale, zone);
    let looked_up = stale.iter().copied().chain(days(after(last), to)).collect();
    Ok(Split { counted: Some((from, last)), stale, looked_up, turn, zone })
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
        let (from, until) = (zone.midnight(day), zone.midnight(after(day)));
        match all.last_mut() {
            Some(last) if last.1 == from => last.1 = until,
            _ => all.push((from, until)),
        }
    }
    all
}

/// Which facts say what is asked: by service and day where that is fine enough.
enum Facts {
    ByService(Condition),
    ByCase(Condition),
}

fn facts(cx: &Cx<'_>, filter: &Filter, split: &Split) -> Option<Facts> {
    let counted = split.counted?;
    Some(match select::by_service_alone(cx, filter) {
        Some(which) => Facts::ByService(which.add(split.on(fact_day::Column::Day, counted))),
        None => {
            let which = select::CASES.visible(cx, filter);
            Facts::ByCase(which.add(split.on(fact_case::Column::Day, counted)))
        }
    })
}

/// What facts say happened on the counted days of a split, within a filter (its period aside) and what whoever asks
/// may see.
pub(super) async fn counted(cx: &Cx<'_>, filter: &Filter, split: &Split) -> Outcome<Course> {
    let counted = match facts(cx, filter, split) {
        Some(Facts::ByService(which)) => store::by_service(cx, which).await?,
        Some(Facts::ByCase(which)) => store::by_case(cx, which).await?,
        None => Vec::new(),
    };
    let mut course = Course::default();
    for fact in &counted {
        course.at(fact.day, fact.service_id).merge(&fact.tally()?);
    }
    Ok(course)
}

/// By how many requests the backlog grew on the counted days of a split: added up by the database.
pub(super) async fn growth(cx: &Cx<'_>, filter: &Filter, split: &Split) -> Outcome<i64> {
    match facts(cx, filter, split) {
        Some(Facts::ByService(which)) => store::growth_by_service(cx, which).await,
        Some(Facts::ByCase(which)) => store::growth_by_case(cx, which).await,
        None => Ok(0),
    }
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
