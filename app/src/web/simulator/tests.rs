//! The simulator against a callback that stands in for the office's webhook door.
#![expect(clippy::unwrap_used, reason = "a test that stumbles has failed")]

use std::sync::Mutex;

use actix_web::body::MessageBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, ThinData};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, test};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta};
use loket_core::clock::{CountedIds, Ids, StillClock};
use loket_core::format::tangerang_formats;
use loket_core::whatsapp::{self, Body, Content};
use serde_json::{Value, json};

use super::*;
use crate::fake_graph::{FakeNumber, Mood, Running};
use crate::infra::Outcome;
use crate::infra::graph::signature;

mod memory;

const NUMBER: &str = "106540352242922";
const SECRET: &str = "app-secret";
const PHONE: &str = "628003603001";
const BOUNDARY: &str = "potong";

#[derive(Clone, Default)]
struct Callback(Arc<Mutex<Vec<Bytes>>>);

impl Callback {
    async fn hear(ThinData(this): ThinData<Self>, request: HttpRequest, body: Bytes) -> HttpResponse {
        let header = request.headers().get(signature::HEADER).and_then(|value| value.to_str().ok());
        if !signature::verifies(&[SECRET], &body, header) {
            return HttpResponse::Forbidden().finish();
        }
        this.0.lock().unwrap().push(body);
        HttpResponse::Ok().finish()
    }

    /// The kinds of messages that came in.
    fn kinds(&self) -> Vec<&'static str> {
        let bodies = self.0.lock().unwrap();
        let items = bodies.iter().flat_map(|body| whatsapp::read(body).unwrap());
        items
            .filter_map(|item| match item.unwrap().content {
                Content::Message(message) => Some(match message.body {
                    Body::Text(_) => "text",
                    Body::Image(_) => "image",
                    Body::Document(_) => "document",
                    _ => "other",
                }),
                _ => None,
            })
            .collect()
    }
}

/// An office whose books hold what the test puts there.
#[derive(Default)]
struct Books(Mutex<Vec<PhoneMessage>>);

#[async_trait]
impl OfficeRecord for Books {
    async fn trace(&self, _: OfficeId) -> Outcome<Vec<Step>> {
        let at = DateTime::from_timestamp(1_795_000_001, 0).unwrap();
        let what = "Pesan warga disimpan".to_owned();
        Ok(vec![Step { at, who: "Server kantor", what, detail: None, tone: "ok" }])
    }

    async fn phone(&self, _: OfficeId, _: &str) -> Outcome<Vec<PhoneMessage>> {
        Ok(self.0.lock().unwrap().clone())
    }
}

struct World {
    clock: Arc<StillClock>,
    fake: FakeGraph,
    simulator: Simulator,
    callback: Callback,
    books: Arc<Books>,
    running: Running,
    _callback_server: tokio::task::JoinSet<std::io::Result<()>>,
}

fn number(display: &str, label: &str, formats: Vec<FormatDefinition>) -> SimulatorNumber {
    SimulatorNumber {
        phone_number_id: NUMBER.into(),
        display: display.into(),
        label: label.into(),
        services: vec!["KTP elektronik".into()],
        formats,
    }
}

async fn world() -> World {
    let clock = Arc::new(StillClock::at(DateTime::from_timestamp(1_795_000_000, 0).unwrap()));
    let fake = FakeGraph::new(clock.clone(), Arc::new(CountedIds::default())).unwrap();
    let running = fake.start_quiet("127.0.0.1:0").await.unwrap();
    let callback = Callback::default();
    let heard = callback.clone();
    let server = HttpServer::new(move || {
        App::new().app_data(ThinData(heard.clone())).route("/hook", web::post().to(Callback::hear))
    });
    let server = server.workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
    let callback_url = format!("http://{}/hook", server.addrs().first().unwrap());
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
    let office = SimulatorOffice {
        id: OfficeId(CountedIds::default().uuid(DateTime::UNIX_EPOCH)),
        slug: "kab-tangerang".into(),
        name: "Disdukcapil Kabupaten Tangerang".into(),
        zone: OfficeZone::Wib,
        numbers: vec![number("+62 21 555 0100", "Nomor KTP", tangerang_formats())],
    };
    let books = Arc::new(Books::default());
    let simulator = Simulator::new(fake.clone(), SimulatorOffices(vec![office]), books.clone(), &[7; 32]);
    World { clock, fake, simulator, callback, books, running, _callback_server: callback_server }
}

impl World {
    async fn respond(&self, request: test::TestRequest) -> ServiceResponse {
        let simulator = self.simulator.clone();
        let app = test::init_service(App::new().configure(move |cfg| configure(cfg, simulator))).await;
        test::call_service(&app, request.to_request()).await
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        self.call(test::TestRequest::get().uri(path)).await
    }

    async fn call(&self, request: test::TestRequest) -> (StatusCode, String) {
        let response = self.respond(request).await;
        let status = response.status();
        let place = response.headers().get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let bytes = response.into_body().try_into_bytes().unwrap();
        (status, place.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned()))
    }

    async fn post_json(&self, phone: &str, body: &str) -> (StatusCode, Value) {
        let path = format!("/simulator/api/phones/{phone}/messages");
        let request = test::TestRequest::post().uri(&path).insert_header(header::ContentType::json());
        let (status, text) = self.call(request.set_payload(body.to_owned())).await;
        (status, serde_json::from_str(&text).unwrap())
    }

    async fn post_form(&self, path: &str, parts: &[Part<'_>]) -> (StatusCode, String) {
        let request = test::TestRequest::post().uri(path);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.call(request.insert_header((header::CONTENT_TYPE, kind)).set_payload(form(parts))).await
    }

    async fn listed(&self, phone: &str) -> Vec<Value> {
        let (status, text) = self.get(&format!("/simulator/api/phones/{phone}/messages")).await;
        assert_eq!(status, 200);
        serde_json::from_str(&text).unwrap()
    }

    /// The office answers, as the real client would.
    async fn office_answers(&self, words: &str) -> Value {
        let url = format!("{}/v23.0/{NUMBER}/messages", self.running.base_url);
        let body = json!({"messaging_product": "whatsapp", "to": format!("+{PHONE}"), "type": "text",
            "text": {"body": words}});
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        client.post(url).bearer_auth("EAAtoken").json(&body).send().await.unwrap().json().await.unwrap()
    }
}

/// Name, file name and type where it is a file, and the bytes.
type Part<'a> = (&'a str, Option<(&'a str, &'a str)>, &'a [u8]);

fn form(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        let about = file.map_or(String::new(), |(filename, _)| format!("; filename=\"{filename}\""));
        let kind = file.map_or(String::new(), |(_, kind)| format!("Content-Type: {kind}\r\n"));
        let head =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{about}\r\n{kind}\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

fn token(page: &str) -> String {
    let start = page.find("name=\"csrf\" value=\"").unwrap() + 19;
    page[start..].split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_script_sends_a_message_through_the_signed_webhook_and_reads_the_answer() {
    let world = world().await;
    let (status, sent) = world.post_json(PHONE, &json!({"to": NUMBER, "text": "Halo"}).to_string()).await;
    assert_eq!((status, &sent["status"]), (StatusCode::OK, &json!(200)));
    assert_eq!(world.callback.kinds(), ["text"]);
    world.clock.advance(TimeDelta::seconds(2));
    let answer = world.office_answers("Selamat pagi").await;

    let listed = world.listed(PHONE).await;
    assert_eq!(listed.len(), 2);
    assert_eq!(
        listed[0],
        json!({"id": sent["id"], "direction": "sent", "from": PHONE, "to": NUMBER, "at": "2026-11-18T11:06:40Z",
            "kind": "text", "text": "Halo", "filename": null, "media_url": null, "ticks": "delivered"})
    );
    assert_eq!(listed[1]["id"], answer["messages"][0]["id"]);
    assert_eq!((&listed[1]["direction"], &listed[1]["text"]), (&json!("received"), &json!("Selamat pagi")));
    assert!(world.listed("628003603002").await.is_empty(), "another phone shows nothing of it");
}

#[actix_web::test]
async fn a_photo_and_a_document_arrive_as_what_they_are_and_can_be_looked_at() {
    let world = world().await;
    let path = format!("/simulator/api/phones/{PHONE}/messages");
    let png = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0];
    for (kind, file) in
        [("image/png", "kk.png"), ("application/octet-stream", "kk.png"), ("text/html", "a.html")]
    {
        let parts: [Part<'_>; 3] = [
            ("to", None, NUMBER.as_bytes()),
            ("caption", None, b"ini KK"),
            ("file", Some((file, kind)), &png),
        ];
        assert_eq!(world.post_form(&path, &parts).await.0, 200);
    }
    assert_eq!(world.callback.kinds(), ["image", "image", "document"]);
    let listed = world.listed(PHONE).await;
    assert!(listed.iter().all(|told| told["text"] == "ini KK"));
    let inert = listed[2]["media_url"].as_str().unwrap();
    let response = world.respond(test::TestRequest::get().uri(inert)).await;
    assert_eq!(response.headers().get(header::CONTENT_TYPE).unwrap(), "application/octet-stream");
    let disposition = response.headers().get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap();
    assert!(disposition.starts_with("attachment"), "{disposition}");
    let others = inert.replace(PHONE, "628003603002");
    assert_eq!(world.get(&others).await.0, 404);
}

#[actix_web::test]
async fn what_cannot_be_sent_is_refused_with_a_word_and_a_sentence() {
    let world = world().await;
    let text = |text: &str| json!({"to": NUMBER, "text": text}).to_string();
    let table = [
        ("0811234567", text("Halo"), 400, "wa_id"),
        ("6281", text("Halo"), 400, "wa_id"),
        (PHONE, "{".to_owned(), 400, "json"),
        (PHONE, json!({"to": 1, "text": "Halo"}).to_string(), 400, "json"),
        (PHONE, json!({"text": "Halo"}).to_string(), 422, "to_missing"),
        (PHONE, json!({"to": "1", "text": "Halo"}).to_string(), 404, "to_unknown"),
        (PHONE, json!({"to": NUMBER}).to_string(), 422, "empty"),
        (PHONE, text(" \n"), 422, "empty"),
        (PHONE, text(&"a".repeat(4097)), 422, "text_too_long"),
        (PHONE, text(&"a".repeat(70_000)), 422, "text_too_long"),
        (
            PHONE,
            json!({"to": NUMBER, "text": "a", "name": "a".repeat(101)}).to_string(),
            422,
            "name_too_long",
        ),
    ];
    for (phone, body, status, code) in table {
        let (answered, error) = world.post_json(phone, &body).await;
        assert_eq!((answered.as_u16(), error["error"]["code"].as_str()), (status, Some(code)));
        assert!(error["error"]["message"].as_str().unwrap().ends_with('.'));
    }
    assert_eq!(world.get("/simulator/api/phones/abc/messages").await.0, 400);
    assert!(world.callback.kinds().is_empty());
}

#[actix_web::test]
async fn a_file_beyond_the_limit_and_a_broken_form_are_refused() {
    let world = world().await;
    let path = format!("/simulator/api/phones/{PHONE}/messages");
    let big = vec![0_u8; parcel::LARGEST_FILE + 1];
    let parts: [Part<'_>; 2] =
        [("to", None, NUMBER.as_bytes()), ("file", Some(("a.jpg", "image/jpeg")), &big)];
    let (status, text) = world.post_form(&path, &parts).await;
    assert_eq!(status, 413, "{text}");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let broken = test::TestRequest::post().uri(&path).insert_header((header::CONTENT_TYPE, kind));
    let (status, text) = world.call(broken.set_payload("--potong\r\nnonsense")).await;
    assert_eq!(status, 400, "{text}");
}

#[actix_web::test]
async fn a_browser_on_another_site_cannot_make_phones_send() {
    let world = world().await;
    let path = format!("/simulator/api/phones/{PHONE}/messages");
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://localhost:9999"),
    ] {
        let request = test::TestRequest::post().uri(&path).insert_header((name, value));
        let (status, _) = world.call(request.set_json(json!({"to": NUMBER, "text": "Halo"}))).await;
        assert_eq!(status, 403, "{name} {value}");
    }
    assert!(world.callback.kinds().is_empty());
}

#[actix_web::test]
async fn the_page_works_by_plain_forms() {
    let world = world().await;
    let here = format!("/simulator/{PHONE}?ke={NUMBER}");
    let (_, page) = world.get(&here).await;
    for words in
        ["DATA PERAGAAN", "Nomor KTP", "Siti Aminah", "KTP hilang", "Foto KK", "Pesan warga disimpan"]
    {
        assert!(page.contains(words), "{words}");
    }
    let send = format!("/simulator/{PHONE}/kirim?ke={NUMBER}");
    let csrf = token(&page);
    let text: [Part<'_>; 3] =
        [("csrf", None, csrf.as_bytes()), ("text", None, b"Halo\r\nPak"), ("sample", None, b"")];
    let (status, place) = world.post_form(&send, &text).await;
    assert_eq!((status, place), (StatusCode::SEE_OTHER, format!("{here}#akhir")));
    for sample in samples::Sample::ALL {
        let parts: [Part<'_>; 3] = [
            ("csrf", None, csrf.as_bytes()),
            ("sample", None, sample.word().as_bytes()),
            ("file", Some(("", "application/octet-stream")), b""),
        ];
        assert_eq!(world.post_form(&send, &parts).await.0, 303, "{sample:?}");
    }
    assert_eq!(world.callback.kinds(), ["text", "image", "image", "image", "document"]);
    let (_, thread) = world.get(&format!("/simulator/{PHONE}/percakapan?ke={NUMBER}")).await;
    assert!(thread.contains("Halo\nPak") && thread.contains("sampai") && !thread.contains("<html"));
    let reset = format!("/simulator/{PHONE}/kosongkan?ke={NUMBER}");
    let request = test::TestRequest::post().uri(&reset).set_form([("csrf", &csrf)]);
    assert_eq!(world.call(request).await, (StatusCode::SEE_OTHER, here));
    assert!(world.listed(PHONE).await.is_empty());
}

#[actix_web::test]
async fn a_form_that_cannot_be_carried_out_comes_back_with_a_sentence() {
    let world = world().await;
    let send = format!("/simulator/{PHONE}/kirim?ke={NUMBER}");
    let (_, page) = world.get(&format!("/simulator/{PHONE}?ke={NUMBER}")).await;
    let csrf = token(&page);
    let empty: [Part<'_>; 2] = [("csrf", None, csrf.as_bytes()), ("text", None, b"")];
    let (status, page) = world.post_form(&send, &empty).await;
    assert!(status == 422 && page.contains("Pesan masih kosong"));
    let stale: [Part<'_>; 2] = [("csrf", None, b"00"), ("text", None, b"Halo")];
    let (status, page) = world.post_form(&send, &stale).await;
    assert!(status == 403 && page.contains("kedaluwarsa"));
    assert!(world.callback.kinds().is_empty());
}

#[actix_web::test]
async fn the_mood_of_a_number_is_chosen_on_the_page() {
    let world = world().await;
    let (_, page) = world.get(&format!("/simulator/{PHONE}?ke={NUMBER}")).await;
    let path = format!("/simulator/{PHONE}/keadaan?ke={NUMBER}");
    for (word, mood) in [("ganda", Mood::Doubled), ("tertutup", Mood::WindowClosed), ("normal", Mood::Normal)]
    {
        let form = [("csrf", token(&page)), ("mood", word.to_owned())];
        let (status, _) = world.call(test::TestRequest::post().uri(&path).set_form(form)).await;
        assert_eq!((status.as_u16(), world.fake.mood(NUMBER)), (303, mood));
    }
}

#[actix_web::test]
async fn opening_a_chat_reads_it_and_the_list_of_chats_counts_what_is_new() {
    let world = world().await;
    world.post_json(PHONE, &json!({"to": NUMBER, "text": "Halo"}).to_string()).await;
    world.office_answers("Selamat pagi").await;
    let (_, front) = world.get("/simulator").await;
    assert!(front.contains("badge--info\">1<") && front.contains("Pilih nomor kantor"));
    assert_eq!(world.listed(PHONE).await[1]["ticks"], "delivered", "asking by script reads nothing");
    world.get(&format!("/simulator/{PHONE}?ke={NUMBER}")).await;
    assert_eq!(world.listed(PHONE).await[1]["ticks"], "read");
}
