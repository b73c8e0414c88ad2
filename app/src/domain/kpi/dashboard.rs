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
    course::{Course, course, split},
    filter::Filter,
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

/// Reads the figures of an office that whoever asks may see.
pub async fn dashboard(cx: &Cx<'_>, office: &Office, filter: &Filter) -> Outcome<Dashboard> {
    let (zone, period) = (office.zone, filter.period);
    let today = zone.date(cx.now());
    let shown = period.at_least(LEAST_DAYS);
    let from = period.before().from().min(shown.from());
    let all = split(cx, zone, (from, today)).await?;
    let course = course(cx, zone, (filter, &all)).await?;
    let chosen = split(cx, zone, (period.from(), period.to())).await?;
    let backlog = backlog(cx, filter).await?;
    let open_at = OpenAt { course: &course, today, now: backlog.open() };
    Ok(Dashboard {
        today: course.over(Period::named(Preset::Today, today)),
        period: course.over(period),
        before: course.over(period.before()),
        days: shown.days().map(|day| (day, course.on(day))).collect(),
        open_days: shown.days().map(|day| open_at.end_of(day)).collect(),
        open: backlog.open(),
        untaken: backlog.untaken,
        open_before: period.from().pred_opt().map_or(0, |day| open_at.end_of(day)),
        services: services(&course, period, &backlog),
        origins: origins(cx, (filter, &chosen)).await?,
        causes: causes(cx, (filter, &chosen)).await?,
        ages: backlog.ages,
    })
}

/// What was open at the end of a day: what is open now, less what came since, and with what was closed since.
struct OpenAt<'c> {
    course: &'c Course,
    today: NaiveDate,
    now: u64,
}

impl OpenAt<'_> {
    fn end_of(&self, day: NaiveDate) -> u64 {
        let since = day.iter_days().skip(1).take_while(|later| *later <= self.today);
        let since: Vec<Tally> = since.map(|later| self.course.on(later)).collect();
        let since: Tally = since.iter().collect();
        (self.now + since.closed()).saturating_sub(since.arrived)
    }
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
