//! Which places a name could mean, where it means several: what the citizen is asked.

use super::{Index, LONGEST, PARTS, Place, Regions, VILLAGE_WORDS, readings};
use crate::format::{normalise::key, problem::Which};

/// More places than this are not listed: nobody reads on.
const MOST: usize = 5;

impl Regions {
    /// The districts that have a village of exactly this name, if they are several.
    pub(in super::super) fn districts_of(&self, typed: &str) -> Option<Which> {
        if typed.len() > LONGEST {
            return None;
        }
        let name = self.shared_name(typed)?;
        let ways = readings(typed, &VILLAGE_WORDS);
        let list = ways.into_iter().find_map(|way| self.exact(&self.by_village_key, way))?;
        let districts = list.iter().filter_map(|village| self.villages.get(*village)).map(|one| one.district);
        let which = among(name, districts.map(|district| self.district_name(district).to_owned()));
        (which.among.len() > 1).then_some(which)
    }

    /// The villages between which a typed name does not decide, in the district if one is given.
    pub(in super::super) fn tied_villages(&self, typed: &str, district: Option<Index>) -> Which {
        if typed.len() > LONGEST {
            return Which::default();
        }
        let parts = self.begun_by(typed, district);
        if parts.len() > 1 {
            return among("", parts.into_iter());
        }
        let inside = |index: &Index| self.lies_in(*index, district);
        let ways = readings(typed, &VILLAGE_WORDS);
        let exact = ways.iter().find_map(|way| self.exact(&self.by_village_key, way)).cloned();
        let tied: Vec<Index> = match exact {
            Some(list) => list.into_iter().filter(inside).collect(),
            None => {
                let places = self.villages.iter().enumerate().filter(|(index, _)| inside(index));
                self.nearest(&ways, places)
            }
        };
        let which = among("", tied.iter().map(|index| self.village_name(*index).to_owned()));
        let first = tied.first().map(|index| self.village_name(*index)).unwrap_or_default();
        if tied.iter().any(|index| self.village_name(*index) != first) {
            return which;
        }
        // One name, in several districts.
        let districts = tied.iter().filter_map(|village| self.villages.get(*village)).map(|one| one.district);
        among(first, districts.map(|district| self.district_name(district).to_owned()))
    }

    /// The districts between which a typed name does not decide.
    pub(in super::super) fn tied_districts(&self, typed: &str) -> Which {
        if typed.len() > LONGEST {
            return Which::default();
        }
        let ways = readings(typed, &super::DISTRICT_WORDS);
        if let Some(list) = ways.iter().find_map(|way| self.exact(&self.by_district_key, way)) {
            return among("", list.iter().map(|index| self.district_name(*index).to_owned()));
        }
        let nearest = self.nearest(&ways, self.districts.iter().enumerate());
        among("", nearest.into_iter().map(|index| self.district_name(index).to_owned()))
    }

    /// The villages whose names are the typed one and a part, in the district if one is given: Ilir, Udik.
    pub(super) fn begun_by(&self, typed: &str, district: Option<Index>) -> Vec<String> {
        let Some(way) = readings(typed, &VILLAGE_WORDS).last().copied().filter(|_| typed.len() <= LONGEST)
        else {
            return Vec::new();
        };
        let ways = [key(way), self.words.spelled_out(way)];
        if ways.iter().any(|begins| begins.len() <= 3) {
            return Vec::new();
        }
        let villages = self.villages.iter().filter(|place| district.is_none_or(|one| place.district == one));
        let parted =
            |name: &str, begins: &str| name.strip_prefix(begins).is_some_and(|rest| PARTS.contains(&rest));
        let begun = |place: &&Place| {
            place.keys.iter().any(|(name, _)| ways.iter().any(|begins| parted(name, begins)))
        };
        villages.filter(begun).map(|place| place.name.clone()).collect()
    }

    /// The places whose names are nearest, all at one distance.
    fn nearest<'p>(&self, ways: &[&str], places: impl Iterator<Item = (Index, &'p Place)>) -> Vec<Index> {
        let wanted = self.wanted(ways);
        let mut found: (usize, Vec<Index>) = (usize::MAX, Vec::new());
        for (index, place) in places {
            let Some(slips) = wanted.iter().filter_map(|one| one.slips(place)).min() else { continue };
            if slips < found.0 {
                found = (slips, Vec::new());
            }
            if slips == found.0 {
                found.1.push(index);
            }
        }
        found.1
    }
}

/// The places as they are asked about; none when they are one or too many.
fn among(of: &str, names: impl Iterator<Item = String>) -> Which {
    let mut among: Vec<String> = names.collect();
    among.sort_unstable();
    among.dedup();
    if !(2..=MOST).contains(&among.len()) {
        among.clear();
    }
    Which { of: of.to_owned(), among }
}
