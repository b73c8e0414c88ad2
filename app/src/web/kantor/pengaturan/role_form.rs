//! The part of a form that says what somebody may do: a role, and what of the office it is for.

use loket_core::{kinds::Role, permission::Scope, staffing::OFFICE_ROLES, text::capital};

use crate::{
    domain::people::{Parts, Wish},
    web::{error::PageError, form::ids, parts::Choice},
};

/// What was sent. Boxes that are not ticked are not sent.
#[derive(Debug)]
pub(super) struct RoleEntry {
    role: String,
    services: Vec<String>,
    units: Vec<String>,
    districts: Vec<String>,
}

impl RoleEntry {
    /// The fields of a form: the role's word, and the ticked boxes of services, units and districts.
    pub(super) fn sent(role: &str, [services, units, districts]: [&Vec<String>; 3]) -> Self {
        Self {
            role: role.to_owned(),
            services: services.clone(),
            units: units.clone(),
            districts: districts.clone(),
        }
    }

    /// What is asked for; ids are checked against the office's own by the use case.
    pub(super) fn wish(&self) -> Result<Wish, PageError> {
        let role =
            self.role.parse().map_err(|_| PageError::Refused("Pilih peran dari daftar.".to_owned()))?;
        let scope = Scope {
            services: ids(&self.services)?,
            units: ids(&self.units)?,
            districts: self.districts.clone(),
        };
        Ok(Wish { role, scope })
    }

    /// What is there already.
    pub(super) fn of(role: Role, scope: &Scope) -> Self {
        Self {
            role: role.word().to_owned(),
            services: scope.services.iter().map(ToString::to_string).collect(),
            units: scope.units.iter().map(ToString::to_string).collect(),
            districts: scope.districts.clone(),
        }
    }
}

/// The form as it is drawn.
pub(super) struct RoleForm {
    /// The roles of an office.
    pub(super) roles: Vec<Choice>,
    /// Groups of boxes that narrow the role; those the office has.
    pub(super) groups: Vec<Group>,
    /// Whether any box is ticked, so that the groups stand open.
    pub(super) narrowed: bool,
}

/// Boxes of one kind.
pub(super) struct Group {
    /// What they are.
    pub(super) label: String,
    /// The field.
    pub(super) name: &'static str,
    /// One box each.
    pub(super) boxes: Vec<Choice>,
}

impl RoleForm {
    /// Draws a form with what was sent or is there.
    pub(super) fn of(parts: &Parts, entry: &RoleEntry, district_word: &str) -> Self {
        let roles =
            OFFICE_ROLES.iter().map(|role| choice(role.word(), role.label(), role.word() == entry.role));
        let boxes = |known: Vec<(String, &String)>, ticked: &[String]| -> Vec<Choice> {
            known.into_iter().map(|(id, name)| choice(&id, name, ticked.contains(&id))).collect()
        };
        let services = parts.services.iter().map(|(id, name)| (id.to_string(), name));
        // What still narrows the role stays to be seen, or to save it would widen it.
        let retired = parts.retired.iter().map(|(id, name)| (id.to_string(), name));
        let retired = retired.filter(|(id, _)| entry.services.contains(id));
        let services = services.chain(retired).collect();
        let units = parts.units.iter().map(|(id, name)| (id.to_string(), name)).collect();
        let districts = parts.districts.iter().map(|(code, name)| (code.clone(), name)).collect();
        let groups = vec![
            Group { label: "Layanan".to_owned(), name: "services", boxes: boxes(services, &entry.services) },
            Group { label: "Unit".to_owned(), name: "units", boxes: boxes(units, &entry.units) },
            Group {
                label: capital(district_word),
                name: "districts",
                boxes: boxes(districts, &entry.districts),
            },
        ];
        let groups: Vec<Group> = groups.into_iter().filter(|group| !group.boxes.is_empty()).collect();
        let narrowed = groups.iter().flat_map(|group| &group.boxes).any(|one| one.selected);
        Self { roles: roles.collect(), groups, narrowed }
    }
}

fn choice(value: &str, label: &str, selected: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), selected }
}

/// What a role is for, in words: `Seluruh kantor`, or what it is narrowed to.
pub(super) fn scope_words(parts: &Parts, scope: &Scope) -> String {
    if scope.is_whole() {
        return "Seluruh kantor".to_owned();
    }
    let service = |id| named(&parts.services, id).or_else(|| named(&parts.retired, id));
    let services = scope.services.iter().filter_map(service);
    let units = scope.units.iter().filter_map(|id| named(&parts.units, id));
    let districts = scope.districts.iter().filter_map(|code| named(&parts.districts, code));
    let lists: [Vec<&str>; 3] = [services.collect(), units.collect(), districts.collect()];
    let lists = lists.iter().filter(|list| !list.is_empty()).map(|list| shortened(list));
    lists.collect::<Vec<_>>().join(" · ")
}

fn named<'a, T: PartialEq>(known: &'a [(T, String)], id: &T) -> Option<&'a str> {
    known.iter().find(|(known, _)| known == id).map(|(_, name)| name.as_str())
}

/// The first three names, and how many more there are.
fn shortened(names: &[&str]) -> String {
    let first: Vec<&str> = names.iter().take(3).copied().collect();
    match names.len().saturating_sub(3) {
        0 => first.join(", "),
        more => format!("{}, dan {more} lagi", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use loket_core::id::ServiceId;
    use uuid::Uuid;

    use super::*;

    fn parts() -> Parts {
        let service = |n: u128, name: &str| (ServiceId(Uuid::from_u128(n)), name.to_owned());
        Parts {
            services: vec![service(1, "KTP-el"), service(2, "KK"), service(3, "KIA"), service(4, "Pindah")],
            retired: vec![service(5, "Legalisir")],
            units: Vec::new(),
            districts: vec![("360303".to_owned(), "Tigaraksa".to_owned())],
        }
    }

    #[test]
    fn a_scope_is_said_in_a_line() {
        let services = |ids: &[u128]| ids.iter().map(|n| ServiceId(Uuid::from_u128(*n))).collect::<Vec<_>>();
        for (scope, words) in [
            (Scope::default(), "Seluruh kantor"),
            (Scope { services: services(&[2]), ..Scope::default() }, "KK"),
            (
                Scope {
                    services: services(&[1, 2, 3, 4]),
                    districts: vec!["360303".to_owned()],
                    ..Scope::default()
                },
                "KTP-el, KK, KIA, dan 1 lagi · Tigaraksa",
            ),
        ] {
            assert_eq!(scope_words(&parts(), &scope), words);
        }
    }

    #[test]
    fn a_service_that_is_offered_no_more_is_drawn_for_whom_it_narrows_only() {
        let held = Scope { services: vec![ServiceId(Uuid::from_u128(5))], ..Scope::default() };
        assert_eq!(scope_words(&parts(), &held), "Legalisir");
        let drawn = |scope: &Scope| {
            let form = RoleForm::of(&parts(), &RoleEntry::of(Role::Operator, scope), "kecamatan");
            let boxes = form.groups.into_iter().flat_map(|group| group.boxes);
            boxes.filter(|one| one.label == "Legalisir").map(|one| one.selected).collect::<Vec<_>>()
        };
        assert_eq!((drawn(&held), drawn(&Scope::default())), (vec![true], vec![]));
    }

    #[test]
    fn what_was_ticked_stays_ticked_and_what_the_office_lacks_is_not_offered() {
        let scope = Scope { districts: vec!["360303".to_owned()], ..Scope::default() };
        let form = RoleForm::of(&parts(), &RoleEntry::of(Role::DeskOfficer, &scope), "kecamatan");
        let labels: Vec<_> = form.groups.iter().map(|group| group.label.as_str()).collect();
        assert_eq!(labels, ["Layanan", "Kecamatan"]);
        assert!(form.narrowed);
        let chosen: Vec<_> = form.roles.iter().filter(|role| role.selected).map(|role| &role.label).collect();
        assert_eq!(chosen, ["Petugas kecamatan/desa"]);
        assert_eq!(RoleEntry::of(Role::DeskOfficer, &scope).wish().ok().map(|wish| wish.scope), Some(scope));
    }
}
