//! What citizens of the year's last weeks were told of their turn: foretold from the requests before theirs, as the office
//! would have.

use std::collections::{BTreeMap, HashMap};

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::UserId,
    queue::{self, Answer, Pace},
    request::Channel,
};

use super::ledger::Ledger;
use crate::demo::{
    setup::Trouble,
    year::history::{Standing, history},
};

/// How far back turns are known: the page looks back four weeks.
const TOLD: TimeDelta = TimeDelta::days(35);
/// From how far back answers are known to a turn.
const BACK: TimeDelta = TimeDelta::days(14);
/// How long a pace is good for.
const FRESH: TimeDelta = TimeDelta::hours(2);

/// The turns by the number of their case.
#[derive(Default)]
pub(super) struct Turns(HashMap<usize, Foretold>);

/// A turn as it was foretold.
#[derive(Clone, Copy)]
pub(super) struct Foretold {
    pub(super) place: u32,
    pub(super) expected: Option<Instant>,
    /// What it was foretold from, and since when that was read.
    pub(super) pace: Option<(Pace, Instant)>,
    pub(super) made_at: Instant,
}

/// Somebody who waits for a first answer.
struct Wait {
    number: usize,
    asked: Instant,
    opened: Instant,
    given: Option<Instant>,
    by: UserId,
}

impl Turns {
    /// The turn of a case; nothing where none was told.
    pub(super) fn of(&self, number: usize) -> Option<Foretold> {
        self.0.get(&number).copied()
    }

    /// Foretells those of a plan.
    pub(super) fn foretell(ledger: &Ledger) -> Result<Self, Trouble> {
        let until = ledger.at(ledger.plan.until);
        let (told, known) = (until - TOLD, until - TOLD - BACK);
        let mut lanes: BTreeMap<usize, Vec<Wait>> = BTreeMap::new();
        for (number, case) in ledger.plan.cases.iter().enumerate() {
            let opened = ledger.at(case.arrival.opened);
            if case.arrival.channel != Channel::WhatsApp || opened < known {
                continue;
            }
            let kind = ledger.plan.kind(case);
            let standing = Standing::after(&history(case, kind, ledger.plan.until), case, kind);
            let given = standing.answered.map(|at| ledger.at(at));
            let (asked, by) = (ledger.at(case.arrival.first), ledger.officer(case)?.0);
            lanes.entry(case.arrival.service).or_default().push(Wait { number, asked, opened, given, by });
        }
        let mut turns = Self::default();
        for mut lane in lanes.into_values() {
            lane.sort_by_key(|one| (one.asked, one.number));
            turns.follow(ledger, &lane, told);
        }
        Ok(turns)
    }

    /// Foretells those of a queue, the oldest first.
    fn follow(&mut self, ledger: &Ledger, lane: &[Wait], told: Instant) {
        let mut pace: Option<(Option<Pace>, Instant)> = None;
        for (at, one) in lane.iter().enumerate().filter(|(_, one)| one.opened >= told) {
            let now = one.opened;
            let waits = |other: &&Wait| other.given.is_none_or(|given| given > now);
            let ahead = lane.iter().take(at).filter(waits).count();
            let place = u32::try_from(ahead + 1).unwrap_or(u32::MAX);
            let fresh = pace.filter(|(_, read)| (*read..*read + FRESH).contains(&now));
            let (known, read) = fresh.unwrap_or_else(|| (paced(ledger, lane, now), now));
            pace = Some((known, read));
            let known = known.filter(|_| !ledger.clocks.is_stopped(now));
            let expected = known.and_then(|pace| pace.expected(&ledger.clocks.service, now, place));
            let pace = known.map(|pace| (pace, read - BACK));
            self.0.insert(one.number, Foretold { place, expected, pace, made_at: now });
        }
    }
}

/// How fast a queue was answered before a moment.
fn paced(ledger: &Ledger, lane: &[Wait], now: Instant) -> Option<Pace> {
    let came = || lane.iter().filter(|one| one.asked < now);
    let given = |one: &Wait| {
        let given = one.given.filter(|given| *given < now)?;
        Some(Answer { asked: one.asked, given, by: Some(one.by) })
    };
    let answers: Vec<Answer> = came().filter_map(given).collect();
    let waits = |one: &&Wait| one.given.is_none_or(|given| given >= now);
    let waiting: Vec<Instant> = came().filter(waits).map(|one| one.asked).collect();
    queue::pace(&ledger.clocks.service, &answers, &waiting, now - BACK..now)
}
