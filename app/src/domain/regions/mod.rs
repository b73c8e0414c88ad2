//! Indonesia's provinces, kabupaten/kota, kecamatan and desa/kelurahan, as shipped: who is meant by "Kec. Tigaraksa".
//!
//! Kemendagri's codes without dots. Names are compared by letters and digits only, in lower case, so
//! that "Muara Bangkahulu" and "MUARA BANGKA HULU" are the same place.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use loket_core::{
    format::{self, PlaceWords, RegionsBuilder, villages_of},
    zone::OfficeZone,
};

const PROVINCES: &str = include_str!("../../../data/provinces.csv");
const REGENCIES: &str = include_str!("../../../data/regencies.csv");
const DISTRICTS: &str = include_str!("../../../data/districts.csv");
const VILLAGES: &str = include_str!("../../../data/villages.txt");

/// A province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Province {
    /// Two digits.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The zone of its offices.
    pub zone: OfficeZone,
}

/// A kecamatan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct District {
    /// Six digits.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// A kabupaten or kota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regency {
    /// Four digits.
    pub code: &'static str,
    /// Its name with what it is: `Kabupaten Tangerang`.
    pub name: &'static str,
}

struct Regions {
    provinces: Vec<Province>,
    regencies: HashMap<&'static str, &'static str>,
    /// Kecamatan by the four digits of their kabupaten/kota.
    districts: HashMap<&'static str, Vec<District>>,
    /// The line of villages of each kecamatan.
    villages: HashMap<&'static str, &'static str>,
}

static PLACE_WORDS: LazyLock<Arc<PlaceWords>> =
    LazyLock::new(|| Arc::new(PlaceWords::parse(include_str!("../../../data/place_words.csv"))));

static REGIONS: LazyLock<Regions> = LazyLock::new(|| {
    let mut districts: HashMap<&str, Vec<District>> = HashMap::new();
    for [code, _, name] in rows(DISTRICTS) {
        if let Some(regency) = code.get(..4) {
            districts.entry(regency).or_default().push(District { code, name });
        }
    }
    Regions {
        provinces: rows(PROVINCES)
            .filter_map(|[code, name, zone]| {
                Some(Province { code, name, zone: OfficeZone::from_iana(zone)? })
            })
            .collect(),
        regencies: rows(REGENCIES).map(|[code, _, name]| (code, name)).collect(),
        districts,
        villages: VILLAGES.lines().filter_map(|line| Some((line.get(..6)?, line))).collect(),
    }
});

fn rows(csv: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    csv.lines().skip(1).filter_map(|line| {
        let mut cells = line.splitn(3, ',');
        Some([cells.next()?.trim(), cells.next()?.trim(), cells.next()?.trim().trim_matches('"')])
    })
}

/// Every province, by code.
pub fn provinces() -> &'static [Province] {
    &REGIONS.provinces
}

/// The province of two digits.
pub fn province(code: &str) -> Option<Province> {
    REGIONS.provinces.iter().find(|province| province.code == code).copied()
}

/// The province that an area lies in.
pub fn province_of(region: &str) -> Option<Province> {
    province(region.get(..2)?)
}

/// The name of a kabupaten/kota by its four digits.
pub fn regency(code: &str) -> Option<&'static str> {
    REGIONS.regencies.get(code).copied()
}

/// The kabupaten and kota of a province, by code.
pub fn regencies(province: &str) -> Vec<Regency> {
    let all = REGIONS.regencies.iter().filter(|(code, _)| code.get(..2) == Some(province));
    let mut all: Vec<Regency> = all.map(|(code, name)| Regency { code, name }).collect();
    all.sort_by_key(|one| one.code);
    all
}

/// The kecamatan of six digits.
pub fn district(code: &str) -> Option<District> {
    districts(code).into_iter().find(|one| one.code == code)
}

/// Whether a name holds what somebody typed, however either is spaced.
pub fn is_named(name: &str, typed: &str) -> bool {
    letters(name).contains(&letters(typed))
}

/// The kecamatan of an office's area: of its kabupaten/kota, or the one a kecamatan office is.
pub fn districts(region: &str) -> Vec<District> {
    let all = region
        .get(..4)
        .and_then(|regency| REGIONS.districts.get(regency))
        .map(Vec::as_slice)
        .unwrap_or_default();
    all.iter().filter(|district| region.len() == 4 || district.code == region).copied().collect()
}

/// The kecamatan of an area that a typed name means, compared whole.
pub fn district_named(region: &str, typed: &str) -> Option<District> {
    let wanted = letters(strip_prefix(typed));
    (!wanted.is_empty())
        .then(|| districts(region).into_iter().find(|district| letters(district.name) == wanted))
        .flatten()
}

/// An area as messages are read by: its kecamatan with their villages. Prepared once and kept.
pub fn index(region: &str) -> Arc<format::Regions> {
    static PREPARED: LazyLock<Mutex<HashMap<String, Arc<format::Regions>>>> = LazyLock::new(Mutex::default);
    let known = |prepared: &HashMap<String, Arc<format::Regions>>| prepared.get(region).cloned();
    if let Some(found) = known(&PREPARED.lock().unwrap_or_else(PoisonError::into_inner)) {
        return found;
    }
    let prepared = Arc::new(prepare(region));
    PREPARED.lock().unwrap_or_else(PoisonError::into_inner).insert(region.to_owned(), Arc::clone(&prepared));
    prepared
}

fn prepare(region: &str) -> format::Regions {
    let around = region.get(..4).and_then(regency).into_iter();
    let province = province_of(region).map(|province| province.name);
    let mut builder = RegionsBuilder::new(region, around.chain(province), Arc::clone(&PLACE_WORDS));
    for district in districts(region) {
        builder.district(district.name);
        villages(district.code).for_each(|name| builder.village(name));
    }
    builder.build()
}

/// The desa and kelurahan of a kecamatan, in the order of their codes.
pub fn villages(district: &str) -> impl Iterator<Item = &'static str> {
    let line = REGIONS.villages.get(district).copied();
    line.and_then(villages_of).map(|(_, names)| names).into_iter().flatten()
}

fn strip_prefix(typed: &str) -> &str {
    let typed = typed.trim();
    for prefix in ["kecamatan ", "kec. ", "kec ", "distrik "] {
        if let Some(start) = typed.get(..prefix.len())
            && start.eq_ignore_ascii_case(prefix)
        {
            return typed.get(prefix.len()..).unwrap_or_default();
        }
    }
    typed
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_region_is_there() {
        assert_eq!(provinces().len(), 38);
        assert_eq!(REGIONS.regencies.len(), 514);
        assert_eq!(REGIONS.districts.values().map(Vec::len).sum::<usize>(), 7285);
        assert_eq!(districts("3603").len(), 29);
        let banten: Vec<&str> = regencies("36").iter().map(|one| one.name).collect();
        assert_eq!((banten.len(), banten.first()), (8, Some(&"Kabupaten Pandeglang")));
        assert!(regencies("99").is_empty() && district("3603").is_none());
        assert_eq!(district("360303").map(|one| one.name), Some("Tigaraksa"));
        assert_eq!(
            VILLAGES.lines().filter_map(villages_of).map(|(_, names)| names.count()).sum::<usize>(),
            83_762
        );
    }

    #[test]
    fn an_area_is_prepared_with_all_its_villages() {
        for (region, size) in [
            ("3603", (29, 274)),
            ("5371", (6, 51)),
            ("6503", (21, 240)),
            ("177104", (1, 7)),
            ("3579", (3, 24)),
            ("1101", (18, 260)),
        ] {
            assert_eq!(index(region).len(), size, "{region}");
        }
        assert!(Arc::ptr_eq(&index("3603"), &index("3603")));
        assert!(index("9999").is_empty());
    }

    #[test]
    fn a_kecamatan_is_found_however_it_is_spaced_or_prefixed() {
        for typed in ["Tigaraksa", "TIGARAKSA", " kec. tigaraksa ", "Kecamatan Tigaraksa"] {
            assert_eq!(district_named("3603", typed).map(|d| d.code), Some("360303"), "{typed}");
        }
        assert_eq!(district_named("177104", "Muara Bangkahulu").map(|d| d.code), Some("177104"));
        assert_eq!(district_named("3603", "Oebobo"), None);
        assert_eq!(district_named("3603", ""), None);
        assert!(is_named("Muara Bangka Hulu", "bangkahulu") && is_named("Tigaraksa", ""));
        assert!(!is_named("Tigaraksa", "oebobo"));
    }
}
