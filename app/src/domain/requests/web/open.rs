//! A citizen opens a request in the public form.

use std::collections::BTreeMap;

use loket_core::{
    format::{Field, FieldKind, FormatDefinition},
    id::{RequestId, ServiceId, VariantId},
    request::Channel,
};

use super::{
    super::{
        entry::NOT_OFFERED,
        error::RequestError,
        form::{Filled, RECIPIENT, full_form_of, nameless, read_form},
        open::open_as,
        store, token,
    },
    WHATSAPP,
};
use crate::{
    domain::{
        catalogue::{self, Catalogue},
        tenancy::Office,
    },
    infra::Cx,
};

/// What was typed into the public form.
pub struct WebEntry<'a> {
    /// The variant of a service that is asked for.
    pub variant: VariantId,
    /// The fields of the form, key to value.
    pub typed: &'a BTreeMap<String, String>,
    /// The key that the form was given.
    pub key: &'a str,
}

/// The public form of a service: the full one, and the WhatsApp number under which the office is heard.
pub fn web_form_of(catalogue: &Catalogue, service: ServiceId, office: &Office) -> FormatDefinition {
    let mut form = full_form_of(catalogue, service, office);
    let mut number = Field { key: WHATSAPP.to_owned(), required: true, ..Field::usual(FieldKind::Phone) };
    number.rename("Nomor WhatsApp");
    // Who collects it, which few fill in, stands last.
    let last = form.fields.iter().position(|field| field.key == RECIPIENT);
    form.fields.insert(last.unwrap_or(form.fields.len()), number);
    form
}

/// Opens a request that came by the public form, or finds the one that this form opened before; says whether it was
/// opened now. Whoever hands it in is not known yet: anybody can name a telephone.
///
/// # Errors
/// [`RequestError::Fields`] with what is wrong with each field.
pub async fn open_from_web(
    cx: &mut Cx<'_>,
    office: &Office,
    entry: &WebEntry<'_>,
) -> Result<(RequestId, bool), RequestError> {
    let id = token::id_in(cx, entry.key);
    if store::find(cx, id).await?.is_some() {
        return Ok((id, false));
    }
    let catalogue = catalogue::load(cx).await?;
    let (service, variant) = catalogue.variant(entry.variant).ok_or(NOT_OFFERED)?;
    let form = web_form_of(&catalogue, service.id, office);
    let read = read_form(cx, office, &form, entry.typed)?;
    let subject = match read.fields.name() {
        Some(subject) if read.problems.is_empty() => subject.clone(),
        Some(_) => return Err(RequestError::Fields(read.problems)),
        None => return Err(RequestError::Fields(nameless(&form, read.problems))),
    };
    let filled = Filled { subject, fields: read.fields.expose(), notes: read.notes };
    let new = filled.request(cx, &catalogue, (Channel::Web, (service, variant)));
    open_as(cx, office, (service, variant), (id, new)).await?;
    Ok((id, true))
}
