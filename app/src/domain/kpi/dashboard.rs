//! Everything the head's page shows, from one filter.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use loket_core::{
    id::ServiceId,
    kpi::{AgeBand, Period, Preset, Tally},
    request::PaperReason,
};

use super::{
    backlog::{Backlog, backlog},
    causes::{causes, origins},
    counted::counted,
    course::{Course, split},
    filter::Filter,
    live::{self, Which},
};
use crate::{
    domain::tenancy::Office,
    infra::{Cx, Outcome},
};

/// A course shorter than this says little.
const LEAST_DAYS: u64 = 14;

/// The figures of an office.
#[derive(Debug, Clone)]
pub struct Dashboard {
    /// What happened today.
    pub today: Tally,
    /// What happened in the period.
    pub period: Tally,
    /// What happened in the days it is compared with.
    pub before: Tally,
    /// Day by day: the period, or the two weeks that end with it when it is shorter.
    pub days: Vec<(NaiveDate, Tally)>,
    /// What was open at the end of each of these days.
    pub open_days: Vec<u64>,
    /// What is open now.
    pub open: u64,
    /// What of it nobody has taken.
    pub untaken: u64,
    /// What was open when the period began.
    pub open_before: u64,
    /// What is open now by age, the youngest first.
    pub ages: Vec<(AgeBand, u64)>,
    /// The services in which something happened or is open.
    pub services: Vec<ServiceLine>,
    /// Arrivals of the period by kecamatan (its code, if known) and service.
    pub origins: BTreeMap<(Option<String>, ServiceId), u64>,
    /// Rejected papers of the period by reason.
    pub causes: BTreeMap<PaperReason, u64>,
}

/// One service.
#[derive(Debug, Clone)]
pub struct ServiceLine {
    /// The service.
    pub service: ServiceId,
    /// What happened in the period.
    pub period: Tally,
    /// What is open now.
    pub open: u64,
}

/// Reads the figures of an office that whoever asks may see. What is read follows the period, what is open and what
/// happened today; of the days after an old period only sums are.
pub async fn dashboard(cx: &Cx<'_>, office: &Office, filter: &Filter) -> Outcome<Dashboard> {
    let (zone, period) = (office.zone, filter.period);
    let today = zone.date(cx.now());
    let shown = period.at_least(LEAST_DAYS);
    let from = period.before().from().min(shown.from());
    let all = split(cx, zone, (from, today)).await?;
    let lately = live::happened(cx, &Which::visible(cx, filter), &all.live()).await?;
    let facts = counted(cx, (filter, &all), (from, today)).await?;
    let mut course = facts.course.clone();
    course.add(zone, &lately);
    let chosen = all.within(period.from(), period.to());
    let backlog = backlog(cx, filter).await?;
    let open_days = ends(&course, shown, (backlog.open(), facts.growth));
    let open_before = period.from().pred_opt().and_then(|day| open_days.get(&day)).copied();
    Ok(Dashboard {
        today: course.over(Period::named(Preset::Today, today)),
        period: course.over(period),
        before: course.over(period.before()),
        days: shown.days().map(|day| (day, course.on(day))).collect(),
        open_days: shown.days().filter_map(|day| open_days.get(&day).copied()).collect(),
        open: backlog.open(),
        untaken: backlog.untaken,
        open_before: open_before.unwrap_or(0),
        services: services(&course, period, &backlog),
        origins: origins(&chosen, &lately, &facts.origins),
        causes: causes(cx, (filter, &chosen), &facts.causes).await?,
        ages: backlog.ages,
    })
}

/// What was open at the end of each day of a period and of the day before it: what is open now, less by what it has
/// grown since. `since` is the growth on later days that the course does not know.
fn ends(course: &Course, shown: Period, (now, since): (u64, i64)) -> BTreeMap<NaiveDate, u64> {
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let mut open = now - since - course.growth_after(shown.to());
    let mut ends = BTreeMap::new();
    let mut days: Vec<NaiveDate> = shown.days().collect();
    days.reverse();
    for day in days {
        ends.insert(day, u64::try_from(open).unwrap_or(0));
        open -= course.growth_on(day);
        ends.entry(day.pred_opt().unwrap_or(day)).or_insert(u64::try_from(open).unwrap_or(0));
    }
    ends
}

fn services(course: &Course, period: Period, backlog: &Backlog) -> Vec<ServiceLine> {
    let mut tallies = course.by_service(period);
    for (service, _) in &backlog.services {
        tallies.entry(*service).or_default();
    }
    let open: BTreeMap<ServiceId, u64> = backlog.services.iter().copied().collect();
    tallies
        .into_iter()
        .map(|(service, period)| ServiceLine {
            open: open.get(&service).copied().unwrap_or(0),
            service,
            period,
        })
        .collect()
}
