//! The real client against the fake, over real sockets; the callback is a server that keeps what it gets.
#![expect(clippy::unwrap_used, reason = "a test that stumbles has failed")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::{self, Bytes, ThinData};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use chrono::{DateTime, TimeDelta};
use loket_core::clock::{CountedIds, StillClock};
use loket_core::whatsapp::{self, Body, Content, Inbound, MessageKind, StatusUpdate, StatusWord};
use serde_json::json;

use super::*;
use crate::infra::graph::{
    AccessToken, FailureClass, GraphClient, GraphSettings, MediaFailure, OutContent, Outgoing, Recipient,
    TemplateParameter, signature,
};

const NUMBER: &str = "106540352242922";
const SECRET: &str = "app-secret";
const PHONE: &str = "6281234567890";

/// What stands in for Loket's webhook door.
#[derive(Clone, Default)]
struct Callback(Arc<Mutex<Heard>>);

#[derive(Default)]
struct Heard {
    bodies: Vec<Bytes>,
    /// Answers to give before 200s begin.
    refusals: Vec<u16>,
}

impl Callback {
    async fn hear(ThinData(this): ThinData<Self>, request: HttpRequest, body: Bytes) -> HttpResponse {
        let header = request.headers().get(signature::HEADER).and_then(|value| value.to_str().ok());
        if !signature::verifies(&[SECRET], &body, header) {
            return HttpResponse::Forbidden().finish();
        }
        let mut heard = this.0.lock().unwrap();
        if let Some(status) = heard.refusals.pop() {
            return HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap()).finish();
        }
        heard.bodies.push(body);
        HttpResponse::Ok().finish()
    }

    async fn challenge(query: web::Query<std::collections::HashMap<String, String>>) -> HttpResponse {
        if query["hub.mode"] == "subscribe" && query["hub.verify_token"] == "cocok" {
            return HttpResponse::Ok().body(query["hub.challenge"].clone());
        }
        HttpResponse::Forbidden().finish()
    }

    fn contents(&self) -> Vec<Content> {
        let heard = self.0.lock().unwrap();
        let items = heard.bodies.iter().flat_map(|body| whatsapp::read(body).unwrap());
        items.map(|item| item.unwrap().content).collect()
    }

    fn statuses(&self) -> Vec<StatusUpdate> {
        let status = |content| if let Content::Status(status) = content { Some(status) } else { None };
        self.contents().into_iter().filter_map(status).collect()
    }

    fn words(&self) -> Vec<StatusWord> {
        self.statuses().into_iter().map(|status| status.status).collect()
    }

    fn messages(&self) -> Vec<Inbound> {
        let message = |content| if let Content::Message(message) = content { Some(message) } else { None };
        self.contents().into_iter().filter_map(message).collect()
    }
}

struct World {
    clock: Arc<StillClock>,
    fake: FakeGraph,
    client: GraphClient,
    callback: Callback,
    token: AccessToken,
    running: Running,
    _callback_server: tokio::task::JoinSet<std::io::Result<()>>,
}

async fn world() -> World {
    let clock = Arc::new(StillClock::at(DateTime::from_timestamp(1_795_000_000, 0).unwrap()));
    let fake = FakeGraph::new(clock.clone(), Arc::new(CountedIds::default())).unwrap();
    let running = fake.start_quiet("127.0.0.1:0").await.unwrap();
    let callback = Callback::default();
    let heard = callback.clone();
    let server = HttpServer::new(move || {
        let routes = web::resource("/hook").get(Callback::challenge).post(Callback::hear);
        App::new().app_data(ThinData(heard.clone())).service(routes)
    });
    let server = server.workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
    let callback_url = format!("http://{}/hook", server.addrs()[0]);
    let mut callback_server = tokio::task::JoinSet::new();
    callback_server.spawn(server.run());
    fake.register(FakeNumber {
        phone_number_id: NUMBER.into(),
        waba_id: "102290129340398".into(),
        display_phone_number: "62215550100".into(),
        token: "EAAtoken".into(),
        app_secret: SECRET.into(),
        callback_url,
    });
    let settings =
        GraphSettings { call_timeout: Duration::from_millis(700), ..GraphSettings::fake(&running.base_url) };
    let client = GraphClient::new(&settings).unwrap();
    let token = AccessToken::new("EAAtoken");
    World { clock, fake, client, callback, token, running, _callback_server: callback_server }
}

fn text(body: &str) -> Outgoing {
    Outgoing {
        to: Recipient::Phone(PHONE.into()),
        content: OutContent::Text { body: body.into() },
        callback_data: Some("outbox-1".into()),
        reply_to: None,
    }
}

impl World {
    async fn phone_writes(&self, words: &str) -> PhoneSent {
        self.fake.phone_sends(PHONE, "Siti", NUMBER, PhoneContent::Text(words.into())).await.unwrap()
    }

    async fn send(&self, message: &Outgoing) -> Result<String, (FailureClass, Option<i64>)> {
        let outcome = self.client.send(&self.token, NUMBER, message).await;
        outcome.map(|accepted| accepted.wamid).map_err(|failure| (failure.class, failure.code))
    }

    fn phone_shows(&self) -> Vec<(PhoneDirection, String, Ticks)> {
        let messages = self.fake.phone_messages(PHONE).into_iter();
        messages.map(|message| (message.direction, message.text.unwrap_or_default(), message.ticks)).collect()
    }
}

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
async fn a_bsuid_dressed_as_a_phone_is_accepted_and_reaches_nobody() {
    let world = world().await;
    let message = Outgoing { to: Recipient::Phone("ID.13491208655302741918".into()), ..text("halo") };
    world.send(&message).await.unwrap();
    world.fake.deliver_due().await;
    let failed = world.callback.statuses().remove(0);
    assert_eq!((failed.status, failed.errors[0].code), (StatusWord::Failed, Some(131_026)));
}

#[actix_web::test]
async fn a_document_is_uploaded_sent_and_shown_on_the_phone() {
    let world = world().await;
    world.phone_writes("halo").await;
    let file = Bytes::from_static(b"%PDF-1.7 surat");
    let uploaded =
        world.client.upload(&world.token, NUMBER, file.clone(), "application/pdf", "Surat Pindah.pdf");
    let media_id = uploaded.await.unwrap();
    let content = OutContent::Document {
        media_id: media_id.clone(),
        filename: "Surat Pindah.pdf".into(),
        caption: Some("Selesai".into()),
    };
    world.send(&Outgoing { content, ..text("") }).await.unwrap();
    let shown = world.fake.phone_messages(PHONE).pop().unwrap();
    assert_eq!((shown.kind.as_str(), shown.filename.as_deref()), ("document", Some("Surat Pindah.pdf")));
    assert_eq!(shown.text.as_deref(), Some("Selesai"));
    assert_eq!(world.fake.medium(&shown.media_id.unwrap()), Some(("application/pdf".into(), file)));

    world.clock.advance(TimeDelta::days(30));
    world.phone_writes("lagi").await;
    let content = OutContent::Image { media_id, caption: None };
    let late = world.send(&Outgoing { content, ..text("") }).await;
    assert_eq!(late, Err((FailureClass::Permanent, Some(131_009))));
}

#[actix_web::test]
async fn uploads_of_the_wrong_type_size_or_token_are_refused() {
    let world = world().await;
    let upload = async |token: &str, file: Vec<u8>, mime: &str| {
        world.client.upload(&AccessToken::new(token), NUMBER, file.into(), mime, "x").await
    };
    assert_eq!(upload("EAAother", vec![1], "image/png").await, Err(MediaFailure::Channel));
    let wrong = upload("EAAtoken", vec![1], "application/x-msdownload").await;
    assert_eq!(wrong, Err(MediaFailure::Refused { code: Some(100) }));
    let large = upload("EAAtoken", vec![1; 5 * 1024 * 1024 + 1], "image/png").await;
    assert_eq!(large, Err(MediaFailure::Refused { code: Some(131_053) }));
    assert_eq!(upload("EAAtoken", vec![1], "no type").await, Err(MediaFailure::BadType));
}

#[actix_web::test]
async fn a_photo_is_fetched_in_two_steps_and_an_old_link_is_renewed_once() {
    let world = world().await;
    let bytes = Bytes::from(vec![7_u8; 100_000]);
    let photo = PhoneContent::Image {
        bytes: bytes.clone(),
        mime: "image/jpeg".into(),
        caption: Some("KK saya".into()),
    };
    world.fake.phone_sends(PHONE, "Siti", NUMBER, photo).await.unwrap();
    let Body::Image(media) = world.callback.messages().remove(0).body else { panic!("no photo") };
    assert_eq!(media.caption.as_deref(), Some("KK saya"));
    let (client, token) = (&world.client, &world.token);

    let info = client.media_url(token, &media.graph_media_id).await.unwrap();
    assert_eq!((info.mime.as_deref(), info.length), (Some("image/jpeg"), Some(100_000)));
    assert_eq!(client.download(token, &info.url, 100_000).await, Ok(bytes.clone()));
    let small = client.download(token, &info.url, 99_999).await;
    assert_eq!(small, Err(MediaFailure::TooLarge { limit: 99_999 }));
    let stranger = AccessToken::new("EAAother");
    assert_eq!(client.download(&stranger, &info.url, 100_000).await, Err(MediaFailure::LinkExpired));
    let foreign = client.download(token, "http://127.0.0.1:9/x", 1).await;
    assert_eq!(foreign, Err(MediaFailure::ForeignHost));

    world.clock.advance(LINK_LIFE);
    assert_eq!(client.download(token, &info.url, 100_000).await, Err(MediaFailure::LinkExpired));
    let (_, fetched) = client.fetch(token, &media.graph_media_id, 100_000).await.unwrap();
    assert_eq!(fetched, bytes);
    assert_eq!(client.media_url(&stranger, &media.graph_media_id).await, Err(MediaFailure::Channel));

    world.clock.advance(TimeDelta::days(7));
    assert_eq!(client.media_url(token, &media.graph_media_id).await, Err(MediaFailure::Gone));
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
