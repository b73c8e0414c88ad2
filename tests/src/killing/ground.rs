//! What lies in the database after the killing, and whether anything still waits in it.

use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

use loket::{
    demo::setup::Description,
    domain::contacts::{self, Address},
    infra::{Actor, Cx, House, PlatformTx, SystemReason},
};
use loket_core::{
    delivery::DeliveryState,
    id::{ConversationId, OfficeId},
    kinds::Direction,
};
use loket_entity::{contact, conversation, job, message, request};
use sea_orm::{ColumnTrait, QueryFilter};

use super::verdict::{Found, Reply};
use crate::Trouble;

/// More rows than a run makes.
const MOST: u64 = 100_000;

/// Waits until no body, no reply and no job waits; says whether that came to be.
pub(super) async fn settled(
    house: &House,
    offices: &Description,
    patience: Duration,
) -> Result<bool, Trouble> {
    let until = Instant::now() + patience;
    while Instant::now() < until {
        if at_rest(house, offices).await? {
            return Ok(true);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Ok(false)
}

async fn at_rest(house: &House, offices: &Description) -> Result<bool, Trouble> {
    let inbox = loket::domain::whatsapp::metrics::inbox(house).await?;
    if inbox.waiting > 0 || anything_queued(house).await? {
        return Ok(false);
    }
    for office in &offices.offices {
        let open = |row: &message::Model| {
            let moving = [DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Uncertain];
            row.delivery.is_some_and(|state| moving.contains(&state))
        };
        if messages(house, office.id).await?.iter().any(open) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether any job of an office is left, due or not: one that a dead server held waits for its lease.
async fn anything_queued(house: &House) -> Result<bool, Trouble> {
    let tx = PlatformTx::read(house).await?;
    let of_offices = tx.find::<job::Entity>().filter(job::Column::TenantId.ne(OfficeId::NIL));
    Ok(of_offices.one(tx.on()).await?.is_some())
}

/// What became of each telephone's message.
pub(super) async fn found(house: &House, offices: &Description) -> Result<BTreeMap<String, Found>, Trouble> {
    let mut found = BTreeMap::new();
    for office in &offices.offices {
        in_office(house, office.id, &mut found).await?;
    }
    Ok(found)
}

async fn in_office(
    house: &House,
    office: OfficeId,
    found: &mut BTreeMap<String, Found>,
) -> Result<(), Trouble> {
    let cx = Cx::read(house, office, Actor::System(SystemReason::Ingest)).await?;
    let mut phones = HashMap::new();
    for row in cx.tx().find::<contact::Entity>().up_to(MOST).await? {
        if let Some(Address::Phone(phone)) = contacts::address(&cx, row.id).await? {
            phones.insert(row.id, phone.expose().to_owned());
        }
    }
    let mut talks: HashMap<ConversationId, &String> = HashMap::new();
    for row in cx.tx().find::<conversation::Entity>().up_to(MOST).await? {
        talks.extend(phones.get(&row.contact_id).map(|phone| (row.id, phone)));
    }
    for row in cx.tx().find::<message::Entity>().up_to(MOST).await? {
        let Some(phone) = talks.get(&row.conversation_id) else { continue };
        let of_phone = found.entry((*phone).clone()).or_default();
        match row.direction {
            Direction::In => of_phone.messages += 1,
            Direction::Out => of_phone.replies.push(Reply { id: row.id.to_string(), state: row.delivery }),
        }
    }
    for row in cx.tx().find::<request::Entity>().up_to(MOST).await? {
        if let Some(phone) = row.conversation_id.and_then(|id| talks.get(&id)) {
            found.entry((*phone).clone()).or_default().requests += 1;
        }
    }
    Ok(())
}

async fn messages(house: &House, office: OfficeId) -> Result<Vec<message::Model>, Trouble> {
    let cx = Cx::read(house, office, Actor::System(SystemReason::Outbox)).await?;
    Ok(cx.tx().find::<message::Entity>().up_to(MOST).await?)
}
