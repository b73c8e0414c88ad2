//! The form of a service: the fields of its format, so that what is typed at a counter is what is typed in a line.

use std::collections::BTreeMap;

use loket_core::{
    format::{FieldKind, FormatDefinition, Grammar, Reading},
    id::ServiceId,
};

use crate::{
    domain::{catalogue::Catalogue, regions, tenancy::Office},
    infra::{Cx, Fault, Outcome},
};

/// What begins the form of a service without a format; no office has a format of this word.
const USUAL: &str = "FORMULIR";

/// What a form of a service asks for: the fields of its format but for the variant, which is chosen before, or what most
/// services ask for.
pub fn form_of(catalogue: &Catalogue, service: ServiceId, office: &Office) -> FormatDefinition {
    let Some(format) = catalogue.format_of(service) else { return usual(office) };
    let mut form = format.clone();
    let chosen = form.variant_choice().map(|field| field.key.clone());
    form.fields.retain(|field| Some(&field.key) != chosen.as_ref());
    form
}

fn usual(office: &Office) -> FormatDefinition {
    let mut form = FormatDefinition::blank(USUAL);
    let fields = [
        (FieldKind::Name, "Nama pemohon", true),
        (FieldKind::District, office.district_word.as_str(), false),
        (FieldKind::Village, office.village_word.as_str(), false),
        (FieldKind::Nik, "NIK", false),
        (FieldKind::Kk, "Nomor KK", false),
    ];
    for (kind, label, required) in fields {
        form.add(kind);
        if let Some(field) = form.fields.last_mut() {
            let mut letters = label.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
            field.rename(&format!("{first}{}", letters.as_str()));
            field.required = required;
        }
    }
    form.settle_keys();
    form
}

/// Reads what was typed into a form, key to value.
pub fn read_form(
    cx: &Cx<'_>,
    office: &Office,
    form: &FormatDefinition,
    typed: &BTreeMap<String, String>,
) -> Outcome<Reading> {
    let grammar = Grammar::new([form.clone()], regions::index(&office.region_code));
    let reading = grammar.fill(&form.keyword, typed, office.zone.date(cx.now()));
    reading.ok_or(Fault::Inconsistent("a form without its format"))
}
