//! What the form of a timetable sends, as it was typed, and the timetable that it makes. Each button sends everything
//! along, so that nothing is lost without scripts.

use chrono::{Datelike, Days, NaiveDate};
use loket_core::{
    calendar::{Both, DayReading, Hours, HoursKind, OwnDay, SeasonHours, Timetable, Week},
    edition::Problem,
};

use super::super::fields::Fields;
use crate::domain::calendars;

const DAYS: usize = 7;
/// More seasons and days than a form can be meant to have.
const MOST_ROWS: usize = 250;
/// The length that a new season is proposed with: Ramadan's at most.
const SEASON: u64 = 29;

/// Hours of both kinds as they were typed.
pub(super) type TypedHours = Both<String>;

/// A season as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TypedSeason {
    pub name: String,
    pub from: String,
    pub until: String,
    pub week: Vec<TypedHours>,
}

/// A day as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TypedDay {
    pub date: String,
    pub name: String,
    pub hours: TypedHours,
}

/// A timetable as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Typed {
    pub week: Vec<TypedHours>,
    pub seasons: Vec<TypedSeason>,
    pub days: Vec<TypedDay>,
    pub reading: DayReading,
}

impl Typed {
    /// A timetable as a form shows it.
    pub fn of(one: &Timetable) -> Self {
        let hours = |hours: &Both<Hours>| Both {
            office: hours.office.to_string(),
            service: hours.service.to_string(),
        };
        let season = |one: &SeasonHours| TypedSeason {
            name: one.name.clone(),
            from: one.from.to_string(),
            until: one.until.to_string(),
            week: typed_week(&one.weeks),
        };
        let day = |one: &OwnDay| TypedDay {
            date: one.date.to_string(),
            name: one.name.clone(),
            hours: hours(&one.hours),
        };
        Self {
            week: typed_week(&one.weeks),
            seasons: one.seasons.iter().map(season).collect(),
            days: one.days.iter().map(day).collect(),
            reading: one.reading,
        }
    }

    /// What a form sent.
    pub fn read(fields: &Fields) -> Self {
        let pairs = |office: &str, service: &str| -> Vec<TypedHours> {
            let services = fields.all(service);
            let each = fields.all(office).into_iter().zip(services);
            each.map(|(office, service)| Both { office: line(office), service: line(service) }).collect()
        };
        let (froms, untils) = (fields.all("season_from"), fields.all("season_until"));
        let weeks = pairs("season_office", "season_service");
        let mut weeks = weeks.chunks(DAYS);
        let names = fields.all("season_name").into_iter().zip(froms.into_iter().zip(untils));
        let seasons = names.take(MOST_ROWS).map(|(name, (from, until))| TypedSeason {
            name: line(name),
            from: from.to_owned(),
            until: until.to_owned(),
            week: weeks.next().unwrap_or_default().to_vec(),
        });
        let dates = fields.all("day_date").into_iter().zip(fields.all("day_name"));
        let days = dates.zip(pairs("day_office", "day_service")).take(MOST_ROWS);
        Self {
            week: pairs("office", "service"),
            seasons: seasons.collect(),
            days: days
                .map(|((date, name), hours)| TypedDay { date: date.to_owned(), name: line(name), hours })
                .collect(),
            reading: fields.one("reading").parse().unwrap_or_default(),
        }
    }

    /// Does what a button says: `musim`, `hari`, `musim-buang:2`, `hari-buang:2`, `libur:2026-12-24`.
    pub fn press(&mut self, action: &str, today: NaiveDate) {
        let (verb, what) = action.split_once(':').unwrap_or((action, ""));
        match (verb, what.parse::<usize>()) {
            ("musim", _) => self.seasons.push(TypedSeason {
                name: String::new(),
                from: today.to_string(),
                until: today.checked_add_days(Days::new(SEASON)).unwrap_or(today).to_string(),
                week: typed_week(&Timetable::ramadan_weeks()),
            }),
            ("hari", _) => self.days.push(TypedDay {
                date: today.to_string(),
                hours: Both { office: "tutup".to_owned(), service: "tutup".to_owned() },
                ..TypedDay::default()
            }),
            ("musim-buang", Ok(place)) if place < self.seasons.len() => {
                self.seasons.remove(place);
            }
            ("hari-buang", Ok(place)) if place < self.days.len() => {
                self.days.remove(place);
            }
            ("libur", _) => self.open_holiday(what),
            _ => {}
        }
    }

    /// A holiday on which the public is served by shift, as on that weekday; for the law it stays no working day.
    fn open_holiday(&mut self, date: &str) {
        let Some(holiday) = calendars::holidays().iter().find(|one| one.date.to_string() == date) else {
            return;
        };
        if self.days.iter().any(|one| one.date == date) {
            return;
        }
        let weekday = usize::try_from(holiday.date.weekday().num_days_from_monday()).unwrap_or(0);
        let service = self.week.get(weekday).map(|one| one.service.clone()).unwrap_or_default();
        self.days.push(TypedDay {
            date: date.to_owned(),
            name: format!("{}: buka bergilir", holiday.name),
            hours: Both { office: "tutup".to_owned(), service },
        });
    }

    /// The timetable, or what cannot be read of it, by the part that it is in. Days come in order.
    pub fn timetable(&self) -> Result<Timetable, Vec<Problem>> {
        let mut problems = Vec::new();
        let weeks = week(&self.week, "week", &mut problems);
        let mut seasons = Vec::new();
        for (place, one) in self.seasons.iter().enumerate() {
            let part = format!("season.{place}");
            let weeks = week(&one.week, &part, &mut problems);
            let from = date(&one.from, &format!("{part}.from"), &mut problems);
            let until = date(&one.until, &format!("{part}.until"), &mut problems);
            seasons.push(SeasonHours { name: one.name.clone(), from, until, weeks });
        }
        let mut days = Vec::new();
        for (place, one) in self.days.iter().enumerate() {
            let part = format!("day.{place}");
            let date = date(&one.date, &format!("{part}.date"), &mut problems);
            let hours = both(&one.hours, &part, &mut problems);
            days.push(OwnDay { date, name: one.name.clone(), hours });
        }
        days.sort_by_key(|one| one.date);
        if problems.is_empty() {
            Ok(Timetable { weeks, seasons, days, reading: self.reading })
        } else {
            Err(problems)
        }
    }
}

fn typed_week(weeks: &Both<Week>) -> Vec<TypedHours> {
    let days = weeks.office.0.iter().zip(&weeks.service.0);
    days.map(|(office, service)| Both { office: office.to_string(), service: service.to_string() }).collect()
}

fn week(typed: &[TypedHours], part: &str, problems: &mut Vec<Problem>) -> Both<Week> {
    let mut weeks = Both::<Week>::default();
    for (day, one) in typed.iter().take(DAYS).enumerate() {
        let hours = both(one, &format!("{part}.{day}"), problems);
        for (kind, hours) in [(HoursKind::Office, hours.office), (HoursKind::Service, hours.service)] {
            if let Some(place) = weeks.of_mut(kind).0.get_mut(day) {
                *place = hours;
            }
        }
    }
    weeks
}

fn both(typed: &TypedHours, part: &str, problems: &mut Vec<Problem>) -> Both<Hours> {
    let mut read = |kind: HoursKind| {
        let text = typed.of(kind);
        text.parse::<Hours>().unwrap_or_else(|error| {
            problems.push(Problem::new(format!("{part}.{}", kind.word()), error.to_string()));
            Hours::CLOSED
        })
    };
    Both { office: read(HoursKind::Office), service: read(HoursKind::Service) }
}

fn date(text: &str, part: &str, problems: &mut Vec<Problem>) -> NaiveDate {
    text.trim().parse().unwrap_or_else(|_| {
        problems.push(Problem::new(part, "Isi tanggal dengan lengkap."));
        NaiveDate::default()
    })
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sent(one: &Typed) -> Fields {
        let mut all = vec![("reading", one.reading.word().to_owned())];
        for hours in &one.week {
            all.push(("office", hours.office.clone()));
            all.push(("service", hours.service.clone()));
        }
        for season in &one.seasons {
            all.push(("season_name", season.name.clone()));
            all.push(("season_from", season.from.clone()));
            all.push(("season_until", season.until.clone()));
            for hours in &season.week {
                all.push(("season_office", hours.office.clone()));
                all.push(("season_service", hours.service.clone()));
            }
        }
        for day in &one.days {
            all.push(("day_date", day.date.clone()));
            all.push(("day_name", day.name.clone()));
            all.push(("day_office", day.hours.office.clone()));
            all.push(("day_service", day.hours.service.clone()));
        }
        Fields::new(all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    fn today() -> NaiveDate {
        "2026-11-22".parse().unwrap_or_default()
    }

    /// A timetable with a season, an opened cuti bersama and a day of its own.
    fn full() -> Typed {
        let mut typed = Typed::of(&Timetable::usual());
        for action in ["musim", "libur:2026-12-24", "hari"] {
            typed.press(action, today());
        }
        typed.seasons[0].name = "Ramadan".to_owned();
        typed.days[1].name = "HUT kota".to_owned();
        typed.reading = DayReading::NextWorkingDay;
        typed
    }

    #[test]
    fn a_form_sent_as_it_was_drawn_changes_nothing() {
        let typed = full();
        assert_eq!(Typed::read(&sent(&typed)), typed);
        let timetable = typed.timetable().unwrap_or_default();
        assert_eq!(timetable.days.len(), 2);
        let again = Typed::of(&timetable);
        assert_eq!(again.timetable(), Ok(timetable));
    }

    #[test]
    fn a_cuti_bersama_that_is_opened_serves_as_on_its_weekday_and_is_no_working_day() {
        let typed = full();
        let day = &typed.days[0];
        assert_eq!((day.date.as_str(), day.hours.office.as_str()), ("2026-12-24", "tutup"));
        assert_eq!(day.hours.service, "08.00–12.00, 13.00–15.00");
        let mut again = typed.clone();
        again.press("libur:2026-12-24", today());
        assert_eq!(again, typed, "once");
    }

    #[test]
    fn what_cannot_be_read_is_said_at_its_field() {
        let mut typed = full();
        typed.week[2].service = "pagi".to_owned();
        typed.seasons[0].week[4].office = "15.00–08.00".to_owned();
        typed.seasons[0].until = "besok".to_owned();
        typed.days[0].hours.service = "9".to_owned();
        let found = typed.timetable().map_err(|all| all.into_iter().map(|one| one.part).collect::<Vec<_>>());
        let parts = ["week.2.jam_layanan", "season.0.4.jam_kerja", "season.0.until", "day.0.jam_layanan"];
        assert_eq!(found, Err(parts.map(str::to_owned).to_vec()));
    }

    #[test]
    fn buttons_take_away_what_they_name() {
        let mut typed = full();
        typed.press("hari-buang:0", today());
        typed.press("musim-buang:0", today());
        assert_eq!((typed.seasons.len(), typed.days.len()), (0, 1));
        assert_eq!(typed.days[0].name, "HUT kota");
    }

    proptest! {
        #[test]
        fn no_button_and_no_text_breaks_a_form(action in "(musim|hari|libur|lain)(-buang)?(:[0-9-]{0,12})?", text in ".{0,20}") {
            let mut typed = full();
            typed.week[0].office = text.clone();
            typed.seasons[0].from = text;
            typed.press(&action, today());
            let _ = typed.timetable();
        }
    }
}
