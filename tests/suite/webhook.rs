//! Meta's door: who is let in, what is kept before it is acknowledged, and what becomes of what cannot be read.

use std::time::{Duration, Instant};

use loket_core::kinds::{Direction, ItemOutcome};
use loket_entity::{message, webhook_item};
use loket_tests::{
    app::{On, TestApp},
    meta::Meta,
    on_both_databases,
    postgres::Cluster,
    webhook::{SIGNATURE, signature},
};
use serde_json::{Value, json};
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const TANGERANG: &str = "kab-tangerang";
const KK: &str = "360300000000001";
const KTP: &str = "360300000000002";
const KUPANG: &str = "537100000000001";
const HELD: &str = "/kantor/kab-tangerang/penampung";
const LARGEST: usize = 4 * 1024 * 1024;

on_both_databases!(
    a_handshake_gives_the_challenge_back_for_the_right_token_only,
    nothing_but_the_exact_signature_of_the_exact_bytes_is_let_in,
    each_office_has_a_path_and_a_secret_of_its_own,
    a_thousand_messages_in_three_megabytes_are_all_kept,
    four_mebibytes_are_taken_and_one_byte_more_is_not,
    a_body_that_drips_is_closed_after_ten_seconds,
    what_is_signed_but_unreadable_is_acknowledged_and_shown_with_its_reason,
    one_item_that_cannot_be_used_costs_its_neighbours_nothing,
    strange_bytes_in_what_is_kept_in_clear_cost_nothing,
    half_a_letter_costs_its_batch_nothing,
    what_cannot_be_stored_is_refused_until_it_can_be,
);

async fn a_handshake_gives_the_challenge_back_for_the_right_token_only(app: &TestApp) {
    let (tangerang, kupang) = (app.meta(KTP), app.meta(KUPANG));
    let (ours, theirs) = (&tangerang.number.verify_token, &kupang.number.verify_token);
    let upper = ours.to_uppercase();
    let asked = async |callback: &str, query: &[(&str, &str)]| {
        let mut url = reqwest::Url::parse(callback).unwrap();
        url.query_pairs_mut().extend_pairs(query);
        let answer = app.http().get(url).send().await.unwrap();
        let kind = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
        (answer.status().as_u16(), kind.unwrap_or_default(), answer.text().await.unwrap())
    };
    let with = |mode: &'static str, token| {
        vec![("hub.mode", mode), ("hub.challenge", "1158201444"), ("hub.verify_token", token)]
    };
    let (status, kind, body) = asked(&tangerang.callback(), &with("subscribe", ours)).await;
    assert_eq!((status, body.as_str()), (200, "1158201444"));
    assert!(kind.starts_with("text/plain"), "{kind}");
    for wrong in [
        with("subscribe", theirs),
        with("subscribe", ""),
        with("subscribe", &upper),
        with("unsubscribe", ours),
        vec![("hub.mode", "subscribe"), ("hub.challenge", "1158201444")],
        vec![("hub.mode", "subscribe"), ("hub.verify_token", ours.as_str())],
        vec![],
    ] {
        let (status, _, body) = asked(&tangerang.callback(), &wrong).await;
        assert_eq!(status, 403, "{wrong:?}");
        assert!(!body.contains("1158201444"));
    }
    let nowhere = format!("{}/webhook/whatsapp/{}", app.base_url, "0".repeat(32));
    assert_eq!(asked(&nowhere, &with("subscribe", ours)).await.0, 403);
    assert!(app.fake.verify_callback(KTP, ours).await.unwrap(), "as Meta's dashboard does it");
    assert_eq!(app.bodies_kept().await.unwrap(), 0);
}

async fn nothing_but_the_exact_signature_of_the_exact_bytes_is_let_in(app: &TestApp) {
    let meta = app.meta(KTP);
    let body = meta.text("628111000001", "wamid.A", "J\u{2019}ai mang\u{e9} / halo").to_string().into_bytes();
    let right = meta.signs(&body);
    let digits = right.strip_prefix("sha256=").unwrap();
    let longer = [body.as_slice(), b" "].concat();
    let shorter = body[..body.len() - 1].to_vec();
    let pretty = serde_json::to_vec_pretty(&serde_json::from_slice::<Value>(&body).unwrap()).unwrap();
    let header = |value: &str| vec![(SIGNATURE, value.to_owned())];
    let mut refused = vec![
        ("no signature", body.clone(), vec![]),
        ("an old one only", body.clone(), vec![("x-hub-signature", format!("sha1={}", &digits[..40]))]),
        ("two, the wrong one first", body.clone(), [header("sha256=00"), header(&right)].concat()),
        ("two, the wrong one last", body.clone(), [header(&right), header("sha256=00")].concat()),
        ("the right one twice", body.clone(), [header(&right), header(&right)].concat()),
        ("a byte more", longer, header(&right)),
        ("a byte less", shorter, header(&right)),
        ("no body", Vec::new(), header(&right)),
        ("the same JSON written anew", pretty, header(&right)),
    ];
    for (why, value) in [
        ("empty", String::new()),
        ("no digits", "sha256=".to_owned()),
        ("bare digits", digits.to_owned()),
        ("another hash", format!("sha1={digits}")),
        ("another hash, right length", format!("sha1={}", &digits[..40])),
        ("upper-case digits", format!("sha256={}", digits.to_uppercase())),
        ("an upper-case name", format!("SHA256={digits}")),
        ("a blank inside", format!("sha256= {digits}")),
        ("a tab inside", format!("sha256=\t{digits}")),
        ("a digit less", format!("sha256={}", &digits[1..])),
        ("a digit more", format!("{right}0")),
        ("two in one", format!("{right},{right}")),
        ("quoted", format!("\"{right}\"")),
        ("zeros", format!("sha256={}", "0".repeat(64))),
        ("an empty secret's", signature("", &body)),
        ("another office's", app.meta(KUPANG).signs(&body)),
        ("another body's", meta.signs(b"{}")),
    ] {
        refused.push((why, body.clone(), header(&value)));
    }
    for (why, bytes, headers) in refused {
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(meta.posts_with(bytes, &headers).await, 401, "{why}");
    }
    assert_eq!(app.bodies_kept().await.unwrap(), 0, "nothing of all that was kept");
    assert_eq!(meta.posts_with(body, &[(SIGNATURE, &right)]).await, 200);
    assert_eq!(app.bodies_kept().await.unwrap(), 1);
}

async fn each_office_has_a_path_and_a_secret_of_its_own(app: &TestApp) {
    let (tangerang, kupang) = (app.meta(KTP), app.meta(KUPANG));
    let body = tangerang.text("628111000001", "wamid.A", "halo").to_string().into_bytes();
    let signed = tangerang.signs(&body);
    assert_eq!(kupang.posts_with(body.clone(), &[(SIGNATURE, &signed)]).await, 401);
    for key in ["0".repeat(32), "x".to_owned(), "..%2f..".to_owned(), "0".repeat(4000)] {
        let url = format!("{}/webhook/whatsapp/{key}", app.base_url);
        let answer = app.http().post(url).header(SIGNATURE, &signed).body(body.clone()).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{}", &key[..key.len().min(40)]);
    }
    assert_eq!(app.bodies_kept().await.unwrap(), 0);
    // Signed with its own secret, an office speaks for its own numbers only.
    let theirs = kupang.text("628111000001", "wamid.A", "halo").to_string().into_bytes();
    assert_eq!(tangerang.posts_bytes(theirs).await, 200);
    app.settles().await;
    assert_eq!(messages(app, "kota-kupang").await, 0);
    assert_eq!(messages(app, TANGERANG).await, 0);
    assert_eq!(set_aside(app).await, ["message.text foreign_number"]);
}

async fn messages(app: &TestApp, office: &str) -> usize {
    let rows = app.rows::<message::Entity>(office).await.unwrap();
    rows.iter().filter(|row| row.direction == Direction::In).count()
}

/// Kind and reason of everything that was set aside in Tangerang, sorted.
async fn set_aside(app: &TestApp) -> Vec<String> {
    let rows = app.rows::<webhook_item::Entity>(TANGERANG).await.unwrap();
    let aside = rows.into_iter().filter(|row| row.outcome == ItemOutcome::Quarantined);
    let mut found: Vec<String> =
        aside.map(|row| format!("{} {}", row.kind, row.reason.unwrap_or_default())).collect();
    found.sort();
    found
}

async fn a_thousand_messages_in_three_megabytes_are_all_kept(app: &TestApp) {
    let meta = app.meta(KTP);
    let words = "Mohon informasi. ".repeat(175);
    let all: Vec<Value> = (0..1000)
        .map(|n| {
            let from = format!("62811200{:04}", n % 8);
            meta.message((&from, &format!("wamid.{n}")), "text", json!({ "body": format!("{n} {words}") }))
        })
        .collect();
    let body = meta.body(&[meta.change(json!({ "messages": all }))]).to_string().into_bytes();
    assert!((3_000_000..LARGEST).contains(&body.len()), "{}", body.len());
    assert_eq!(meta.posts_bytes(body).await, 200);
    app.settles().await;
    assert_eq!(messages(app, TANGERANG).await, 1000);
    assert_eq!(set_aside(app).await, Vec::<String>::new());
}

async fn four_mebibytes_are_taken_and_one_byte_more_is_not(app: &TestApp) {
    let meta = app.meta(KTP);
    assert_eq!(meta.posts_bytes(vec![b' '; LARGEST]).await, 200);
    assert_eq!(app.bodies_kept().await.unwrap(), 1);
    // Announced: refused by its length, before a byte of it is taken in.
    let mut announced = connect(&meta).await;
    let head = head(&meta, &format!("content-length: {}\r\n", LARGEST + 1));
    announced.write_all(head.as_bytes()).await.unwrap();
    assert!(answer(&mut announced).await.starts_with("HTTP/1.1 413"));
    // Not announced: refused when it is there.
    let mut chunked = connect(&meta).await;
    chunked.write_all(self::head(&meta, "transfer-encoding: chunked\r\n").as_bytes()).await.unwrap();
    chunked.write_all(format!("{:x}\r\n", LARGEST + 1).as_bytes()).await.unwrap();
    let _ = chunked.write_all(&vec![b' '; LARGEST + 1]).await;
    let _ = chunked.write_all(b"\r\n0\r\n\r\n").await;
    assert!(answer(&mut chunked).await.starts_with("HTTP/1.1 413"));
    assert_eq!(app.bodies_kept().await.unwrap(), 1);
}

async fn connect(meta: &Meta<'_>) -> TcpStream {
    let callback = meta.callback();
    let host = callback.split('/').nth(2).unwrap();
    TcpStream::connect(host).await.unwrap()
}

fn head(meta: &Meta<'_>, more: &str) -> String {
    let signed = format!("sha256={}", "0".repeat(64));
    let path = &meta.number.webhook_path;
    format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{SIGNATURE}: {signed}\r\n{more}\r\n"
    )
}

/// What the server says, until it closes the line or a head is there.
async fn answer(line: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    let mut some = [0; 4096];
    while !heard.windows(4).any(|four| four == b"\r\n\r\n") {
        let read = tokio::time::timeout(Duration::from_secs(20), line.read(&mut some)).await;
        match read.expect("the server answers in time") {
            Ok(0) | Err(_) => break,
            Ok(read) => heard.extend_from_slice(&some[..read]),
        }
    }
    String::from_utf8_lossy(&heard).into_owned()
}

async fn a_body_that_drips_is_closed_after_ten_seconds(app: &TestApp) {
    let meta = app.meta(KTP);
    let line = connect(&meta).await;
    let begun = Instant::now();
    let (mut reading, mut writing) = line.into_split();
    writing.write_all(head(&meta, "content-length: 1000\r\n").as_bytes()).await.unwrap();
    let drips = async {
        // Far fewer bytes than were announced, and never quite silent.
        for _ in 0..60 {
            if writing.write_all(b"x").await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        begun.elapsed()
    };
    let hears = async {
        let mut heard = Vec::new();
        let _ = reading.read_to_end(&mut heard).await;
        (String::from_utf8_lossy(&heard).into_owned(), begun.elapsed())
    };
    let (gave_up, (heard, closed)) = tokio::join!(drips, hears);
    assert!(heard.starts_with("HTTP/1.1 408"), "{heard:?}");
    assert!((9..16).contains(&closed.as_secs()), "closed after {closed:?}");
    assert!(gave_up < Duration::from_secs(20), "the sender noticed after {gave_up:?}");
    assert_eq!(app.bodies_kept().await.unwrap(), 0);
}

async fn what_is_signed_but_unreadable_is_acknowledged_and_shown_with_its_reason(app: &TestApp) {
    let meta = app.meta(KTP);
    let table: [(&[u8], &str); 9] = [
        (b"{", "Isi kiriman bukan JSON yang sah."),
        (b"\xff\xfe\x00", "Isi kiriman bukan JSON yang sah."),
        (b"{\"object\":\"whatsapp_business_account\",\"entry\":[", "Isi kiriman bukan JSON yang sah."),
        (b"[]", "Isi kiriman bukan amplop webhook."),
        (b"\"halo\"", "Isi kiriman bukan amplop webhook."),
        (b"{\"object\":\"whatsapp_business_account\",\"entry\":{}}", "Isi kiriman bukan amplop webhook."),
        (b"{\"object\":\"page\",\"entry\":[{}]}", "Kiriman ini bukan untuk WhatsApp Business."),
        (b"{\"object\":\"whatsapp_business_account\",\"entry\":[]}", "Amplop webhook kosong."),
        (b"{\"entry\":[7]}", "Bagian entry tidak berbentuk objek."),
    ];
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for bytes in table.iter().map(|(bytes, _)| bytes.to_vec()).chain([deep.into_bytes()]) {
        assert_eq!(meta.posts_bytes(bytes.clone()).await, 200, "{:?}", &bytes[..bytes.len().min(50)]);
    }
    app.settles().await;
    let admin = app.officer("admin@kab-tangerang").await;
    let page = admin.get(HELD).await;
    assert!(page.says("10 bagian kiriman belum terbaca."), "{}", page.body);
    for (bytes, reason) in table {
        assert!(page.says(reason), "{bytes:?}: {reason}");
    }
    let neighbour = app.officer("admin@kota-kupang").await;
    assert!(neighbour.get("/kantor/kota-kupang/penampung").await.says("Semua kiriman terbaca."));
    assert_eq!(neighbour.get(HELD).await.status, 404);
    let operator = app.officer("operator.ktp@kab-tangerang").await;
    assert_eq!(operator.get(HELD).await.status, 403);
}

async fn one_item_that_cannot_be_used_costs_its_neighbours_nothing(app: &TestApp) {
    let (ktp, kk, kupang) = (app.meta(KTP), app.meta(KK), app.meta(KUPANG));
    let text = |from, wamid| ktp.message((from, wamid), "text", json!({ "body": "halo" }));
    let mut unknown = ktp.change(json!({ "messages": [text("628111000005", "wamid.5")] }));
    unknown["value"]["metadata"]["phone_number_id"] = json!("999");
    let mut nameless = text("628111000006", "wamid.6");
    nameless.as_object_mut().unwrap().remove("id");
    let mut timeless = text("628111000007", "wamid.7");
    timeless["timestamp"] = json!("kemarin");
    let shapeless = text("bukan nomor sama sekali", "wamid.8");
    let changes = [
        ktp.change(json!({ "messages": [nameless, text("628111000001", "wamid.1"), 7, timeless] })),
        kk.change(json!({ "messages": [text("628111000002", "wamid.2")], "statuses": ["x", {}] })),
        kupang.change(json!({ "messages": [text("628111000003", "wamid.3")] })),
        unknown,
        ktp.change(json!({})),
        json!(null),
        json!({ "field": "account_update", "value": { "event": "ACCOUNT_VIOLATION" } }),
        ktp.change(json!({ "errors": [{ "code": 130_429, "title": "Rate limit hit" }] })),
        ktp.change(json!({ "messages": [shapeless, text("628111000004", "wamid.4")] })),
    ];
    let mut body = ktp.body(&changes);
    let second = ktp.body(&[ktp.change(json!({ "messages": [text("628111000009", "wamid.9")] }))]);
    body["entry"].as_array_mut().unwrap().extend([json!("x"), second["entry"][0].clone()]);
    assert_eq!(ktp.posts(&body).await, 200);
    app.settles().await;
    assert_eq!(messages(app, TANGERANG).await, 4, "two numbers, three changes, two entries");
    assert_eq!(messages(app, "kota-kupang").await, 0);
    assert_eq!(
        set_aside(app).await,
        [
            "message.text foreign_number",
            "message.text sender_without_known_shape",
            "message.text unknown_number",
            "problem change_not_object",
            "problem entry_not_object",
            "problem message_not_object",
            "problem message_without_id",
            "problem nothing_inside",
            "problem status_not_object",
            "problem status_without_id",
            "problem timestamp_out_of_range",
        ]
    );
    let kept = app.rows::<webhook_item::Entity>(TANGERANG).await.unwrap();
    let mut kept: Vec<_> =
        kept.iter().filter(|row| row.outcome == ItemOutcome::Kept).map(|row| row.kind.as_str()).collect();
    kept.sort_unstable();
    assert_eq!(kept, ["errors", "notice.account_update"]);
    let page = app.officer("admin@kab-tangerang").await.get(HELD).await;
    assert!(page.says("Nomor tujuan milik kantor lain."), "{}", page.body);
    for (number, _) in [(KTP, 3), (KK, 1)] {
        let answered = app.fake.sent_calls().iter().filter(|call| call.phone_number_id == number).count();
        assert!(answered > 0, "{number} answers its own citizens");
    }
}

/// A word of the sender's that a database cannot hold must not hold up the message that carries it.
async fn strange_bytes_in_what_is_kept_in_clear_cost_nothing(app: &TestApp) {
    let meta = app.meta(KTP);
    let strange = "image/jpeg\u{0}3603036502909001\u{202e}".repeat(20);
    let photo = json!({ "id": "17", "mime_type": strange, "sha256": "x", "caption": "a\u{0}b" });
    let message = meta.message(("628111000001", "wamid.1"), "image", photo);
    let mut named = meta.message(("628111000002", "wamid.2"), "text", json!({ "body": "a\u{0}b" }));
    named["id"] = json!("wamid.\u{0}2");
    let card = json!({ "profile": { "name": "Si\u{0}ti\u{202e}" }, "wa_id": "628111000002" });
    let status = json!({ "id": "wamid.9", "status": "sent", "timestamp": "1795000000",
        "pricing": { "category": "ser\u{0}vice".repeat(50), "billable": true } });
    let body = meta.body(&[
        meta.change(json!({ "messages": [message, named], "contacts": [card] })),
        meta.change(json!({ "statuses": [status] })),
    ]);
    assert_eq!(meta.posts(&body).await, 200);
    app.settles().await;
    app.waits(60);
    app.settles().await;
    assert_eq!(messages(app, TANGERANG).await, 2);
    assert_eq!(set_aside(app).await, Vec::<String>::new());
    let rows = app.rows::<loket_entity::media::Entity>(TANGERANG).await.unwrap();
    assert!(rows.iter().all(|row| !row.mime.contains("3603036502909001")), "no number in clear");
}

/// Names and texts are cut off in the middle of an emoji somewhere on the way: half of one is no JSON by the book.
async fn half_a_letter_costs_its_batch_nothing(app: &TestApp) {
    let meta = app.meta(KTP);
    let text = |n: usize, words: &str| {
        meta.message((&format!("62811100000{n}"), &format!("wamid.{n}")), "text", json!({ "body": words }))
    };
    let all = [text(1, "KTP saya hilang SEPARUH"), text(2, "Halo"), text(3, "utuh \u{1f600} dan \\\\ud83d")];
    let body = meta.body(&[meta.change(json!({ "messages": all }))]).to_string();
    for half in ["\\ud83d", "\\uDE00", "\\ud83d\\u0041", "\\ude00\\ud83d"] {
        let bytes = body.replace("SEPARUH", half).into_bytes();
        assert_eq!(meta.posts_bytes(bytes).await, 200);
    }
    app.settles().await;
    assert_eq!(messages(app, TANGERANG).await, 3);
    assert_eq!(set_aside(app).await, Vec::<String>::new());
}

/// Something that keeps the house from writing.
enum Blocked {
    Sqlite(SqliteConnection),
    Postgres(PgConnection, String),
}

impl Blocked {
    async fn of(app: &TestApp) -> Self {
        let Some(database) = &app.database else {
            let options = SqliteConnectOptions::new().filename(app.folder.path().join("loket.sqlite3"));
            let mut writer = SqliteConnection::connect_with(&options).await.unwrap();
            writer.execute("BEGIN IMMEDIATE").await.unwrap();
            return Self::Sqlite(writer);
        };
        let mut superuser = Cluster::of_this_run().await.unwrap().superuser().await.unwrap();
        let name = database.name.clone();
        let shut = format!(
            "alter database {name} allow_connections false; \
             select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
        );
        sqlx::raw_sql(AssertSqlSafe(shut)).execute(&mut superuser).await.unwrap();
        Self::Postgres(superuser, name)
    }

    async fn ends(self) {
        match self {
            Self::Sqlite(mut writer) => {
                writer.execute("ROLLBACK").await.unwrap();
            }
            Self::Postgres(mut superuser, name) => {
                let open = AssertSqlSafe(format!("alter database {name} allow_connections true"));
                sqlx::raw_sql(open).execute(&mut superuser).await.unwrap();
            }
        }
    }
}

async fn what_cannot_be_stored_is_refused_until_it_can_be(app: &TestApp) {
    let meta = app.meta(KTP);
    assert_eq!(meta.posts(&meta.text("628111000001", "wamid.1", "halo")).await, 200);
    let blocked = Blocked::of(app).await;
    let second = meta.text("628111000001", "wamid.2", "masih ada?");
    assert_eq!(meta.posts(&second).await, 503, "known path, no room");
    let stranger = app.meta(KUPANG);
    let third = stranger.text("628111000001", "wamid.3", "halo");
    // SQLite's readers read on; so it is the writing that fails there.
    assert_eq!(stranger.posts(&third).await, 503, "a path that must be looked up first");
    let ready = app.http().get(format!("{}/healthz", app.base_url)).send().await.unwrap();
    assert_eq!(ready.status(), 200, "the process itself lives");
    if app.on() == On::Postgres {
        let ready = app.http().get(format!("{}/readyz", app.base_url)).send().await.unwrap();
        assert_eq!(ready.status(), 503);
    }
    blocked.ends().await;
    assert_eq!(meta.posts(&second).await, 200, "Meta sends it again, and nobody had to restart anything");
    assert_eq!(stranger.posts(&third).await, 200);
    // The first to meet the broken lines gives its work back; it is taken up again within a minute.
    for _ in 0..2 {
        app.settles().await;
        app.waits(1);
    }
    app.settles().await;
    assert_eq!((messages(app, TANGERANG).await, messages(app, "kota-kupang").await), (2, 1));
}
