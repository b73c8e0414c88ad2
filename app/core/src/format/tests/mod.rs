//! What the reader of lines promises.

#![expect(clippy::panic, reason = "a test may stop")]

mod behind;
mod form;
mod lines;
mod promises;
mod studio;
mod ties;

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;

use super::*;

pub(super) const NIK: &str = "3603036502900001";
pub(super) const KK: &str = "3603031204150007";
/// A man's NIK that no KK can have: nobody was issued a KK in 1985.
pub(super) const MAN: &str = "3603031708850002";

const VILLAGES: &str = include_str!("../../../../data/villages.txt");
const WORDS: &str = include_str!("../../../../data/place_words.csv");
const DISTRICTS: &str = include_str!("../../../../data/districts.csv");

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

fn region(code: &str) -> Regions {
    let around = ["Kabupaten Tangerang", "Banten"];
    let around = if code == "3603" { around.as_slice() } else { &[] };
    let words = Arc::new(PlaceWords::parse(WORDS));
    let mut builder = RegionsBuilder::new(code, around.iter().copied(), words);
    for line in DISTRICTS.lines() {
        let Some((district, name)) =
            line.split_once(',').and_then(|(a, b)| Some((a.replace('.', ""), b.split_once(',')?.1)))
        else {
            continue;
        };
        if district.starts_with(code) {
            builder.district(name);
            for (_, names) in VILLAGES.lines().filter_map(villages_of).filter(|(of, _)| *of == district) {
                names.for_each(|name| builder.village(name));
            }
        }
    }
    builder.build()
}

/// What messages to each of the five offices are read by.
pub(super) static OFFICES: LazyLock<Vec<Grammar>> = LazyLock::new(|| {
    POSTERS.iter().map(|poster| Grammar::new(poster.formats(), Arc::new(region(poster.region)))).collect()
});

pub(super) fn message(office: &str, text: &str) -> Message {
    let index = POSTERS
        .iter()
        .position(|poster| poster.office.ends_with(office))
        .unwrap_or_else(|| panic!("{office}"));
    OFFICES[index].parse(text, today())
}

/// The one request of a message to Tangerang.
pub(super) fn one(text: &str) -> Reading {
    let mut message = message("tangerang", text);
    assert_eq!(message.requests.len(), 1, "{text}: {message:?}");
    message.requests.remove(0)
}

pub(super) fn sentences(reading: &Reading) -> Vec<String> {
    reading.problems.iter().map(Problem::sentence).collect()
}

pub(super) fn values(reading: &Reading) -> Vec<(String, String)> {
    reading.fields.expose().into_iter().collect()
}
