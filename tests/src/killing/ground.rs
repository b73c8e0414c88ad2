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
use loket_entity::{audit_entry, contact, conversation, job, message, request};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::verdict::{Found, Reply};
use crate::Trouble;

/// More rows than a run makes.
const MOST: u64 = 100_000;

/// Waits until no body, no reply and no job waits; gives what is left when the patience ends.
pub(super) async fn settled(
    house: &House,
    offices: &Description,
    patience: Duration,
) -> Result<Vec<String>, Trouble> {
    let until = Instant::now() + patience;
    loop {
        let left = left(house, offices).await?;
        if left.is_empty() || Instant::now() > until {
            return Ok(left);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// What waits, in words. A job that a dead server held waits as well: for its lease.
async fn left(house: &House, offices: &Description) -> Result<Vec<String>, Trouble> {
    let mut left = Vec::new();
    let inbox = loket::domain::whatsapp::metrics::inbox(house).await?;
    if inbox.waiting > 0 {
        left.push(format!("{} webhook bodies, the oldest for {}", inbox.waiting, inbox.oldest));
    }
    let tx = PlatformTx::read(house).await?;
    let jobs = tx.find::<job::Entity>().filter(job::Column::TenantId.ne(OfficeId::NIL)).all(tx.on()).await?;
    drop(tx);
    left.extend(jobs.iter().map(|job| {
        let (attempts, error) = (job.attempts, job.last_error.as_deref().unwrap_or("no error"));
        format!("a job {} ({}), attempt {attempts}, {error}", job.kind, job.state.word())
    }));
    for office in &offices.offices {
        for row in messages(house, office.id).await? {
            let moving = [DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Uncertain];
            if let Some(state) = row.delivery.filter(|state| moving.contains(state)) {
                left.push(format!("a message {}, attempt {}", state.word(), row.attempts));
            }
        }
    }
    Ok(left)
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
    let mut resent: HashMap<Uuid, usize> = HashMap::new();
    let again = audit_entry::Column::Action.eq("message.resent");
    for row in cx.tx().find::<audit_entry::Entity>().filter(again).up_to(MOST).await? {
        *resent.entry(row.subject_id.unwrap_or_default()).or_default() += 1;
    }
    for row in cx.tx().find::<message::Entity>().up_to(MOST).await? {
        let Some(phone) = talks.get(&row.conversation_id) else { continue };
        let of_phone = found.entry((*phone).clone()).or_default();
        match row.direction {
            Direction::In => of_phone.messages += 1,
            Direction::Out => {
                let resent = resent.get(&row.id.0).copied().unwrap_or_default();
                of_phone.replies.push(Reply { id: row.id.to_string(), resent });
            }
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
