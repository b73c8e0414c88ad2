//! Bad days: closed windows, refusals, lost answers, statuses late, twice and out of order.

use super::*;

#[actix_web::test]
async fn a_bsuid_dressed_as_a_phone_is_accepted_and_reaches_nobody() {
    let world = world().await;
    let message = Outgoing { to: Recipient::Phone("ID.13491208655302741918".into()), ..text("halo") };
    world.send(&message).await.unwrap();
    world.fake.deliver_due().await;
    let failed = world.callback.statuses().remove(0);
    assert_eq!((failed.status, failed.errors[0].code), (StatusWord::Failed, Some(131_026)));
}

#[actix_web::test]
async fn outside_the_24_hours_text_fails_later_and_a_template_arrives() {
    let world = world().await;
    world.phone_writes("halo").await;
    world.clock.advance(TimeDelta::hours(24));
    world.send(&text("terlambat")).await.unwrap();
    world.fake.deliver_due().await;
    let failed = world.callback.statuses().remove(0);
    assert_eq!((failed.status, failed.errors[0].code), (StatusWord::Failed, Some(131_047)));
    assert_eq!(world.phone_shows().len(), 1);

    let content = OutContent::Template {
        name: "berkas_siap".into(),
        language: "id".into(),
        header: None,
        parameters: vec![TemplateParameter::positional("TNG-2611-00042-K")],
        url_suffixes: vec![],
    };
    world.send(&Outgoing { content, ..text("") }).await.unwrap();
    world.fake.deliver_due().await;
    assert_eq!(world.callback.statuses()[1].pricing.as_ref().unwrap().category.as_deref(), Some("utility"));
    assert_eq!(world.phone_shows()[1].1, "[berkas_siap] TNG-2611-00042-K");

    world.fake.recall_inbound(PHONE, NUMBER, world.fake.now() - TimeDelta::hours(23));
    world.send(&text("masih terbuka")).await.unwrap();
    assert_eq!(world.phone_shows().len(), 3);
}

#[actix_web::test]
async fn each_mood_shows_in_the_statuses() {
    use StatusWord::{Delivered, Failed, Read, Sent};
    let table: [(Mood, &[StatusWord]); 4] = [
        (Mood::Normal, &[Sent, Delivered]),
        (Mood::Doubled, &[Sent, Sent, Delivered, Delivered]),
        (Mood::OutOfOrder, &[Delivered, Read, Sent]),
        (Mood::FailLater(131_026), &[Failed]),
    ];
    for (mood, expected) in table {
        let world = world().await;
        world.phone_writes("halo").await;
        world.fake.set_mood(NUMBER, mood);
        world.send(&text("halo")).await.unwrap();
        world.fake.deliver_due().await;
        assert_eq!(world.callback.words(), expected, "{mood:?}");
    }
}

#[actix_web::test]
async fn late_statuses_wait_for_the_clock() {
    let world = world().await;
    world.phone_writes("halo").await;
    world.fake.set_mood(NUMBER, Mood::Late);
    world.send(&text("halo")).await.unwrap();
    assert_eq!(world.fake.deliver_due().await, 0);
    assert_eq!(world.fake.webhooks_waiting(), 2);
    world.clock.advance(LATE_BY);
    assert_eq!(world.fake.deliver_due().await, 2);
}

#[actix_web::test]
async fn refusals_come_with_their_class_and_are_counted_apart() {
    let retry = |seconds| FailureClass::Retry { after: Duration::from_secs(seconds) };
    let table = [
        (Mood::Fail(190), FailureClass::Channel, 190),
        (Mood::Fail(131_056), FailureClass::PairRate, 131_056),
        (Mood::Fail(130_429), retry(60), 130_429),
        (Mood::Fail(131_000), retry(5), 131_000),
        (Mood::Fail(131_049), FailureClass::Permanent, 131_049),
        (Mood::WindowClosed, FailureClass::WindowClosed, 131_047),
    ];
    let world = world().await;
    world.phone_writes("halo").await;
    for (mood, class, code) in table {
        world.fake.set_mood(NUMBER, mood);
        assert_eq!(world.send(&text("halo")).await, Err((class, Some(code))), "{mood:?}");
    }
    assert_eq!(world.fake.sent_calls().len(), table.len());
    assert_eq!(world.fake.accepted_with("outbox-1"), 0);
}

#[actix_web::test]
async fn a_call_without_an_answer_may_have_been_sent_and_its_status_tells() {
    let world = world().await;
    world.phone_writes("halo").await;
    world.fake.set_mood(NUMBER, Mood::TimeoutAfterAccept);
    assert_eq!(world.send(&text("halo")).await, Err((FailureClass::Unknown, None)));
    assert_eq!(world.fake.accepted_with("outbox-1"), 1);
    world.fake.deliver_due().await;
    assert_eq!(world.callback.statuses()[0].callback_data.as_deref(), Some("outbox-1"));
}

#[actix_web::test]
async fn a_slow_answer_is_unknown_to_a_client_without_patience_only() {
    let world = world().await;
    world.phone_writes("halo").await;
    world.fake.set_mood(NUMBER, Mood::Slow);
    assert_eq!(world.send(&text("halo")).await, Err((FailureClass::Unknown, None)));
    let patient = GraphClient::new(&GraphSettings::fake(&world.running.base_url)).unwrap();
    assert!(patient.send(&world.token, NUMBER, &text("halo")).await.is_ok());
}

#[actix_web::test]
async fn nobody_listening_means_not_sent() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = GraphClient::new(&GraphSettings::fake(&format!("http://{closed}"))).unwrap();
    let failure = client.send(&AccessToken::new("x"), NUMBER, &text("halo")).await.unwrap_err();
    assert!(matches!(failure.class, FailureClass::Retry { .. }), "{failure:?}");
}

#[actix_web::test]
async fn a_webhook_that_is_not_answered_with_200_comes_again_and_then_no_more() {
    let world = world().await;
    world.callback.0.lock().unwrap().refusals = vec![503, 503];
    let sent = world.phone_writes("halo").await;
    assert_eq!(sent.http_status, Some(503));
    assert_eq!(world.phone_shows()[0].2, Ticks::Pending);
    assert_eq!(world.fake.deliver_due().await, 0);
    world.clock.advance(TimeDelta::seconds(30));
    assert_eq!(world.fake.deliver_due().await, 1);
    assert_eq!(world.callback.messages()[0].wamid, sent.wamid);
    assert_eq!(world.phone_shows()[0].2, Ticks::Delivered);

    world.callback.0.lock().unwrap().refusals = vec![500; 100];
    world.phone_writes("lagi").await;
    for _ in 0..10 {
        world.clock.advance(TimeDelta::hours(6));
        world.fake.deliver_due().await;
    }
    assert_eq!(world.fake.webhooks_waiting(), 0);
    assert_eq!(world.callback.0.lock().unwrap().refusals.len(), 94);
}
