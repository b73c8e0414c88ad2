//! Bodies through the door, read into a real database. What goes out is tested beside the sender, in
//! `jobs::tests`.

#![expect(clippy::unwrap_used, reason = "a test that stumbles has failed")]

mod door;
mod inbox;
mod people;
mod sight;
mod statuses;

use loket_core::{
    clock::Instant,
    id::{ConversationId, MessageId, NumberId, OfficeId},
    kinds::ItemOutcome,
};
use loket_entity::{contact, conversation, media, message, parked_status, webhook_delivery, webhook_item};
use sea_orm::PaginatorTrait;
use serde_json::{Value, json};

use super::*;
use crate::{
    domain::tenancy::create_office,
    infra::{Actor, Cx, House, PlatformTx, SystemReason, graph::signature},
    testing::{TestHouse, new_office},
};

pub(crate) const SECRET: &str = "rahasia-aplikasi";
pub(crate) const TOKEN: &str = "EAAtoken";
pub(crate) const PHONE_NUMBER_ID: &str = "106540352242922";
pub(crate) const SITI: &str = "6281234567890";

/// An office with an app and a number.
pub(crate) struct World {
    pub(crate) test: TestHouse,
    pub(crate) office: OfficeId,
    pub(crate) path_key: String,
    pub(crate) door: Door,
}

impl World {
    pub(crate) async fn open() -> Self {
        let (test, office) = TestHouse::with_office().await;
        let path_key = app(&test.house, office, SECRET).await;
        connect(&test.house, office, PHONE_NUMBER_ID).await.unwrap();
        let door = Door::new(test.house.clone());
        Self { test, office, path_key, door }
    }

    pub(crate) fn house(&self) -> &House {
        &self.test.house
    }

    pub(crate) fn now(&self) -> Instant {
        self.test.clock_now()
    }

    /// Delivers a body signed by the office's app.
    pub(crate) async fn deliver(&self, body: &Value) -> Result<Accepted, DoorRefusal> {
        let bytes = serde_json::to_vec(body).unwrap();
        let signed = signature::sign(SECRET, &bytes);
        self.door.accept(&self.path_key, Some(&signed), &bytes).await
    }

    /// Delivers and reads.
    pub(crate) async fn hears(&self, body: &Value) {
        self.deliver(body).await.unwrap();
        self.read().await;
    }

    /// Reads what is due; says how many bodies.
    pub(crate) async fn read(&self) -> usize {
        let mut count = 0;
        loop {
            let leased = ingest::lease(self.house()).await.unwrap();
            if leased.is_empty() {
                return count;
            }
            for body in leased {
                ingest::process(self.house(), body).await.unwrap();
                count += 1;
            }
        }
    }

    pub(crate) async fn look(&self) -> Cx<'_> {
        Cx::read(self.house(), self.office, Actor::System(SystemReason::Seed)).await.unwrap()
    }

    pub(crate) async fn write(&self) -> Cx<'_> {
        Cx::write(self.house(), self.office, Actor::System(SystemReason::Seed)).await.unwrap()
    }

    pub(crate) async fn messages(&self) -> Vec<message::Model> {
        let cx = self.look().await;
        let rows = cx.tx().find::<message::Entity>().ascending(message::Column::At);
        rows.ascending(message::Column::Id).up_to(500).await.unwrap()
    }

    pub(crate) async fn message(&self, id: MessageId) -> message::Model {
        messages::by_id(&self.look().await, id).await.unwrap().unwrap()
    }

    pub(crate) async fn conversations(&self) -> Vec<conversation::Model> {
        let cx = self.look().await;
        cx.tx().find::<conversation::Entity>().up_to(100).await.unwrap()
    }

    /// The only conversation there is.
    pub(crate) async fn conversation(&self) -> ConversationId {
        let rows = self.conversations().await;
        assert_eq!(rows.len(), 1);
        rows[0].id
    }

    async fn contacts(&self) -> Vec<contact::Model> {
        let cx = self.look().await;
        cx.tx().find::<contact::Entity>().up_to(100).await.unwrap()
    }

    async fn media(&self) -> Vec<media::Model> {
        let cx = self.look().await;
        cx.tx().find::<media::Entity>().up_to(100).await.unwrap()
    }

    async fn parked(&self) -> usize {
        let cx = self.look().await;
        cx.tx().find::<parked_status::Entity>().up_to(100).await.unwrap().len()
    }

    /// Every item so far: position, outcome, reason.
    async fn items(&self) -> Vec<(String, ItemOutcome, String)> {
        let cx = self.look().await;
        let rows = cx.tx().find::<webhook_item::Entity>().ascending(webhook_item::Column::Position);
        let rows = rows.up_to(500).await.unwrap();
        rows.into_iter().map(|row| (row.position, row.outcome, row.reason.unwrap_or_default())).collect()
    }

    async fn outcomes(&self) -> Vec<ItemOutcome> {
        self.items().await.into_iter().map(|(_, outcome, _)| outcome).collect()
    }

    async fn bodies(&self) -> u64 {
        let tx = PlatformTx::read(self.house()).await.unwrap();
        tx.find::<webhook_delivery::Entity>().count(tx.on()).await.unwrap()
    }
}

/// An app of an office; the key of its path.
pub(crate) async fn app(house: &House, office: OfficeId, secret: &str) -> String {
    let mut tx = PlatformTx::write(house).await.unwrap();
    let new = NewApp { app_secret: secret.to_owned(), verify_token: format!("token-{secret}") };
    let added = add_app(&mut tx, office, &new).await.unwrap();
    tx.commit().await.unwrap();
    added.path_key
}

/// A number of an office.
pub(crate) async fn connect(
    house: &House,
    office: OfficeId,
    phone_number_id: &str,
) -> Result<NumberId, NumberError> {
    let new = NumberEntry {
        phone_number_id: phone_number_id.to_owned(),
        waba_id: "102290129340398".to_owned(),
        label: format!("Nomor {phone_number_id}"),
        display: "+62 21 5550 100".to_owned(),
        token: TOKEN.to_owned(),
        bound: Bindings::default(),
    };
    enter_number(house, (office, &Actor::System(SystemReason::Seed)), &new).await
}

pub(crate) async fn second_office(world: &World) -> OfficeId {
    create_office(world.house(), new_office("kab-dua", "DUA")).await.unwrap()
}

/// A body with one change of field `messages`.
pub(crate) fn envelope(value: Value) -> Value {
    let mut value = value;
    value["messaging_product"] = json!("whatsapp");
    if value.get("metadata").is_none() {
        value["metadata"] =
            json!({"display_phone_number": "62215550100", "phone_number_id": PHONE_NUMBER_ID});
    }
    json!({"object": "whatsapp_business_account",
        "entry": [{"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}]})
}

/// A message object.
pub(crate) fn text_at(wamid: &str, from: &str, body: &str, at: Instant) -> Value {
    json!({"id": wamid, "from": from, "timestamp": at.timestamp().to_string(), "type": "text",
        "text": {"body": body}})
}

pub(crate) fn photo_at(wamid: &str, from: &str, at: Instant) -> Value {
    json!({"id": wamid, "from": from, "timestamp": at.timestamp().to_string(), "type": "image",
        "image": {"id": format!("9{}", wamid.len()), "mime_type": "image/jpeg"}})
}

/// A body with one text of Siti's.
pub(crate) fn siti_writes(world: &World, wamid: &str, body: &str) -> Value {
    envelope(json!({"messages": [text_at(wamid, SITI, body, world.now())],
        "contacts": [{"wa_id": SITI, "profile": {"name": "Siti"}}]}))
}
