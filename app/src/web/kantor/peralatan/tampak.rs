//! How equipment reads: how it stands, and how near its maintenance is.

use chrono::NaiveDate;
use loket_core::{
    equipment::{EquipmentState, Nearness, nearness},
    zone,
};

use crate::{
    domain::equipment::{Needs, PieceLine},
    web::{
        parts::{Chip, Tag, count},
        routes,
    },
};

/// What somebody must see to, on other pages.
pub fn chips(needs: Needs, slug: &str) -> Vec<Chip> {
    let told = [(needs.broken, "rusak", "bad"), (needs.over, "lewat jadwal perawatan", "warn")];
    let chip = |(some, word, tone)| Chip {
        label: format!("{} alat {word}", count(some)),
        tone,
        href: Some(routes::Equipment::at(slug)),
    };
    told.into_iter().filter(|(some, ..)| *some > 0).map(chip).collect()
}

/// How a piece stands, as a badge.
pub(super) fn state(line: &PieceLine, today: NaiveDate) -> Tag {
    match (line.state, line.due_on.map(|due| nearness(due, today))) {
        (EquipmentState::Broken, _) => Tag::new("rusak", "bad"),
        (EquipmentState::Retired, _) => Tag::new("tidak dipakai", "quiet"),
        (EquipmentState::Working, Some(Nearness::Over)) => Tag::new("lewat jadwal", "bad"),
        (EquipmentState::Working, Some(Nearness::Soon)) => Tag::new("perlu dirawat", "warn"),
        (EquipmentState::Working, _) => Tag::new("baik", "ok"),
    }
}

/// `Senin, 7 Desember 2026`; a dash where nothing is said.
pub(super) fn day(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "–".to_owned(), zone::long_date)
}
