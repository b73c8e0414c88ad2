//! The pace at which an office answers, and when somebody's turn comes.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use chrono::{DurationRound, NaiveDate, TimeDelta};

use crate::{calendar::Calendar, clock::Instant, id::UserId};

/// From fewer answers nothing is foretold.
pub const FEWEST: usize = 5;
/// Further ahead nothing is foretold.
const FURTHEST: TimeDelta = TimeDelta::days(30);
const QUARTER: TimeDelta = TimeDelta::minutes(15);
/// How uneven answers are: eight of ten come before so many standard deviations behind the mean, in hundredths.
const CAREFUL: u128 = 85;

/// The next quarter of an hour of the clock: an estimate is told no finer, and rather too late.
pub fn quarter(at: Instant) -> Instant {
    match at.duration_trunc(QUARTER) {
        Ok(cut) if cut < at => cut + QUARTER,
        _ => at,
    }
}

/// An answer by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Since when it was waited for.
    pub asked: Instant,
    /// When it came.
    pub given: Instant,
    /// Who has the request.
    pub by: Option<UserId>,
}

/// The pace at which an office answers while as many wait as there are people who answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// So many answers,
    pub answers: u32,
    /// in so much time in which it was open and everybody who answers had somebody waiting; what fewer kept busy counts for
    /// as much less,
    pub busy: TimeDelta,
    /// on so many days with an answer,
    pub days: u32,
    /// by so many people, each counted on each of these days.
    pub seats: u32,
}

/// The pace of what was answered within a span, and of those who wait at its end; nothing from fewer than [`FEWEST`] answers.
pub fn pace(
    calendar: &Calendar,
    answers: &[Answer],
    waiting: &[Instant],
    span: Range<Instant>,
) -> Option<Pace> {
    let given: Vec<&Answer> = answers.iter().filter(|one| span.contains(&one.given)).collect();
    if given.len() < FEWEST {
        return None;
    }
    let mut people: BTreeMap<NaiveDate, BTreeSet<Option<UserId>>> = BTreeMap::new();
    for one in &given {
        people.entry(calendar.zone().date(one.given)).or_default().insert(one.by);
    }
    let count = |some: usize| u32::try_from(some).unwrap_or(u32::MAX);
    let found = Pace {
        answers: count(given.len()),
        busy: TimeDelta::zero(),
        days: count(people.len()),
        seats: count(people.values().map(BTreeSet::len).sum()),
    };
    let waits = given.iter().map(|one| one.asked..one.given);
    let waits = waits.chain(waiting.iter().map(|since| *since..span.end));
    let busy = busy(&Worked::over(calendar, span.clone()), waits, i64::from(found.hands()));
    (busy >= TimeDelta::minutes(1)).then_some(Pace { busy, ..found })
}

/// How long it had been open since the beginning of a span.
struct Worked(Vec<(Range<Instant>, TimeDelta)>);

impl Worked {
    fn over(calendar: &Calendar, span: Range<Instant>) -> Self {
        let mut before = TimeDelta::zero();
        let open = calendar.intervals(span).into_iter().map(|one| {
            let so_far = before;
            before += one.end - one.start;
            (one, so_far)
        });
        Self(open.collect())
    }

    fn by(&self, at: Instant) -> TimeDelta {
        let begun = self.0.partition_point(|(one, _)| one.start <= at);
        let last = begun.checked_sub(1).and_then(|last| self.0.get(last));
        last.map_or(TimeDelta::zero(), |(one, before)| *before + (at.min(one.end) - one.start))
    }
}

/// How long all hands were busy: where fewer waited than there are hands, as much less of the time.
fn busy(worked: &Worked, waits: impl Iterator<Item = Range<Instant>>, hands: i64) -> TimeDelta {
    let mut turns: Vec<(TimeDelta, i64)> =
        waits.flat_map(|one| [(worked.by(one.start), 1), (worked.by(one.end), -1)]).collect();
    turns.sort_unstable();
    let (mut waiting, mut since, mut milliseconds) = (0_i64, TimeDelta::zero(), 0_i64);
    for (at, turn) in turns {
        milliseconds += (at - since).num_milliseconds() * waiting.clamp(0, hands);
        (waiting, since) = (waiting + turn, at);
    }
    TimeDelta::milliseconds(milliseconds / hands.max(1))
}

impl Pace {
    /// How many people answered on a day, in tenths.
    pub const fn officers(self) -> u32 {
        match self.days {
            0 => 0,
            days => (self.seats * 10 + days / 2) / days,
        }
    }

    /// How many answer at the same time: one at least.
    const fn hands(self) -> u32 {
        let tenths = self.officers();
        if tenths < 15 { 1 } else { (tenths + 5) / 10 }
    }

    /// The same office with more people, or fewer, each as quick as those there were; nothing where nobody would be left.
    pub fn with(self, more: i32) -> Option<Self> {
        let seats = i64::from(self.seats) + i64::from(more) * i64::from(self.days);
        if seats <= 0 {
            return None;
        }
        // As many answers in less time: what they share is the time.
        let busy = self.busy.num_milliseconds() * i64::from(self.seats) / seats;
        let seats = u32::try_from(seats).unwrap_or(u32::MAX);
        Some(Self { busy: TimeDelta::milliseconds(busy.max(1)), seats, ..self })
    }

    /// How many it answers while it is open for so long, in thousandths.
    pub fn served(self, open: TimeDelta) -> u64 {
        let busy = self.busy.num_milliseconds().max(1).unsigned_abs();
        let open = u64::try_from(open.num_milliseconds()).unwrap_or(0);
        let all = u128::from(self.answers) * 1_000 * u128::from(open) / u128::from(busy);
        u64::try_from(all).unwrap_or(u64::MAX)
    }

    /// How long it takes while it is open until so many have been answered, in eight of ten cases.
    fn carefully(self, place: u32) -> TimeDelta {
        // Whoever comes while somebody is free waits for their own answer alone.
        let (place, known) = (u128::from(place.max(self.hands())), u128::from(self.answers.max(1)));
        // As uneven as that many answers are, and as uncertain as a mean of so many is.
        let spread = place + place * place / known;
        let hundredths = place * 100 + (spread * CAREFUL * CAREFUL).isqrt();
        let busy = u128::from(self.busy.num_milliseconds().unsigned_abs());
        let span = busy * hundredths / (100 * known);
        i64::try_from(span).ok().and_then(TimeDelta::try_milliseconds).unwrap_or(TimeDelta::MAX)
    }

    /// By when whoever has this place, counted from 1, is answered in eight of ten cases: a quarter of an hour of the clock.
    /// Nothing where that is more than thirty days ahead.
    pub fn expected(self, calendar: &Calendar, now: Instant, place: u32) -> Option<Instant> {
        let work = self.carefully(place);
        if work > FURTHEST {
            return None;
        }
        let at = calendar.after(now, work)?;
        let at = quarter(at);
        (at <= now + FURTHEST).then_some(at)
    }
}
