//! What is typed about home visits.

use chrono::{Datelike, NaiveDate};
use loket_core::{
    clock::Instant,
    id::{RequestId, UnitId, VisitId},
    visit::VisitResult,
};
use serde::Deserialize;

use crate::{
    domain::{
        requests::VisitSaid,
        visits::{RoundPlan, RoundView},
    },
    web::parts::Choice,
};

const DAY: &str = "Pilih hari pertama dan hari terakhir.";

/// What was sent, of whichever form.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub plan: String,
    #[serde(default)]
    pub version: i64,
    /// Whom the round takes along.
    #[serde(default)]
    pub person: Vec<String>,
    /// Who is taken off it.
    #[serde(default)]
    pub off: String,
    /// Visits, what stood there when the form was drawn, what came of each, and what is said of it; in one order.
    #[serde(default)]
    pub visit: Vec<String>,
    #[serde(default)]
    pub was: Vec<String>,
    #[serde(default)]
    pub result: Vec<String>,
    #[serde(default)]
    pub note: Vec<String>,
    #[serde(default)]
    pub others: String,
    #[serde(default)]
    pub report: String,
    #[serde(default)]
    pub why: String,
}

impl Sent {
    /// What the form of a round begins with.
    pub fn of(round: &RoundView) -> Self {
        Self {
            title: round.said.title.clone(),
            from: round.said.days.0.to_string(),
            until: round.said.days.1.to_string(),
            unit: round.said.unit.map(|id| id.to_string()).unwrap_or_default(),
            plan: round.said.plan.clone(),
            version: round.version,
            ..Self::default()
        }
    }

    /// What is said of a round. One day is enough: it is then the only one.
    pub fn plan(&self) -> Result<RoundPlan, &'static str> {
        let day = |text: &str| {
            let day = text.trim().parse::<NaiveDate>().ok();
            day.filter(|day| (2000..2200).contains(&day.year())).ok_or(DAY)
        };
        let from = day(&self.from)?;
        let until = if self.until.trim().is_empty() { from } else { day(&self.until)? };
        let unit = match self.unit.trim() {
            "" => None,
            id => Some(id.parse().map_err(|_| "Pilih unit kantor ini.")?),
        };
        Ok(RoundPlan { title: self.title.clone(), days: (from, until), unit, plan: self.plan.clone() })
    }

    /// Whom the round takes along.
    pub fn people(&self) -> Result<Vec<RequestId>, &'static str> {
        let one = |text: &String| text.parse().map_err(|_| "Pilih warga dari daftar.");
        self.person.iter().map(one).collect()
    }

    /// What came of which visits.
    pub fn results(&self) -> Result<Vec<VisitSaid>, &'static str> {
        let not_whole = "Formulirnya tidak utuh. Muat ulang halaman, lalu isi lagi.";
        let all = self.visit.len();
        if [self.was.len(), self.result.len(), self.note.len()] != [all; 3] {
            return Err(not_whole);
        }
        let lines = self.visit.iter().zip(&self.was).zip(self.result.iter().zip(&self.note));
        lines
            .map(|((visit, was), (result, note))| {
                let visit = visit.parse().map_err(|_| not_whole)?;
                let was = stood(was).ok_or(not_whole)?;
                let result = result.parse().map_err(|_| "Pilih hasil kunjungan dari daftar.")?;
                Ok(VisitSaid { visit, was, result, note: note.clone() })
            })
            .collect()
    }

    /// How many others were served.
    pub fn others(&self) -> Result<i64, &'static str> {
        match self.others.trim() {
            "" => Ok(0),
            text => text.parse().map_err(|_| "Tulis jumlah orang lain dengan angka."),
        }
    }

    /// What came of a visit as it was sent, for the form that is drawn again.
    pub fn said_of(&self, visit: VisitId) -> Option<(VisitResult, &str)> {
        let visit = visit.to_string();
        let at = self.visit.iter().position(|one| *one == visit)?;
        Some((self.result.get(at)?.parse().ok()?, self.note.get(at)?))
    }
}

/// What had come of a visit, and when that was written down, as a hidden field carries it: `dilayani@1795400000000000`.
pub(super) fn stands((result, at): (VisitResult, Option<Instant>)) -> String {
    format!("{result}@{}", at.map_or(0, |at| at.timestamp_micros()))
}

fn stood(text: &str) -> Option<(VisitResult, Option<Instant>)> {
    let (result, micros) = text.split_once('@')?;
    let at = match micros.parse().ok()? {
        0 => None,
        micros => Some(Instant::from_timestamp_micros(micros)?),
    };
    Some((result.parse().ok()?, at))
}

/// The units, one of them chosen; the office as a whole has no id.
pub(super) fn units(all: Vec<(UnitId, String)>, chosen: &str) -> Vec<Choice> {
    let all = std::iter::once((String::new(), "Kantor".to_owned()))
        .chain(all.into_iter().map(|(id, name)| (id.to_string(), name)));
    all.map(|(id, name)| (id == chosen, Choice::new(id, name))).map(|(is, one)| one.chosen(is)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(from: &str, until: &str) -> Sent {
        Sent { from: from.to_owned(), until: until.to_owned(), ..Sent::default() }
    }

    #[test]
    fn one_day_is_the_only_one() {
        let plan = typed("2026-12-02", "").plan();
        assert!(plan.is_ok_and(|plan| plan.days.0 == plan.days.1));
        for (from, until) in [("", ""), ("besok", ""), ("2026-12-02", "lusa"), ("0026-12-02", "")] {
            assert_eq!(typed(from, until).plan(), Err(DAY), "{from} {until}");
        }
    }

    #[test]
    fn results_that_do_not_belong_together_are_not_guessed() {
        let id = VisitId::NIL.to_string();
        let whole = Sent {
            visit: vec![id.clone()],
            was: vec![stands((VisitResult::Awaited, None))],
            result: vec!["dilayani".to_owned()],
            note: vec![String::new()],
            ..Sent::default()
        };
        let was = (VisitResult::Awaited, None);
        let said = VisitSaid { visit: VisitId::NIL, was, result: VisitResult::Served, note: String::new() };
        assert_eq!(whole.results(), Ok(vec![said]));
        assert_eq!(whole.said_of(VisitId::NIL), Some((VisitResult::Served, "")));
        let later = (VisitResult::Absent, Instant::from_timestamp_micros(1_795_400_000_000_000));
        assert_eq!(stood(&stands(later)), Some(later));
        assert_eq!(stood("dilayani"), None);
        let part = Sent { note: Vec::new(), ..whole.clone() };
        assert!(part.results().is_err());
        let other = Sent { result: vec!["hilang".to_owned()], ..whole };
        assert!(other.results().is_err());
    }
}
