//! Bodies read item by item: a bad one costs its neighbours nothing, and nothing vanishes.

use chrono::TimeDelta;
use loket_core::{kinds::DeliveryStage, whatsapp::MessageKind};
use sea_orm::ConnectionTrait;

use super::*;

async fn sql(world: &World, text: &str) {
    let tx = PlatformTx::write(world.house()).await.unwrap();
    tx.on().execute_unprepared(text).await.unwrap();
    tx.commit().await.unwrap();
}

async fn stages(world: &World) -> Vec<(DeliveryStage, i64)> {
    let tx = PlatformTx::read(world.house()).await.unwrap();
    let rows = tx.find::<webhook_delivery::Entity>().all(tx.on()).await.unwrap();
    rows.into_iter().map(|row| (row.state, row.attempts)).collect()
}

#[tokio::test]
async fn the_same_message_in_another_body_changes_nothing() {
    let world = World::open().await;
    world.hears(&siti_writes(&world, "wamid.A", "Halo")).await;
    let before = world.conversations().await;
    let mut again = siti_writes(&world, "wamid.A", "Halo");
    again["entry"][0]["time"] = json!(1);
    world.hears(&again).await;
    assert_eq!(world.messages().await.len(), 1);
    assert_eq!(world.conversations().await, before);
    assert_eq!(world.outcomes().await, [ItemOutcome::Handled, ItemOutcome::Repeated]);
}

#[tokio::test]
async fn a_failing_item_is_tried_again_alone_and_set_aside_at_last() {
    let world = World::open().await;
    sql(
        &world,
        "CREATE TRIGGER poison BEFORE INSERT ON webhook_item WHEN NEW.position = 'e0.c0.m1' \
         AND NEW.outcome = 'handled' BEGIN SELECT RAISE(ABORT, 'poison'); END",
    )
    .await;
    let at = world.now();
    let three = [("wamid.1", "satu"), ("wamid.2", "dua"), ("wamid.3", "tiga")];
    let messages: Vec<Value> = three.iter().map(|(id, body)| text_at(id, SITI, body, at)).collect();
    world.hears(&envelope(json!({"messages": messages}))).await;
    assert_eq!(world.messages().await.len(), 2, "the neighbours are in");
    assert_eq!(stages(&world).await, [(DeliveryStage::Waiting, 1)]);
    assert_eq!(world.read().await, 0, "not before its time");
    for _ in 0..7 {
        world.test.clock.advance(TimeDelta::minutes(6));
        assert_eq!(world.read().await, 1);
    }
    assert_eq!(stages(&world).await, [(DeliveryStage::Done, 8)]);
    let aside = world.items().await;
    assert_eq!(aside[1], ("e0.c0.m1".to_owned(), ItemOutcome::Quarantined, "failed".to_owned()));
    assert_eq!((aside.len(), world.messages().await.len()), (3, 2));

    // The cause is gone, and a person has it tried again.
    sql(&world, "DROP TRIGGER poison").await;
    let mut cx = world.write().await;
    let (set_aside, more) = quarantine::list(&cx, 0).await.unwrap();
    assert_eq!((set_aside.len(), more, quarantine::count(&cx).await.unwrap()), (1, false, 1));
    assert!(set_aside[0].sentence().ends_with('.'));
    quarantine::retry(&mut cx, set_aside[0].delivery).await.unwrap();
    cx.commit().await.unwrap();
    quarantine::reopen(world.house(), world.office, set_aside[0].delivery).await.unwrap();
    assert_eq!(world.read().await, 1);
    assert_eq!(world.messages().await.len(), 3);
    assert!(world.outcomes().await.iter().all(|outcome| *outcome == ItemOutcome::Handled));
}

#[tokio::test]
async fn a_worker_that_died_half_way_is_followed_by_another() {
    let world = World::open().await;
    let at = world.now();
    let two = [text_at("wamid.1", SITI, "satu", at), text_at("wamid.2", SITI, "dua", at)];
    world.deliver(&envelope(json!({"messages": two}))).await.unwrap();
    let leased = ingest::lease(world.house()).await.unwrap();
    assert_eq!(leased.len(), 1);
    drop(leased);
    assert_eq!(world.read().await, 0, "held by the dead worker");
    world.test.clock.advance(TimeDelta::seconds(31));
    assert_eq!(world.read().await, 1);
    assert_eq!(world.messages().await.len(), 2);
}

#[tokio::test]
async fn a_process_that_has_the_database_to_itself_starts_at_once() {
    let world = World::open().await;
    world.deliver(&siti_writes(&world, "wamid.1", "satu")).await.unwrap();
    assert_eq!(ingest::lease(world.house()).await.unwrap().len(), 1);
    assert_eq!(ingest::forget_leases(world.house()).await.unwrap(), 1);
    assert_eq!(world.read().await, 1);
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_with_its_reason() {
    let world = World::open().await;
    let signed = |bytes: &[u8]| signature::sign(SECRET, bytes);
    for bytes in [b"{".as_slice(), b"[1]", br#"{"object":"page","entry":[{}]}"#, br#"{"entry":[]}"#] {
        world.door.accept(&world.path_key, Some(&signed(bytes)), bytes).await.unwrap();
    }
    world.read().await;
    let mut reasons: Vec<String> = world.items().await.into_iter().map(|(_, _, reason)| reason).collect();
    reasons.sort();
    assert_eq!(reasons, ["empty", "not_an_envelope", "not_json", "not_whatsapp"]);
    assert!(stages(&world).await.iter().all(|(stage, _)| *stage == DeliveryStage::Quarantined));
    assert_eq!(metrics::inbox(world.house()).await.unwrap().waiting, 0);
}

#[tokio::test]
async fn a_body_reaches_the_office_of_its_own_app_only() {
    let world = World::open().await;
    let other = second_office(&world).await;
    connect(world.house(), other, "99999").await.unwrap();
    for taken in [PHONE_NUMBER_ID, "99999"] {
        let again = connect(world.house(), other, taken).await;
        let of_the_id = |error: &NumberError| matches!(error, NumberError::Invalid(wrong) if wrong[0].0 == NumberField::PhoneNumberId);
        assert!(again.as_ref().is_err_and(of_the_id), "{taken}: {again:?}");
    }
    let to = |id: Value| {
        let mut body = siti_writes(&world, "wamid.F", "Halo");
        body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = id;
        body
    };
    for id in [json!("99999"), json!("12345"), json!("")] {
        world.hears(&to(id)).await;
    }
    let mut reasons: Vec<String> = world.items().await.into_iter().map(|(_, _, reason)| reason).collect();
    reasons.sort();
    assert_eq!(reasons, ["foreign_number", "unknown_number", "without_number"]);
    assert_eq!(world.messages().await.len(), 0);
    let cx = Cx::read(world.house(), other, Actor::System(SystemReason::Seed)).await.unwrap();
    assert!(!cx.tx().find::<message::Entity>().exists().await.unwrap());
}

#[tokio::test]
async fn every_other_kind_is_kept_and_shown_as_what_it_is() {
    let world = World::open().await;
    let at = world.now().timestamp().to_string();
    let kinds = [
        json!({"id": "1", "from": SITI, "timestamp": at, "type": "location", "location": {"latitude": 1.5}}),
        json!({"id": "2", "from": SITI, "timestamp": at, "type": "hologram", "hologram": {}}),
        json!({"id": "3", "from_user_id": "ID.13491208655302741918", "from": "", "timestamp": at,
            "type": "audio", "audio": {"id": "77", "voice": true}}),
        json!({"id": "4", "from": "siapa?", "timestamp": at, "type": "text", "text": {"body": "x"}}),
    ];
    let notice = json!({"id": "1", "changes": [{"field": "account_update", "value": {"event": "X"}}]});
    let mut body = envelope(json!({"messages": kinds}));
    body["entry"].as_array_mut().unwrap().push(notice);
    world.hears(&body).await;
    let kinds: Vec<MessageKind> = world.messages().await.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [MessageKind::Location, MessageKind::Unknown, MessageKind::Audio]);
    let items = world.items().await;
    assert_eq!(items[3].2, "sender_without_known_shape");
    assert_eq!(items[4].1, ItemOutcome::Kept);
}

#[tokio::test]
async fn the_oldest_body_that_waits_is_measured() {
    let world = World::open().await;
    assert_eq!(metrics::inbox(world.house()).await.unwrap().oldest, TimeDelta::zero());
    world.deliver(&siti_writes(&world, "wamid.1", "satu")).await.unwrap();
    world.test.clock.advance(TimeDelta::seconds(9));
    world.deliver(&siti_writes(&world, "wamid.2", "dua")).await.unwrap();
    let inbox = metrics::inbox(world.house()).await.unwrap();
    assert_eq!((inbox.oldest, inbox.waiting), (TimeDelta::seconds(9), 2));
}

#[tokio::test]
async fn offices_take_turns_however_much_one_of_them_gets() {
    let world = World::open().await;
    let other = second_office(&world).await;
    let path = app(world.house(), other, "rahasia-lain").await;
    for n in 0..30 {
        world.deliver(&siti_writes(&world, &format!("wamid.{n}"), "banjir")).await.unwrap();
    }
    let bytes = b"{}";
    let signed = signature::sign("rahasia-lain", bytes);
    world.door.accept(&path, Some(&signed), bytes).await.unwrap();
    let first = ingest::lease(world.house()).await.unwrap();
    assert_eq!(first.iter().filter(|one| one.office() == world.office).count(), 8);
    assert_eq!(first.iter().filter(|one| one.office() == other).count(), 1);
}
