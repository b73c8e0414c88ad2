//! What an office publishes about its hours.

use super::*;
use crate::edition::Document;

fn season(name: &str, from: &str, until: &str) -> SeasonHours {
    SeasonHours {
        name: name.to_owned(),
        from: day(from),
        until: day(until),
        weeks: Timetable::ramadan_weeks(),
    }
}

fn own_day(date: &str, service: &str) -> OwnDay {
    let hours = Both { office: Hours::CLOSED, service: hours(service) };
    OwnDay { date: day(date), name: "Buka bergilir".to_owned(), hours }
}

fn problems(one: &Timetable) -> Vec<(String, String)> {
    one.check().into_iter().map(|one| (one.part, one.sentence)).collect()
}

#[test]
fn an_office_begins_with_the_hours_of_the_rule() {
    let usual = Timetable::usual();
    assert_eq!(usual.weeks.office, super::usual());
    assert_eq!(Timetable::ramadan_weeks().office, ramadan());
    assert_eq!(problems(&usual), []);
}

#[test]
fn a_week_reads_as_people_say_it() {
    let mut week = Timetable::usual().weeks.service;
    assert_eq!(week.words(), "Senin–Kamis 08.00–12.00 dan 13.00–15.00, Jumat 08.00–11.30 dan 13.00–15.00");
    week.0[5] = hours("09.00–13.00");
    week.0[6] = hours("09.00–13.00");
    week.0[2] = Hours::CLOSED;
    assert_eq!(
        week.words(),
        "Senin dan Selasa 08.00–12.00 dan 13.00–15.00, Kamis 08.00–12.00 dan 13.00–15.00, \
         Jumat 08.00–11.30 dan 13.00–15.00, Sabtu dan Minggu 09.00–13.00"
    );
    assert_eq!(Week::default().words(), "tutup");
}

#[test]
fn hours_are_read_however_they_are_typed() {
    for (typed, read) in [
        ("08.00–12.00, 13.00–15.00", "08.00–12.00, 13.00–15.00"),
        ("8-12 dan 13:00 s.d. 15:00", "08.00–12.00, 13.00–15.00"),
        ("8.00 sampai 12.00; 12.00-14.30", "08.00–14.30"),
        ("  Tutup ", "tutup"),
        ("", "tutup"),
    ] {
        assert_eq!(typed.parse::<Hours>().map(|hours| hours.to_string()), Ok(read.to_owned()), "{typed}");
    }
    for (typed, why) in [
        ("pagi", HoursError::Unreadable),
        ("08.00", HoursError::Unreadable),
        ("08.00–25.00", HoursError::Unreadable),
        ("08.00–12.00,", HoursError::Unreadable),
        ("15.00–08.00", HoursError::Backwards),
        ("08.00–12.00, 11.00–13.00", HoursError::Overlap),
    ] {
        assert_eq!(typed.parse::<Hours>(), Err(why), "{typed}");
    }
}

#[test]
fn a_season_and_a_day_of_its_own_stand_above_the_week_and_above_holidays() {
    let mut one = Timetable::usual();
    one.seasons.push(season("Ramadan 1448 H", "2027-02-08", "2027-03-09"));
    one.days.push(own_day("2026-12-24", "08.00–12.00"));
    let joint = holiday("2026-12-24", HolidayKind::JointLeave);
    let of = |kind| one.calendar(kind, OfficeZone::Wita, std::slice::from_ref(&joint));
    let (office, service) = (of(HoursKind::Office), of(HoursKind::Service));
    assert!(!office.is_working_day(day("2026-12-24")), "no working day of the law");
    assert_eq!(service.day(day("2026-12-24")).0.to_string(), "08.00–12.00");
    assert_eq!(service.day(day("2027-02-08")).0.to_string(), "08.00–12.00, 12.30–14.00");
    assert_eq!(office.day(day("2027-03-10")).0.to_string(), "07.30–12.00, 13.00–16.00");
    assert_eq!(
        one.week_on(day("2027-03-09"), HoursKind::Office).1.map(|one| &*one.name),
        Some("Ramadan 1448 H")
    );
    assert_eq!(one.next_change(day("2026-11-22")), Some(day("2027-02-08")));
    assert_eq!(one.next_change(day("2027-02-08")), Some(day("2027-03-10")));
    assert_eq!(one.next_change(day("2027-03-10")), None);
}

#[test]
fn what_would_make_no_calendar_is_said_at_its_field() {
    let mut one = Timetable::default();
    assert_eq!(problems(&one).len(), 2, "{:?}", problems(&one));
    one = Timetable::usual();
    one.seasons.push(season("", "2027-02-08", "2027-03-09"));
    one.seasons.push(season("Lain", "2027-03-09", "2027-03-01"));
    one.seasons.push(season("Panjang", "2028-01-01", "2028-04-30"));
    one.days.push(own_day("2026-12-24", "08.00–12.00"));
    one.days.push(own_day("2026-12-24", "tutup"));
    let parts: Vec<String> = problems(&one).into_iter().map(|(part, _)| part).collect();
    assert_eq!(parts, ["season.0.name", "season.1.until", "season.2.until", "day.1.date"]);
    one.seasons = vec![season("Satu", "2027-02-08", "2027-03-09"), season("Dua", "2027-03-09", "2027-03-20")];
    one.days.clear();
    assert_eq!(problems(&one)[0].0, "season.1.from");
}

#[test]
fn what_differs_between_two_editions_is_told_in_lines() {
    let old = Timetable::usual();
    let mut new = old.clone();
    new.days.push(own_day("2026-12-24", "08.00–12.00"));
    let found = crate::edition::difference(&old.parts(), &new.parts());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].label, "Kamis, 24 Desember 2026");
    let text = &new.parts()[3].text;
    assert_eq!(text, "Buka bergilir: jam kerja tutup; jam layanan 08.00–12.00");
}

#[test]
fn a_timetable_holds_as_much_as_it_says_and_no_more() {
    let parts = |one: &Timetable| problems(one).into_iter().map(|(part, _)| part).collect::<Vec<_>>();
    let mut one = Timetable::usual();
    let year = |place: usize| (format!("{}-02-08", 2027 + place), format!("{}-03-09", 2027 + place));
    for place in 0..12 {
        let (from, until) = year(place);
        one.seasons.push(season("Ramadan", &from, &until));
    }
    assert_eq!(parts(&one), Vec::<String>::new());
    one.seasons.push(season("Ramadan", "2060-02-08", "2060-03-09"));
    assert_eq!(parts(&one), ["seasons"]);
    one.seasons = vec![season(&"a".repeat(80), "2027-02-08", "2027-02-08")];
    assert_eq!(parts(&one), Vec::<String>::new(), "a season of one day with the longest name");
    one.seasons = vec![season(&"a".repeat(81), "2027-02-08", "2027-03-09")];
    assert_eq!(parts(&one), ["season.0.name"]);
    assert_eq!(one.clone().elsewhere(), one, "it says nothing that is only this office's");
    assert_eq!(
        HoursKind::ALL.iter().map(|kind| kind.label()).collect::<Vec<_>>(),
        ["Jam kerja", "Jam layanan"]
    );
}

#[test]
fn as_many_days_of_its_own_as_a_year_has_are_too_many() {
    let mut one = Timetable::usual();
    one.days =
        day("2027-01-01").iter_days().take(200).map(|day| own_day(&day.to_string(), "tutup")).collect();
    assert_eq!(problems(&one), []);
    one.days.push(own_day("2030-01-01", "tutup"));
    assert_eq!(problems(&one)[0].0, "days");
}
