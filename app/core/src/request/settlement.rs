//! The settlement clock: how long a request may take from complete papers on, and how long it took.
//!
//! What it is counted by is frozen when the request comes: the limit of the service's standard, what the office means by
//! "1x24 jam", and the edition of its timetable. The clock itself is a pure function of these and of the request's
//! history, so that what is stored can be counted again.

use std::ops::Range;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Channel, RequestState};
use crate::{
    calendar::{Calendar, DayReading, Elapsed, Pause, Term, elapsed, standing_apart},
    clock::Instant,
    id::UnitId,
    outage::OutageKind,
    standard::{TimeLimit, TimeUnit},
    zone::OfficeZone,
};

/// Which timetable something is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimetableRef {
    /// The unit whose own it is; the office's otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The number of its edition; 0 where the office had published none, and the working hours of the rule hold.
    pub edition: i64,
}

/// What a request is counted by, as it stood when the request came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// How long it may take.
    pub limit: TimeLimit,
    /// What the office meant by "1x24 jam".
    pub reading: DayReading,
    /// When the office worked.
    pub timetable: TimetableRef,
    /// Whose days it counts.
    pub zone: OfficeZone,
}

impl Terms {
    /// The limit of a standard that holds for a channel: its own before the one for every channel.
    pub fn limit(times: &[TimeLimit], channel: Channel) -> Option<&TimeLimit> {
        let of = |wanted: Option<Channel>| times.iter().find(|limit| limit.channel == wanted);
        of(Some(channel)).or_else(|| of(None))
    }

    /// What a calendar counts; nothing for an amount that no standard has.
    pub fn term(&self) -> Option<Term> {
        let amount = u32::try_from(self.limit.amount).ok().filter(|amount| *amount > 0)?;
        Some(match self.limit.unit {
            TimeUnit::Minutes => Term::Minutes(amount),
            TimeUnit::WorkingHours => Term::WorkingHours(amount),
            TimeUnit::WorkingDays => Term::WorkingDays(amount),
            TimeUnit::CalendarDays => Term::CalendarDays(amount),
            TimeUnit::DaysAndNights => Term::DayAndNight(amount, self.reading),
        })
    }

    /// The limit as citizens and officers read it; "1x24 jam" says what it means.
    pub fn words(&self) -> String {
        match self.limit.unit {
            TimeUnit::DaysAndNights => {
                let meant = match (self.limit.amount, self.reading) {
                    (1, reading) => reading.label().to_owned(),
                    (days, DayReading::Hours) => {
                        format!("{} jam terus, siang dan malam", days.saturating_mul(24))
                    }
                    (days, DayReading::NextWorkingDay) => {
                        format!("sampai jam yang sama {days} hari kerja kemudian")
                    }
                };
                format!("{}, yaitu {meant}", self.limit.words())
            }
            _ => self.limit.words(),
        }
    }
}

/// A request came to a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// When.
    pub at: Instant,
    /// Where to.
    pub to: RequestState,
}

/// Why a clock stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It waits for the citizen.
    Citizen,
    /// Something keeps the office from working on it.
    Outage(OutageKind),
    /// The same, and nobody has approved it yet.
    Unapproved(OutageKind),
}

impl Cause {
    /// As people read it.
    pub fn words(self) -> String {
        match self {
            Self::Citizen => "menunggu warga".to_owned(),
            Self::Outage(kind) => kind.words().to_owned(),
            Self::Unapproved(kind) => format!("{} (belum disetujui)", kind.words()),
        }
    }

    /// What keeps the office from working, where that is why.
    pub const fn outage(self) -> Option<OutageKind> {
        match self {
            Self::Citizen => None,
            Self::Outage(kind) | Self::Unapproved(kind) => Some(kind),
        }
    }
}

/// A time in which a clock stood still, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standstill {
    /// When.
    pub pause: Pause,
    /// Why.
    pub cause: Cause,
}

/// The times at which a request waited for its citizen, in order; the last without an end while it still does. One that was
/// closed while it waited, because nobody answered, waits until it is opened again.
pub fn waits(moves: &[Move]) -> Vec<Standstill> {
    let mut pauses: Vec<Pause> = Vec::new();
    for one in moves {
        let open = pauses.last_mut().filter(|pause| pause.until.is_none());
        match (one.to == RequestState::WaitingForCitizen, open) {
            (true, None) => pauses.push(Pause { from: one.at, until: None }),
            (false, Some(pause)) if one.to != RequestState::Cancelled => {
                pause.until = Some(one.at.max(pause.from));
            }
            (_, Some(_)) | (false, None) => {}
        }
    }
    pauses.into_iter().map(|pause| Standstill { pause, cause: Cause::Citizen }).collect()
}

/// A settlement clock that runs or has run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Since when: the arrival of the last required paper, before the papers were first declared complete.
    pub from: Instant,
    /// Until when; nothing while it stands still, or where the calendar does not come so far.
    pub due: Option<Instant>,
    /// The times at which it stood still, by their beginning; they may overlap.
    pub stood: Vec<Standstill>,
}

impl Settlement {
    /// The clock of a request with a history, and of what stopped it from outside of that.
    pub fn of(
        (term, calendar): (Term, &Calendar),
        from: Instant,
        moves: &[Move],
        outages: impl IntoIterator<Item = Standstill>,
    ) -> Self {
        let mut stood: Vec<Standstill> = waits(moves).into_iter().chain(outages).collect();
        stood.sort_by_key(|one| one.pause.from);
        let pauses: Vec<Pause> = stood.iter().map(|one| one.pause).collect();
        Self { from, due: term.due_with(calendar, from, &pauses), stood }
    }

    fn pauses(&self) -> Vec<Pause> {
        self.stood.iter().map(|one| one.pause).collect()
    }

    /// Why it stands still at a moment, if it does.
    pub fn stands(&self, at: Instant) -> Option<Cause> {
        let now = |one: &&Standstill| one.pause.from <= at && one.pause.until.is_none_or(|until| at < until);
        self.stood.iter().find(now).map(|one| one.cause)
    }

    /// How long it took until a moment.
    pub fn elapsed(&self, term: Term, calendar: &Calendar, until: Instant) -> Elapsed {
        elapsed(calendar, term, self.from..until, &self.pauses())
    }

    /// When so many hundredths of what it may take will have been counted; nothing while it stands still.
    pub fn reaches(&self, (term, calendar): (Term, &Calendar), hundredths: i32) -> Option<Instant> {
        let counted = self.counted(term, calendar, self.due?);
        let all: TimeDelta = counted.iter().map(|one| one.end - one.start).sum();
        let mut left = all * hundredths / 100;
        for one in counted {
            let length = one.end - one.start;
            if left <= length {
                return Some(one.start + left);
            }
            left -= length;
        }
        self.due
    }

    /// Every interval that was or will be counted until a moment, in order: the answer to "why this date?".
    pub fn counted(&self, term: Term, calendar: &Calendar, until: Instant) -> Vec<Range<Instant>> {
        let counted = term.intervals(calendar, self.from..until);
        standing_apart(counted, &self.pauses())
    }
}
