//! The plan of one office's year.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use loket_core::{
    format::FormatDefinition,
    kinds::{OutputDelivery, Role},
    standard::{Standard, Variant},
};

use super::{
    arrivals::Ground,
    calendar::{Local, Times, day_of, midnight, plus},
    case::Case,
    desk::{self, Hours, People},
    history::Kind,
    profile::{Incident, OfficeYear, Trouble, YEARS},
};
use crate::{
    demo::offices::{DemoOffice, OFFICES},
    domain::catalogue,
    infra::{Fault, Outcome},
};

/// How many days a year has here.
pub const LENGTH: i64 = 365;
/// So long before closing on the last day nobody looks any more, so that today begins with people who wait, in seconds.
const LEFT: i64 = 150 * 60;
/// Days after the end for which hours are known: nothing that is planned lies further ahead.
const AHEAD: i64 = 200;

/// How much of a year there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Scale {
    /// Nothing but the past days.
    None,
    /// About 33,000 requests, the last 45 days with conversations and photos.
    #[default]
    Small,
    /// The same year thirty times as dense, about a million requests, for work under load; conversations of the last
    /// three days.
    Full,
}

impl Scale {
    /// Every volume times this.
    const fn factor(self) -> u64 {
        match self {
            Self::None => 0,
            Self::Small => 1,
            Self::Full => 30,
        }
    }

    /// How many days before the end have their conversations.
    pub const fn told_days(self) -> i64 {
        match self {
            Self::None => 0,
            Self::Small => 45,
            Self::Full => 3,
        }
    }
}

/// What an office did in a year.
pub struct OfficePlan {
    /// The office, by its place in [`OFFICES`].
    pub place: usize,
    /// Where the year ends: the midnight with which today begins.
    pub until: Local,
    /// From when on requests have their conversations.
    pub told_from: Local,
    /// What went wrong, from the first opening to the last closing.
    pub incidents: Vec<(Incident, (Local, Local))>,
    /// Its requests in the order in which they were opened.
    pub cases: Vec<Case>,
    /// Its services, in order, as shipped.
    pub services: Vec<Standard>,
    /// The lines that its citizens typed all year; none where they wrote in their own words.
    pub lines: Vec<FormatDefinition>,
}

impl OfficePlan {
    /// The office.
    pub fn office(&self) -> &'static DemoOffice {
        OFFICES.get(self.place).unwrap_or(&OFFICES[0])
    }

    /// What a request is of.
    pub fn kind(&self, case: &Case) -> Kind {
        let service = self.services.get(case.arrival.service);
        let variant = service.and_then(|service| service.variants.get(case.variant));
        Kind {
            papers: variant.map_or(0, |variant| variant.papers.iter().filter(|paper| paper.required).count()),
            delivery: service.map_or(OutputDelivery::Status, |service| service.delivery),
            formats: self.office().typed_all_year,
        }
    }
}

/// Plans the year of an office that ends when `today` begins.
pub fn plan(place: usize, (today, days): (NaiveDate, i64), scale: Scale) -> Outcome<OfficePlan> {
    let missing = Fault::Inconsistent("an office of the demonstration");
    let (office, year) = OFFICES.get(place).zip(YEARS.get(place)).ok_or(missing)?;
    let entries = year.services.iter().map(|one| catalogue::entry(one.code));
    let entries = entries.collect::<Outcome<Vec<_>>>()?.into_iter().flatten();
    let services: Vec<Standard> = entries.map(|entry| entry.answered(&BTreeMap::new())).collect();
    let from = plus(today, -days);
    let hours = hours(year, (from, today));
    let typed = office.typed_all_year;
    let ground = Ground { place, year, formats: typed, desk: &hours.desk, factor: scale.factor() };
    let lines = if typed { office.formats() } else { Vec::new() };
    let kinds: Vec<_> = services
        .iter()
        .map(|service| (service.delivery, asked_for(service, &lines), people(office, &service.code)))
        .collect();
    let desk = desk::Office { year, hours: &hours, services: &kinds, formats: typed };
    let until = midnight(today);
    let cases = desk.work(ground.arrivals((from, today)), (midnight(from), until));
    let told_from = midnight(plus(today, -scale.told_days()));
    let incidents = incidents(year, (from, today));
    Ok(OfficePlan { place, until, told_from, incidents, cases, services, lines })
}

/// How many of a service's variants people ask for, from the first: where the office publishes a line that names them,
/// those that the line knows.
fn asked_for(service: &Standard, formats: &[FormatDefinition]) -> usize {
    let line = formats.iter().find(|format| format.keyword == service.code);
    let Some(choice) = line.and_then(FormatDefinition::variant_choice) else {
        return service.variants.len();
    };
    let known = |one: &&Variant| {
        choice.options.iter().any(|option| choice.option_names(option, (&one.code, &one.name)))
    };
    service.variants.iter().take_while(known).count()
}

/// What went wrong in a span of days, oldest first: from its first opening to its last closing.
fn incidents(year: &OfficeYear, (from, today): (NaiveDate, NaiveDate)) -> Vec<(Incident, (Local, Local))> {
    let whole = Times::of(year.hours, (plus(from, -190), plus(today, AHEAD)));
    let hours = |(first, after): (Local, Local)| {
        let opens = whole.from(first)?;
        let closes = whole.on(day_of(after - 1)).last()?.1;
        (day_of(first) >= from).then_some((opens, closes))
    };
    let span = |one: &Incident| Some((*one, hours(days_of(one, (today, &whole))?)?));
    let mut all: Vec<_> = year.incidents.iter().filter_map(span).collect();
    all.sort_by_key(|(_, (opens, _))| *opens);
    all
}

/// Hours of work, without what went wrong.
fn hours(year: &OfficeYear, (from, today): (NaiveDate, NaiveDate)) -> Hours {
    // A semester before the first day: what comes is divided over whole semesters.
    let whole = Times::of(year.hours, (plus(from, -190), plus(today, AHEAD)));
    let gone = |what: Trouble| -> Vec<(Local, Local)> {
        let ours = year.incidents.iter().filter(|incident| incident.what == what);
        ours.filter_map(|incident| days_of(incident, (today, &whole))).collect()
    };
    let desk = whole.without(&gone(Trouble::Closed));
    let making = desk.without(&gone(Trouble::Siak));
    let cards = making.without(&gone(Trouble::NoCards));
    let last = desk.day_until(plus(today, -1)).and_then(|day| desk.on(day).last().copied());
    let left: Vec<(Local, Local)> = last.map(|(_, closing)| (closing - LEFT, closing)).into_iter().collect();
    Hours { looking: desk.without(&left), desk, making, cards }
}

/// From the first morning of an incident to the midnight after its last day.
fn days_of(incident: &Incident, (today, whole): (NaiveDate, &Times)) -> Option<(Local, Local)> {
    let first = whole.day_from(plus(today, -incident.back))?;
    let mut last = first;
    for _ in 1..incident.days {
        last = whole.day_from(plus(last, 1))?;
    }
    (last < today).then(|| (midnight(first), midnight(plus(last, 1))))
}

/// Who has a service: its operators, and where there is only one for everything, the supervisor helps.
fn people(office: &DemoOffice, code: &str) -> People {
    let mut people: People = Vec::new();
    for (place, person) in office.people.iter().enumerate() {
        match person.role {
            Role::Operator if person.services.is_empty() => people.push((place, 6)),
            Role::Operator if person.services.contains(&code) => people.push((place, 1)),
            _ => {}
        }
    }
    let alone = office.people.iter().filter(|person| person.role == Role::Operator).count() == 1;
    let supervisor = office.people.iter().position(|person| person.role == Role::Supervisor);
    people.extend(supervisor.filter(|_| alone).map(|place| (place, 3)));
    people
}
