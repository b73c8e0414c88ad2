//! When something is open within a day, and within a week.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::zone::WEEKDAYS;

const MINUTES_A_DAY: u16 = 24 * 60;
/// More openings than a day has in any office.
const MOST_OPENINGS: usize = 8;

/// A time of the day in whole minutes, from 00.00 to 24.00, which is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DayTime(u16);

/// A text that is no time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Tulis jam sebagai 08.00, dari 00.00 sampai 24.00.")]
pub struct NoDayTime;

impl DayTime {
    /// Midnight that begins a day.
    pub const START: Self = Self(0);
    /// Midnight that ends it.
    pub const END: Self = Self(MINUTES_A_DAY);

    /// A time by its hour and minute; nothing beyond 24.00.
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if hour > 24 || minute > 59 || hour * 60 + minute > MINUTES_A_DAY {
            return None;
        }
        Some(Self(hour * 60 + minute))
    }

    /// Minutes since midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// How long after midnight.
    pub fn since_midnight(self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.0))
    }

    /// The time that a clock shows, cut to its minute.
    pub fn of(time: NaiveTime) -> Self {
        use chrono::Timelike;
        Self(u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(MINUTES_A_DAY).min(MINUTES_A_DAY))
    }
}

impl fmt::Display for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}.{:02}", self.0 / 60, self.0 % 60)
    }
}

impl From<DayTime> for String {
    fn from(time: DayTime) -> Self {
        time.to_string()
    }
}

impl TryFrom<String> for DayTime {
    type Error = NoDayTime;

    fn try_from(text: String) -> Result<Self, NoDayTime> {
        text.parse()
    }
}

impl FromStr for DayTime {
    type Err = NoDayTime;

    /// `08.00`, `8:00` or `8`.
    fn from_str(text: &str) -> Result<Self, NoDayTime> {
        let text = text.trim();
        let (hour, minute) = text.split_once(['.', ':']).unwrap_or((text, "00"));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit()) && (1..=2).contains(&part.len());
        if !digits(hour) || !digits(minute) || minute.len() != 2 {
            return Err(NoDayTime);
        }
        let number = |part: &str| part.parse().map_err(|_| NoDayTime);
        Self::new(number(hour)?, number(minute)?).ok_or(NoDayTime)
    }
}

/// Open from a time until just before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// It opens.
    pub from: DayTime,
    /// It is closed from here on.
    pub until: DayTime,
}

/// A day on which nothing is open, to be lent.
pub(super) static CLOSED: Hours = Hours::CLOSED;

/// Why openings make no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// One ends before it begins, or lasts no time.
    #[error("Jam tutup harus setelah jam buka.")]
    Backwards,
    /// Two cover each other.
    #[error("Jam buka bertumpuk. Pisahkan dengan istirahat, atau jadikan satu.")]
    Overlap,
    /// There are too many.
    #[error("Paling banyak delapan waktu buka dalam sehari.")]
    TooMany,
    /// A text that says no times.
    #[error("Tulis seperti 08.00–12.00, 13.00–15.00. Tulis “tutup” bila tidak buka.")]
    Unreadable,
}

/// The openings of a day in order, none touching the next; none at all on a day that is closed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Opening>", into = "Vec<Opening>")]
pub struct Hours(Vec<Opening>);

impl Hours {
    /// A closed day.
    pub const CLOSED: Self = Self(Vec::new());

    /// A day with these openings, in any order; those that touch become one.
    ///
    /// # Errors
    /// [`HoursError`] where they make no day.
    pub fn new(openings: impl IntoIterator<Item = Opening>) -> Result<Self, HoursError> {
        let mut all: Vec<Opening> = openings.into_iter().collect();
        if all.len() > MOST_OPENINGS {
            return Err(HoursError::TooMany);
        }
        if all.iter().any(|one| one.from >= one.until) {
            return Err(HoursError::Backwards);
        }
        all.sort_by_key(|one| one.from);
        let mut day: Vec<Opening> = Vec::with_capacity(all.len());
        for one in all {
            match day.last_mut() {
                Some(last) if one.from < last.until => return Err(HoursError::Overlap),
                Some(last) if one.from == last.until => last.until = one.until,
                _ => day.push(one),
            }
        }
        Ok(Self(day))
    }

    /// The openings, in order.
    pub fn openings(&self) -> &[Opening] {
        &self.0
    }

    /// Whether nothing is open.
    pub const fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    /// How long it is open.
    pub fn length(&self) -> TimeDelta {
        self.0.iter().map(|one| one.until.since_midnight() - one.from.since_midnight()).sum()
    }
}

impl FromStr for Hours {
    type Err = HoursError;

    /// `08.00–12.00, 13.00–15.00`, with any dash, or `s.d.`; nothing, or `tutup`, is a closed day.
    fn from_str(text: &str) -> Result<Self, HoursError> {
        let text = text.trim().to_lowercase();
        if matches!(text.as_str(), "" | "tutup" | "libur" | "-" | "–") {
            return Ok(Self::CLOSED);
        }
        let plain =
            ["sampai", "s.d.", "s/d", "–", "—"].iter().fold(text, |text, dash| text.replace(dash, "-"));
        let plain = plain.replace(" dan ", ",");
        let openings = plain.split([',', ';']).map(|one| {
            let (from, until) = one.split_once('-')?;
            Some(Opening { from: from.parse().ok()?, until: until.parse().ok()? })
        });
        let openings: Option<Vec<Opening>> = openings.collect();
        Self::new(openings.ok_or(HoursError::Unreadable)?)
    }
}

impl From<Hours> for Vec<Opening> {
    fn from(hours: Hours) -> Self {
        hours.0
    }
}

impl TryFrom<Vec<Opening>> for Hours {
    type Error = HoursError;

    fn try_from(openings: Vec<Opening>) -> Result<Self, HoursError> {
        Self::new(openings)
    }
}

impl fmt::Display for Hours {
    /// `08.00–12.00, 13.00–16.00`, or `tutup`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("tutup");
        }
        for (index, one) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{}–{}", one.from, one.until)?;
        }
        Ok(())
    }
}

/// The seven days, Monday first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Week(pub [Hours; 7]);

impl Week {
    /// What holds on the weekday of a date.
    pub fn on(&self, date: NaiveDate) -> &Hours {
        let day = date.weekday().num_days_from_monday();
        usize::try_from(day).ok().and_then(|day| self.0.get(day)).unwrap_or(&CLOSED)
    }

    /// As citizens read it, days with the same hours together, closed days left out:
    /// `Senin–Kamis 08.00–12.00 dan 13.00–15.00, Jumat 08.00–11.30`; `tutup` where nothing is open.
    pub fn words(&self) -> String {
        let mut spans: Vec<(usize, usize, &Hours)> = Vec::new();
        for (day, hours) in self.0.iter().enumerate().filter(|(_, hours)| !hours.is_closed()) {
            match spans.last_mut() {
                Some((_, last, same)) if *last + 1 == day && *same == hours => *last = day,
                _ => spans.push((day, day, hours)),
            }
        }
        let name = |day: usize| WEEKDAYS.get(day).copied().unwrap_or_default();
        let said = spans.into_iter().map(|(first, last, hours)| {
            let dash = match last - first {
                0 => String::new(),
                1 => format!(" dan {}", name(last)),
                _ => format!("–{}", name(last)),
            };
            format!("{}{dash} {}", name(first), hours.to_string().replace(", ", " dan "))
        });
        let said: Vec<String> = said.collect();
        if said.is_empty() { "tutup".to_owned() } else { said.join(", ") }
    }

    /// How long it is open in a week.
    pub fn length(&self) -> TimeDelta {
        self.0.iter().map(Hours::length).sum()
    }
}
