//! What Loket believes a conversation without a request asks for: the reading of its last line, for an
//! officer to correct and to open a request with.

use chrono::TimeDelta;
use loket_core::{
    format::{FieldKind, FieldValue, Fields, FormatDefinition, Note, Problem, Reading},
    id::{ServiceId, VariantId},
};

use super::{reading::Reader, telling::label};
use crate::domain::{
    catalogue::{Catalogue, ServiceView, VariantView},
    whatsapp::Unread,
};

/// One errand is told within a week: what is older belongs to another.
pub(super) const ERRAND: TimeDelta = TimeDelta::days(7);

/// What a conversation seems to ask for.
#[derive(Clone)]
pub struct Suggested {
    /// The variant of the service; nothing when the line has a choice and it was not read.
    pub variant: Option<VariantId>,
    /// Service and variant: `KTP elektronik (hilang)`; the service alone while the variant is open.
    pub title: String,
    /// How many fields of the line were read, and how many it has.
    pub read: (usize, usize),
    /// The name that was read.
    pub name: Option<String>,
    /// Whether a NIK or KK number was read. The numbers themselves stay where they are sealed.
    pub numbers: bool,
    /// The other fields.
    pub fields: Vec<SuggestedField>,
}

/// A field of a suggestion, open to correction.
#[derive(Clone)]
pub struct SuggestedField {
    /// Its name in stored data.
    pub key: String,
    /// Its name in sentences and forms.
    pub label: String,
    /// What was read; empty when nothing was.
    pub value: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// The last line that was meant, good or faulty.
pub(super) struct Line {
    /// The service it asks for.
    pub(super) service: ServiceId,
    /// What was read.
    pub(super) fields: Fields,
    /// What an officer should know of it.
    pub(super) notes: Vec<Note>,
    keyword: String,
    problems: Vec<Problem>,
}

/// Finds the last line among messages, newest first. What it lacks is taken from earlier lines that ask for the same
/// for the same name: somebody who tries a second time need not write everything twice.
pub(super) fn last_line(reader: &Reader, catalogue: &Catalogue, messages: &[Unread]) -> Option<Line> {
    let mut lines = messages
        .iter()
        .rev()
        .filter_map(|message| message.text.as_deref())
        .filter_map(|text| reader.read(text).requests.into_iter().next());
    let Reading { keyword, mut fields, mut problems, notes, .. } = lines.next()?;
    let service = catalogue.by_keyword(&keyword)?.id;
    for earlier in lines.filter(|earlier| earlier.keyword == keyword) {
        if fields.name().is_some() && earlier.fields.name() == fields.name() {
            let taken = fields.fill_from(&earlier.fields);
            problems.retain(|problem| !problem.key.as_ref().is_some_and(|key| taken.contains(key)));
        }
    }
    Some(Line { service, fields, keyword, problems, notes })
}

impl Line {
    /// The key of the field that holds the name.
    pub(super) fn name_key(&self) -> Option<&str> {
        self.fields.iter().find(|(_, value)| matches!(value, FieldValue::Name(_))).map(|(key, _)| key)
    }

    pub(super) fn suggested(&self, catalogue: &Catalogue) -> Option<Suggested> {
        let service = catalogue.service(self.service)?;
        let definition = catalogue.format(&self.keyword)?;
        let variant = self.variant(service, definition);
        Some(Suggested {
            variant: variant.map(|variant| variant.id),
            title: variant
                .map_or_else(|| service.name.clone(), |variant| label(&service.name, &variant.name)),
            read: (self.fields.len(), definition.asked_of(&self.fields)),
            name: self.fields.name().map(|name| name.expose().to_owned()),
            numbers: self.fields.iter().any(|(_, value)| value.is_identity_number()),
            fields: self.plain(definition),
        })
    }

    /// The variant as intake would take it, but never guessed over an open choice.
    fn variant<'s>(
        &self,
        service: &'s ServiceView,
        definition: &FormatDefinition,
    ) -> Option<&'s VariantView> {
        let option = self.fields.get("jenis").map(|value| value.expose());
        let asks = definition.variant_choice().is_some();
        if option.is_none() && asks { None } else { service.variant_named(definition, option) }
    }

    fn plain(&self, definition: &FormatDefinition) -> Vec<SuggestedField> {
        use FieldKind::{Choice, Kk, Name, Nik};
        definition
            .fields
            .iter()
            .filter(|field| !matches!(field.kind, Nik | Kk | Name | Choice))
            .map(|field| SuggestedField {
                key: field.key.clone(),
                label: field.label.clone(),
                value: self.fields.get(&field.key).map(|value| value.expose().to_owned()).unwrap_or_default(),
                problem: self
                    .problems
                    .iter()
                    .find(|problem| problem.key.as_ref() == Some(&field.key))
                    .map(Problem::sentence),
            })
            .collect()
    }
}
