//! What whoever follows a link may see.

use std::collections::BTreeMap;

use loket_core::{
    clock::Instant,
    format::{FieldKind, FormatDefinition},
    id::EntryLinkId,
    receipt::ReceiptNumber,
    text::PersonName,
};
use loket_entity::{
    entry_link::{Column, Entity, Model},
    request,
};
use sea_orm::ColumnTrait;

use super::{
    super::{form::form_of, places, store, telling::label, token},
    asked,
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
}

/// What a token leads to; nothing when it is none of this office's.
pub async fn linked(cx: &Cx<'_>, office: &Office, token: &str) -> Outcome<Option<LinkView>> {
    let Some(id) = token::read::<EntryLinkId>(cx, token::Of::Link, token) else { return Ok(None) };
    let Some(link) = find(cx, id).await? else { return Ok(None) };
    let catalogue = catalogue::load(cx).await?;
    let known = catalogue.known_variant(link.variant_id);
    let (service, variant) = known.ok_or(Fault::Inconsistent("variant of a link"))?;
    let read = read(cx, &link)?;
    let state = match link.request_id {
        Some(request) => {
            let row: request::Model = store::reload(cx, request).await?;
            let receipt = ReceiptNumber::parse(&row.receipt);
            LinkState::Done(receipt.map_err(|_| Fault::Inconsistent("receipt number"))?)
        }
        None if link.until <= cx.now() || catalogue.variant(link.variant_id).is_none() => LinkState::Over,
        None => LinkState::Open(asked(&catalogue, (service.id, office), &read), link.until),
    };
    Ok(Some(LinkView {
        service: label(&service.name, &variant.name),
        about: name(&form_of(&catalogue, service.id, office), &read),
        written_at: link.written_at,
        state,
    }))
}

/// The row of a link.
pub(super) async fn find(cx: &Cx<'_>, id: EntryLinkId) -> Outcome<Option<Model>> {
    cx.tx().find::<Entity>().filter(Column::Id.eq(id)).one().await
}

/// What was read of a line.
pub(super) fn read(cx: &Cx<'_>, link: &Model) -> Outcome<BTreeMap<String, String>> {
    let read = cx.open(&link.fields, places::LINK_FIELDS.of(link.id.0))?;
    serde_json::from_value(read).map_err(|_| Fault::Inconsistent("fields of a link"))
}

/// The name that was read, masked: a link may be passed on.
fn name(form: &FormatDefinition, read: &BTreeMap<String, String>) -> Option<String> {
    let field = form.fields.iter().find(|field| field.kind == FieldKind::Name)?;
    PersonName::parse(read.get(&field.key)?).ok().map(|name| name.masked())
}
