//! What is read of timetables: the list, one with its draft and its history, and what holds for a unit.

use std::{fmt, str::FromStr, sync::LazyLock};

use chrono::Datelike;
use loket_core::{
    calendar::{Calendar, Holiday, HoursKind, Timetable},
    clock::Instant,
    id::UnitId,
    request::TimetableRef,
    zone::OfficeZone,
};
use sea_orm::prelude::Uuid;

use crate::{
    domain::{
        editions::{self, Edition, Heading},
        tenancy,
    },
    infra::{Cx, Fault, Outcome},
};

static HOLIDAYS: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    loket_core::calendar::holidays(include_str!("../../../data/holidays.csv")).unwrap_or_default()
});

/// National holidays and cuti bersama by the joint decrees of three ministers, in order.
pub fn holidays() -> &'static [Holiday] {
    &HOLIDAYS
}

/// The last year whose holidays are decreed: nothing is promised beyond it.
pub fn last_year() -> i32 {
    HOLIDAYS.last().map_or(0, |last| last.date.year())
}

/// Whose timetable it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The office's: every unit's that has none of its own.
    Office,
    /// A unit's own.
    Unit(UnitId),
}

/// How the office stands in a path beside its units.
const OFFICE: &str = "kantor";

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Office => f.write_str(OFFICE),
            Self::Unit(id) => id.fmt(f),
        }
    }
}

impl FromStr for Of {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        if text == OFFICE { Ok(Self::Office) } else { Ok(Self::Unit(UnitId(text.parse()?))) }
    }
}

impl Of {
    /// What its editions are editions of.
    pub(super) fn subject(self, cx: &Cx<'_>) -> Uuid {
        match self {
            Self::Office => cx.office().0,
            Self::Unit(id) => id.0,
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone)]
pub struct CalendarLine {
    /// Whose.
    pub of: Of,
    /// The unit's name; nothing for the office.
    pub unit: Option<String>,
    /// What holds today.
    pub current: Option<Edition<Timetable>>,
    /// An edition that holds from a later day on.
    pub coming: Option<i64>,
    /// Whether somebody is writing a draft.
    pub drafted: bool,
}

/// A timetable with its draft and its history.
#[derive(Debug, Clone)]
pub struct CalendarSheet {
    /// Whose.
    pub of: Of,
    /// The unit's name; nothing for the office.
    pub unit: Option<String>,
    /// What holds today.
    pub current: Option<Edition<Timetable>>,
    /// The draft.
    pub draft: Option<Edition<Timetable>>,
    /// What a first draft begins from: the office's for a unit, the rule's for the office.
    pub ground: Timetable,
    /// Every edition, newest first.
    pub history: Vec<Heading>,
}

impl CalendarSheet {
    /// What a draft goes on from: itself, what holds, or the ground.
    pub fn begun(&self) -> &Timetable {
        self.draft.as_ref().or(self.current.as_ref()).map_or(&self.ground, |one| &one.document)
    }
}

/// A timetable that holds, and which it is, so that what was counted by it can be counted again.
#[derive(Debug, Clone)]
pub struct Published {
    /// The unit whose own it is; the office's otherwise.
    pub of: Of,
    /// The number of its edition; 0 where the office has published none.
    pub edition: i64,
    /// The timetable.
    pub timetable: Timetable,
}

impl Published {
    /// Its calendar of one kind of hours.
    pub fn calendar(&self, kind: HoursKind, zone: OfficeZone) -> Calendar {
        self.timetable.calendar(kind, zone, holidays())
    }

    /// Whether the office has said this itself.
    pub const fn is_said(&self) -> bool {
        self.edition > 0
    }
}

/// When the office serves again; nothing while it does, or where it has published no timetable.
pub async fn opens_again(cx: &Cx<'_>, zone: OfficeZone) -> Outcome<Option<Instant>> {
    let now = cx.now();
    let held = held(cx, None, now).await?;
    if !held.is_said() {
        return Ok(None);
    }
    Ok(held.calendar(HoursKind::Service, zone).next_opening(now).filter(|opens| *opens > now))
}

/// What holds for a unit, or for the office, at a moment.
pub async fn held(cx: &Cx<'_>, unit: Option<UnitId>, at: Instant) -> Outcome<Published> {
    for of in unit.map(Of::Unit).into_iter().chain([Of::Office]) {
        if let Some(one) = editions::current::<Timetable>(cx, of.subject(cx), at).await? {
            return Ok(Published { of, edition: one.number, timetable: one.document });
        }
    }
    Ok(Published { of: Of::Office, edition: 0, timetable: Timetable::usual() })
}

/// An edition by its number.
pub async fn edition(cx: &Cx<'_>, of: Of, number: i64) -> Outcome<Option<Edition<Timetable>>> {
    editions::numbered(cx, of.subject(cx), number).await
}

/// The timetable that something was counted by.
pub async fn of_edition(cx: &Cx<'_>, which: TimetableRef) -> Outcome<Timetable> {
    if which.edition == 0 {
        return Ok(Timetable::usual());
    }
    let of = which.unit.map_or(Of::Office, Of::Unit);
    let found = edition(cx, of, which.edition).await?;
    found.map(|one| one.document).ok_or(Fault::Inconsistent("the timetable that a request is counted by"))
}

/// The office's timetable, then its units' by name.
pub async fn lines(cx: &Cx<'_>) -> Outcome<Vec<CalendarLine>> {
    let now = cx.now();
    let mut all = editions::all_with_history::<Timetable>(cx, now).await?;
    let units = tenancy::units(cx).await?.into_iter().map(|row| (Of::Unit(row.id), Some(row.name)));
    let line = |(of, unit): (Of, Option<String>)| {
        let (current, history) = all.remove(&of.subject(cx)).unwrap_or_default();
        CalendarLine {
            of,
            unit,
            current,
            coming: editions::coming(&history, now),
            drafted: editions::drafted(&history),
        }
    };
    Ok([(Of::Office, None)].into_iter().chain(units).map(line).collect())
}

/// A timetable with its draft; nobody's and another office's are not there.
pub async fn sheet(cx: &Cx<'_>, of: Of) -> Outcome<Option<CalendarSheet>> {
    let (unit, ground) = match of {
        Of::Office => (None, Timetable::usual()),
        Of::Unit(id) => {
            let Some(row) = tenancy::unit(cx, id).await? else { return Ok(None) };
            (Some(row.name), held(cx, None, cx.now()).await?.timetable)
        }
    };
    let subject = of.subject(cx);
    let (current, history) = editions::with_history(cx, subject, cx.now()).await?;
    Ok(Some(CalendarSheet { of, unit, current, draft: editions::draft(cx, subject).await?, ground, history }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_holiday_that_ships_is_read_and_says_whether_it_was_compared() {
        let lines = include_str!("../../../data/holidays.csv").lines().count() - 1;
        assert_eq!(holidays().len(), lines);
        assert!(holidays().is_sorted_by_key(|one| one.date));
        let unverified = holidays().iter().filter(|one| !one.verified);
        let mut years: Vec<String> = unverified.map(|one| one.date.format("%Y").to_string()).collect();
        years.dedup();
        assert_eq!(years, ["2025"]);
    }

    #[test]
    fn an_office_and_its_units_stand_in_a_path_beside_each_other() {
        let unit = Of::Unit(UnitId(Uuid::from_u128(7)));
        for of in [Of::Office, unit] {
            assert_eq!(of.to_string().parse(), Ok(of));
        }
        assert!("lain".parse::<Of>().is_err());
    }
}
