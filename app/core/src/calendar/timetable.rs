//! What an office, or a unit of it, publishes about its hours.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Calendar, DayReading, DayTime, Holiday, Hours, Opening, Season, Week};
use crate::{
    edition::{Document, EditionKind, Part, Problem},
    zone::{OfficeZone, long_date, short_date},
};

/// Longest season, in days: Ramadan has thirty.
const LONGEST_SEASON: i64 = 120;
const MOST_SEASONS: usize = 12;
/// More days with hours of their own than an office decides on between two editions.
const MOST_DAYS: usize = 200;
const LONGEST_NAME: usize = 80;

words!(/// Which of an office's two clocks of the day.
    HoursKind {
    /// When the office works: working days and hours of the law are counted by it.
    Office = "jam_kerja",
    /// When the public is served: whoever writes beyond it is told when somebody answers.
    Service = "jam_layanan",
});

impl HoursKind {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Office => "Jam kerja",
            Self::Service => "Jam layanan",
        }
    }
}

/// Hours of both kinds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both<T> {
    /// When the office works.
    pub office: T,
    /// When the public is served.
    pub service: T,
}

impl<T> Both<T> {
    /// One of the two.
    pub const fn of(&self, kind: HoursKind) -> &T {
        match kind {
            HoursKind::Office => &self.office,
            HoursKind::Service => &self.service,
        }
    }

    /// One of the two, to be changed.
    pub const fn of_mut(&mut self, kind: HoursKind) -> &mut T {
        match kind {
            HoursKind::Office => &mut self.office,
            HoursKind::Service => &mut self.service,
        }
    }
}

/// Days on which the hours of every weekday are others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeasonHours {
    /// What it is called.
    pub name: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// Its weeks.
    pub weeks: Both<Week>,
}

/// A day with hours of its own, whatever else holds: closed by the office, or open by shift on a cuti bersama.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnDay {
    /// The day.
    pub date: NaiveDate,
    /// Why.
    pub name: String,
    /// Its hours.
    pub hours: Both<Hours>,
}

/// What an office, or a unit of it, publishes about its hours. National holidays are not in it: they ship with Loket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timetable {
    /// The usual weeks.
    pub weeks: Both<Week>,
    /// Seasons in which others hold; of two that share a day the later in the list does.
    #[serde(default)]
    pub seasons: Vec<SeasonHours>,
    /// Days of their own.
    #[serde(default)]
    pub days: Vec<OwnDay>,
    /// What the office means by "1x24 jam".
    #[serde(default)]
    pub reading: DayReading,
}

/// Hours from minutes of the day; an opening that is none is left out.
fn hours(openings: &[(u16, u16, u16, u16)]) -> Hours {
    let each = openings.iter().filter_map(|(from, minute, until, last)| {
        Some(Opening { from: DayTime::new(*from, *minute)?, until: DayTime::new(*until, *last)? })
    });
    Hours::new(each).unwrap_or_default()
}

/// Monday to Thursday alike, a Friday of its own.
fn week(usual: &[(u16, u16, u16, u16)], friday: &[(u16, u16, u16, u16)]) -> Week {
    let (usual, friday) = (hours(usual), hours(friday));
    let [monday, tuesday, wednesday, thursday] = std::array::from_fn(|_| usual.clone());
    Week([monday, tuesday, wednesday, thursday, friday, Hours::CLOSED, Hours::CLOSED])
}

impl Timetable {
    /// Where an office begins: the working hours of Perpres 21/2023 (37.5 hours in five days from 07.30, with an hour of
    /// rest, ninety minutes on Friday; the ends follow from these), and service hours within them, which are only a
    /// proposal.
    pub fn usual() -> Self {
        Self {
            weeks: Both {
                office: week(&[(7, 30, 12, 0), (13, 0, 16, 0)], &[(7, 30, 11, 30), (13, 0, 16, 30)]),
                service: week(&[(8, 0, 12, 0), (13, 0, 15, 0)], &[(8, 0, 11, 30), (13, 0, 15, 0)]),
            },
            seasons: Vec::new(),
            days: Vec::new(),
            reading: DayReading::default(),
        }
    }

    /// The weeks of Ramadan: 32.5 hours in five days from 08.00, with half an hour of rest, an hour on Friday (Perpres
    /// 21/2023). Its days are for the office to say: they follow the sidang isbat.
    pub fn ramadan_weeks() -> Both<Week> {
        Both {
            office: week(&[(8, 0, 12, 0), (12, 30, 15, 0)], &[(8, 0, 12, 0), (13, 0, 15, 30)]),
            service: week(&[(8, 0, 12, 0), (12, 30, 14, 0)], &[(8, 0, 12, 0), (13, 0, 14, 0)]),
        }
    }

    /// The calendar of one kind of hours.
    pub fn calendar(&self, kind: HoursKind, zone: OfficeZone, holidays: &[Holiday]) -> Calendar {
        let mut calendar =
            Calendar::new(zone, self.weeks.of(kind).clone()).with_holidays(holidays.iter().cloned());
        for season in &self.seasons {
            let (name, week) = (season.name.clone(), season.weeks.of(kind).clone());
            calendar = calendar.with_season(Season { name, from: season.from, until: season.until, week });
        }
        for day in &self.days {
            calendar = calendar.with_day(day.date, day.hours.of(kind).clone());
        }
        calendar
    }

    /// The week that holds on a date, and the season it is of.
    pub fn week_on(&self, date: NaiveDate, kind: HoursKind) -> (&Week, Option<&SeasonHours>) {
        let season = self.seasons.iter().rev().find(|one| (one.from..=one.until).contains(&date));
        (season.map_or(&self.weeks, |one| &one.weeks).of(kind), season)
    }

    /// The first day after a date on which another week holds: a season begins or is over.
    pub fn next_change(&self, after: NaiveDate) -> Option<NaiveDate> {
        let edges = self.seasons.iter().flat_map(|one| [Some(one.from), one.until.succ_opt()]);
        edges.flatten().filter(|day| *day > after).min()
    }

    fn check_weeks(&self, found: &mut Vec<Problem>) {
        for kind in [HoursKind::Office, HoursKind::Service] {
            if self.weeks.of(kind).length().is_zero() {
                let sentence = format!(
                    "{} belum diisi. Isi paling sedikit satu hari, agar tenggat dapat dihitung.",
                    kind.label()
                );
                found.push(Problem::new(kind.word(), sentence));
            }
        }
    }

    fn check_seasons(&self, found: &mut Vec<Problem>) {
        if self.seasons.len() > MOST_SEASONS {
            let sentence = format!("Paling banyak {MOST_SEASONS} musim. Hapus yang sudah lewat.");
            found.push(Problem::new("seasons", sentence));
        }
        for (place, one) in self.seasons.iter().enumerate() {
            let part = |input: &str| format!("season.{place}.{input}");
            if let Some(sentence) = wrong_name(&one.name) {
                found.push(Problem::new(part("name"), sentence));
            }
            let days = (one.until - one.from).num_days();
            if days < 0 {
                found.push(Problem::new(part("until"), "Hari terakhir harus setelah hari pertama."));
            } else if days >= LONGEST_SEASON {
                let sentence = format!("Paling lama {LONGEST_SEASON} hari. Ubah jam biasa bila lebih lama.");
                found.push(Problem::new(part("until"), sentence));
            }
            let shares = |other: &SeasonHours| other.from.max(one.from) <= other.until.min(one.until);
            if self.seasons.iter().take(place).any(shares) {
                found.push(Problem::new(part("from"), "Bertumpuk dengan musim lain. Ubah tanggalnya."));
            }
        }
    }

    fn check_days(&self, found: &mut Vec<Problem>) {
        if self.days.len() > MOST_DAYS {
            let sentence = format!("Paling banyak {MOST_DAYS} hari khusus. Hapus yang sudah lewat.");
            found.push(Problem::new("days", sentence));
        }
        for (place, one) in self.days.iter().enumerate() {
            if let Some(sentence) = wrong_name(&one.name) {
                found.push(Problem::new(format!("day.{place}.name"), sentence));
            }
            if self.days.iter().take(place).any(|other| other.date == one.date) {
                let sentence = "Tanggal ini sudah ada di atas. Hapus salah satunya.";
                found.push(Problem::new(format!("day.{place}.date"), sentence));
            }
        }
    }
}

fn wrong_name(name: &str) -> Option<String> {
    match name.trim().chars().count() {
        0 => Some("Beri nama, contoh: Ramadan 1448 H atau HUT kota.".to_owned()),
        length if length > LONGEST_NAME => Some(format!("Nama paling panjang {LONGEST_NAME} huruf.")),
        _ => None,
    }
}

/// Both kinds of hours in a line.
fn told<T>(both: &Both<T>, words: impl Fn(&T) -> String) -> String {
    format!("jam kerja {}; jam layanan {}", words(&both.office), words(&both.service))
}

impl Document for Timetable {
    const KIND: EditionKind = EditionKind::Timetable;

    fn check(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        self.check_weeks(&mut found);
        self.check_seasons(&mut found);
        self.check_days(&mut found);
        found
    }

    fn parts(&self) -> Vec<Part> {
        let weeks = [HoursKind::Office, HoursKind::Service]
            .map(|kind| Part::new(kind.word(), kind.label(), self.weeks.of(kind).words()));
        let seasons = self.seasons.iter().map(|one| {
            let days = format!("{} sampai {}", short_date(one.from), long_date(one.until));
            let text = format!("{days}: {}", told(&one.weeks, Week::words));
            Part::new(format!("season.{}", one.from), one.name.clone(), text)
        });
        let days = self.days.iter().map(|one| {
            let text = format!("{}: {}", one.name, told(&one.hours, Hours::to_string));
            Part::new(format!("day.{}", one.date), long_date(one.date), text)
        });
        let reading = Part::new("reading", "Arti 1 x 24 jam", self.reading.label());
        weeks.into_iter().chain([reading]).chain(seasons).chain(days).collect()
    }

    fn elsewhere(self) -> Self {
        self
    }
}
