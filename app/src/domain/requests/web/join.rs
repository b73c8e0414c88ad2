//! Somebody writes the number of a request of the public form from the telephone that was named in it.

use loket_core::{
    request::{Channel, RequestEventKind},
    text::PhoneE164,
};
use loket_entity::request;
use sea_orm::ColumnTrait;

use super::{
    super::{
        history::Line,
        open::Opened,
        receipts,
        store::{self, Edit},
    },
    WHATSAPP,
};
use crate::{
    domain::{
        contacts::{self, Address},
        whatsapp::{ConversationHead, Unread},
    },
    infra::{Cx, Outcome},
};

/// Makes the conversation that of the request whose number a message names, if it has none and its telephone is that of
/// whoever writes. Gives the request as one that was just opened, so that its receipt is told there.
pub async fn join(cx: &mut Cx<'_>, head: &ConversationHead, message: &Unread) -> Outcome<Option<Opened>> {
    let Some(receipt) = message.text.as_deref().and_then(receipts::named) else { return Ok(None) };
    let found = cx
        .tx()
        .find::<request::Entity>()
        .filter(request::Column::Receipt.eq(receipt.as_str()))
        .filter(request::Column::Channel.eq(Channel::Web))
        .filter(request::Column::ConversationId.is_null())
        .filter(store::open())
        .one()
        .await?;
    let Some(row) = found else { return Ok(None) };
    let Some(Address::Phone(sender)) = contacts::address(cx, head.contact).await? else { return Ok(None) };
    if sender.phone().is_none() || sender.phone() != typed(cx, &row)? {
        return Ok(None);
    }
    Edit::of(&row)
        .set(request::Column::ConversationId, head.id)
        .set(request::Column::SubmitterId, head.contact)
        .set(request::Column::UnansweredSince, message.at)
        .save(cx)
        .await?;
    Line::new(RequestEventKind::Answered).at(message.at).by(Channel::WhatsApp).write(cx, &row).await?;
    cx.audit("request.joined", ("request", Some(row.id.0)))?;
    Ok(Some(Opened { id: row.id, receipt, missing: Vec::new(), similar: None }))
}

/// The telephone that was typed into the form.
fn typed(cx: &Cx<'_>, row: &request::Model) -> Outcome<Option<PhoneE164>> {
    Ok(store::fields(cx, row)?.get(WHATSAPP).and_then(|text| PhoneE164::parse(text).ok()))
}
