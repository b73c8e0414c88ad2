//! The five offices with the shipped region data, for tests and measurements of the parser.

use std::{path::Path, sync::Arc};

use chrono::NaiveDate;
use loket_core::format::{Grammar, PlaceWords, Poster, Regions, RegionsBuilder, villages_of};

/// The day on which test lines are read.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

/// A file of the repository, from its root.
pub fn file(path: &str) -> std::io::Result<String> {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path))
}

/// The region of a code, from the shipped data.
pub fn region(code: &str) -> std::io::Result<Regions> {
    let villages = file("app/data/villages.txt")?;
    let districts = file("app/data/districts.csv")?;
    let regencies = file("app/data/regencies.csv")?;
    let regency = regencies.lines().find_map(|line| {
        let mut cells = line.splitn(3, ',');
        let found = cells.next()?.replace('.', "") == code[..4];
        found.then(|| cells.nth(1)).flatten()
    });
    let provinces = file("app/data/provinces.csv")?;
    let province =
        provinces.lines().filter_map(|line| line.split_once(',')).find(|(of, _)| code.starts_with(of));
    let province = province.and_then(|(_, rest)| rest.split(',').next());
    let words = Arc::new(PlaceWords::parse(&file("app/data/place_words.csv")?));
    let mut builder = RegionsBuilder::new(code, regency.into_iter().chain(province), words);
    for line in districts.lines().skip(1) {
        let mut cells = line.splitn(3, ',');
        let (Some(district), _, Some(name)) = (cells.next(), cells.next(), cells.next()) else { continue };
        let district = district.replace('.', "");
        if district.starts_with(code) {
            builder.district(name.trim_matches('"'));
            for (of, names) in villages.lines().filter_map(villages_of) {
                if of == district {
                    names.for_each(|name| builder.village(name));
                }
            }
        }
    }
    Ok(builder.build())
}

/// What an office's messages are read by.
pub fn grammar(poster: Poster) -> std::io::Result<Grammar> {
    Ok(Grammar::new(poster.formats(), Arc::new(region(poster.region)?)))
}
