//! What comes in once, twice, at the same moment, from people without a number, and in every kind there is.

use bytes::Bytes;
use loket::fake_graph::PhoneContent;
use loket_core::kinds::{Direction, IdentityKind, MediaState};
use loket_entity::{contact, contact_identity, conversation, media, message, request, webhook_item};
use loket_tests::{app::TestApp, meta::Meta, on_both_databases, people::Officer, webhook::SIGNATURE};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const TANGERANG: &str = "kab-tangerang";
const KTP: &str = "360300000000002";
const TALKS: &str = "/kantor/kab-tangerang/percakapan";
const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
/// A file small enough to be sent ten times.
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9";

on_both_databases!(
    the_same_body_fifty_times_at_once_and_again_after_a_restart_is_one_message,
    the_same_message_in_other_bodies_is_one_message,
    ten_photos_of_a_new_citizen_at_once_are_one_person_and_one_conversation,
    a_citizen_without_a_number_is_known_by_the_other_address_and_answered_there,
    an_empty_number_is_no_number,
    every_kind_of_message_is_kept_and_shown,
);

async fn incoming(app: &TestApp) -> Vec<message::Model> {
    let mut rows = app.rows::<message::Entity>(TANGERANG).await.unwrap();
    rows.retain(|row| row.direction == Direction::In);
    rows
}

/// Posts the same bytes many times at once; gives every answer.
async fn posts_at_once(app: &TestApp, meta: &Meta<'_>, body: &Value, times: usize) -> Vec<u16> {
    let bytes = body.to_string().into_bytes();
    let (url, signed) = (meta.callback(), meta.signs(&bytes));
    let mut posts = JoinSet::new();
    for _ in 0..times {
        let request = app.http().post(&url).header(SIGNATURE, &signed).body(bytes.clone());
        posts.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }
    posts.join_all().await
}

/// One message, one request, one reply, however often it came.
async fn is_one(app: &TestApp, when: &str) {
    assert_eq!(app.bodies_kept().await.unwrap(), 3, "{when}: the message, and two states of the reply");
    assert_eq!(incoming(app).await.len(), 1, "{when}");
    assert_eq!(app.rows::<request::Entity>(TANGERANG).await.unwrap().len(), 1, "{when}");
    assert_eq!(app.fake.sent_calls().len(), 1, "{when}");
}

async fn the_same_body_fifty_times_at_once_and_again_after_a_restart_is_one_message(app: &TestApp) {
    app.fake.recall_inbound("628111000001", KTP, loket_core::clock::Clock::now(&*app.clock));
    let body = app.meta(KTP).text("628111000001", "wamid.HBgN", LINE);
    assert_eq!(posts_at_once(app, &app.meta(KTP), &body, 50).await, vec![200; 50]);
    assert_eq!(app.bodies_kept().await.unwrap(), 1);
    app.settles().await;
    is_one(app, "at once").await;
    let again = app.starts_again().await.unwrap();
    assert_eq!(posts_at_once(&again, &again.meta(KTP), &body, 50).await, vec![200; 50]);
    again.settles().await;
    is_one(&again, "after a restart").await;
    app.waits(60 * 24 * 8);
    assert_eq!(again.meta(KTP).posts(&body).await, 200, "a captured body stays signed for ever");
    again.settles().await;
    is_one(&again, "after eight days").await;
}

/// Meta's retries and a second subscribed app wrap the same message anew.
async fn the_same_message_in_other_bodies_is_one_message(app: &TestApp) {
    let meta = app.meta(KTP);
    app.fake.recall_inbound("628111000001", KTP, loket_core::clock::Clock::now(&*app.clock));
    let one = meta.message(("628111000001", "wamid.HBgN"), "text", json!({ "body": LINE }));
    let twice = meta.change(json!({ "messages": [one, one] }));
    let mut other = meta.body(&[twice.clone(), twice.clone()]);
    assert_eq!(meta.posts(&other).await, 200);
    for n in 0..10 {
        other["entry"][0]["time"] = json!(n);
        assert_eq!(meta.posts(&other).await, 200);
    }
    let second = app.starts_again().await.unwrap();
    let (left, right) = tokio::join!(app.assembly.ingest.run_due(), second.assembly.ingest.run_due());
    assert_eq!(left.unwrap() + right.unwrap(), 11);
    app.settles().await;
    assert_eq!(incoming(app).await.len(), 1);
    assert_eq!(app.rows::<request::Entity>(TANGERANG).await.unwrap().len(), 1);
    assert_eq!(app.fake.sent_calls().len(), 1);
    // The case of an id counts, and another number's message of the same id is another message.
    assert_eq!(meta.posts(&meta.text("628111000001", "wamid.hbgn", "halo")).await, 200);
    let kk = app.meta("360300000000001");
    assert_eq!(kk.posts(&kk.text("628111000001", "wamid.HBgN", "halo")).await, 200);
    app.settles().await;
    assert_eq!(incoming(app).await.len(), 3);
}

async fn ten_photos_of_a_new_citizen_at_once_are_one_person_and_one_conversation(app: &TestApp) {
    let mut phone = JoinSet::new();
    for n in 0..10_u8 {
        let fake = app.fake.clone();
        let content = PhoneContent::Image {
            bytes: Bytes::from([JPEG, &[n]].concat()),
            mime: "image/jpeg".to_owned(),
            caption: None,
        };
        phone.spawn(async move { fake.phone_sends("628111000001", "Siti", KTP, content).await });
    }
    for sent in phone.join_all().await {
        assert_eq!(sent.unwrap().http_status, Some(200));
    }
    let second = app.starts_again().await.unwrap();
    let (left, right) = tokio::join!(app.assembly.ingest.run_due(), second.assembly.ingest.run_due());
    assert_eq!(left.unwrap() + right.unwrap(), 10);
    let (left, right) = tokio::join!(app.assembly.engine.run_due(), second.assembly.engine.run_due());
    assert!(left.unwrap() + right.unwrap() >= 11, "ten files and the conversation");
    app.settles().await;
    assert_eq!(app.rows::<contact::Entity>(TANGERANG).await.unwrap().len(), 1);
    assert_eq!(app.rows::<conversation::Entity>(TANGERANG).await.unwrap().len(), 1);
    assert_eq!(incoming(app).await.len(), 10);
    let files = app.rows::<media::Entity>(TANGERANG).await.unwrap();
    assert!(files.iter().all(|file| file.state == MediaState::Stored), "{files:?}");
    assert_eq!(app.fake.sent_calls().len(), 1, "greeted once");
}

async fn a_citizen_without_a_number_is_known_by_the_other_address_and_answered_there(app: &TestApp) {
    const BSUID: &str = "ID.13491208655302741918";
    let rina = app.phone(BSUID, "rina");
    rina.sends(KTP, "Halo, saya mau tanya KTP").await;
    assert!(rina.last().contains("akan dijawab oleh petugas"), "{}", rina.last());
    let calls = app.fake.sent_calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].body["recipient"], BSUID);
    assert!(calls[0].body.get("to").is_none(), "a BSUID is no telephone number");
    // A day later the same person shows both addresses; then the telephone alone.
    let meta = app.meta(KTP);
    let mut both = meta.message(("628111000009", "wamid.2"), "text", json!({ "body": "ini lagi" }));
    both["from_user_id"] = json!(BSUID);
    assert_eq!(meta.posts(&meta.body(&[meta.change(json!({ "messages": [both] }))])).await, 200);
    assert_eq!(meta.posts(&meta.text("628111000009", "wamid.3", "dan lagi")).await, 200);
    app.settles().await;
    assert_eq!(app.rows::<contact::Entity>(TANGERANG).await.unwrap().len(), 1);
    assert_eq!(app.rows::<conversation::Entity>(TANGERANG).await.unwrap().len(), 1);
    let kinds: Vec<_> =
        app.rows::<contact_identity::Entity>(TANGERANG).await.unwrap().iter().map(|row| row.kind).collect();
    assert_eq!(kinds.len(), 2);
    assert!(kinds.contains(&IdentityKind::WaId) && kinds.contains(&IdentityKind::Bsuid));
    assert_eq!(incoming(app).await.len(), 3);
}

async fn an_empty_number_is_no_number(app: &TestApp) {
    let meta = app.meta(KTP);
    for (n, bsuid) in ["ID.111111111111111111", "ID.222222222222222222"].iter().enumerate() {
        let mut message = meta.message(("", &format!("wamid.{n}")), "text", json!({ "body": "halo" }));
        message["from_user_id"] = json!(bsuid);
        let card = json!({ "profile": { "name": "" }, "wa_id": "", "user_id": bsuid });
        let change = meta.change(json!({ "messages": [message], "contacts": [card] }));
        assert_eq!(meta.posts(&meta.body(&[change])).await, 200);
    }
    let nobody = meta.message(("", "wamid.9"), "text", json!({ "body": "halo" }));
    assert_eq!(meta.posts(&meta.body(&[meta.change(json!({ "messages": [nobody] }))])).await, 200);
    app.settles().await;
    assert_eq!(app.rows::<contact::Entity>(TANGERANG).await.unwrap().len(), 2, "two people, never one");
    assert_eq!(incoming(app).await.len(), 2);
    let items = app.rows::<webhook_item::Entity>(TANGERANG).await.unwrap();
    let reasons: Vec<_> = items.iter().filter_map(|item| item.reason.as_deref()).collect();
    assert_eq!(reasons, ["message_without_sender"], "kept, and looked at by a person");
    let calls = app.fake.sent_calls();
    assert!(calls.iter().all(|call| call.body.get("to").is_none()), "nothing goes to an empty number");
}

/// Every kind of whatsapp.md 3.2: its word, what lies under it, and the label in the conversation.
fn kinds() -> Vec<(&'static str, Value, &'static str)> {
    let file = |mime: &str| json!({ "id": "1", "mime_type": mime, "sha256": "x" });
    vec![
        ("audio", json!({ "id": "1", "mime_type": "audio/ogg; codecs=opus", "voice": true }), "Pesan suara"),
        ("video", file("video/mp4"), "Video"),
        ("sticker", json!({ "id": "1", "mime_type": "image/webp", "animated": false }), "Stiker"),
        ("location", json!({ "latitude": -6.2, "longitude": 106.4, "name": "Balai desa" }), "Lokasi"),
        ("contacts", json!([{ "phones": [{ "phone": "+628111000001" }] }]), "Kontak"),
        ("reaction", json!({ "message_id": "wamid.x", "emoji": "\u{1f44d}" }), "Reaksi"),
        ("reaction", json!({ "message_id": "wamid.x" }), "Reaksi"),
        (
            "interactive",
            json!({ "type": "button_reply", "button_reply": { "id": "a", "title": "Ya" } }),
            "Jawaban pilihan",
        ),
        (
            "interactive",
            json!({ "type": "list_reply", "list_reply": { "id": "a", "title": "KK" } }),
            "Jawaban pilihan",
        ),
        (
            "interactive",
            json!({ "type": "nfm_reply", "nfm_reply": { "name": "flow", "response_json": "{\"a\":1}" } }),
            "Jawaban pilihan",
        ),
        ("button", json!({ "payload": "ya", "text": "Ya" }), "Tombol balasan"),
        ("order", json!({ "catalog_id": "1", "product_items": [{ "item_price": 1.5 }] }), "Pesanan katalog"),
        (
            "system",
            json!({ "body": "nomor diganti", "type": "user_changed_number", "wa_id": "628111000077" }),
            "Pemberitahuan WhatsApp",
        ),
        ("request_welcome", Value::Null, "Membuka percakapan"),
        (
            "edit",
            json!({ "original_message_id": "wamid.x", "message": { "type": "text" } }),
            "Perubahan pesan",
        ),
        ("revoke", json!({ "original_message_id": "wamid.x" }), "Pesan ditarik pengirim"),
        (
            "unsupported",
            json!({ "type": "poll_creation" }),
            "Pesan yang tidak diteruskan WhatsApp, lihat di aplikasi",
        ),
        ("unknown", Value::Null, "Pesan jenis lain"),
        ("hologram_2027", json!({ "shape": [1, 2] }), "Pesan jenis lain"),
        ("image", json!({}), "Foto"),
        ("document", Value::Null, "Dokumen"),
        ("text", json!({ "body": " " }), "Pesan teks kosong"),
    ]
}

async fn every_kind_of_message_is_kept_and_shown(app: &TestApp) {
    let meta = app.meta(KTP);
    let kinds = kinds();
    for (n, (kind, object, _)) in kinds.iter().enumerate() {
        let mut message = meta.message(("628111000001", &format!("wamid.{n}")), kind, object.clone());
        message["errors"] = json!([{ "code": 131_051, "title": "Message type unknown" }]);
        message["context"] = json!({ "forwarded": true });
        message["group_id"] = json!("120363");
        assert_eq!(meta.posts(&meta.body(&[meta.change(json!({ "messages": [message] }))])).await, 200);
    }
    app.settles().await;
    assert_eq!(incoming(app).await.len(), kinds.len());
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = talk(&dewi).await;
    for (kind, _, label) in &kinds {
        let shown = page.matches(label).count();
        let meant = kinds.iter().filter(|(_, _, other)| other.contains(label)).count();
        assert!(shown >= meant, "{kind}: {label} is shown {shown} of {meant} times");
    }
    assert_eq!(page.matches("id=\"m-").count(), kinds.len() + app.fake.sent_calls().len(), "one bubble each");
}

/// The page of the only conversation.
async fn talk(officer: &Officer) -> String {
    let list = officer.get(&format!("{TALKS}?saring=semua")).await;
    let path = list.path_with("/percakapan/").unwrap_or_else(|| panic!("no conversation in {}", list.body));
    officer.get(&path).await.body
}
