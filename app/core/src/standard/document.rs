//! The standard of a service as one document that is published in editions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Basis, Component, Fee, Paper, Statement, TimeLimit, check};
use crate::{
    compensation::Compensation,
    edition::{Document, EditionKind, Part, Problem},
    id::UnitId,
    kinds::OutputDelivery,
};

words!(/// What kind of service it is.
    ServiceGroup {
    /// Pendaftaran penduduk.
    Population = "dafduk",
    /// Pencatatan sipil.
    CivilRecords = "capil",
    /// A letter of a kecamatan, no population document.
    District = "kecamatan",
});

impl ServiceGroup {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Population => "Pendaftaran penduduk",
            Self::CivilRecords => "Pencatatan sipil",
            Self::District => "Layanan kecamatan",
        }
    }
}

/// A variant of a service with its checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Its short code; it stays when the name changes.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where its checklist stands.
    #[serde(default)]
    pub basis: Basis,
    /// The papers it asks for, in order.
    pub papers: Vec<Paper>,
}

/// The standard of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// Its short code; it never changes.
    pub code: String,
    /// What kind of service it is.
    pub group: ServiceGroup,
    /// Its name.
    pub name: String,
    /// What the citizen gets.
    pub output: String,
    /// How they get it.
    pub delivery: OutputDelivery,
    /// The unit of the office that provides it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Codes of the forms to be filled in.
    #[serde(default)]
    pub forms: Vec<String>,
    /// What it costs.
    #[serde(default)]
    pub fee: Fee,
    /// How long it may take.
    #[serde(default)]
    pub times: Vec<TimeLimit>,
    /// What a citizen gets who was not served in time, where the office promises something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensation: Option<Compensation>,
    /// Its variants, in order.
    pub variants: Vec<Variant>,
    /// What it says of each component besides.
    #[serde(default)]
    pub components: BTreeMap<Component, Vec<Statement>>,
    /// How the office answered where offices differ: question and answer.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

impl Standard {
    /// What is said of a component.
    pub fn statements(&self, component: Component) -> &[Statement] {
        self.components.get(&component).map_or(&[], Vec::as_slice)
    }

    /// Whether something is said of a component, be it in the typed parts.
    pub fn says(&self, component: Component) -> bool {
        let typed = match component {
            Component::Requirements => self.variants.iter().any(|variant| !variant.papers.is_empty()),
            Component::Time => !self.times.is_empty(),
            Component::Fee => self.fee != Fee::NotStated,
            Component::Product => !self.output.trim().is_empty(),
            _ => false,
        };
        typed || !self.statements(component).is_empty()
    }

    /// The components of which nothing is said.
    pub fn missing(&self) -> Vec<Component> {
        Component::ALL.iter().copied().filter(|one| !self.says(*one)).collect()
    }

    /// Every source that is named anywhere in it, with what it is named for.
    pub fn bases(&self) -> Vec<(String, &Basis)> {
        let mut all: Vec<(String, &Basis)> = Vec::new();
        all.extend(self.fee.basis().map(|basis| ("biaya".to_owned(), basis)));
        all.extend(self.times.iter().map(|time| (time.words(), &time.basis)));
        for variant in &self.variants {
            all.push((variant.name.clone(), &variant.basis));
            let own =
                variant.papers.iter().filter_map(|paper| Some((paper.name.clone(), paper.basis.as_ref()?)));
            all.extend(own);
        }
        for statement in self.components.values().flatten() {
            all.push((statement.text.clone(), &statement.basis));
        }
        all
    }

    /// How many statements nobody has compared with their source.
    pub fn unverified(&self) -> usize {
        self.bases().iter().filter(|(_, basis)| basis.is_unverified()).count()
    }
}

impl Document for Standard {
    const KIND: EditionKind = EditionKind::ServiceStandard;

    fn check(&self) -> Vec<Problem> {
        check::check(self)
    }

    fn parts(&self) -> Vec<Part> {
        let mut all = vec![
            Part::new("name", "Nama layanan", &self.name),
            Part::new("output", "Hasil", &self.output),
            Part::new("delivery", "Cara penyerahan", self.delivery.label()),
            Part::new("fee", "Biaya", fee_told(&self.fee)),
        ];
        if let Some(unit) = self.unit {
            all.push(Part::new("unit", "Unit", unit.to_string()));
        }
        if !self.forms.is_empty() {
            all.push(Part::new("forms", "Formulir", self.forms.join(", ")));
        }
        for (place, time) in (1..).zip(&self.times) {
            let told = format!("{} ({})", time.words(), time.basis.marked());
            all.push(Part::new(format!("time-{place}"), format!("Waktu {place}"), told));
        }
        if let Some(compensation) = &self.compensation {
            all.push(Part::new("compensation", "Kompensasi bila terlambat", compensation.told()));
        }
        let order = |names: Vec<&str>| names.join(", ");
        let names = self.variants.iter().map(|one| one.name.as_str()).collect();
        all.push(Part::new("variants", "Varian", order(names)));
        for variant in &self.variants {
            let key = format!("variant-{}", variant.code);
            let names = variant.papers.iter().map(|paper| paper.name.as_str()).collect();
            all.push(Part::new(&key, format!("Urutan berkas {}", variant.name), order(names)));
            for paper in &variant.papers {
                let label = format!("Berkas {}: {}", variant.name, paper.code);
                all.push(Part::new(format!("{key}-{}", paper.code), label, paper.told()));
            }
        }
        for (component, statements) in &self.components {
            for (place, statement) in (1..).zip(statements) {
                let key = format!("component-{component}-{place}");
                all.push(Part::new(key, component.label(), statement.told()));
            }
        }
        all
    }

    fn elsewhere(mut self) -> Self {
        self.unit = None;
        // Nobody promises it for another office.
        self.compensation = None;
        self
    }
}

fn fee_told(fee: &Fee) -> String {
    fee.basis().map_or_else(|| fee.words(), |basis| format!("{} ({})", fee.words(), basis.marked()))
}
