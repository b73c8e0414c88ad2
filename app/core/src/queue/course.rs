//! How a queue goes on: what comes in hour by hour against what is answered.

use chrono::{DurationRound, TimeDelta, Timelike};

use super::Pace;
use crate::{calendar::Calendar, clock::Instant};

/// How far ahead it is looked.
const DAYS: i64 = 28;
const HOUR: TimeDelta = TimeDelta::hours(1);

/// An hour that lies ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hour {
    /// When it begins.
    pub from: Instant,
    /// How much of it is left.
    pub lasts: TimeDelta,
    /// When it is open for the first time within it.
    pub opens: Instant,
    /// How long of it is open.
    pub open: TimeDelta,
    /// Whether it lies on a working day.
    pub working: bool,
    /// Which hour of its day.
    pub of_day: usize,
}

/// The hours of the coming four weeks; the first is what is left of this one.
pub fn hours(calendar: &Calendar, now: Instant) -> Vec<Hour> {
    let end = now + TimeDelta::days(DAYS);
    let mut all = Vec::new();
    let mut from = now;
    while from < end {
        let until = from.duration_trunc(HOUR).unwrap_or(from) + HOUR;
        let until = until.min(end);
        let local = calendar.zone().local(from);
        let open = calendar.intervals(from..until);
        all.push(Hour {
            from,
            lasts: until - from,
            opens: open.first().map_or(from, |one| one.start),
            open: open.into_iter().map(|one| one.end - one.start).sum(),
            working: calendar.is_working_day(local.date_naive()),
            of_day: local.hour() as usize,
        });
        from = until;
    }
    all
}

/// What comes in within each hour of a day, on average, in thousandths of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrivals {
    /// On working days.
    pub working: [u32; 24],
    /// On other days.
    pub closed: [u32; 24],
}

impl Arrivals {
    fn within(&self, hour: &Hour) -> u64 {
        let day = if hour.working { &self.working } else { &self.closed };
        let whole = u64::from(day.get(hour.of_day).copied().unwrap_or(0));
        whole * u64::try_from(hour.lasts.num_seconds()).unwrap_or(0) / 3_600
    }
}

/// How a queue goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// When nobody waits any more for the first time; nothing where that does not come within four weeks.
    pub clears: Option<Instant>,
    /// What comes in, in hundredths of what can be answered: above 100 the queue grows.
    pub load: u64,
}

/// How a queue in which so many wait goes on.
pub fn outlook(hours: &[Hour], pace: Pace, waiting: u64, arrivals: &Arrivals) -> Outlook {
    let mut queue = waiting.saturating_mul(1_000);
    let mut clears = None;
    let (mut came, mut could) = (0_u64, 0_u64);
    for hour in hours {
        let (arrives, serves) = (arrivals.within(hour), pace.served(hour.open));
        came = came.saturating_add(arrives);
        could = could.saturating_add(serves);
        if clears.is_none() && (queue == 0 || serves >= queue + arrives) {
            clears = Some(cleared(hour, queue + arrives, serves, waiting));
        }
        queue = (queue + arrives).saturating_sub(serves);
    }
    Outlook { clears, load: came.saturating_mul(100).checked_div(could).unwrap_or(u64::MAX) }
}

/// When within an hour the queue is empty.
fn cleared(hour: &Hour, queue: u64, serves: u64, waiting: u64) -> Instant {
    if waiting == 0 {
        return hour.from;
    }
    let open = u64::try_from(hour.open.num_milliseconds()).unwrap_or(0);
    let share = open.saturating_mul(queue) / serves.max(1);
    hour.opens + TimeDelta::milliseconds(i64::try_from(share).unwrap_or(0))
}
