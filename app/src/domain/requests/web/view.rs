//! What whoever filled in the public form is shown: the number of the request, and how it goes on.

use loket_core::{
    id::{RequestId, ServiceId},
    receipt::ReceiptNumber,
    request::{Channel, PaperState},
};

use super::super::{store, telling::label, token};
use crate::{
    domain::{
        capacity::{self, Turn},
        catalogue, whatsapp,
    },
    infra::{Cx, Fault, Outcome},
};

/// The receipt of a request.
pub struct WebReceipt {
    /// Its number.
    pub receipt: ReceiptNumber,
    /// Service and variant: `KTP elektronik (hilang)`.
    pub service: String,
    /// The service.
    pub service_id: ServiceId,
    /// The required papers that have not come.
    pub missing: Vec<String>,
    /// The office's WhatsApp number for it, as people dial it.
    pub number: Option<String>,
    /// Whether it has a conversation by now.
    pub joined: bool,
    /// The turn that was foretold when it came, while no person has answered.
    pub turn: Option<Turn>,
}

/// The token of a request's receipt.
pub fn receipt_token(cx: &Cx<'_>, id: RequestId) -> String {
    token::make(cx, token::Of::Receipt, id.0)
}

/// What a token leads to; nothing when it is none of this office's.
pub async fn web_receipt(cx: &Cx<'_>, token: &str) -> Outcome<Option<WebReceipt>> {
    let Some(id) = token::read::<RequestId>(cx, token::Of::Receipt, token) else { return Ok(None) };
    let row = store::reload(cx, id).await?;
    if row.channel != Channel::Web {
        return Ok(None);
    }
    let catalogue = catalogue::load(cx).await?;
    let known = catalogue.known_variant(row.variant_id);
    let (service, variant) = known.ok_or(Fault::Inconsistent("variant of a request"))?;
    let papers = store::papers(cx, id).await?.into_iter();
    let missing = papers.filter(|paper| paper.required && paper.state == PaperState::Absent);
    Ok(Some(WebReceipt {
        receipt: ReceiptNumber::parse(&row.receipt).map_err(|_| Fault::Inconsistent("receipt number"))?,
        service: label(&service.name, &variant.name),
        missing: missing.map(|paper| paper.name).collect(),
        service_id: service.id,
        number: number(cx, service.id).await?,
        joined: row.conversation_id.is_some(),
        turn: match row.answered_at {
            None if row.closed_at.is_none() => capacity::turn(cx, row.id).await?,
            _ => None,
        },
    }))
}

/// The number that is meant for a service, else one that is meant for everything, else any that is in use.
async fn number(cx: &Cx<'_>, service: ServiceId) -> Outcome<Option<String>> {
    let bound = whatsapp::all_bindings(cx).await?;
    let rank = |one: &whatsapp::NumberView| match bound.get(&one.id).map(|bound| &bound.services) {
        Some(services) if services.contains(&service) => 0,
        Some(services) if !services.is_empty() => 2,
        _ => 1,
    };
    let numbers = whatsapp::numbers(cx).await?;
    Ok(numbers.into_iter().filter(|one| one.active).min_by_key(rank).map(|one| one.display))
}
