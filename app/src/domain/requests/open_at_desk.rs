//! An officer opens a request for somebody at the counter, on the telephone, or by mail.

use std::collections::BTreeMap;

use loket_core::{
    format::{FormatDefinition, Problem, ProblemKind, Reading},
    id::VariantId,
    request::Channel,
};

use super::{
    entry::{NOT_OFFERED, allowed},
    error::RequestError,
    form::{Filled, desk_form_of, nameless, read_form},
    open::{Opened, open},
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
    let form = desk_form_of(&catalogue, service, office);
    let read = read_form(cx, office, &form, entry.typed)?;
    let subject = read.fields.name().cloned();
    let problems = faults(&form, &read);
    let subject = match subject {
        Some(subject) if problems.is_empty() => subject,
        _ => return Err(RequestError::Fields(problems)),
    };
    let fields = read.fields.expose();
    // By what was read: a village may have said which kecamatan it is.
    let chosen = allowed(cx, office, &catalogue, (entry.variant, &fields))?;
    let new = Filled { subject, fields, notes: read.notes }.request(cx, &catalogue, (entry.channel, chosen));
    Ok(open(cx, office, chosen, new).await?)
}

/// What keeps a form from being taken: whatever is wrong, and of what is missing only the name.
fn faults(form: &FormatDefinition, read: &Reading) -> Vec<Problem> {
    let tolerated = |problem: &&Problem| problem.kind != ProblemKind::Missing;
    let faults = read.problems.iter().filter(tolerated).cloned().collect();
    if read.fields.name().is_some() { faults } else { nameless(form, faults) }
}
