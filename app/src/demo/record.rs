//! What the simulator is told of the offices: their own record, read and never written.

use std::collections::HashMap;

use async_trait::async_trait;
use loket_core::clock::Instant;
use loket_core::delivery::DeliveryState;
use loket_core::id::{ConversationId, NumberId, OfficeId};
use loket_core::kinds::{Direction, IdentityKind};
use loket_entity::{contact_identity, conversation, message, wa_number};
use sea_orm::ColumnTrait;
use serde_json::Value as Json;

use super::trace;
use crate::fake_graph::{PhoneDirection, PhoneMessage, Ticks};
use crate::infra::seal::{Column, IndexKind};
use crate::infra::{Actor, Cx, House, Outcome, SystemReason};
use crate::web::simulator::{OfficeRecord, Step};

const CONTENT: Column = Column::new("message", "content");
const WAMID: Column = Column::new("message", "wamid");

/// What one phone said to one office, and heard of it, at most.
const MOST: u64 = 1000;

/// The record of the offices of a house.
#[derive(Clone)]
pub struct HouseRecord(House);

impl HouseRecord {
    /// Reads in this house.
    pub fn new(house: House) -> Self {
        Self(house)
    }

    /// When a phone last wrote to a number of an office.
    pub async fn last_written(
        &self,
        office: OfficeId,
        phone: &str,
        phone_number_id: &str,
    ) -> Outcome<Option<Instant>> {
        let cx = self.read(office).await?;
        let numbers = numbers(&cx).await?;
        let of_number = |row: &conversation::Model| {
            numbers.get(&row.number_id).map(String::as_str) == Some(phone_number_id)
        };
        let found = conversations(&cx, phone).await?;
        Ok(found.iter().filter(|row| of_number(row)).filter_map(|row| row.last_inbound_at).max())
    }

    async fn read(&self, office: OfficeId) -> Outcome<Cx<'_>> {
        Cx::read(&self.0, office, Actor::System(SystemReason::Seed)).await
    }
}

#[async_trait]
impl OfficeRecord for HouseRecord {
    async fn trace(&self, office: OfficeId) -> Outcome<Vec<Step>> {
        trace::latest(&self.0, office).await
    }

    async fn phone(&self, office: OfficeId, wa_id: &str) -> Outcome<Vec<PhoneMessage>> {
        let cx = self.read(office).await?;
        let found = conversations(&cx, wa_id).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let numbers = numbers(&cx).await?;
        let ids: Vec<ConversationId> = found.iter().map(|row| row.id).collect();
        let rows = cx
            .tx()
            .find::<message::Entity>()
            .filter(message::Column::ConversationId.is_in(ids))
            .ascending(message::Column::At)
            .up_to(MOST)
            .await?;
        let reached = rows.into_iter().filter(has_reached_meta);
        reached.filter_map(|row| seen_from_the_phone(&cx, &numbers, &row).transpose()).collect()
    }
}

/// What a citizen wrote has; of ours, what Meta took and did not give up.
fn has_reached_meta(row: &message::Model) -> bool {
    match row.direction {
        Direction::In => true,
        Direction::Out => row
            .delivery
            .is_some_and(|state| state >= DeliveryState::Accepted && state != DeliveryState::Failed),
    }
}

async fn conversations(cx: &Cx<'_>, phone: &str) -> Outcome<Vec<conversation::Model>> {
    // Whoever shows no number is known to the fake by a BSUID, which holds a dot.
    let (kind, index) = if phone.contains('.') {
        (IdentityKind::Bsuid, IndexKind::Bsuid)
    } else {
        (IdentityKind::WaId, IndexKind::WaId)
    };
    let identity = cx
        .tx()
        .find::<contact_identity::Entity>()
        .filter(contact_identity::Column::Kind.eq(kind))
        .filter(contact_identity::Column::ValueIdx.eq(cx.index(index, phone)))
        .one()
        .await?;
    let Some(identity) = identity else { return Ok(Vec::new()) };
    let of_contact = conversation::Column::ContactId.eq(identity.contact_id);
    cx.tx().find::<conversation::Entity>().filter(of_contact).up_to(50).await
}

/// Meta's ids of the office's numbers.
async fn numbers(cx: &Cx<'_>) -> Outcome<HashMap<NumberId, String>> {
    let rows = cx.tx().find::<wa_number::Entity>().up_to(200).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.phone_number_id)).collect())
}

fn seen_from_the_phone(
    cx: &Cx<'_>,
    numbers: &HashMap<NumberId, String>,
    row: &message::Model,
) -> Outcome<Option<PhoneMessage>> {
    let (Some(wamid), Some(number)) = (&row.wamid, numbers.get(&row.number_id)) else { return Ok(None) };
    let content: Json = cx.open(&row.content, CONTENT.of(row.id.0))?;
    let text = |key: &str| content[key].as_str().map(str::to_owned);
    let read = matches!(row.delivery, Some(DeliveryState::Read | DeliveryState::Played));
    Ok(Some(PhoneMessage {
        direction: match row.direction {
            Direction::In => PhoneDirection::FromPhone,
            Direction::Out => PhoneDirection::ToPhone,
        },
        phone_number_id: number.clone(),
        wamid: cx.open(wamid, WAMID.of(row.id.0))?,
        at: row.at,
        kind: row.kind.word().to_owned(),
        text: text("body").or_else(|| text("caption")),
        filename: text("filename"),
        media_id: None,
        ticks: if read { Ticks::Read } else { Ticks::Delivered },
    }))
}
