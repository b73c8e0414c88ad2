//! The numbers of a line are typed behind its link, and it becomes a request.

use std::collections::BTreeMap;

use loket_core::{id::EntryLinkId, request::Channel};

use super::{
    super::{
        confirm::confirm,
        error::RequestError,
        form::{form_of, read_form},
        open::{self, NewRequest, Opened, open, subject},
        open_from,
        reading::Reader,
        token,
    },
    about::Talk,
    asked, store,
};
use crate::{
    domain::{catalogue, contacts, tenancy::Office, whatsapp},
    infra::{Actor, Cx},
};

/// Opens the request of a line whose numbers were typed; the receipt goes into its conversation. It takes its turn by the
/// time of the line.
///
/// # Errors
/// [`RequestError::NotFound`] for a link that leads nowhere or is over, or whose request is open already;
/// [`RequestError::Fields`] with what is wrong with each field.
pub async fn complete_link(
    cx: &mut Cx<'_>,
    office: &Office,
    token: &str,
    typed: &BTreeMap<String, String>,
) -> Result<Opened, RequestError> {
    let id = token::read::<EntryLinkId>(cx, token::Of::Link, token).ok_or(RequestError::NotFound)?;
    let link = store::find(cx, id).await?.ok_or(RequestError::NotFound)?;
    let head = whatsapp::hold(cx, link.conversation_id).await?;
    cx.act_as(Actor::Citizen(head.contact));
    // Read again now that the conversation is held: of two who send the form, one opens the request.
    let link = store::find(cx, id).await?.ok_or(RequestError::NotFound)?;
    if link.request_id.is_some() || link.until <= cx.now() {
        return Err(RequestError::NotFound);
    }
    let catalogue = catalogue::load(cx).await?;
    let (service, variant) = catalogue.variant(link.variant_id).ok_or(RequestError::NotFound)?;
    let mut fields = store::read(cx, &link)?;
    let form = asked(&catalogue, (service.id, office), &fields);
    for field in &form.fields {
        let value = typed.get(&field.key).cloned().unwrap_or_default();
        fields.insert(field.key.clone(), value);
    }
    // Read with what the line said: numbers are looked at together, and with the place.
    let read = read_form(cx, office, &form_of(&catalogue, service.id, office), &fields)?;
    let of_this_page =
        |key: &Option<String>| form.fields.iter().any(|field| Some(&field.key) == key.as_ref());
    let problems: Vec<_> = read.problems.into_iter().filter(|problem| of_this_page(&problem.key)).collect();
    if !problems.is_empty() {
        return Err(RequestError::Fields(problems));
    }
    fields.extend(read.fields.expose());
    fields.retain(|_, value| !value.is_empty());
    let answered_at = whatsapp::first_answer(cx, link.conversation_id, link.written_at).await?;
    let from = contacts::trusted_as(cx, head.contact).await?;
    // Whoever hands in for others is not whom it is about.
    let sender = if from.is_some() { None } else { contacts::person(cx, head.contact).await? };
    let new = NewRequest {
        channel: Channel::WhatsApp,
        conversation: Some(link.conversation_id),
        submitter: Some(head.contact),
        handed_in_by: from.clone(),
        subject: subject(&read.fields, sender.as_ref())?,
        fields,
        notes: [open::known_notes(link.notes.as_ref()), read.notes].concat(),
        first_message_at: link.written_at,
        answered_at,
        unanswered_since: if answered_at.is_none() { Some(link.written_at) } else { head.unanswered_since },
    };
    let opened = open(cx, office, (service, variant), new).await?;
    let talk = Talk::of(cx, &Reader::new(cx, office, &catalogue), link.conversation_id).await?;
    open_from::take_in(cx, (&opened, from.is_some()), &talk.about(id)).await?;
    talk.lead(cx, id, opened.id).await?;
    if store::waiting(cx, link.conversation_id).await?.is_none() {
        whatsapp::hint(cx, link.conversation_id, None).await?;
    }
    confirm(cx, office, &catalogue, &opened).await?;
    Ok(opened)
}
