//! The citizen is told that a request was opened: its number, its place, and what is still missing.

use loket_core::{
    receipt::ReceiptNumber,
    reply::{ReceiptNotice, Subject},
    request::PaperState,
    text::PersonName,
};

use super::{open::Opened, places, similar::Similar, store, telling::label};
use crate::{
    domain::{capacity, catalogue::Catalogue, tenancy::Office, whatsapp},
    infra::{Cx, Fault, Outcome},
};

/// Queues the receipt notice of a request that was just opened; nothing when it has no conversation.
/// It is Loket's own message, whoever opened the request: the turn waits for a person's words.
pub(super) async fn confirm(
    cx: &mut Cx<'_>,
    office: &Office,
    catalogue: &Catalogue,
    opened: &Opened,
) -> Outcome<()> {
    let id = opened.id;
    let row = store::reload(cx, id).await?;
    let Some(conversation) = row.conversation_id else { return Ok(()) };
    let papers = store::papers(cx, id).await?;
    let missing: Vec<&str> = papers
        .iter()
        .filter(|paper| paper.required && paper.state == PaperState::Absent)
        .map(|paper| paper.name.as_str())
        .collect();
    let (service, variant) =
        catalogue.known_variant(row.variant_id).ok_or(Fault::Inconsistent("variant of a request"))?;
    let receipt = ReceiptNumber::parse(&row.receipt).map_err(|_| Fault::Inconsistent("receipt number"))?;
    let name: String = cx.open(&row.subject, places::SUBJECT.of(id.0))?;
    let name = PersonName::parse(&name).ok();
    let service_name = label(&service.name, &variant.name);
    let disruption = office.disruption(store::whereabouts(&row));
    // What was foretold when a form was sent is no news to whoever goes on with it here later.
    let fresh = row.answered_at.is_none() && row.opened_at == cx.now();
    let turn = if fresh { capacity::turn(cx, id).await? } else { None };
    let text = ReceiptNotice {
        subject: Subject { name: name.as_ref(), service: &service_name, receipt: &receipt },
        now: cx.now(),
        received_at: row.first_message_at,
        missing: &missing,
        unchecked: papers.iter().filter(|paper| paper.state == PaperState::Received).count(),
        place: turn.map(|turn| turn.place),
        expected: turn.and_then(|turn| turn.expected),
        hours: &office.hours,
        disruption: disruption.as_deref(),
        similar: opened.similar.as_ref().map(Similar::told),
    }
    .text(&office.head(service.free));
    whatsapp::queue_text(cx, conversation, (Some(id), None), text).await?;
    Ok(())
}
