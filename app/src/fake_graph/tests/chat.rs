//! Messages there and back, by phone and by BSUID, and what is refused.

use super::*;

#[actix_web::test]
async fn a_chat_goes_there_and_back_with_signatures_ticks_and_prices() {
    let world = world().await;
    let sent = world.phone_writes("#KTP# dari Siti, RT 1/2 “halo” 👍").await;
    assert_eq!(sent.http_status, Some(200));
    let heard = world.callback.messages();
    assert_eq!(heard[0].wamid, sent.wamid);
    assert_eq!(heard[0].body, Body::Text("#KTP# dari Siti, RT 1/2 “halo” 👍".into()));
    assert_eq!(heard[0].sender.wa_id.as_deref(), Some(PHONE));
    assert_eq!(heard[0].sender.profile_name.as_deref(), Some("Siti"));

    let wamid = world.send(&text("Diterima.")).await.unwrap();
    assert_eq!(world.callback.statuses().len(), 0);
    assert_eq!(world.fake.deliver_due().await, 2);
    let statuses = world.callback.statuses();
    assert_eq!(world.callback.words(), [StatusWord::Sent, StatusWord::Delivered]);
    assert!(statuses.iter().all(|status| status.wamid == wamid));
    assert_eq!(statuses[0].callback_data.as_deref(), Some("outbox-1"));
    assert_eq!(statuses[0].pricing.as_ref().unwrap().category.as_deref(), Some("service"));
    world.fake.phone_reads(PHONE);
    world.fake.deliver_due().await;
    assert_eq!(world.callback.words().last(), Some(&StatusWord::Read));
    let shown = world.phone_shows();
    assert_eq!((shown[0].0, shown[0].2), (PhoneDirection::FromPhone, Ticks::Delivered));
    assert_eq!(shown[1], (PhoneDirection::ToPhone, "Diterima.".into(), Ticks::Read));
    assert_eq!(world.fake.accepted_with("outbox-1"), 1);
}

#[actix_web::test]
async fn a_person_without_a_number_is_answered_by_bsuid() {
    let world = world().await;
    let bsuid = "ID.13491208655302741918";
    let words = PhoneContent::Text("halo".into());
    world.fake.phone_sends(bsuid, "Budi", NUMBER, words).await.unwrap();
    let sender = world.callback.messages().remove(0).sender;
    assert_eq!((sender.wa_id, sender.bsuid.as_deref()), (None, Some(bsuid)));

    let message = Outgoing { to: Recipient::Bsuid(bsuid.into()), ..text("halo juga") };
    let accepted = world.client.send(&world.token, NUMBER, &message).await.unwrap();
    assert_eq!(accepted.wa_id, None);
    world.fake.deliver_due().await;
    assert_eq!(world.callback.statuses()[0].recipient.as_deref(), Some(bsuid));
    assert_eq!(world.fake.phone_messages(bsuid).len(), 2);
}

#[actix_web::test]
async fn a_phone_with_a_number_is_also_reached_by_its_bsuid() {
    let world = world().await;
    world.phone_writes("halo").await;
    let bsuid = world.callback.messages().remove(0).sender.bsuid.unwrap();
    world.send(&Outgoing { to: Recipient::Bsuid(bsuid), ..text("halo juga") }).await.unwrap();
    assert_eq!(world.phone_shows().len(), 2);
}

#[actix_web::test]
async fn tokens_numbers_and_contents_are_checked() {
    let world = world().await;
    let stranger = world.client.send(&AccessToken::new("EAAother"), NUMBER, &text("halo")).await.unwrap_err();
    assert_eq!((stranger.class, stranger.code), (FailureClass::Channel, Some(190)));
    let elsewhere = world.client.send(&world.token, "999", &text("halo")).await.unwrap_err();
    assert_eq!((elsewhere.class, elsewhere.code), (FailureClass::Permanent, Some(100)));
    assert_eq!(world.send(&text("")).await, Err((FailureClass::Permanent, Some(100))));
    assert_eq!(world.send(&text(&"a".repeat(4097))).await, Err((FailureClass::Permanent, Some(100))));
    let long = Outgoing { callback_data: Some("x".repeat(513)), ..text("halo") };
    assert_eq!(world.send(&long).await, Err((FailureClass::Permanent, Some(100))));
    let bad = Outgoing { to: Recipient::Bsuid("1349".into()), ..text("halo") };
    assert_eq!(world.send(&bad).await, Err((FailureClass::Permanent, Some(131_009))));
}

#[actix_web::test]
async fn other_kinds_any_body_and_the_handshake_go_out_as_metas_do() {
    let world = world().await;
    let place = PhoneContent::Other {
        kind: "location".into(),
        object: json!({"latitude": -6.1, "longitude": 106.6}),
    };
    world.fake.phone_sends(PHONE, "Siti", NUMBER, place).await.unwrap();
    assert_eq!(world.callback.messages()[0].kind(), MessageKind::Location);
    let news = json!({"object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "security", "value": {"event": "PIN_CHANGED"}}]}]});
    assert_eq!(world.fake.post_webhook(NUMBER, &news).await, Ok(Some(200)));
    assert!(matches!(world.callback.contents().pop(), Some(Content::Notice { .. })));
    assert_eq!(world.fake.verify_callback(NUMBER, "cocok").await, Ok(true));
    assert_eq!(world.fake.verify_callback(NUMBER, "salah").await, Ok(false));
    assert_eq!(world.fake.post_webhook("999", &news).await, Err(NotRegistered));
}

#[actix_web::test]
async fn the_office_reads_and_the_phone_turns_blue() {
    let world = world().await;
    let sent = world.phone_writes("halo").await;
    let url = format!("{}/v25.0/{NUMBER}/messages", world.running.base_url);
    let body = json!({"messaging_product": "whatsapp", "status": "read", "message_id": sent.wamid});
    let http = reqwest::Client::builder().build().unwrap();
    let answer = http.post(url).bearer_auth("EAAtoken").json(&body).send().await.unwrap();
    assert_eq!(answer.json::<serde_json::Value>().await.unwrap(), json!({"success": true}));
    assert_eq!(world.phone_shows()[0].2, Ticks::Read);
}

#[actix_web::test]
async fn a_started_fake_sends_statuses_by_itself() {
    let world = world().await;
    let running = world.fake.start("127.0.0.1:0").await.unwrap();
    let client = GraphClient::new(&GraphSettings::fake(&running.base_url)).unwrap();
    world.phone_writes("halo").await;
    client.send(&world.token, NUMBER, &text("halo")).await.unwrap();
    for _ in 0..100 {
        if world.callback.statuses().len() == 2 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no statuses came");
}
