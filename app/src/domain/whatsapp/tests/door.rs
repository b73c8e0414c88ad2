//! Only what its own app signed comes in, and it is stored before anybody says 200.

use chrono::TimeDelta;

use super::*;

#[tokio::test]
async fn a_signed_body_is_stored_once_and_read_once_however_often_it_comes() {
    let world = World::open().await;
    let body = siti_writes(&world, "wamid.A", "Selamat pagi");
    let deliveries = futures_util::future::join_all((0..50).map(|_| world.deliver(&body))).await;
    assert!(deliveries.iter().all(Result::is_ok));
    assert_eq!(deliveries.iter().filter(|one| **one == Ok(Accepted::Stored)).count(), 1);
    world.read().await;
    assert_eq!(world.deliver(&body).await, Ok(Accepted::Repeated));
    world.read().await;
    assert_eq!((world.bodies().await, world.messages().await.len()), (1, 1));
    assert_eq!(world.outcomes().await, [ItemOutcome::Handled]);
}

#[tokio::test]
async fn nothing_that_its_own_app_did_not_sign_leaves_a_row() {
    let world = World::open().await;
    let other = second_office(&world).await;
    let other_path = app(world.house(), other, "rahasia-lain").await;
    let body = serde_json::to_vec(&siti_writes(&world, "wamid.A", "Halo")).unwrap();
    let own = signature::sign(SECRET, &body);
    let foreign = signature::sign("rahasia-lain", &body);
    let cut = &body[..body.len() - 1];
    let table: [(&str, Option<&str>, &[u8], DoorRefusal); 7] = [
        (&world.path_key, None, &body, DoorRefusal::BadSignature),
        (&world.path_key, Some("sha256=00"), &body, DoorRefusal::BadSignature),
        (&world.path_key, Some(&foreign), &body, DoorRefusal::BadSignature),
        (&world.path_key, Some(&own), cut, DoorRefusal::BadSignature),
        (&other_path, Some(&own), &body, DoorRefusal::BadSignature),
        ("00000000000000000000000000000000", Some(&own), &body, DoorRefusal::Unknown),
        ("../../etc", Some(&own), &body, DoorRefusal::Unknown),
    ];
    for (path, signed, body, refusal) in table {
        assert_eq!(world.door.accept(path, signed, body).await, Err(refusal), "{path} {signed:?}");
    }
    assert_eq!(world.bodies().await, 0);
    assert_eq!(world.door.accept(&world.path_key, Some(&own), &body).await, Ok(Accepted::Stored));
}

#[tokio::test]
async fn the_handshake_answers_the_right_token_only() {
    let world = World::open().await;
    let token = format!("token-{SECRET}");
    let asked = |mode: &'static str, token: String| {
        let (door, path) = (&world.door, &world.path_key);
        async move { door.verify_handshake(path, mode, &token).await }
    };
    assert_eq!(asked("subscribe", token.clone()).await, Ok(()));
    assert_eq!(asked("unsubscribe", token).await, Err(DoorRefusal::BadSignature));
    assert_eq!(asked("subscribe", String::new()).await, Err(DoorRefusal::BadSignature));
}

#[tokio::test]
async fn what_the_door_remembers_is_five_seconds_old_at_most() {
    let world = World::open().await;
    assert_eq!(world.door.knows("0123456789abcdef0123456789abcdef").await, Err(DoorRefusal::Unknown));
    assert_eq!(world.door.knows(&world.path_key).await, Ok(()));
    let tx = PlatformTx::write(world.house()).await.unwrap();
    let gone = "UPDATE wa_app SET path_key = '0123456789abcdef0123456789abcdef'";
    sea_orm::ConnectionTrait::execute_unprepared(tx.on(), gone).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.door.knows(&world.path_key).await, Ok(()), "still in memory");
    world.test.clock.advance(TimeDelta::seconds(5));
    assert_eq!(world.door.knows(&world.path_key).await, Err(DoorRefusal::Unknown));
    assert_eq!(world.door.knows("0123456789abcdef0123456789abcdef").await, Ok(()));
}

#[tokio::test]
async fn a_body_that_cannot_be_stored_is_not_acknowledged() {
    let world = World::open().await;
    assert_eq!(world.door.knows(&world.path_key).await, Ok(()));
    world.house().databases.clone().close().await.unwrap();
    let body = siti_writes(&world, "wamid.A", "Halo");
    assert_eq!(world.deliver(&body).await, Err(DoorRefusal::CannotStore));
}

#[tokio::test]
async fn nothing_a_citizen_wrote_lies_in_the_file_in_clear() {
    let world = World::open().await;
    world.hears(&siti_writes(&world, "wamid.RAHASIA", "#KTP#3603280101900001#3603280101900002#SITI")).await;
    world.house().databases.clone().close().await.unwrap();
    let bytes = std::fs::read(world.test.folder.path().join("loket.db")).unwrap();
    for secret in ["3603280101900001", SITI, "Siti", "wamid.RAHASIA", TOKEN, SECRET] {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{secret} lies in clear");
    }
}
