//! How each of the five offices works in the demonstration's year: hours, volumes, ways, causes, what went wrong.
//!
//! Published are Nunukan's KTP-el by semester (all ways, 2020 and 2021), Kupang's day for a request, Batu's ten working
//! days and Nunukan's one to two. Everything else is invented to fit, and so labelled wherever it is shown.

use super::calendar::Hours;

/// How many requests of a service come in a semester.
#[derive(Debug, Clone, Copy)]
pub enum Volume {
    /// As published for the two semesters of 2020 and 2021; even years repeat 2020, odd years 2021.
    Published {
        /// January to June, July to December 2020.
        even: [u64; 2],
        /// The same of 2021.
        odd: [u64; 2],
    },
    /// Invented: so many in every semester.
    Invented(u64),
}

/// A service in an office.
#[derive(Debug, Clone, Copy)]
pub struct ServiceYear {
    /// Its code.
    pub code: &'static str,
    /// How much comes.
    pub volume: Volume,
    /// From complete papers to the product, in minutes of work, about.
    pub lead: f64,
    /// Whether its product needs a blank card.
    pub card: bool,
}

/// By what ways citizens come.
#[derive(Debug, Clone, Copy)]
pub struct Ways {
    /// The share that writes at the beginning of 2026.
    pub written: f64,
    /// What is added to it within a year.
    pub growth: f64,
    /// Of the others: the share that telephones or sends mail.
    pub remote: f64,
}

/// What stopped work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Power or network: nothing is done, nobody is answered.
    Closed,
    /// SIAK is down: messages are answered, nothing is made.
    Siak,
    /// Blank cards are out: no card is made.
    NoCards,
}

/// Some days on which work was stopped.
#[derive(Debug, Clone, Copy)]
pub struct Incident {
    /// What it was.
    pub what: Trouble,
    /// How many days before the end of the year it began; then the next working day.
    pub back: i64,
    /// For how many working days.
    pub days: usize,
}

const fn closed(back: i64, days: usize) -> Incident {
    Incident { what: Trouble::Closed, back, days }
}

const fn siak(back: i64, days: usize) -> Incident {
    Incident { what: Trouble::Siak, back, days }
}

const fn no_cards(back: i64, days: usize) -> Incident {
    Incident { what: Trouble::NoCards, back, days }
}

/// An office's year. The order is that of [`crate::demo::offices::OFFICES`].
#[derive(Debug, Clone, Copy)]
pub struct OfficeYear {
    /// When it serves.
    pub hours: Hours,
    /// What it does.
    pub services: &'static [ServiceYear],
    /// How citizens come.
    pub ways: Ways,
    /// The share of written requests whose papers must come again.
    pub asked: f64,
    /// How long a message lies before somebody has time for it, in minutes of work, about.
    pub notice: f64,
    /// The longest an officer is busy with one, in minutes.
    pub longest: f64,
    /// What went wrong.
    pub incidents: &'static [Incident],
    /// How much comes from each kecamatan, against the others, in the order of their codes.
    pub districts: &'static [u32],
}

const fn service(code: &'static str, volume: u64, lead: f64, card: bool) -> ServiceYear {
    ServiceYear { code, volume: Volume::Invented(volume), lead, card }
}

const fn hours(open: (i64, i64), close: (i64, i64), friday: (i64, i64)) -> Hours {
    Hours { open: open.0 * 60 + open.1, close: close.0 * 60 + close.1, friday: friday.0 * 60 + friday.1 }
}

/// When SIAK was down for everybody.
const EVERYWHERE: Incident = siak(121, 1);

/// The five offices.
pub static YEARS: [OfficeYear; 5] = [
    // Kabupaten Tangerang: KTP-el within the day; power cuts pile up the queue.
    OfficeYear {
        hours: hours((8, 0), (15, 0), (15, 30)),
        services: &[
            service("KK", 560, 300.0, false),
            service("KTP", 720, 230.0, true),
            service("KIA", 300, 420.0, true),
            service("SKPWNI", 210, 200.0, false),
            service("SKDWN", 160, 460.0, true),
        ],
        ways: Ways { written: 0.86, growth: 0.06, remote: 0.05 },
        asked: 0.17,
        notice: 26.0,
        longest: 26.0,
        incidents: &[closed(16, 1), EVERYWHERE, closed(208, 2), siak(301, 1)],
        districts: &[
            13, 7, 15, 5, 10, 7, 6, 9, 5, 6, 14, 26, 16, 14, 12, 12, 17, 22, 13, 11, 10, 9, 7, 18, 9, 10, 9,
            5, 4,
        ],
    },
    // Kota Kupang: in today, out by tomorrow.
    OfficeYear {
        hours: hours((8, 0), (15, 30), (15, 0)),
        services: &[
            service("NIK", 310, 60.0, false),
            service("SKPWNI", 180, 150.0, false),
            service("SKDWN", 130, 260.0, true),
            service("KIA", 150, 270.0, true),
        ],
        ways: Ways { written: 0.58, growth: 0.16, remote: 0.06 },
        asked: 0.15,
        notice: 45.0,
        longest: 28.0,
        incidents: &[siak(24, 2), closed(75, 1), EVERYWHERE, siak(233, 1)],
        districts: &[8, 9, 7, 10, 6, 4],
    },
    // Kabupaten Nunukan: all ways; network, blank cards and ribbon run out.
    OfficeYear {
        hours: hours((7, 30), (16, 0), (16, 30)),
        services: &[
            ServiceYear {
                code: "KTP",
                volume: Volume::Published { even: [10_160, 16_990], odd: [12_158, 9_923] },
                lead: 520.0,
                card: true,
            },
            service("KK", 230, 420.0, false),
            service("KIA", 120, 640.0, true),
            service("AKL", 90, 560.0, false),
        ],
        ways: Ways { written: 0.2, growth: 0.12, remote: 0.08 },
        asked: 0.19,
        notice: 40.0,
        longest: 20.0,
        incidents: &[
            closed(11, 1),
            no_cards(29, 6),
            EVERYWHERE,
            no_cards(191, 9),
            closed(262, 3),
            closed(330, 1),
        ],
        districts: &[
            60, 660, 60, 55, 40, 130, 25, 95, 270, 135, 70, 90, 110, 100, 25, 35, 20, 22, 24, 20, 16,
        ],
    },
    // Kecamatan Muara Bangkahulu: two photocopies of the KK are missing.
    OfficeYear {
        hours: hours((8, 0), (15, 30), (11, 30)),
        services: &[
            service("DOM", 190, 70.0, false),
            service("SKTM", 150, 60.0, false),
            service("RAMAI", 35, 130.0, false),
        ],
        ways: Ways { written: 0.5, growth: 0.1, remote: 0.05 },
        asked: 0.33,
        notice: 60.0,
        longest: 25.0,
        incidents: &[closed(40, 1), closed(187, 1)],
        districts: &[1],
    },
    // Kota Batu: about two weeks to a KTP-el.
    OfficeYear {
        hours: hours((7, 30), (16, 0), (14, 30)),
        services: &[
            service("KTP", 260, 3_700.0, true),
            service("KK", 150, 1_250.0, false),
            service("KIA", 70, 2_300.0, true),
        ],
        ways: Ways { written: 0.34, growth: 0.22, remote: 0.06 },
        asked: 0.2,
        notice: 80.0,
        longest: 30.0,
        incidents: &[closed(19, 1), EVERYWHERE, no_cards(128, 14), siak(260, 2)],
        districts: &[10, 6, 5],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{demo::offices::OFFICES, domain::regions};

    #[test]
    fn each_office_serves_what_it_offers_in_the_hours_it_publishes() {
        for (office, year) in OFFICES.iter().zip(&YEARS) {
            let codes: Vec<_> = year.services.iter().map(|service| service.code).collect();
            assert_eq!(codes, office.services, "{}", office.slug);
            let time = |minute: i64| format!("{:02}.{:02}", minute / 60, minute % 60);
            let Hours { open, close, friday } = year.hours;
            let told =
                format!("Senin–Kamis {}–{}, Jumat {}–{} ", time(open), time(close), time(open), time(friday));
            assert!(office.hours.starts_with(&told), "{}: {told}", office.slug);
            assert_eq!(year.districts.len(), regions::districts(office.region).len(), "{}", office.slug);
        }
    }
}
