//! Who comes to an office on which day, for what, from which kecamatan and by what way.
//!
//! A semester's volume is divided over its days so that it adds up exactly, and so is its division over kecamatan.
//! Each arrival is drawn from lots of its own, named by office, service, semester and place in the row: what comes on
//! a day is the same whenever the year ends, outages apart.

use chrono::{Datelike, NaiveDate, Weekday};
use loket_core::request::Channel;

use super::{
    calendar::{DAY, Local, Times, day_of, is_ramadan, is_working_day, midnight, plus},
    profile::{OfficeYear, ServiceYear, Volume},
};
use crate::demo::lots::{Lots, divide};

/// Half a year: January to June, or July to December.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Semester {
    year: i32,
    second: bool,
}

impl Semester {
    /// The semester of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), second: day.month() > 6 }
    }

    /// Its first day.
    pub fn from(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, if self.second { 7 } else { 1 }, 1).unwrap_or_default()
    }

    /// The one after it.
    pub fn next(self) -> Self {
        Self { year: self.year + i32::from(self.second), second: !self.second }
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        plus(self.next().from(), -1)
    }

    /// From its first moment to its last.
    pub fn span(self) -> (Local, Local) {
        (midnight(self.from()), midnight(self.next().from()))
    }

    fn number(self) -> u64 {
        u64::from(self.year.unsigned_abs()) * 2 + u64::from(self.second)
    }

    /// What comes of a service in it.
    pub fn volume(self, service: &ServiceYear) -> u64 {
        match service.volume {
            Volume::Published { even, odd } => {
                let year = if self.year.rem_euclid(2) == 0 { even } else { odd };
                year.get(usize::from(self.second)).copied().unwrap_or(0)
            }
            Volume::Invented(each) => each,
        }
    }
}

/// Somebody who comes.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// Which service, by its place in the profile.
    pub service: usize,
    /// Which kecamatan, by its place in the area.
    pub district: usize,
    /// By what way.
    pub channel: Channel,
    /// The first message, or the step up to the desk.
    pub first: Local,
    /// When it became a request.
    pub opened: Local,
    /// The seed of whatever else is drawn for it.
    pub lot: u64,
}

/// Where arrivals are drawn for.
pub struct Ground<'a> {
    /// Which office, by its place in the list.
    pub place: usize,
    /// Its profile.
    pub year: &'a OfficeYear,
    /// Whether it reads format lines, so that a message becomes a request by itself.
    pub formats: bool,
    /// When its officers are there.
    pub desk: &'a Times,
    /// Every volume times this.
    pub factor: u64,
}

impl Ground<'_> {
    /// Whoever is opened from one day to another (the second left out), in the order of opening.
    pub fn arrivals(&self, (from, until): (NaiveDate, NaiveDate)) -> Vec<Arrival> {
        let mut all = Vec::new();
        let mut semester = Semester::of(from);
        while semester.from() < until {
            for service in 0..self.year.services.len() {
                let drawn = self.semester(service, semester).into_iter();
                all.extend(drawn.filter(|one| (from..until).contains(&day_of(one.opened))));
            }
            semester = semester.next();
        }
        all.sort_by_key(|one| (one.opened, one.lot));
        all
    }

    /// A whole semester of a service.
    pub fn semester(&self, service: usize, semester: Semester) -> Vec<Arrival> {
        let Some(profile) = self.year.services.get(service) else { return Vec::new() };
        let total = semester.volume(profile) * self.factor;
        let name = [self.place as u64, service as u64, semester.number()];
        let days: Vec<NaiveDate> =
            semester.from().iter_days().take_while(|day| *day <= semester.last()).collect();
        let mut noise = Lots::of(&[&name[..], &[1]].concat());
        let weights: Vec<f64> = days.iter().map(|day| self.weight(*day, &mut noise)).collect();
        let counts = divide(total, &weights);
        let mut districts = self.districts_of(total);
        Lots::of(&[&name[..], &[2]].concat()).shuffle(&mut districts);
        let each = days.iter().zip(counts).flat_map(|(day, count)| (0..count).map(|_| *day));
        each.zip(districts)
            .enumerate()
            .map(|(number, (day, district))| {
                let lots = Lots::of(&[&name[..], &[3, number as u64]].concat());
                self.arrival((service, district), (semester, day), lots)
            })
            .collect()
    }

    /// How much comes on a day, against other days.
    fn weight(&self, day: NaiveDate, noise: &mut Lots) -> f64 {
        let lot = 0.7 + 0.6 * noise.unit();
        if !is_working_day(day) {
            return match (self.formats, day.weekday()) {
                (false, _) => 0.0,
                (true, Weekday::Sat) => 0.16 * lot,
                (true, _) => 0.1 * lot,
            };
        }
        let weekday = match day.weekday() {
            Weekday::Mon => 1.22,
            Weekday::Tue => 1.08,
            Weekday::Wed => 1.0,
            Weekday::Thu => 0.97,
            _ => 0.72,
        };
        // After a long rest the rush; in the fast fewer; before school begins more.
        let rested = (1..=3).all(|back| !is_working_day(plus(day, -back)));
        let season = match (is_ramadan(day), day.month()) {
            (true, _) => 0.8,
            (false, 6 | 7) => 1.12,
            (false, 12) => 0.9,
            (false, _) => 1.0,
        };
        weekday * season * lot * if rested { 1.4 } else { 1.0 }
    }

    /// A kecamatan for each of so many, adding up exactly; the split is invented.
    fn districts_of(&self, total: u64) -> Vec<usize> {
        let weights: Vec<f64> = self.year.districts.iter().map(|weight| f64::from(*weight)).collect();
        let parts = divide(total, &weights).into_iter().enumerate();
        parts.flat_map(|(district, count)| (0..count).map(move |_| district)).collect()
    }

    fn arrival(
        &self,
        (service, district): (usize, usize),
        (semester, day): (Semester, NaiveDate),
        mut lots: Lots,
    ) -> Arrival {
        let channel = self.channel(day, &mut lots);
        let (first, opened) = if channel == Channel::WhatsApp && self.formats {
            let at = written_at(day, &mut lots);
            (at, at + lots.between(2, 9))
        } else {
            self.at_the_desk((semester, day), channel, &mut lots)
        };
        Arrival { service, district, channel, first, opened, lot: lots.draw() }
    }

    fn channel(&self, day: NaiveDate, lots: &mut Lots) -> Channel {
        let ways = self.year.ways;
        let years = (day - NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default()).num_days() as f64 / 365.0;
        let written = (ways.written + ways.growth * years).clamp(0.05, 0.95);
        if !is_working_day(day) || lots.chance(written) {
            return Channel::WhatsApp;
        }
        if !lots.chance(ways.remote) {
            return Channel::Counter;
        }
        if lots.chance(0.7) { Channel::Telephone } else { Channel::Mail }
    }

    /// Opened by an officer, in the office's hours. Whoever meets a closed office comes on the next day that is open,
    /// though not in another semester.
    fn at_the_desk(
        &self,
        (semester, day): (Semester, NaiveDate),
        channel: Channel,
        lots: &mut Lots,
    ) -> (Local, Local) {
        let next = self.desk.day_from(day).filter(|next| *next <= semester.last());
        let open = next.or_else(|| self.desk.day_until(day)).unwrap_or(day);
        // More come in the morning than later.
        let (one, other) = (lots.unit(), lots.unit());
        let share = one.min(0.35 + 0.65 * other);
        let opened = self.desk.part_of(open, share).unwrap_or(midnight(open) + DAY / 2);
        if channel != Channel::WhatsApp {
            return (opened, opened);
        }
        let first = if open > day {
            // Written on the day on which nobody was there.
            written_at(day, lots)
        } else if share < 0.14 {
            self.overnight(open, lots)
        } else {
            opened - lots.between(120, 45 * 60)
        };
        (first.min(opened - 90), opened)
    }

    /// Between the last closing and this morning; mostly in the evening.
    fn overnight(&self, morning: NaiveDate, lots: &mut Lots) -> Local {
        let before = self.desk.day_until(plus(morning, -1)).unwrap_or(plus(morning, -1));
        let apart = (morning - before).num_days();
        let back = if lots.chance(0.3) { 0 } else { lots.between(1, apart.max(1) + 1) };
        let day = plus(morning, -back);
        let (from, to) = if back == 0 { (5 * 3600, 7 * 3600) } else { (17 * 3600, 22 * 3600) };
        midnight(day) + lots.between(from, to)
    }
}

/// When somebody writes on a day: mostly by day, some in the evening.
fn written_at(day: NaiveDate, lots: &mut Lots) -> Local {
    let hours = if is_working_day(day) {
        lots.weighted(&[((8, 12), 52), ((12, 15), 26), ((15, 21), 18), ((5, 8), 4)])
    } else {
        lots.weighted(&[((8, 12), 40), ((12, 18), 35), ((18, 22), 25)])
    };
    let (from, to) = hours.unwrap_or((8, 12));
    midnight(day) + lots.between(from * 3600, to * 3600)
}
