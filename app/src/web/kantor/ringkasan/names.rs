//! What services, variants and kecamatan are called, and the choices of the filter's form.

use loket_core::{
    id::{ServiceId, VariantId},
    kpi::Preset,
    request::Channel,
    standard::TimeLimit,
};

use super::asked::UNKNOWN;
use crate::{
    domain::{
        catalogue::{Catalogue, ServiceView},
        kpi::{District, Filter},
        regions,
        tenancy::Office,
    },
    web::parts::Choice,
};

const NO_DISTRICT: &str = "Belum diketahui";

/// The names of an office.
pub(super) struct Names {
    catalogue: Catalogue,
    districts: Vec<regions::District>,
}

impl Names {
    /// Of an office and its catalogue.
    pub(super) fn of(office: &Office, catalogue: Catalogue) -> Self {
        Self { catalogue, districts: regions::districts(&office.region_code) }
    }

    /// A service's name.
    pub(super) fn service(&self, id: ServiceId) -> String {
        self.catalogue.service(id).map_or_else(|| "Layanan nonaktif".to_owned(), |one| one.name.clone())
    }

    /// A service's short code.
    pub(super) fn code(&self, id: ServiceId) -> String {
        self.catalogue.service(id).map_or_else(|| "–".to_owned(), |one| one.code.clone())
    }

    /// How long a service may take by its published standard.
    pub(super) fn time_limit(&self, id: ServiceId) -> String {
        let times = self.catalogue.service(id).map_or(&[][..], |one| one.times.as_slice());
        let told: Vec<String> = times.iter().map(TimeLimit::marked).collect();
        if told.is_empty() { "belum ada".to_owned() } else { told.join("; ") }
    }

    /// How many of the services that a filter asks for publish a time, and how many it asks for.
    pub(super) fn timed(&self, filter: &Filter) -> (usize, usize) {
        let asked = |one: &&ServiceView| filter.service.is_none_or(|id| id == one.id);
        let all: Vec<&ServiceView> = self.catalogue.services.iter().filter(asked).collect();
        (all.iter().filter(|one| !one.times.is_empty()).count(), all.len())
    }

    fn variant(&self, id: VariantId) -> String {
        self.catalogue
            .known_variant(id)
            .map_or_else(|| "Varian nonaktif".to_owned(), |(_, one)| one.name.clone())
    }

    /// A kecamatan's name.
    pub(super) fn district(&self, code: Option<&str>) -> String {
        let Some(code) = code else { return NO_DISTRICT.to_owned() };
        let known = self.districts.iter().find(|one| one.code == code);
        known.map_or_else(|| "Kecamatan lain".to_owned(), |one| one.name.to_owned())
    }

    /// How a filter narrows, in words; empty when it does not.
    pub(super) fn narrowing(&self, filter: &Filter) -> String {
        let mut parts = Vec::new();
        parts.extend(filter.service.map(|id| self.service(id)));
        parts.extend(filter.variant.map(|id| self.variant(id)));
        parts.extend(filter.district.as_ref().map(|district| match district {
            District::Code(code) => format!("kecamatan {}", self.district(Some(code))),
            District::Unknown => "kecamatan belum diketahui".to_owned(),
        }));
        parts.extend(filter.channel.map(|channel| format!("lewat {}", channel.label())));
        parts.join(", ")
    }

    /// The choices of the form.
    pub(super) fn choices(&self, filter: &Filter) -> FilterForm {
        let district = match &filter.district {
            Some(District::Code(code)) => code.as_str(),
            Some(District::Unknown) => UNKNOWN,
            None => "",
        };
        let district_choice = |code: &str, name: &str| chosen(code, name, code == district);
        let mut districts: Vec<Choice> =
            self.districts.iter().map(|one| district_choice(one.code, one.name)).collect();
        districts.push(district_choice(UNKNOWN, NO_DISTRICT));
        let service =
            |one: &ServiceView| chosen(&one.id.to_string(), &one.name, filter.service == Some(one.id));
        let preset = |one: &Preset| chosen(one.word(), one.label(), filter.period.preset() == *one);
        let channel = |one: &Channel| chosen(one.word(), one.label(), filter.channel == Some(*one));
        FilterForm {
            periods: Preset::ALL.iter().map(preset).collect(),
            from: filter.period.from().to_string(),
            to: filter.period.to().to_string(),
            services: self.catalogue.services.iter().map(service).collect(),
            districts,
            channels: Channel::ALL.iter().map(channel).collect(),
        }
    }
}

fn chosen(value: &str, label: &str, selected: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), selected }
}

/// The form of the filter.
pub(super) struct FilterForm {
    pub(super) periods: Vec<Choice>,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) services: Vec<Choice>,
    pub(super) districts: Vec<Choice>,
    pub(super) channels: Vec<Choice>,
}
