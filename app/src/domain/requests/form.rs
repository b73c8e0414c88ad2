//! The form of a service: the fields of its format, so that what is typed at a counter is what is typed in a line.

use std::collections::BTreeMap;

use loket_core::{
    format::{Field, FieldKind, FormatDefinition, Grammar, Note, Problem, ProblemKind, Reading},
    id::ServiceId,
    kinds::OutputDelivery,
    request::Channel,
    text::{PersonName, capital},
};

use super::open::NewRequest;
use crate::{
    domain::{
        catalogue::{Catalogue, ServiceView, VariantView},
        regions,
        tenancy::Office,
    },
    infra::{Cx, Fault, Outcome},
};

/// The word of every form: what is typed into one is no line.
const USUAL: &str = "FORMULIR";

/// The key of who is to be given the product where that is not whom it is about, among the fields.
///
/// No label of a format becomes this key.
pub const RECIPIENT: &str = "_penerima";

/// What a form of a service asks for: the fields of its format but for the variant, which is chosen before, and always whom
/// it is about and from which kecamatan; without a format what most services ask for.
pub(super) fn form_of(catalogue: &Catalogue, service: ServiceId, office: &Office) -> FormatDefinition {
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

/// The form of a counter: that of the service, and who is to be given a product that is collected. Who hands in, whom it is
/// about and who collects it are three people.
pub fn desk_form_of(catalogue: &Catalogue, service: ServiceId, office: &Office) -> FormatDefinition {
    let mut form = form_of(catalogue, service, office);
    let collected = catalogue.service(service).is_some_and(|one| one.delivery == OutputDelivery::Pickup);
    if collected && form.fields.iter().all(|field| field.key != RECIPIENT) {
        let mut recipient = asked(FieldKind::Text, RECIPIENT, "Diambil oleh, bila bukan pemohon");
        recipient.example = "SARI AMINAH, ANAK".to_owned();
        form.fields.push(recipient);
    }
    form
}

/// The form of whoever has everything at hand: what the line must hold must be filled in, and always a name.
pub fn full_form_of(catalogue: &Catalogue, service: ServiceId, office: &Office) -> FormatDefinition {
    let mut form = desk_form_of(catalogue, service, office);
    for field in form.fields.iter_mut().filter(|field| field.kind == FieldKind::Name) {
        field.required = true;
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

/// What is wrong with a form in which no name could be read: that, unless something of the name is told already.
pub(super) fn nameless(form: &FormatDefinition, mut problems: Vec<Problem>) -> Vec<Problem> {
    let name = form.fields.iter().find(|field| field.kind == FieldKind::Name);
    if let Some(name) = name.filter(|name| problems.iter().all(|one| one.key.as_ref() != Some(&name.key))) {
        let (key, label) = (Some(name.key.clone()), name.label.clone());
        problems.push(Problem { key, label, kind: ProblemKind::Missing });
    }
    problems
}

/// A form that was read without fault.
pub(super) struct Filled {
    /// Whom it is about.
    pub subject: PersonName,
    /// What was typed, key to value.
    pub fields: BTreeMap<String, String>,
    /// Why fields were read as they were.
    pub notes: Vec<Note>,
}

impl Filled {
    /// The request that it asks for, under the variant that was chosen. It has no conversation, so nobody waits in one for
    /// a reply.
    pub(super) fn request(
        mut self,
        cx: &Cx<'_>,
        catalogue: &Catalogue,
        (channel, (service, variant)): (Channel, (&ServiceView, &VariantView)),
    ) -> NewRequest {
        if let Some(choice) = catalogue.format_of(service.id).and_then(FormatDefinition::variant_choice) {
            self.fields.insert(choice.key.clone(), variant.code.to_uppercase());
        }
        NewRequest {
            channel,
            conversation: None,
            submitter: None,
            handed_in_by: None,
            subject: self.subject,
            fields: self.fields,
            notes: self.notes,
            first_message_at: cx.now(),
            answered_at: None,
            unanswered_since: None,
        }
    }
}
