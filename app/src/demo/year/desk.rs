//! What officers do, one thing after the other: so that answers and products take longer when many come at once, when
//! the office was closed, SIAK was down or cards were out, and less when it is quiet.
//!
//! Each officer has two rows: those who wrote and wait for a look, and what is to be made. The next in a row is who has
//! waited longest. How long an officer needs follows from what comes in a semester, so that about seven tenths of the
//! time are used; behind a long row they hurry.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use loket_core::{kinds::OutputDelivery, request::Channel};

use super::{
    arrivals::{Arrival, Semester},
    calendar::{Local, Times, day_of},
    case::{Case, Fate, answers_at, collected_at},
    profile::OfficeYear,
};
use crate::demo::lots::Lots;

/// How much of their time officers are busy.
const BUSY: f64 = 0.72;
/// Who waits longer than this is hurried for, in seconds.
const LONG: i64 = 40 * 3_600;
/// How much faster that is.
const HURRY: f64 = 0.55;
/// When a citizen's silence ends a request, and a card that nobody collects.
const SILENCE: i64 = 14 * 86_400;
const UNCOLLECTED: i64 = 60 * 86_400;
/// A product in this share is stuck somewhere for weeks.
const STUCK: f64 = 0.006;

/// When an office can do what.
pub struct Hours {
    /// Officers are there.
    pub desk: Times,
    /// They look at what was written.
    pub looking: Times,
    /// SIAK is there too.
    pub making: Times,
    /// And there are cards.
    pub cards: Times,
}

/// Who may have a service: the person's place and their weight.
pub type People = Vec<(usize, u32)>;

/// What an office knows when its year begins.
pub struct Office<'a> {
    /// Its profile.
    pub year: &'a OfficeYear,
    /// When what can be done.
    pub hours: &'a Hours,
    /// Per service: how its product is delivered, how many variants there are, and who has it.
    pub services: &'a [(OutputDelivery, usize, People)],
    /// Whether it reads format lines.
    pub formats: bool,
}

/// How long each officer needs for one in each semester, in seconds of work.
type Pace = BTreeMap<(usize, Semester), f64>;

impl Office<'_> {
    /// The year, from its arrivals to what became of each by `until`.
    pub fn work(&self, arrivals: Vec<Arrival>, (from, until): (Local, Local)) -> Vec<Case> {
        let begun = arrivals.into_iter().map(|arrival| self.begin(arrival));
        let (mut cases, mut lots): (Vec<Case>, Vec<Lots>) = begun.unzip();
        let desks: std::collections::BTreeSet<usize> = cases.iter().map(|case| case.desk).collect();
        let look = |case: &Case| if is_written(case) { 1.0 + self.year.asked } else { 0.0 };
        let looking = self.pace((&cases, look), (from, until), self.year.longest);
        let making = self.pace((&cases, |_: &Case| 1.0), (from, until), self.year.longest * 0.5);
        for desk in desks {
            self.look(&mut cases, &mut lots, (desk, &looking));
            self.make(&mut cases, &mut lots, (desk, &making));
        }
        for case in &mut cases {
            case.cut(until);
        }
        cases
    }

    /// So that officers are busy for their part of what is left of a semester between `from` and `until`.
    fn pace(
        &self,
        (cases, weight): (&[Case], impl Fn(&Case) -> f64),
        (from, until): (Local, Local),
        longest: f64,
    ) -> Pace {
        let mut sums = Pace::new();
        for case in cases {
            *sums.entry(row(case.desk, case.arrival.opened)).or_default() += weight(case);
        }
        for ((_, semester), sum) in &mut sums {
            let (first, end) = semester.span();
            let there = self.hours.desk.length((first.max(from), end.min(until)));
            *sum = (BUSY * there as f64 / sum.max(1.0)).min(longest * 60.0);
        }
        sums
    }

    fn begin(&self, arrival: Arrival) -> (Case, Lots) {
        let (_, variants, people) =
            self.services.get(arrival.service).cloned().unwrap_or((OutputDelivery::Status, 1, Vec::new()));
        let written = arrival.channel == Channel::WhatsApp;
        Case::begin(arrival, (variants, &people), (self.year.asked, written, self.formats))
    }

    /// Who wrote is looked at in turn; who stands at the desk at once.
    fn look(&self, cases: &mut [Case], lots: &mut [Lots], (officer, pace): (usize, &Pace)) {
        let (desk, looking) = (&self.hours.desk, &self.hours.looking);
        let mut waiting = BinaryHeap::new();
        for (number, (case, lots)) in cases.iter_mut().zip(lots.iter_mut()).enumerate() {
            if case.desk != officer {
            } else if is_written(case) {
                let here = case.papers.max(case.arrival.opened);
                waiting.extend(desk.done(here, self.notice(lots)).map(|at| Reverse((at, number, false))));
            } else {
                case.taken = desk.done(case.arrival.opened, lots.between(20, 100));
                let checked = case.taken.and_then(|at| desk.done(at, lots.between(150, 800)));
                decide(case, (checked, desk), lots);
            }
        }
        let mut free = Local::MIN;
        while let Some(Reverse((at, number, again))) = waiting.pop() {
            let (Some(case), Some(lots)) = (cases.get_mut(number), lots.get_mut(number)) else { continue };
            let Some(start) = looking.from(at.max(free)) else { continue };
            let Some(end) = looking.done(start, needs(start, (at, pace.get(&row(officer, start))), lots))
            else {
                continue;
            };
            free = end;
            if again {
                case.complete = Some(end);
                continue;
            }
            case.taken = Some(start);
            decide(case, (Some(end), desk), lots);
            let back = case.again.and_then(|at| desk.done(at, self.notice(lots)));
            waiting.extend(back.map(|at| Reverse((at, number, true))));
        }
    }

    fn notice(&self, lots: &mut Lots) -> i64 {
        (lots.about(self.year.notice) * lots.about(1.0) * 60.0) as i64
    }

    /// Products are made in turn and reach the citizen.
    fn make(&self, cases: &mut [Case], lots: &mut [Lots], (officer, pace): (usize, &Pace)) {
        let mut waiting = BinaryHeap::new();
        for (number, (case, lots)) in cases.iter().zip(lots.iter_mut()).enumerate() {
            let Some(complete) = case.complete.filter(|_| case.desk == officer) else { continue };
            let due = self.times(case).done(complete, self.lead(case, lots));
            waiting.extend(due.map(|at| Reverse((at, number))));
        }
        let mut free = Local::MIN;
        while let Some(Reverse((at, number))) = waiting.pop() {
            let (Some(case), Some(lots)) = (cases.get_mut(number), lots.get_mut(number)) else { continue };
            let times = self.times(case);
            let Some(start) = times.from(at.max(free)) else { continue };
            if self.hours.desk.from(at.max(free)).is_some_and(|could| could < start) {
                // It cannot be made now, while something else can.
                waiting.push(Reverse((start, number)));
                continue;
            }
            let Some(end) = times.done(start, needs(start, (at, pace.get(&row(officer, start))), lots))
            else {
                continue;
            };
            free = end;
            case.ready = Some(end);
            case.closed = self.delivered(case, end, lots);
        }
    }

    fn times(&self, case: &Case) -> &Times {
        let service = self.year.services.get(case.arrival.service);
        if service.is_some_and(|service| service.card) { &self.hours.cards } else { &self.hours.making }
    }

    /// From complete papers to when it could be made, in seconds of work.
    fn lead(&self, case: &Case, lots: &mut Lots) -> i64 {
        let lead = self.year.services.get(case.arrival.service).map_or(60.0, |service| service.lead);
        let minutes = if lots.chance(STUCK) { lead + lots.about(9_000.0) } else { lots.about(lead) };
        (minutes * 60.0) as i64
    }

    fn delivered(&self, case: &Case, ready: Local, lots: &mut Lots) -> Option<Local> {
        let desk = &self.hours.desk;
        let delivery = self.services.get(case.arrival.service).map(|service| service.0);
        match delivery {
            Some(OutputDelivery::Pickup) if case.fate == Fate::LeftLying => {
                desk.from(ready + UNCOLLECTED).and_then(|at| desk.done(at, lots.between(600, 9_000)))
            }
            Some(OutputDelivery::Pickup) => collected_at(ready, desk, lots),
            Some(OutputDelivery::Pdf) => desk.done(ready, lots.between(60, 900)),
            _ => Some(ready),
        }
    }
}

/// An officer in the semester of a moment.
fn row(officer: usize, at: Local) -> (usize, Semester) {
    (officer, Semester::of(day_of(at)))
}

/// How long an officer needs for the next one, which came at `at`, in seconds of work.
fn needs(start: Local, (at, each): (Local, Option<&f64>), lots: &mut Lots) -> i64 {
    let each = each.copied().unwrap_or(300.0);
    let each = if start - at > LONG { each * HURRY } else { each };
    (lots.about(each) as i64).max(1)
}

fn is_written(case: &Case) -> bool {
    case.arrival.channel == Channel::WhatsApp
}

/// The first look is over.
fn decide(case: &mut Case, (checked, desk): (Option<Local>, &Times), lots: &mut Lots) {
    case.checked = checked;
    let Some(at) = checked else { return };
    match case.fate {
        Fate::Through | Fate::LeftLying => case.complete = checked,
        Fate::Refused(_) | Fate::Dropped(_) => case.closed = checked,
        Fate::Asked(_) => case.again = Some(answers_at(at, lots)),
        Fate::Silent(_) => {
            case.closed = desk.from(at + SILENCE).and_then(|at| desk.done(at, lots.between(600, 9_000)));
        }
    }
}
