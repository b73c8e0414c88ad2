//! The link of a line is told to whoever wrote it.

use loket_core::{format::FormatDefinition, id::EntryLinkId, reply::NumbersAsked};
use loket_entity::entry_link::{Column, Entity};
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};

use super::{
    super::{telling::label, token},
    asked, store,
};
use crate::{
    domain::{catalogue, tenancy::Office, whatsapp},
    infra::{Cx, Outcome},
    queue::NewJob,
};

/// A link is to be told. The address is made where the site's own is known, so this is a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkDue {
    /// The link.
    pub link: EntryLinkId,
}

impl LinkDue {
    /// The job's kind.
    pub const KIND: &'static str = "entry_link.due";

    pub(super) fn job(&self) -> Outcome<NewJob> {
        Ok(NewJob::new(Self::KIND, self)?.priority(4).unique(format!("link:{}", self.link)))
    }
}

/// Queues the message with the link; says whether there was anything to say. `address` makes the address of a token.
pub async fn tell_link(
    cx: &mut Cx<'_>,
    office: &Office,
    id: EntryLinkId,
    address: impl FnOnce(&str) -> String,
) -> Outcome<bool> {
    let Some(link) = store::find(cx, id).await? else { return Ok(false) };
    if link.told_at.is_some() || link.request_id.is_some() || link.until <= cx.now() {
        return Ok(false);
    }
    let catalogue = catalogue::load(cx).await?;
    let Some((service, variant)) = catalogue.known_variant(link.variant_id) else { return Ok(false) };
    let form = asked(&catalogue, (service.id, office), &store::read(cx, &link)?);
    let text = NumbersAsked {
        service: &label(&service.name, &variant.name),
        what: &in_a_row(&form),
        address: &address(&token::make(cx, token::Of::Link, id.0)),
        until: link.until,
    }
    .text(&office.head(service.free));
    whatsapp::queue_text(cx, link.conversation_id, (None, None), text).await?;
    let this = Condition::all().add(Column::Id.eq(id)).add(Column::ToldAt.is_null());
    cx.tx().change::<Entity>(this).set(Column::ToldAt, cx.now()).run_one().await?;
    cx.audit("entry_link.told", ("entry_link", Some(id.0)))?;
    Ok(true)
}

/// `NIK dan Nomor KK`.
fn in_a_row(form: &FormatDefinition) -> String {
    let labels: Vec<&str> = form.fields.iter().map(|field| field.label.as_str()).collect();
    match labels.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} dan {last}", before.join(", ")),
        all => all.concat(),
    }
}
