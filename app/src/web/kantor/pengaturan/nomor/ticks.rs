//! The services, units and officers that a number may be bound to, as boxes and as words.

use loket_core::id::{ServiceId, UnitId, UserId};

use crate::{
    domain::{
        catalogue,
        tenancy::{self, Officer},
        whatsapp::Bindings,
    },
    infra::{Cx, Outcome},
    web::parts::Choice,
};

/// What an office has to bind a number to.
pub(super) struct Known {
    services: Vec<(ServiceId, String)>,
    units: Vec<(UnitId, String)>,
    officers: Vec<Officer>,
}

/// Boxes of one kind.
pub(super) struct Group {
    /// What they are.
    pub(super) label: &'static str,
    /// What ticking one does.
    pub(super) hint: &'static str,
    /// The field.
    pub(super) name: &'static str,
    /// One box each.
    pub(super) boxes: Vec<Choice>,
}

impl Known {
    pub(super) async fn load(cx: &Cx<'_>) -> Outcome<Self> {
        let services = catalogue::load(cx).await?.services;
        Ok(Self {
            services: services.into_iter().map(|one| (one.id, one.name)).collect(),
            units: tenancy::units(cx).await?.into_iter().map(|one| (one.id, one.name)).collect(),
            officers: tenancy::officers(cx).await?,
        })
    }

    /// The boxes, ticked as they are bound; kinds that the office has none of are left out.
    pub(super) fn groups(&self, bound: &Bindings) -> Vec<Group> {
        let services = boxes(&self.services, |id| bound.services.contains(id));
        let units = boxes(&self.units, |id| bound.units.contains(id));
        let officers = self.officers.iter().map(|one| {
            let label =
                if one.title.is_empty() { one.name.clone() } else { format!("{}, {}", one.name, one.title) };
            Choice::new(one.id.to_string(), label).chosen(bound.officers.contains(&one.id))
        });
        let groups = vec![
            Group {
                label: "Layanan",
                hint: "Petugas layanan ini melihat percakapannya.",
                name: "services",
                boxes: services,
            },
            Group {
                label: "Unit",
                hint: "Petugas unit ini melihat percakapannya.",
                name: "units",
                boxes: units,
            },
            Group {
                label: "Petugas",
                hint: "Melihat percakapannya, apa pun layanan dan unitnya.",
                name: "officers",
                boxes: officers.collect(),
            },
        ];
        groups.into_iter().filter(|group| !group.boxes.is_empty()).collect()
    }

    /// What a message without a format may fall to: services, and units.
    pub(super) fn defaults(&self, bound: &Bindings) -> (Vec<Choice>, Vec<Choice>) {
        (
            boxes(&self.services, |id| bound.default_service == Some(*id)),
            boxes(&self.units, |id| bound.default_unit == Some(*id)),
        )
    }

    /// Whom a number concerns, a line for each kind.
    pub(super) fn meant(&self, bound: &Bindings) -> Vec<String> {
        let officers: Vec<(UserId, String)> =
            self.officers.iter().map(|one| (one.id, one.name.clone())).collect();
        let lines = [
            named(&self.services, &bound.services),
            named(&self.units, &bound.units),
            named(&officers, &bound.officers),
        ];
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        if lines.is_empty() { vec!["Petugas untuk seluruh kantor".to_owned()] } else { lines }
    }

    /// What a message without a format falls to.
    pub(super) fn fallback(&self, bound: &Bindings) -> String {
        let service = bound.default_service.map(|id| named(&self.services, &[id]));
        let unit = bound.default_unit.map(|id| named(&self.units, &[id]));
        let words: Vec<String> =
            [service, unit].into_iter().flatten().filter(|name| !name.is_empty()).collect();
        words.join(" · ")
    }
}

fn boxes<T: ToString>(known: &[(T, String)], is_chosen: impl Fn(&T) -> bool) -> Vec<Choice> {
    known.iter().map(|(id, name)| Choice::new(id.to_string(), name).chosen(is_chosen(id))).collect()
}

fn named<T: PartialEq>(known: &[(T, String)], ids: &[T]) -> String {
    let names = known.iter().filter(|(id, _)| ids.contains(id)).map(|(_, name)| name.as_str());
    names.collect::<Vec<_>>().join(", ")
}
