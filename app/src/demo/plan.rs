//! The plan of the story: which cases the offices had in the past days, and how far each has come.
//!
//! Drawn from a fixed seed, so that every demonstration tells the same days.

use chrono::{NaiveTime, TimeDelta};
use loket_core::{clock::Instant, zone::OfficeZone};

use super::{
    lots::Lots,
    offices::{CITIZENS, DemoOffice},
    year::is_working_day,
};

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The citizen asked; nobody has taken it.
    Opened,
    /// The same, with photos of the papers.
    WithPapers,
    /// An officer checks the papers.
    Checking,
    /// A paper was no good; the citizen was asked.
    Asked,
    /// The papers are complete.
    Complete,
    /// The product is ready.
    Ready,
    /// The citizen has it.
    Finished,
    /// It was refused.
    Refused,
    /// The citizen asked something that is no request.
    Question,
}

/// One case.
#[derive(Debug, Clone)]
pub struct Case {
    /// Which office, by its place in the list.
    pub office: usize,
    /// When the citizen first wrote.
    pub at: Instant,
    /// The service's code.
    pub service: &'static str,
    /// Who asks.
    pub citizen: &'static str,
    /// Their phone.
    pub wa_id: String,
    /// How far it has come.
    pub depth: Depth,
    /// A number to draw details from.
    pub lot: u64,
}

/// The cases of one office: those of past working days have ended or wait, today's are open.
pub fn cases(place: usize, office: &'static DemoOffice, zone: OfficeZone, now: Instant) -> Vec<Case> {
    let mut lots = Lots::new(0x10ce_7000 + place as u64);
    let mut cases = Vec::new();
    for (back, count) in [(5, 5), (4, 5), (3, 5), (2, 5), (1, 6)] {
        let Some(day) = morning(zone, now, back) else { continue };
        for _ in 0..count {
            // The odd seconds keep two cases of an office from falling on the same moment.
            let odd = TimeDelta::seconds(i64::try_from(cases.len()).unwrap_or(0));
            let at = day + TimeDelta::minutes(lots.below(370).cast_signed()) + odd;
            let depth = past_depth(lots.below(12));
            cases.push(case((place, office), (at, depth), cases.len(), &mut lots));
        }
    }
    for depth in [
        Depth::Asked,
        Depth::Checking,
        Depth::Complete,
        Depth::WithPapers,
        Depth::Question,
        Depth::Opened,
        Depth::WithPapers,
        Depth::Opened,
    ] {
        let at = now - TimeDelta::minutes(300 - 36 * i64::try_from(cases.len() % 8).unwrap_or(0));
        cases.push(case((place, office), (at, depth), cases.len(), &mut lots));
    }
    cases.sort_by_key(|case| case.at);
    cases
}

fn case(
    (place, office): (usize, &'static DemoOffice),
    (at, depth): (Instant, Depth),
    number: usize,
    lots: &mut Lots,
) -> Case {
    let services = office.services.len() as u64;
    let service = office.services.get(usize::try_from(lots.below(services)).unwrap_or(0)).copied();
    let citizen = CITIZENS.get((place * 7 + number) % CITIZENS.len()).copied();
    Case {
        office: place,
        at,
        service: service.unwrap_or("KTP"),
        citizen: citizen.unwrap_or("Warga"),
        // 0800 is no mobile prefix: these phones cannot exist.
        wa_id: format!("62800{}{:03}", office.region.get(..4).unwrap_or("0000"), 100 + number),
        depth,
        lot: lots.draw(),
    }
}

fn past_depth(lot: u64) -> Depth {
    match lot {
        0 => Depth::Refused,
        1 => Depth::Asked,
        2 => Depth::Ready,
        3 => Depth::Complete,
        4 => Depth::Question,
        _ => Depth::Finished,
    }
}

/// Eight o'clock of the working day that lies `back` calendar days before today; nothing on a weekend or a holiday.
fn morning(zone: OfficeZone, now: Instant, back: i64) -> Option<Instant> {
    let day = zone.date(now - TimeDelta::days(back));
    if !is_working_day(day) {
        return None;
    }
    let eight = NaiveTime::from_hms_opt(8, 5, 0)?;
    Some(zone.instant(day.and_time(eight)))
}

#[cfg(test)]
mod tests {
    use loket_core::clock::{Clock, StillClock};

    use super::*;
    use crate::demo::offices::OFFICES;

    #[test]
    fn every_office_has_a_few_dozen_cases_and_none_lies_in_the_future() {
        let now = StillClock::at(chrono::DateTime::UNIX_EPOCH + TimeDelta::days(20_781)).now();
        for (place, office) in OFFICES.iter().enumerate() {
            let cases = cases(place, office, OfficeZone::Wib, now);
            assert!(cases.len() >= 24, "{} has {}", office.slug, cases.len());
            assert!(cases.iter().all(|case| case.at <= now));
            let mut phones: Vec<_> = cases.iter().map(|case| &case.wa_id).collect();
            phones.sort();
            phones.dedup();
            assert_eq!(phones.len(), cases.len());
        }
    }
}
