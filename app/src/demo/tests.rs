//! The simulator's view of a house with one office and one conversation.
#![expect(clippy::unwrap_used, reason = "a test that stumbles has failed")]

use std::sync::Arc;

use chrono::TimeDelta;
use loket_core::clock::Instant;
use loket_core::delivery::DeliveryState;
use loket_core::id::{ContactId, ConversationId, DeliveryId, IdentityId, MessageId, NumberId, OfficeId};
use loket_core::kinds::{DeliveryStage, Direction, IdentityKind, ItemOutcome};
use loket_core::whatsapp::MessageKind;
use loket_core::zone::OfficeZone;
use loket_entity::{
    contact, contact_identity, conversation, message, wa_number, webhook_delivery, webhook_item,
};
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::memory::PhoneMemory;
use super::record::HouseRecord;
use super::{offices, phones};
use crate::domain::tenancy;
use crate::fake_graph::{FakeGraph, FakeNumber, Memory, PhoneContent, PhoneDirection};
use crate::infra::seal::{Column, IndexKind};
use crate::infra::{Cx, PlatformTx, SystemReason};
use crate::testing::{TestHouse, monday_morning};
use crate::web::simulator::{OfficeRecord, SimulatorNumber, SimulatorOffice, SimulatorOffices};

const NUMBER: &str = "360300000000002";
const PHONE: &str = "628003603001";
const NIK: &str = "3603036502909001";

fn seconds(count: i64) -> Instant {
    monday_morning() + TimeDelta::seconds(count)
}

/// One contact, one conversation, and a message of each sort.
async fn write_rows(test: &TestHouse, office: OfficeId) {
    let cx = Cx::system(&test.house, office, SystemReason::Seed).await.unwrap();
    let (number, contact, chat): (NumberId, ContactId, ConversationId) =
        (cx.new_id(), cx.new_id(), cx.new_id());
    let sealed =
        |text: &str, column: Column, id: uuid::Uuid| cx.seal(&text.to_owned(), column.of(id)).unwrap();
    let row = wa_number::ActiveModel {
        id: Set(number),
        phone_number_id: Set(NUMBER.into()),
        waba_id: Set("1".into()),
        label: Set("KTP-el".into()),
        display: Set(sealed("+62 812", Column::new("wa_number", "display"), number.0)),
        token: Set(sealed("t", Column::new("wa_number", "token"), number.0)),
        last_inbound_at: Set(None),
        active: Set(true),
        has_token: Set(true),
        ..Default::default()
    };
    cx.tx().insert::<wa_number::Entity>(row).await.unwrap();
    let row = contact::ActiveModel {
        id: Set(contact),
        name: Set(None),
        created_at: Set(cx.now()),
        ..Default::default()
    };
    cx.tx().insert::<contact::Entity>(row).await.unwrap();
    let identity: IdentityId = cx.new_id();
    let row = contact_identity::ActiveModel {
        id: Set(identity),
        contact_id: Set(contact),
        kind: Set(IdentityKind::WaId),
        value: Set(sealed(PHONE, Column::new("contact_identity", "value"), identity.0)),
        value_idx: Set(cx.index(IndexKind::WaId, PHONE)),
        tail_idx: Set(None),
        ..Default::default()
    };
    cx.tx().insert::<contact_identity::Entity>(row).await.unwrap();
    let row = conversation::ActiveModel {
        id: Set(chat),
        contact_id: Set(contact),
        number_id: Set(number),
        assigned_to: Set(None),
        assigned_at: Set(None),
        last_inbound_at: Set(Some(seconds(1))),
        unanswered_since: Set(None),
        last_message_at: Set(seconds(3)),
        version: Set(1),
        ..Default::default()
    };
    cx.tx().insert::<conversation::Entity>(row).await.unwrap();
    let rows = [
        (1, Direction::In, None, Some("wamid.IN")),
        (2, Direction::Out, Some(DeliveryState::Read), Some("wamid.OUT")),
        (3, Direction::Out, Some(DeliveryState::Failed), Some("wamid.LOST")),
        (4, Direction::Out, Some(DeliveryState::Queued), None),
    ];
    for (at, direction, delivery, wamid) in rows {
        let id: MessageId = cx.new_id();
        let row = message::ActiveModel {
            id: Set(id),
            conversation_id: Set(chat),
            number_id: Set(number),
            request_id: Set(None),
            direction: Set(direction),
            kind: Set(MessageKind::Text),
            wamid: Set(wamid.map(|text| sealed(text, Column::new("message", "wamid"), id.0))),
            wamid_idx: Set(wamid.map(|text| cx.index(IndexKind::Wamid, text))),
            content: Set(cx
                .seal(&json!({"kind": "text", "body": "Halo"}), Column::new("message", "content").of(id.0))
                .unwrap()),
            author: Set(None),
            delivery: Set(delivery),
            delivery_at: Set(None),
            attempts: Set(1),
            error_code: Set(None),
            at: Set(seconds(at)),
            recorded_at: Set(seconds(at)),
            read_at: Set(None),
            ..Default::default()
        };
        cx.tx().insert::<message::Entity>(row).await.unwrap();
    }
    cx.commit().await.unwrap();
}

/// A body that was read, with one line about what was in it, and one that waits.
async fn write_deliveries(test: &TestHouse, office: OfficeId) {
    let tx = PlatformTx::write(&test.house).await.unwrap();
    let mut first = None;
    for (at, state) in [(1, DeliveryStage::Done), (5, DeliveryStage::Waiting)] {
        let id: DeliveryId = tx.new_id();
        first.get_or_insert(id);
        let body =
            tx.keys().seal(&Vec::<u8>::new(), Column::new("webhook_delivery", "body").of(id.0)).unwrap();
        let row = webhook_delivery::ActiveModel {
            id: Set(id),
            office_id: Set(office),
            path_key: Set("k".into()),
            body_hash: Set(vec![u8::try_from(at).unwrap()]),
            body: Set(body),
            state: Set(state),
            received_at: Set(seconds(at)),
            due_at: Set(seconds(at)),
            lease_until: Set(None),
            attempts: Set(0),
        };
        tx.insert::<webhook_delivery::Entity>(row).await.unwrap();
    }
    let row = webhook_item::ActiveModel {
        tenant_id: Set(office),
        delivery_id: Set(first.unwrap()),
        position: Set("e0.c0.m0".into()),
        kind: Set("message.text".into()),
        outcome: Set(ItemOutcome::Handled),
        reason: Set(None),
        at: Set(seconds(2)),
    };
    tx.insert::<webhook_item::Entity>(row).await.unwrap();
    tx.commit().await.unwrap();
}

fn contacts(office: OfficeId) -> SimulatorOffices {
    let number = SimulatorNumber {
        phone_number_id: NUMBER.into(),
        display: "+62 812-0000-3602".into(),
        label: "KTP-el".into(),
        services: Vec::new(),
        formats: Vec::new(),
    };
    SimulatorOffices(vec![SimulatorOffice {
        id: office,
        slug: "kab-satu".into(),
        name: "Disdukcapil kab-satu".into(),
        zone: OfficeZone::Wib,
        numbers: vec![number],
    }])
}

#[tokio::test]
async fn the_record_shows_a_phone_what_it_wrote_and_what_meta_took_for_it() {
    let (test, office) = TestHouse::with_office().await;
    write_rows(&test, office).await;
    let record = HouseRecord::new(test.house.clone());
    let shown = record.phone(office, PHONE).await.unwrap();
    let lines: Vec<_> = shown.iter().map(|m| (m.direction, m.wamid.as_str(), m.text.as_deref())).collect();
    assert_eq!(
        lines,
        [
            (PhoneDirection::FromPhone, "wamid.IN", Some("Halo")),
            (PhoneDirection::ToPhone, "wamid.OUT", Some("Halo"))
        ]
    );
    assert!(record.phone(office, "628003603002").await.unwrap().is_empty());
    assert_eq!(record.last_written(office, PHONE, NUMBER).await.unwrap(), Some(seconds(1)));
    assert_eq!(record.last_written(office, PHONE, "1").await.unwrap(), None);
}

#[tokio::test]
async fn the_trace_tells_the_latest_first_and_nobodys_words() {
    let (test, office) = TestHouse::with_office().await;
    write_deliveries(&test, office).await;
    let steps = HouseRecord::new(test.house.clone()).trace(office).await.unwrap();
    let words: Vec<_> = steps.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(words, ["Kiriman tersimpan, menunggu dibaca", "Pesan teks diproses"]);
}

#[tokio::test]
async fn what_phones_show_is_sealed_on_the_disk_and_there_after_a_kill() {
    let (test, office) = TestHouse::with_office().await;
    write_rows(&test, office).await;
    let file = test.folder.path().join("ponsel.log");
    let fake = FakeGraph::new(test.clock.clone(), test.house.ids.clone()).unwrap();
    fake.register(FakeNumber {
        phone_number_id: NUMBER.into(),
        waba_id: "1".into(),
        display_phone_number: "628120000".into(),
        token: "t".into(),
        app_secret: "s".into(),
        // Nobody listens: what was sent is on the phone all the same.
        callback_url: "http://127.0.0.1:9/".into(),
    });
    let memory = Arc::new(PhoneMemory::open(&test.house, &contacts(office), &file).unwrap());
    fake.remember_in(memory.clone());
    for words in [NIK, "Halo"] {
        fake.phone_sends(PHONE, "Siti", NUMBER, PhoneContent::Text(words.into())).await.unwrap();
    }
    assert_eq!(memory.last_written(PHONE, NUMBER).await, Some(seconds(1)));

    let mut disk = std::fs::read(&file).unwrap();
    for secret in [NIK, PHONE, "Halo"] {
        assert!(!disk.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
    }
    // The kill broke the next line off.
    disk.extend_from_slice(b"QUJD");
    std::fs::write(&file, disk).unwrap();
    let next = FakeGraph::new(test.clock.clone(), test.house.ids.clone()).unwrap();
    let memory = PhoneMemory::open(&test.house, &contacts(office), &file).unwrap();
    assert_eq!(memory.recall_into(&next).unwrap(), 2);
    let words = |fake: &FakeGraph| -> Vec<_> {
        fake.phone_messages(PHONE).into_iter().map(|message| (message.wamid, message.text)).collect()
    };
    assert_eq!(words(&next), words(&fake));
}

#[tokio::test]
async fn the_contacts_are_the_numbers_of_the_directorys_offices_with_their_formats() {
    let (test, _) = TestHouse::with_office().await;
    let tx = PlatformTx::read(&test.house).await.unwrap();
    let mut directory = tenancy::all_offices(&tx).await.unwrap();
    assert!(phones::contacts(&directory).unwrap().0.is_empty());
    for (office, known) in directory.iter_mut().zip(&offices::OFFICES) {
        office.slug = known.slug.to_owned();
    }
    let contacts = phones::contacts(&directory).unwrap();
    let [tangerang] = contacts.0.as_slice() else { unreachable!() };
    let keywords: Vec<Vec<_>> = tangerang
        .numbers
        .iter()
        .map(|number| number.formats.iter().map(|format| format.keyword.as_str()).collect())
        .collect();
    assert_eq!(keywords, [vec!["KK"], vec!["KTP"], vec!["KIA"], vec!["SKPWNI", "SKDWN"]]);
    assert_eq!(
        tangerang.numbers.first().map(|number| number.services.join(",")),
        Some("Kartu Keluarga".into())
    );
}
