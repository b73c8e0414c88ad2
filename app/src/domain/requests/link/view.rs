//! What whoever follows a link may see.

use loket_core::{clock::Instant, format::FormatDefinition, id::EntryLinkId, receipt::ReceiptNumber};

use super::{
    super::{form::form_of, store as requests, telling::label, token},
    asked, name, store,
};
use crate::{
    domain::{catalogue, tenancy::Office},
    infra::{Cx, Fault, Outcome},
};

/// A link, as the page behind it shows it.
pub struct LinkView {
    /// Service and variant: `KTP elektronik (hilang)`.
    pub service: String,
    /// Whom it is about, masked: `S*** A****`.
    pub about: Option<String>,
    /// When the line was written.
    pub written_at: Instant,
    /// How it stands.
    pub state: LinkState,
}

/// How a link stands.
pub enum LinkState {
    /// These are to be filled in, until then.
    Open(FormatDefinition, Instant),
    /// The request that it became.
    Done(ReceiptNumber),
    /// It is over.
    Over,
    /// The office no longer offers what it asks for.
    Closed,
}

/// What a token leads to; nothing when it is none of this office's.
pub async fn linked(cx: &Cx<'_>, office: &Office, token: &str) -> Outcome<Option<LinkView>> {
    let Some(id) = token::read::<EntryLinkId>(cx, token::Of::Link, token) else { return Ok(None) };
    let Some(link) = store::find(cx, id).await? else { return Ok(None) };
    let catalogue = catalogue::load(cx).await?;
    let known = catalogue.known_variant(link.variant_id);
    let (service, variant) = known.ok_or(Fault::Inconsistent("variant of a link"))?;
    let read = store::read(cx, &link)?;
    let state = match link.request_id {
        Some(request) => {
            let row = requests::reload(cx, request).await?;
            let receipt = ReceiptNumber::parse(&row.receipt);
            LinkState::Done(receipt.map_err(|_| Fault::Inconsistent("receipt number"))?)
        }
        None if catalogue.variant(link.variant_id).is_none() => LinkState::Closed,
        None if link.until <= cx.now() => LinkState::Over,
        None => LinkState::Open(asked(&catalogue, (service.id, office), &read), link.until),
    };
    Ok(Some(LinkView {
        service: label(&service.name, &variant.name),
        about: name(&form_of(&catalogue, service.id, office), &read).map(|name| name.masked()),
        written_at: link.written_at,
        state,
    }))
}
