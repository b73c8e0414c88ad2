//! The form of a service: the fields of its format, so that what is typed at a counter is what is typed in a line.

use std::collections::BTreeMap;

use loket_core::{
    format::{Field, FieldKind, FormatDefinition, Grammar, Reading},
    id::ServiceId,
    text::capital,
};

use crate::{
    domain::{catalogue::Catalogue, regions, tenancy::Office},
    infra::{Cx, Fault, Outcome},
};

/// The word of every form: what is typed into one is no line.
const USUAL: &str = "FORMULIR";

/// What a form of a service asks for: the fields of its format but for the variant, which is chosen before, and always whom
/// it is about and from which kecamatan; without a format what most services ask for.
pub fn form_of(catalogue: &Catalogue, service: ServiceId, office: &Office) -> FormatDefinition {
    let name = || asked(FieldKind::Name, "nama", "Nama pemohon");
    let district = || asked(FieldKind::District, "kecamatan", &office.district_word);
    let mut form = FormatDefinition::blank(USUAL);
    let Some(format) = catalogue.format_of(service) else {
        let village = asked(FieldKind::Village, "desa", &office.village_word);
        let (nik, kk) = (asked(FieldKind::Nik, "nik", "NIK"), asked(FieldKind::Kk, "no_kk", "Nomor KK"));
        form.fields = vec![name(), district(), village, nik, kk];
        return form;
    };
    let chosen = format.variant_choice().map(|field| &field.key);
    form.fields = format.fields.iter().filter(|field| Some(&field.key) != chosen).cloned().collect();
    let asks = |kind| format.fields.iter().any(|field| field.kind == kind);
    if !asks(FieldKind::Name) {
        form.fields.insert(0, name());
    }
    if !asks(FieldKind::District) {
        form.fields.push(district());
    }
    form
}

/// A field under a key, its label in one capital.
fn asked(kind: FieldKind, key: &str, label: &str) -> Field {
    let mut field = Field { key: key.to_owned(), required: false, ..Field::usual(kind) };
    field.rename(&capital(label));
    field
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
