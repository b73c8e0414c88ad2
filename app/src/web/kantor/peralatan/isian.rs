//! What is typed about equipment.

use chrono::NaiveDate;
use loket_core::{
    equipment::{EquipmentKind, Every},
    id::UnitId,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    domain::equipment::{PieceLine, Plan},
    web::parts::Choice,
};

const MONTHS: &str = "Tulis jarak perawatan dalam bulan, dari 1 sampai 60, atau kosongkan.";
const DAY: &str = "Pilih tanggalnya.";

/// What was sent, of whichever form.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub serial: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub months: String,
    #[serde(default)]
    pub serviced: String,
    #[serde(default)]
    pub day: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub version: i64,
    #[serde(default)]
    pub key: String,
}

impl Sent {
    /// What a form begins with for a piece that is there.
    pub fn of(line: &PieceLine) -> Self {
        Self {
            kind: line.kind.word().to_owned(),
            name: line.name.clone(),
            serial: line.serial.clone(),
            unit: line.unit.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default(),
            months: line.every.map(|every| every.count().to_string()).unwrap_or_default(),
            version: line.version,
            ..Self::default()
        }
    }

    /// What it is, what it is called, where it is, and how often it is looked after.
    pub fn plan(&self) -> Result<Plan, &'static str> {
        let kind: EquipmentKind = self.kind.parse().map_err(|_| "Pilih jenis alatnya.")?;
        let unit = match self.unit.trim() {
            "" => None,
            id => Some(id.parse().map_err(|_| "Pilih unit kantor ini.")?),
        };
        let every = match self.months.trim() {
            "" => None,
            months => Some(months.parse().ok().and_then(Every::months).ok_or(MONTHS)?),
        };
        Ok(Plan { kind, name: self.name.clone(), serial: self.serial.clone(), unit, every })
    }

    /// When it was last looked after, where that is known.
    pub fn serviced(&self) -> Result<Option<NaiveDate>, &'static str> {
        match self.serviced.trim() {
            "" => Ok(None),
            day => day.parse().map(Some).map_err(|_| DAY),
        }
    }

    /// The key of its form; one that is none of ours keeps nothing from being written.
    pub fn key(&self) -> Option<Uuid> {
        self.key.parse().ok()
    }

    /// The day on which something happened; today where none was said.
    pub fn day(&self, today: NaiveDate) -> Result<NaiveDate, &'static str> {
        match self.day.trim() {
            "" => Ok(today),
            day => day.parse().map_err(|_| DAY),
        }
    }
}

/// Where whoever fills in a form looks after equipment, one of them chosen. The office as a whole has no id.
pub(super) fn units((office, units): (bool, Vec<(UnitId, String)>), chosen: &str) -> Vec<Choice> {
    let whole = office.then(|| (String::new(), "Kantor".to_owned()));
    let all = whole.into_iter().chain(units.into_iter().map(|(id, name)| (id.to_string(), name)));
    all.map(|(id, name)| (id == chosen, Choice::new(id, name))).map(|(is, one)| one.chosen(is)).collect()
}

/// The kinds, one of them chosen.
pub(super) fn kinds(chosen: &str) -> Vec<Choice> {
    let one = |kind: &EquipmentKind| Choice::new(kind.word(), kind.label()).chosen(kind.word() == chosen);
    EquipmentKind::ALL.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_or_says_what_to_type() {
        let sent = |months: &str, serviced: &str| {
            let kind = "card_printer".to_owned();
            let (months, serviced) = (months.to_owned(), serviced.to_owned());
            let sent = Sent { kind, months, serviced, ..Sent::default() };
            sent.plan().and_then(|plan| sent.serviced().map(|_| plan.every.map(Every::count)))
        };
        assert_eq!(sent("3", "2026-11-01"), Ok(Some(3)));
        assert_eq!(sent("", ""), Ok(None));
        assert_eq!(sent("0", ""), Err(MONTHS));
        assert_eq!(sent("tiga", ""), Err(MONTHS));
        assert_eq!(sent("3", "kemarin"), Err(DAY));
        assert!(Sent::default().plan().is_err(), "no kind");
        let today = NaiveDate::default();
        assert_eq!(Sent::default().day(today), Ok(today));
    }
}
