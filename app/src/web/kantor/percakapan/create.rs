//! "Buat permohonan" beside a conversation: prefilled with what was read, open to correction.

use loket_core::{
    id::{ConversationId, ServiceId, VariantId},
    text::capital,
};

use super::view::Viewer;
use crate::{
    domain::{
        catalogue::Catalogue,
        regions,
        requests::{Suggested, SuggestedField},
        tenancy::Office,
    },
    web::{
        kantor::entry_form::{self, Typed, Wrong},
        parts::Choice,
        routes, schema_form,
    },
};

/// The form. POST to `href`: `csrf`, `service`, `name` and each of `fields`.
pub struct CreateRequest {
    /// Where it is posted.
    pub href: String,
    /// Service and variant together.
    pub services: Vec<Choice>,
    /// The name that was read or typed.
    pub name: String,
    /// What is wrong with it.
    pub name_error: Option<String>,
    /// What is wrong with the service.
    pub service_error: Option<String>,
    /// The other fields.
    pub fields: Vec<ReadField>,
    /// What else goes into the request.
    pub note: Option<String>,
    /// Whether it stands open: folded while another request of the conversation is under way.
    pub open: bool,
}

/// A field that was read from the message.
pub struct ReadField {
    /// What it is called.
    pub label: String,
    /// Its name in the form.
    pub name: String,
    /// What was read or typed.
    pub value: String,
    /// Whether it can be used as it stands.
    pub ok: bool,
    /// What is wrong with it.
    pub note: Option<String>,
}

/// What the form is drawn with.
pub(super) struct Ground<'a> {
    pub(super) viewer: Viewer<'a>,
    pub(super) catalogue: &'a Catalogue,
    pub(super) suggested: Option<&'a Suggested>,
    /// What the number is taken to be about, where nothing was read.
    pub(super) default_service: Option<ServiceId>,
    /// Whether a request of the conversation is under way.
    pub(super) under_way: bool,
}

impl CreateRequest {
    /// The form for a conversation, as it was typed before or else as the message was read.
    pub(super) fn of(id: ConversationId, ground: &Ground<'_>, tried: Option<(Typed, Wrong)>) -> Self {
        let office = ground.viewer.office;
        let suggested = ground.suggested;
        let (typed, wrong) = match tried {
            Some((typed, wrong)) => (Some(typed), wrong),
            None => (None, Wrong::default()),
        };
        let chosen = match &typed {
            Some(typed) => typed.service.clone(),
            None => {
                let read = suggested.map(|one| one.variant);
                read.unwrap_or_else(|| ground.by_default()).map(|one| one.to_string()).unwrap_or_default()
            }
        };
        Self {
            open: typed.is_some() || !ground.under_way,
            href: routes::ConversationOpen::at(&office.slug, id),
            services: entry_form::services(ground.catalogue, ground.viewer.standing, &chosen),
            fields: fields(office, suggested)
                .into_iter()
                .map(|field| read_field(office, field, typed.as_ref()))
                .collect(),
            name: match typed {
                Some(typed) => typed.name,
                None => suggested.and_then(|one| one.name.clone()).unwrap_or_default(),
            },
            name_error: wrong.name,
            service_error: wrong.service,
            note: suggested.filter(|one| one.numbers).map(|_| {
                "NIK dan nomor KK yang terbaca ikut tersimpan di permohonan, tanpa ditampilkan di sini."
                    .to_owned()
            }),
        }
    }
}

impl Ground<'_> {
    /// The only variant of the service that messages without a format fall to; among several the officer chooses.
    fn by_default(&self) -> Option<VariantId> {
        let service = self.default_service.and_then(|id| self.catalogue.service(id))?;
        match service.variants.as_slice() {
            [only] => Some(only.id),
            _ => None,
        }
    }
}

/// The fields of the line that was read; kecamatan and desa in any case.
fn fields(office: &Office, suggested: Option<&Suggested>) -> Vec<SuggestedField> {
    let mut fields = suggested.map(|one| one.fields.clone()).unwrap_or_default();
    for (key, word) in [("kecamatan", &office.district_word), ("desa", &office.village_word)] {
        if fields.iter().all(|field| field.key != key) {
            let field = SuggestedField {
                key: key.to_owned(),
                label: capital(word),
                value: String::new(),
                problem: None,
            };
            fields.push(field);
        }
    }
    fields
}

fn read_field(office: &Office, field: SuggestedField, typed: Option<&Typed>) -> ReadField {
    let corrected = typed.and_then(|typed| typed.plain.get(&field.key));
    let value = corrected.cloned().unwrap_or(field.value);
    let strange = field.key == "kecamatan"
        && !value.trim().is_empty()
        && regions::district_named(&office.region_code, &value).is_none();
    let note = if strange {
        Some(format!("Tidak ada {} bernama ini di wilayah kantor.", office.district_word))
    } else {
        field.problem.filter(|_| corrected.is_none())
    };
    ReadField {
        name: schema_form::plain_name(&field.key),
        label: field.label,
        value,
        ok: note.is_none(),
        note,
    }
}
