//! Where an office can be: the shipped areas of a province, and those that have one.

use loket_core::kinds::OfficeKind;

use crate::{
    domain::{
        regions,
        tenancy::{self, Office},
    },
    infra::{Outcome, PlatformTx},
};

/// As many as a page shows; a province has up to 600 kecamatan.
pub const MOST_PLACES: usize = 60;

/// An area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Kemendagri's code without dots.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The kabupaten or kota it lies in; nothing for one of those.
    pub within: Option<&'static str>,
    /// The office that it has.
    pub office: Option<String>,
}

/// The areas of a province that an office of a kind can be for, of one kabupaten or kota if it is named, whose names
/// hold what was typed; all of them are counted, the first [`MOST_PLACES`] given.
pub async fn places(
    tx: &PlatformTx<'_>,
    (province, kind): (&str, OfficeKind),
    (regency, typed): (&str, &str),
) -> Outcome<(Vec<Place>, usize)> {
    let there = tenancy::offices_of_province(tx, province).await?;
    let there: Vec<&Office> = there.iter().filter(|office| office.kind == kind).collect();
    let office = |code: &str| there.iter().find(|one| one.region_code == code).map(|one| one.name.clone());
    let mut found = Vec::new();
    for area in regions::regencies(province) {
        match kind {
            OfficeKind::Dinas if regions::is_named(area.name, typed) => {
                found.push(Place {
                    code: area.code,
                    name: area.name,
                    within: None,
                    office: office(area.code),
                });
            }
            OfficeKind::Kecamatan if regency.is_empty() || regency == area.code => {
                let named = regions::districts(area.code).into_iter();
                found.extend(named.filter(|one| regions::is_named(one.name, typed)).map(|one| Place {
                    code: one.code,
                    name: one.name,
                    within: Some(area.name),
                    office: office(one.code),
                }));
            }
            OfficeKind::Dinas | OfficeKind::Kecamatan => {}
        }
    }
    let all = found.len();
    found.truncate(MOST_PLACES);
    Ok((found, all))
}
