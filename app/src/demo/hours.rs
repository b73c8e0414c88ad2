//! The hours that the offices of the demonstration publish: those of their year, with rest, Ramadan, and one cuti bersama
//! on which Tangerang serves by shift.

use loket_core::{
    calendar::{Both, DayReading, DayTime, Hours, Opening, OwnDay, SeasonHours, Timetable, Week},
    standard::{Basis, Confidence, TimeLimit, TimeUnit},
};

use super::{
    letter,
    setup::{Description, Trouble, trouble},
    year::{self, YEARS},
};
use crate::{
    domain::{
        calendars::{self, Of},
        catalogue,
        editions::Publication,
    },
    infra::{Cx, House},
};

/// The season that lies before them.
const RAMADAN: &str = "Ramadan 1448 H (perkiraan)";
/// The cuti bersama of Christmas 2026.
const SHIFT: (&str, &str) = ("2026-12-24", "Natal: buka bergilir");

/// Whose "1x24 jam" ends at the same time of the next working day: in today, out by tomorrow.
const NEXT_DAY: &str = "kota-kupang";

/// How long its services may take, by what was published of it (Batu: about two weeks); where it stands is made up.
const TIMES: [(&str, i64, TimeUnit); 5] = [
    ("kab-tangerang", 1, TimeUnit::WorkingDays),
    ("kota-kupang", 1, TimeUnit::DaysAndNights),
    ("kab-nunukan", 2, TimeUnit::WorkingDays),
    ("kec-muara-bangkahulu", 1, TimeUnit::WorkingDays),
    ("kota-batu", 10, TimeUnit::WorkingDays),
];

/// Each office publishes how long its services may take.
pub async fn publish_times(house: &House, description: &Description) -> Result<(), Trouble> {
    for office in &description.offices {
        let Some((_, amount, unit)) = TIMES.iter().find(|(slug, ..)| *slug == office.slug) else { continue };
        let law = format!("SK Kepala {} (peragaan)", office.name);
        let basis = Basis { law, article: String::new(), confidence: Confidence::Medium };
        let limit = TimeLimit { amount: *amount, unit: *unit, channel: None, basis };
        let mut cx = Cx::write(house, office.id, letter::admin(&office.accounts)?).await.map_err(trouble)?;
        for service in catalogue::load(&cx).await.map_err(trouble)?.services {
            let mut draft = catalogue::draft(&mut cx, service.id).await.map_err(trouble)?;
            draft.document.times = vec![limit.clone()];
            let amended = (draft.revision, &draft.document);
            let expected = catalogue::amend(&mut cx, service.id, amended).await.map_err(trouble)?;
            let note = "Waktu pelayanan menurut SK".to_owned();
            let how = Publication { expected, note, from: None, old_until: None };
            catalogue::publish(&mut cx, service.id, &how).await.map_err(trouble)?;
        }
        cx.commit().await.map_err(trouble)?;
    }
    Ok(())
}

/// Each office publishes its first edition.
pub async fn publish_hours(house: &House, description: &Description) -> Result<(), Trouble> {
    for (place, (office, year)) in description.offices.iter().zip(&YEARS).enumerate() {
        let mut timetable = timetable(year.hours, place == 0);
        if office.slug == NEXT_DAY {
            timetable.reading = DayReading::NextWorkingDay;
        }
        let actor = letter::admin(&office.accounts)?;
        let mut cx = Cx::write(house, office.id, actor).await.map_err(trouble)?;
        let expected = calendars::amend(&mut cx, Of::Office, (0, &timetable)).await.map_err(trouble)?;
        let note = "Jam layanan yang diumumkan kantor".to_owned();
        let how = Publication { expected, note, from: None, old_until: None };
        calendars::publish(&mut cx, Of::Office, &how).await.map_err(trouble)?;
        cx.commit().await.map_err(trouble)?;
    }
    Ok(())
}

fn timetable(of: year::Hours, by_shift: bool) -> Timetable {
    let mut one = Timetable::usual();
    one.weeks.service = week(of);
    let [from, until] = year::next_ramadan();
    let weeks = Timetable::ramadan_weeks();
    one.seasons.push(SeasonHours { name: RAMADAN.to_owned(), from, until, weeks });
    if by_shift {
        let (day, name) = SHIFT;
        let service = hours([(8 * 60, 12 * 60)]);
        one.days.push(OwnDay {
            date: day.parse().unwrap_or_default(),
            name: name.to_owned(),
            hours: Both { office: Hours::CLOSED, service },
        });
    }
    one
}

/// The usual week of an office.
fn week(of: year::Hours) -> Week {
    let usual = || hours(of.minutes(false, false));
    let friday = hours(of.minutes(false, true));
    Week([usual(), usual(), usual(), usual(), friday, Hours::CLOSED, Hours::CLOSED])
}

/// Hours from minutes of the day.
fn hours(spans: impl IntoIterator<Item = (i64, i64)>) -> Hours {
    let time =
        |minutes: i64| DayTime::new(u16::try_from(minutes / 60).ok()?, u16::try_from(minutes % 60).ok()?);
    let openings = spans
        .into_iter()
        .filter_map(|(from, until)| Some(Opening { from: time(from)?, until: time(until)? }));
    Hours::new(openings).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use loket_core::{calendar::HoursKind, edition::Document};

    use super::*;

    #[test]
    fn each_office_publishes_hours_that_hold() {
        for year in &YEARS {
            let one = timetable(year.hours, true);
            assert_eq!(one.check(), []);
        }
        let tangerang = timetable(YEARS[0].hours, true);
        assert_eq!(
            tangerang.weeks.of(HoursKind::Service).words(),
            "Senin–Kamis 08.00–12.00 dan 13.00–15.00, Jumat 08.00–11.30 dan 13.00–15.30"
        );
        let muara = timetable(YEARS[3].hours, false);
        assert!(
            muara.weeks.service.words().ends_with("Jumat 08.00–11.30"),
            "{}",
            muara.weeks.service.words()
        );
    }
}
