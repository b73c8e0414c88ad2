//! A timetable as it is read: the weeks, seasons, days of their own, and the holidays ahead.

use chrono::{Days, NaiveDate};
use loket_core::{
    calendar::{Both, Holiday, HolidayKind, HoursKind, Timetable, Week},
    zone::{WEEKDAYS, long_date, short_date},
};

use crate::{domain::calendars, web::parts::Tag};

/// How far holidays are looked ahead, in days.
const AHEAD: u64 = 400;
/// How many of them are shown at once.
const SOON: usize = 6;

/// A timetable.
pub(super) struct TimetableView {
    /// The usual weeks.
    pub week: Vec<DayRow>,
    /// Seasons.
    pub seasons: Vec<SeasonView>,
    /// Days of their own, from today on.
    pub days: Vec<OwnDayRow>,
    /// The holidays soon.
    pub holidays: Vec<HolidayRow>,
    /// Those after them.
    pub later: Vec<HolidayRow>,
    /// What decrees them.
    pub sources: Vec<&'static str>,
}

/// A weekday.
pub(super) struct DayRow {
    /// Its name.
    pub day: &'static str,
    /// When the office works.
    pub office: String,
    /// When the public is served.
    pub service: String,
}

/// A day of its own.
pub(super) struct OwnDayRow {
    /// Its date.
    pub day: String,
    /// Why it is one.
    pub name: String,
    /// When the office works.
    pub office: String,
    /// When the public is served.
    pub service: String,
}

/// A season.
pub(super) struct SeasonView {
    /// What it is called.
    pub name: String,
    /// Its days.
    pub span: String,
    /// Its weeks.
    pub week: Vec<DayRow>,
}

/// A holiday.
pub(super) struct HolidayRow {
    /// Its day, as a form sends it.
    pub date: NaiveDate,
    /// Its day, as it is read.
    pub day: String,
    /// What it is called.
    pub name: String,
    /// Holiday or cuti bersama.
    pub kind: &'static str,
    /// Whether nobody has held it against its source.
    pub unverified: bool,
    /// What the office does: closed, or its own hours.
    pub state: Tag,
    /// Whether the office may still give it hours of its own.
    pub open_to: bool,
}

/// The cuti bersama ahead of a day, as a timetable has them.
pub(super) fn joint_leave(timetable: &Timetable, today: NaiveDate) -> Vec<HolidayRow> {
    let joint = ahead(today).filter(|one| one.kind == HolidayKind::JointLeave);
    joint.map(|one| HolidayRow::of(one, timetable)).collect()
}

fn ahead(today: NaiveDate) -> impl Iterator<Item = &'static Holiday> {
    let last = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    calendars::holidays().iter().filter(move |one| (today..=last).contains(&one.date))
}

impl HolidayRow {
    fn of(one: &Holiday, timetable: &Timetable) -> Self {
        let own = timetable.days.iter().find(|day| day.date == one.date);
        let state = match own {
            Some(day) if !day.hours.service.is_closed() => {
                Tag::new(format!("buka {}", day.hours.service), "ok")
            }
            Some(_) | None => Tag::new("tutup", "quiet"),
        };
        Self {
            date: one.date,
            day: long_date(one.date),
            name: one.name.clone(),
            kind: one.kind.label(),
            unverified: !one.verified,
            state,
            open_to: own.is_none(),
        }
    }
}

impl TimetableView {
    /// Draws a timetable as it is from a day on.
    pub fn of(one: &Timetable, today: NaiveDate) -> Self {
        let seasons = one.seasons.iter().filter(|season| season.until >= today);
        let days = one.days.iter().filter(|day| day.date >= today);
        let mut holidays: Vec<HolidayRow> = ahead(today).map(|day| HolidayRow::of(day, one)).collect();
        let later = holidays.split_off(SOON.min(holidays.len()));
        let mut sources: Vec<&str> = ahead(today).map(|day| day.source.as_str()).collect();
        sources.dedup();
        Self {
            week: week(&one.weeks),
            seasons: seasons
                .map(|season| SeasonView {
                    name: season.name.clone(),
                    span: format!("{} sampai {}", short_date(season.from), long_date(season.until)),
                    week: week(&season.weeks),
                })
                .collect(),
            days: days
                .map(|day| OwnDayRow {
                    day: long_date(day.date),
                    name: day.name.clone(),
                    office: day.hours.office.to_string(),
                    service: day.hours.service.to_string(),
                })
                .collect(),
            holidays,
            later,
            sources,
        }
    }
}

fn week(weeks: &Both<Week>) -> Vec<DayRow> {
    let hours = |kind, day: usize| weeks.of(kind).0.get(day).map(ToString::to_string).unwrap_or_default();
    let row = |(day, name): (usize, &&'static str)| DayRow {
        day: name,
        office: hours(HoursKind::Office, day),
        service: hours(HoursKind::Service, day),
    };
    WEEKDAYS.iter().enumerate().map(row).collect()
}
