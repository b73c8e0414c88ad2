//! An officer opens a request for somebody at the counter, on the telephone, or by mail.

use std::collections::BTreeMap;

use loket_core::{
    format::{Field, FieldKind, FormatDefinition, Problem, ProblemKind, Reading},
    id::VariantId,
    request::Channel,
};

use super::{
    entry::{NOT_OFFERED, allowed},
    error::RequestError,
    form::{form_of, read_form},
    open::{NewRequest, Opened, open},
};
use crate::{
    domain::{catalogue, tenancy::Office},
    infra::Cx,
};

/// The ways by which an officer may say that a request came. WhatsApp has its conversation, the web its
/// own form.
pub const DESK_CHANNELS: [Channel; 3] = [Channel::Counter, Channel::Telephone, Channel::Mail];

/// What an officer typed at the desk.
pub struct DeskEntry<'a> {
    /// By what way the citizen came.
    pub channel: Channel,
    /// The variant of a service that is asked for.
    pub variant: VariantId,
    /// The fields of the service's form, key to value.
    pub typed: &'a BTreeMap<String, String>,
}

/// Opens a request that has no conversation: whoever asked is answered at the desk, so nobody waits for a
/// reply and none is sent. Only a name must be there: who stands at the counter may not have every number at hand.
///
/// # Errors
/// [`RequestError::Fields`] with what is wrong with each field.
pub async fn open_at_desk(
    cx: &mut Cx<'_>,
    office: &Office,
    entry: DeskEntry<'_>,
) -> Result<Opened, RequestError> {
    if !DESK_CHANNELS.contains(&entry.channel) {
        return Err(RequestError::Invalid("Pilih loket, telepon, atau surel sebagai asal permohonan."));
    }
    let catalogue = catalogue::load(cx).await?;
    let service = catalogue.variant(entry.variant).map(|(service, _)| service.id).ok_or(NOT_OFFERED)?;
    let form = form_of(&catalogue, service, office);
    let read = read_form(cx, office, &form, entry.typed)?;
    let subject = read.fields.name().cloned();
    let problems = faults(&form, &read);
    let subject = match subject {
        Some(subject) if problems.is_empty() => subject,
        _ => return Err(RequestError::Fields(problems)),
    };
    let mut fields = read.fields.expose();
    // By what was read: a village may have said which kecamatan it is.
    let chosen = allowed(cx, office, &catalogue, (entry.variant, &fields))?;
    if let Some(choice) = catalogue.format_of(service).and_then(|format| format.variant_choice()) {
        fields.insert(choice.key.clone(), chosen.1.code.to_uppercase());
    }
    let new = NewRequest {
        channel: entry.channel,
        conversation: None,
        submitter: None,
        subject,
        fields,
        notes: read.notes,
        first_message_at: cx.now(),
        answered_at: None,
        unanswered_since: None,
    };
    Ok(open(cx, office, chosen, new).await?)
}

/// What keeps a form from being taken: whatever is wrong, and of what is missing only the name.
fn faults(form: &FormatDefinition, read: &Reading) -> Vec<Problem> {
    let tolerated = |problem: &&Problem| problem.kind != ProblemKind::Missing;
    let mut faults: Vec<Problem> = read.problems.iter().filter(tolerated).cloned().collect();
    let name = form.fields.iter().find(|field| field.kind == FieldKind::Name);
    let told = |field: &Field| faults.iter().any(|one| one.key.as_deref() == Some(&field.key));
    if let Some(name) = name.filter(|name| read.fields.name().is_none() && !told(name)) {
        let (key, label) = (Some(name.key.clone()), name.label.clone());
        faults.push(Problem { key, label, kind: ProblemKind::Missing });
    }
    faults
}
