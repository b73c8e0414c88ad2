//! The calendar and its terms: offices by name, and what holds of any calendar.

mod always;
mod examples;
mod terms;
mod timetable;

use chrono::{NaiveDate, TimeDelta};

use super::*;
use crate::zone::OfficeZone;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn hours(text: &str) -> Hours {
    text.parse().unwrap_or_default()
}

/// Monday to Thursday 07.30–16.00 with an hour of rest, Friday until 16.30 with ninety minutes: Perpres 21/2023.
fn usual() -> Week {
    let (day, friday) = (hours("07.30-12.00, 13.00-16.00"), hours("07.30-11.30, 13.00-16.30"));
    Week([day.clone(), day.clone(), day.clone(), day, friday, Hours::CLOSED, Hours::CLOSED])
}

/// The weeks of Ramadan in the same rule.
fn ramadan() -> Week {
    let (day, friday) = (hours("08.00-12.00, 12.30-15.00"), hours("08.00-12.00, 13.00-15.30"));
    Week([day.clone(), day.clone(), day.clone(), day, friday, Hours::CLOSED, Hours::CLOSED])
}

fn holiday(date: &str, kind: HolidayKind) -> Holiday {
    Holiday { date: day(date), name: "Libur".to_owned(), kind, source: "SKB".to_owned(), verified: true }
}

/// Tangerang in 2026: WIB, Ramadan 1447 from 19 February, Idulfitri with its cuti bersama.
fn tangerang() -> Calendar {
    let season = Season {
        name: "Ramadan 1447".to_owned(),
        from: day("2026-02-19"),
        until: day("2026-03-20"),
        week: ramadan(),
    };
    let off = [("2026-03-20", HolidayKind::JointLeave), ("2026-03-23", HolidayKind::JointLeave)];
    Calendar::new(OfficeZone::Wib, usual())
        .with_season(season)
        .with_holidays(off.map(|(date, kind)| holiday(date, kind)))
}

fn at(calendar: &Calendar, local: &str) -> Instant {
    let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H.%M").unwrap_or_default();
    calendar.zone().instant(local)
}

/// Kupang in December 2026: WITA, Christmas with its cuti bersama the day before.
fn kupang() -> Calendar {
    let off = [("2026-12-24", HolidayKind::JointLeave), ("2026-12-25", HolidayKind::National)];
    Calendar::new(OfficeZone::Wita, usual()).with_holidays(off.map(|(date, kind)| holiday(date, kind)))
}

fn pause(calendar: &Calendar, from: &str, until: &str) -> Pause {
    Pause { from: at(calendar, from), until: Some(at(calendar, until)) }
}
