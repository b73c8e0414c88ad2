//! A role as a form asks for it, and the parts of the office it can be narrowed to.

use loket_core::{
    id::{ServiceId, UnitId},
    kinds::Role,
    permission::Scope,
    staffing::OFFICE_ROLES,
};

use super::error::PeopleError;
use crate::{
    domain::{
        catalogue, regions,
        tenancy::{self, Office},
    },
    infra::{Cx, Outcome},
};

/// A role and what it is to be held for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The role.
    pub role: Role,
    /// The part of the office; empty is all of it.
    pub scope: Scope,
}

/// The parts of an office that a role can be narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// Its services.
    pub services: Vec<(ServiceId, String)>,
    /// Services it no longer offers, by which a role may still be narrowed.
    pub retired: Vec<(ServiceId, String)>,
    /// Its units.
    pub units: Vec<(UnitId, String)>,
    /// The kecamatan of its area, by code; none for a kecamatan office.
    pub districts: Vec<(String, String)>,
}

/// Reads the parts of an office.
pub async fn parts(cx: &Cx<'_>, office: &Office) -> Outcome<Parts> {
    let (services, retired) = catalogue::names(cx).await?;
    let units = tenancy::units(cx).await?;
    let districts = regions::districts(&office.region_code);
    let narrow = districts.len() > 1;
    let district = |one: regions::District| (one.code.to_owned(), one.name.to_owned());
    Ok(Parts {
        services,
        retired,
        units: units.into_iter().map(|one| (one.id, one.name)).collect(),
        districts: districts.into_iter().filter(|_| narrow).map(district).collect(),
    })
}

impl Wish {
    /// Whether the office has what the role is narrowed to, and the role may be narrowed at all.
    pub(super) fn check(&self, parts: &Parts) -> Result<(), PeopleError> {
        self.check_after(&Scope::default(), parts)
    }

    /// The same for a role that was narrowed before: what it was narrowed to may stay, although the office no longer
    /// has it, but it must not become the whole office because nothing else was left to tick.
    pub(super) fn check_after(&self, before: &Scope, parts: &Parts) -> Result<(), PeopleError> {
        if !OFFICE_ROLES.contains(&self.role) {
            return Err(PeopleError::invalid("Pilih peran dari daftar."));
        }
        let scope = &self.scope;
        let [services, units, districts] = [
            Narrowing::of(&scope.services, &before.services, &parts.services),
            Narrowing::of(&scope.units, &before.units, &parts.units),
            Narrowing::of(&scope.districts, &before.districts, &parts.districts),
        ];
        if self.role != Role::OfficeAdmin && [services, units, districts].contains(&Narrowing::Lost) {
            return Err(PeopleError::invalid(
                "Bagian yang membatasi peran ini tidak dipakai lagi. Pilih bagian lain, agar peran ini tidak menjadi berlaku untuk seluruh kantor.",
            ));
        }
        if [services, units, districts].contains(&Narrowing::Unknown) {
            return Err(PeopleError::invalid("Pilih layanan, unit, dan wilayah dari daftar kantor ini."));
        }
        if self.role == Role::OfficeAdmin && !scope.is_whole() {
            return Err(PeopleError::invalid(
                "Admin kantor berlaku untuk seluruh kantor. Kosongkan pilihan layanan, unit, dan wilayah.",
            ));
        }
        Ok(())
    }
}

/// What becomes of one way to narrow a role.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Narrowing {
    /// It is known, and chosen.
    Fits,
    /// Something is named that the office never had.
    Unknown,
    /// It was narrowed to what the office no longer has, and would not be narrowed any more.
    Lost,
}

impl Narrowing {
    fn of<T: PartialEq>(wished: &[T], before: &[T], known: &[(T, String)]) -> Self {
        let is_known = |one: &T| known.iter().any(|(known, _)| known == one);
        if wished.is_empty() && before.iter().any(|one| !is_known(one)) {
            Self::Lost
        } else if wished.iter().all(|one| is_known(one) || before.contains(one)) {
            Self::Fits
        } else {
            Self::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn check(role: Role, services: &[u128], districts: &[&str]) -> bool {
        let id = |n: u128| ServiceId(Uuid::from_u128(n));
        let parts = Parts {
            services: vec![(id(1), "KTP".to_owned())],
            retired: Vec::new(),
            units: Vec::new(),
            districts: vec![("360303".to_owned(), "Tigaraksa".to_owned())],
        };
        let scope = Scope {
            services: services.iter().copied().map(id).collect(),
            districts: districts.iter().map(|code| (*code).to_owned()).collect(),
            ..Scope::default()
        };
        Wish { role, scope }.check(&parts).is_ok()
    }

    #[test]
    fn a_role_stays_narrowed_when_the_office_no_longer_has_what_narrows_it() {
        let parts =
            Parts { districts: vec![("360303".to_owned(), "Tigaraksa".to_owned())], ..Parts::default() };
        let scope = |codes: &[&str]| Scope {
            districts: codes.iter().map(|code| (*code).to_owned()).collect(),
            ..Scope::default()
        };
        for (before, wished, fits) in [
            (&["360303"][..], &[][..], true),
            (&["360399"], &[], false),
            (&["360303", "360399"], &[], false),
            (&["360399"], &["360399"], true),
            (&["360399"], &["360303"], true),
            (&["360303"], &["360399"], false),
        ] {
            let wish = Wish { role: Role::Operator, scope: scope(wished) };
            assert_eq!(wish.check_after(&scope(before), &parts).is_ok(), fits, "{before:?} {wished:?}");
        }
    }

    #[test]
    fn a_role_is_held_for_parts_the_office_has() {
        for (role, services, districts, fits) in [
            (Role::Operator, &[][..], &[][..], true),
            (Role::Operator, &[1], &["360303"], true),
            (Role::Operator, &[2], &[], false),
            (Role::Operator, &[1, 2], &[], false),
            (Role::DeskOfficer, &[], &["537101"], false),
            (Role::OfficeAdmin, &[], &[], true),
            (Role::OfficeAdmin, &[1], &[], false),
            (Role::PlatformAdmin, &[], &[], false),
            (Role::ProvinceAdmin, &[], &[], false),
        ] {
            assert_eq!(check(role, services, districts), fits, "{role} {services:?} {districts:?}");
        }
    }
}
