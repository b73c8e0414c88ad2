//! Random cases of clocks with what this crate answers, a line of JSON each, for an oracle in another language:
//! `clock_cases [HOW_MANY] [SEED]`.
//!
//! Times are whole minutes of UTC since 1970, days are dates, openings pairs of minutes of the day.

#[path = "dice/mod.rs"]
mod dice;

use std::io::{self, BufWriter, Write};

use chrono::{DateTime, Days, NaiveDate, TimeDelta};
use loket_core::{
    calendar::{
        Calendar, DayReading, DayTime, Holiday, HolidayKind, Hours, Opening, Pause, Season, Term, Week,
        elapsed,
    },
    clock::Instant,
    zone::OfficeZone,
};
use serde_json::{Value, json};

use dice::Dice;

impl Dice {
    fn upto(&mut self, most: u64) -> i64 {
        i64::try_from(self.below(most)).unwrap_or_default()
    }

    /// Up to three openings, in order and apart.
    fn hours(&mut self) -> Hours {
        let mut cuts: Vec<u16> = Vec::new();
        for _ in 0..2 * self.below(4) {
            cuts.push(u16::try_from(self.below(1441)).unwrap_or_default());
        }
        cuts.sort_unstable();
        cuts.dedup();
        let time = |minutes: u16| DayTime::new(minutes / 60, minutes % 60);
        let openings = cuts.chunks_exact(2).filter_map(|pair| match pair {
            [from, until] => Some(Opening { from: time(*from)?, until: time(*until)? }),
            _ => None,
        });
        Hours::new(openings).unwrap_or_default()
    }

    fn week(&mut self) -> Week {
        Week(std::array::from_fn(|_| self.hours()))
    }

    fn day(&mut self) -> NaiveDate {
        NaiveDate::default() + Days::new(20_454 + self.below(90))
    }

    fn moment(&mut self, days: u64) -> Instant {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(20_454 * 1440 + self.upto(days * 1440))
    }
}

fn minutes(at: Instant) -> i64 {
    at.timestamp().div_euclid(60)
}

fn openings(hours: &Hours) -> Value {
    hours.openings().iter().map(|one| json!([one.from.minutes(), one.until.minutes()])).collect()
}

fn week(week: &Week) -> Value {
    week.0.iter().map(openings).collect()
}

fn term(dice: &mut Dice) -> (Term, Value) {
    let number = |most: u64, dice: &mut Dice| u32::try_from(1 + dice.below(most)).unwrap_or(1);
    match dice.below(6) {
        0 => {
            let n = number(2000, dice);
            (Term::Minutes(n), json!(["minutes", n]))
        }
        1 => {
            let n = number(60, dice);
            (Term::WorkingHours(n), json!(["working_hours", n]))
        }
        2 => {
            let n = number(14, dice);
            (Term::WorkingDays(n), json!(["working_days", n]))
        }
        3 => {
            let n = number(30, dice);
            (Term::CalendarDays(n), json!(["calendar_days", n]))
        }
        4 => {
            let n = number(3, dice);
            (Term::DayAndNight(n, DayReading::Hours), json!(["hours_24", n]))
        }
        _ => {
            let n = number(3, dice);
            (Term::DayAndNight(n, DayReading::NextWorkingDay), json!(["same_time", n]))
        }
    }
}

fn case(dice: &mut Dice) -> Value {
    let zone = OfficeZone::ALL[usize::try_from(dice.below(3)).unwrap_or_default()];
    let (usual, other) = (dice.week(), dice.week());
    let (first, last) = (dice.day(), dice.day());
    let mut calendar = Calendar::new(zone, usual.clone()).with_season(Season {
        name: "Ramadan".to_owned(),
        from: first,
        until: last,
        week: other.clone(),
    });
    let mut holidays = Vec::new();
    for _ in 0..dice.below(8) {
        let date = dice.day();
        holidays.push(json!(date));
        let (name, source) = ("Libur".to_owned(), "uji".to_owned());
        let kind = HolidayKind::National;
        calendar = calendar.with_holidays([Holiday { date, name, kind, source, verified: true }]);
    }
    let mut days = serde_json::Map::new();
    for _ in 0..dice.below(4) {
        let (date, hours) = (dice.day(), dice.hours());
        days.insert(date.to_string(), openings(&hours));
        calendar = calendar.with_day(date, hours);
    }
    let mut pauses = Vec::new();
    for _ in 0..dice.below(4) {
        let from = dice.moment(40);
        let until = (dice.below(10) > 0).then(|| from + TimeDelta::minutes(dice.upto(4000)));
        pauses.push(Pause { from, until });
    }
    let (term, said) = term(dice);
    let from = dice.moment(30);
    let until = from + TimeDelta::minutes(dice.upto(30 * 1440));
    let took = elapsed(&calendar, term, from..until, &pauses);
    json!({
        "zone": match zone { OfficeZone::Wib => "Asia/Jakarta", OfficeZone::Wita => "Asia/Makassar", OfficeZone::Wit => "Asia/Jayapura" },
        "week": week(&usual),
        "season": { "from": first, "until": last, "week": week(&other) },
        "holidays": holidays,
        "days": days,
        "pauses": pauses.iter().map(|one| json!([minutes(one.from), one.until.map(minutes)])).collect::<Vec<_>>(),
        "term": said,
        "from": minutes(from),
        "due": term.due_with(&calendar, from, &pauses).map(minutes),
        "until": minutes(until),
        "net": took.net.num_minutes(),
        "opens": calendar.next_opening(from).map(minutes),
    })
}

fn main() -> io::Result<()> {
    let mut asked = std::env::args().skip(1).map(|text| text.parse::<u64>().unwrap_or(0));
    let many = asked.next().filter(|many| *many > 0).unwrap_or(10_000);
    let mut dice = Dice(asked.next().filter(|seed| *seed > 0).unwrap_or(20_261_122));
    let mut out = BufWriter::new(io::stdout().lock());
    for _ in 0..many {
        writeln!(out, "{}", case(&mut dice))?;
    }
    out.flush()
}
