//! How a region is prepared: every name under each key by which people may look for it.

use std::sync::Arc;

use super::{
    super::{distance::letters, normalise::key},
    Index, Place, PlaceWords, Regions,
};

/// A line of `villages.txt`: the six digits of a district, and the names of its villages in the order of their
/// codes. A code is given where it is not the one before plus one: `360303|1001=Tigaraksa|1007=Kadu Agung|2002=...`.
pub fn villages_of(line: &str) -> Option<(&str, impl Iterator<Item = &str>)> {
    let (district, villages) = line.split_once('|')?;
    Some((
        district,
        villages.split('|').map(|village| village.split_once('=').map_or(village, |(_, name)| name)),
    ))
}

/// Collects a region's places.
#[derive(Default)]
pub struct RegionsBuilder(Regions);

impl RegionsBuilder {
    /// A region by the digits of its code, `3603`, and the names of what it is and lies in.
    pub fn new<'n>(code: &str, around: impl IntoIterator<Item = &'n str>, words: Arc<PlaceWords>) -> Self {
        let mut keys = Vec::new();
        for name in around {
            let bare = ["Kabupaten ", "Kota ", "Provinsi "].iter().find_map(|kind| name.strip_prefix(kind));
            keys.push(key(name));
            keys.push(key(bare.unwrap_or(name)));
            if let Some(bare) = bare {
                keys.push(key(&format!("kab{bare}")));
                keys.push(key(&format!("prov{bare}")));
            }
        }
        Self(Regions { code: code.to_owned(), around: keys, words, ..Regions::default() })
    }

    /// Adds a district.
    pub fn district(&mut self, name: &str) {
        let index = self.0.districts.len();
        let place = self.place(name, index);
        for (key, _) in &place.keys {
            self.0.by_district_key.entry(key.clone()).or_default().push(index);
        }
        self.0.districts.push(place);
        self.0.of_district.push(Vec::new());
    }

    /// Adds a village to the last district.
    pub fn village(&mut self, name: &str) {
        let Some(district) = self.0.districts.len().checked_sub(1) else { return };
        let index = self.0.villages.len();
        let place = self.place(name, district);
        for (key, _) in &place.keys {
            self.0.by_village_key.entry(key.clone()).or_default().push(index);
        }
        self.0.villages.push(place);
        if let Some(list) = self.0.of_district.get_mut(district) {
            list.push(index);
        }
    }

    fn place(&self, name: &str, district: Index) -> Place {
        let mut keys: Vec<(String, u64)> = Vec::new();
        let others = self.0.words.others(&self.0.code, name);
        for key in [key(name), self.0.words.spelled_out(name)].into_iter().chain(others) {
            if !keys.iter().any(|(known, _)| *known == key) {
                let bits = letters(&key);
                keys.push((key, bits));
            }
        }
        Place { name: name.to_owned(), keys, district }
    }

    /// The region, ready to be searched.
    pub fn build(self) -> Regions {
        self.0
    }
}
