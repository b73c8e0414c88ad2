//! What people write for words of place names, and for places: `Kp.` for Kampung, `TDM` for Tuak Daun Merah.

use std::collections::HashMap;

use super::super::normalise::{key, push_key};

/// The table of such words.
#[derive(Debug, Default)]
pub struct PlaceWords {
    /// The word that is meant, by the key of what is typed.
    words: HashMap<String, String>,
    places: Vec<Place>,
}

/// Another name of a place.
#[derive(Debug)]
struct Place {
    /// The digits with which the codes of its regions begin.
    region: String,
    /// Key of the name that people use.
    typed: String,
    /// Key of the name in the region data.
    meant: String,
}

impl PlaceWords {
    /// Reads the table: a heading, then lines of `region,typed,meant`. With `*` for the region `typed` is a word of
    /// any name, otherwise the whole name of a place in the regions whose code begins so.
    pub fn parse(csv: &str) -> Self {
        let mut table = Self::default();
        for line in csv.lines().skip(1) {
            let mut cells = line.splitn(3, ',').map(str::trim);
            let (Some(region), Some(typed), Some(meant)) = (cells.next(), cells.next(), cells.next()) else {
                continue;
            };
            let (typed, meant) = (key(typed), key(meant));
            if region == "*" {
                table.words.insert(typed, meant);
            } else {
                table.places.push(Place { region: region.to_owned(), typed, meant });
            }
        }
        table
    }

    /// Keys of what else a place of a region is called.
    pub(super) fn others(&self, region: &str, name: &str) -> Vec<String> {
        let meant = key(name);
        let named = |place: &&Place| place.meant == meant && region.starts_with(&place.region);
        self.places.iter().filter(named).map(|place| place.typed.clone()).collect()
    }

    /// The key of a name with its words spelled out and its numbers in digits.
    pub(super) fn spelled_out(&self, name: &str) -> String {
        let mut out = String::with_capacity(name.len());
        for word in name.split(is_between) {
            let start = out.len();
            push_key(&mut out, word);
            if let Some(meant) = out.get(start..).and_then(|word| self.words.get(word)) {
                out.truncate(start);
                out.push_str(meant);
            }
        }
        out
    }
}

/// The key of a name in which a two stands for a word said twice: `Oro2 Ombo`. Nothing for a name without one.
pub(super) fn said_twice(name: &str) -> Option<String> {
    let mut out = String::with_capacity(name.len() * 2);
    let mut found = false;
    for word in name.split(is_between) {
        let once = word.strip_suffix('2').filter(|word| word.len() >= 2);
        let once = once.filter(|word| word.chars().all(char::is_alphabetic));
        found |= once.is_some();
        push_key(&mut out, once.unwrap_or(word));
        push_key(&mut out, once.unwrap_or_default());
    }
    found.then_some(out)
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '/' | ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_spelled_out_and_places_have_other_names() {
        let words =
            PlaceWords::parse("region,typed,meant\n*,kp,kampung\n*,ii,2\n5371,TDM,Tuak Daun Merah\nbad");
        assert_eq!(words.spelled_out("Kp. Melayu II"), "kampungmelayu2");
        assert_eq!(words.others("5371", "TUAK DAUN MERAH"), ["tdm"]);
        assert!(words.others("3603", "Tuak Daun Merah").is_empty());
        assert_eq!(said_twice("Oro2 Ombo").as_deref(), Some("orooroombo"));
        assert_eq!(said_twice("Manulai 2"), None);
    }
}
