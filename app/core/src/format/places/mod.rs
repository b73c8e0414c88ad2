//! The villages and districts of an office's region, prepared once to find what a typed name means.
//!
//! A name is compared by its letters, so "Kadu Agung" and "KADUAGUNG" are one; then with usual abbreviations spelled
//! out ("Kp Melayu Tmr", "Kelapa 2"); then with a slip or two, if that leaves exactly one place. A village is looked for
//! inside its district when the district is known, and a name that another district has is never bent to fit.

mod build;
mod near;
mod ties;
mod words;

use std::{collections::HashMap, sync::Arc};

use self::{
    near::{Closest, Wanted},
    words::said_twice,
};
use super::{normalise::key, value::Confidence};

pub use build::{RegionsBuilder, villages_of};
pub use words::PlaceWords;

/// A village or district, by its place in the index.
type Index = usize;

struct Place {
    name: String,
    /// Keys by which it is found: its own, with abbreviations spelled out, and those of its other names.
    keys: Vec<(String, u64)>,
    /// For a village its district.
    district: Index,
}

/// What a typed name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// This place.
    One(Index, Confidence),
    /// Several could be meant.
    Several,
    /// A village of this name lies in another district.
    Elsewhere,
    /// None.
    Nothing,
}

impl Found {
    /// The place, if it is one.
    pub(super) const fn one(self) -> Option<(Index, Confidence)> {
        if let Self::One(index, confidence) = self { Some((index, confidence)) } else { None }
    }
}

/// The villages and districts of a region.
#[derive(Default)]
pub struct Regions {
    districts: Vec<Place>,
    villages: Vec<Place>,
    by_district_key: HashMap<String, Vec<Index>>,
    by_village_key: HashMap<String, Vec<Index>>,
    /// The villages of each district.
    of_district: Vec<Vec<Index>>,
    /// Keys of what lies around: the kabupaten or kota and the province, which people add to an address.
    around: Vec<String>,
    code: String,
    words: Arc<PlaceWords>,
}

/// Words before the name of a village, and before that of a district.
const VILLAGE_WORDS: [&str; 4] = ["desa", "ds", "kelurahan", "kel"];
const DISTRICT_WORDS: [&str; 4] = ["kecamatan", "kec", "distrik", "kcmtn"];
/// What ends the name of a place: house numbers, and what lies around.
const TAILS: [&str; 11] =
    ["rt", "rw", "kab", "kabupaten", "kota", "prov", "provinsi", "kode", "indonesia", "kec", "kecamatan"];

/// The ways to read a typed name: whole, without the word before it, without what follows it.
fn readings<'t>(typed: &'t str, before: &[&str]) -> Vec<&'t str> {
    let typed = typed.trim_matches(|c: char| !c.is_alphanumeric());
    let mut ways = vec![typed];
    let words = |text: &'t str| text.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '/'));
    let first = words(typed).next().unwrap_or_default();
    let mut bare = typed;
    if before.contains(&first.to_ascii_lowercase().as_str()) {
        bare = typed.get(first.len()..).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
        ways.push(bare);
    }
    // "Kp. Cilame RT 1 Desa Pete": what follows the word inside.
    if let Some(word) = words(typed).skip(1).find(|word| before.contains(&word.to_ascii_lowercase().as_str()))
        && let Some(at) = (word.as_ptr() as usize).checked_sub(typed.as_ptr() as usize)
    {
        bare = typed.get(at + word.len()..).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
        ways.push(bare);
    }
    let tail = words(bare).find(|word| TAILS.contains(&word.to_ascii_lowercase().as_str()));
    if let Some(tail) = tail
        && let Some(cut) = (tail.as_ptr() as usize).checked_sub(bare.as_ptr() as usize)
        && cut > 0
    {
        ways.push(bare.get(..cut).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric()));
    }
    ways
}

/// Words that tell parts of one place apart, by which people often leave them out.
const PARTS: [&str; 26] = [
    "barat", "timur", "utara", "selatan", "tengah", "ilir", "hilir", "udik", "hulu", "lama", "baru", "atas",
    "bawah", "dalam", "luar", "lor", "kidul", "wetan", "kulon", "besar", "kecil", "1", "2", "i", "ii", "iii",
];

/// Longest name that is looked for, in bytes.
const LONGEST: usize = 80;
/// Shortest name of which a slip is mended where nothing else holds it, in letters.
const LEAST_MENDED: usize = 6;

impl Regions {
    /// A district's name as the region data spell it.
    pub(super) fn district_name(&self, index: Index) -> &str {
        self.districts.get(index).map(|place| place.name.as_str()).unwrap_or_default()
    }

    /// A village's name as the region data spell it.
    pub(super) fn village_name(&self, index: Index) -> &str {
        self.villages.get(index).map(|place| place.name.as_str()).unwrap_or_default()
    }

    /// How many districts and villages there are.
    pub fn len(&self) -> (usize, usize) {
        (self.districts.len(), self.villages.len())
    }

    /// Whether there is nothing to search.
    pub fn is_empty(&self) -> bool {
        self.districts.is_empty()
    }

    /// Whether an identity number was given in this region.
    pub(super) fn gave(&self, number: &str) -> bool {
        self.code.get(..4).is_none_or(|regency| number.starts_with(regency))
    }

    /// Whether these words only name what the region is or lies in.
    pub(super) fn is_around(&self, raw: &str) -> bool {
        let typed = key(raw);
        raw.len() <= LONGEST && self.around.contains(&typed)
    }

    /// The district that a typed name means.
    pub(super) fn district(&self, typed: &str) -> Found {
        if typed.len() > LONGEST {
            return Found::Nothing;
        }
        let ways = readings(typed, &DISTRICT_WORDS);
        for way in ways.iter().copied().chain(ways.last().map(|way| self.without_around(way))) {
            if let Some(found) = self.exact_district(way) {
                return mark(found, typed, way);
            }
        }
        let mut closest = Closest::default();
        for wanted in self.wanted(&ways) {
            for (index, place) in self.districts.iter().enumerate() {
                closest.look(&wanted, index, place);
            }
        }
        closest.found()
    }

    /// "Tigaraksa Tangerang Banten": the name without what lies around it.
    fn without_around<'t>(&self, typed: &'t str) -> &'t str {
        let mut name = typed;
        for _ in 0..3 {
            match name.rsplit_once(|c: char| c.is_whitespace() || c == ',') {
                Some((rest, last)) if self.is_around(last) => name = rest.trim_end_matches([',', ' ', '.']),
                _ => break,
            }
        }
        name
    }

    /// The places of exactly this name, as it is or spelled out.
    fn exact<'m>(&self, map: &'m HashMap<String, Vec<Index>>, name: &str) -> Option<&'m Vec<Index>> {
        let typed = key(name);
        if typed.is_empty() {
            return None;
        }
        let twice = || said_twice(name).and_then(|twice| map.get(&twice));
        map.get(&typed).or_else(|| map.get(&self.words.spelled_out(name))).or_else(twice)
    }

    fn exact_district(&self, name: &str) -> Option<Found> {
        let list = self.exact(&self.by_district_key, name)?;
        Some(single(list))
    }

    /// The district of exactly this name, without mending.
    pub(super) fn is_district(&self, name: &str) -> Option<Index> {
        match self.exact_district(name)? {
            Found::One(index, _) => Some(index),
            _ => None,
        }
    }

    /// The village of exactly this name, in the district if one is given, without mending.
    pub(super) fn is_village(&self, name: &str, district: Option<Index>) -> Option<Index> {
        let list = self.exact(&self.by_village_key, name)?;
        let inside: Vec<_> =
            list.iter().copied().filter(|village| self.lies_in(*village, district)).collect();
        match single(&inside) {
            Found::One(index, _) => Some(index),
            _ => None,
        }
    }

    /// The name that all villages of a typed name share, when they differ by their district only.
    pub(super) fn shared_name(&self, typed: &str) -> Option<&str> {
        let list = readings(typed, &VILLAGE_WORDS)
            .into_iter()
            .find_map(|way| self.exact(&self.by_village_key, way))?;
        let first = self.village_name(*list.first()?);
        list.iter().all(|index| key(self.village_name(*index)) == key(first)).then_some(first)
    }

    fn lies_in(&self, village: Index, district: Option<Index>) -> bool {
        district
            .is_none_or(|district| self.villages.get(village).is_some_and(|place| place.district == district))
    }

    /// The village that a typed name means, in the district if one is given.
    pub(super) fn village(&self, typed: &str, district: Option<Index>) -> Found {
        if typed.len() > LONGEST {
            return Found::Nothing;
        }
        let ways = readings(typed, &VILLAGE_WORDS);
        let mut elsewhere = false;
        for way in &ways {
            let Some(list) = self.exact(&self.by_village_key, way) else { continue };
            let inside: Vec<_> =
                list.iter().copied().filter(|index| self.lies_in(*index, district)).collect();
            match single(&inside) {
                Found::Nothing => elsewhere = true,
                found => return mark(found, typed, way),
            }
        }
        if elsewhere {
            return Found::Elsewhere;
        }
        self.near_village(&ways, district)
    }

    /// Whether a typed name is that of several villages but for the part, in the district if one is given: Ilir
    /// and Udik.
    pub(super) fn several_begin(&self, typed: &str, district: Option<Index>) -> bool {
        self.begun_by(typed, district).len() > 1
    }

    /// The district that is called like the city that was written for it, if it holds the village.
    pub(super) fn of_city(&self, village: &str, typed: &str) -> Option<Index> {
        if !self.is_around(typed) {
            return None;
        }
        let (kind, bare) = typed.trim().split_once(' ')?;
        let district = self.is_district(bare).filter(|_| key(kind) == "kota")?;
        self.village(village, Some(district)).one().map(|_| district)
    }

    /// What is compared with names: each way as it is and, where it differs, spelled out.
    fn wanted(&self, ways: &[&str]) -> Vec<Wanted> {
        let mut keys: Vec<String> = Vec::with_capacity(ways.len() + 1);
        for key in ways.iter().flat_map(|way| [key(way), self.words.spelled_out(way)]) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys.into_iter().map(Wanted::new).collect()
    }

    /// Whether these words are the whole name of a village or district.
    pub(super) fn is_place(&self, raw: &str) -> bool {
        raw.len() <= LONGEST && (self.shared_name(raw).is_some() || self.is_district(raw).is_some())
    }

    /// The one village of exactly this name in the region, and its district.
    pub(super) fn only_village(&self, typed: &str) -> Option<(Index, Index)> {
        if typed.len() > LONGEST {
            return None;
        }
        let ways = readings(typed, &VILLAGE_WORDS);
        let list = ways.into_iter().find_map(|way| self.exact(&self.by_village_key, way))?;
        let [village] = list.as_slice() else { return None };
        Some((*village, self.villages.get(*village)?.district))
    }

    /// The village that a long name with a slip means, if no other is as near, and its district. Where the kabupaten has a
    /// kecamatan of its name, whoever writes that name may mean either, so there nothing follows from a slip.
    pub(super) fn mended_village(&self, typed: &str) -> Option<(Index, Index)> {
        let twins = || self.districts.iter().any(|district| self.is_around(&district.name));
        if typed.chars().filter(|c| c.is_alphabetic()).count() < LEAST_MENDED || twins() {
            return None;
        }
        let (village, _) = self.village(typed, None).one()?;
        Some((village, self.villages.get(village)?.district))
    }

    fn near_village(&self, ways: &[&str], district: Option<Index>) -> Found {
        let mut closest = Closest::default();
        for wanted in self.wanted(ways) {
            let inside = district.and_then(|district| self.of_district.get(district));
            match inside {
                Some(list) => {
                    for index in list {
                        if let Some(place) = self.villages.get(*index) {
                            closest.look(&wanted, *index, place);
                        }
                    }
                }
                None => {
                    for (index, place) in self.villages.iter().enumerate() {
                        closest.look(&wanted, index, place);
                    }
                }
            }
        }
        closest.found()
    }
}

fn single(list: &[Index]) -> Found {
    match list {
        [] => Found::Nothing,
        [one] => Found::One(*one, Confidence::Exact),
        _ => Found::Several,
    }
}

/// What was found by less than the whole text was tidied.
fn mark(found: Found, typed: &str, way: &str) -> Found {
    match found {
        Found::One(index, _) if typed.trim().len() != way.len() => Found::One(index, Confidence::Tidied),
        found => found,
    }
}
