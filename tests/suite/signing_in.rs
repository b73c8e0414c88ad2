//! Who gets in, how they get out again, and what nobody can make their browser do.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as B64};
use loket::{
    demo::setup::PASSWORD,
    domain::{
        accounts::{self, Purpose, Ticket},
        tenancy,
    },
    infra::By,
    web::routes,
};
use loket_core::{
    clock::Clock,
    id::UserId,
    kinds::{Direction, OfficeStatus},
};
use loket_entity::{message, session};
use loket_tests::{
    app::TestApp,
    ledger::changed,
    on_both_databases,
    people::{Officer, Page},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::World;

const QUEUE: &str = "/kantor/kab-tangerang/antrean";
const DEWI: &str = "operator.ktp@kab-tangerang.loket.test";
const COOKIE: &str = "loket";

on_both_databases!(
    an_unknown_address_and_a_wrong_password_get_the_same_page,
    the_eleventh_guess_waits_and_nobody_else_does,
    a_cookie_from_before_signing_in_is_worth_nothing_afterwards,
    whoever_signs_out_is_out_at_once_everywhere_if_they_wish,
    a_closed_account_is_out_at_once_and_does_not_get_in_again,
    a_suspended_office_is_not_there,
    a_session_ends_after_a_quiet_half_day_and_after_a_week,
    no_crooked_token_gets_in,
    no_form_is_taken_without_its_own_token_and_no_other_site_sends_one,
    looking_changes_nothing_but_the_record_of_looking,
);

fn user(app: &TestApp, email: &str) -> UserId {
    let accounts = app.offices.offices.iter().flat_map(|office| &office.accounts);
    accounts.chain(&app.offices.accounts).find(|account| account.email == email).expect("an account").id
}

/// The page without what differs from one drawing to the next.
fn plain(page: &Page, email: &str) -> String {
    let mut body = page.body.replace(email, "SUREL");
    if let Some(token) = page.body.split("name=\"csrf\" value=\"").nth(1) {
        body = body.replace(token.split('"').next().unwrap(), "TOKEN");
    }
    body
}

async fn an_unknown_address_and_a_wrong_password_get_the_same_page(app: &TestApp) {
    let closed = "operator.kk@kab-tangerang.loket.test";
    accounts::close_account(&app.house, By::System, user(app, closed)).await.unwrap();
    let mut pages = Vec::new();
    for (email, password) in [
        (DEWI, "bukan kata sandinya"),
        ("tidak.ada@kab-tangerang.loket.test", "bukan kata sandinya"),
        ("tidak.ada@kab-tangerang.loket.test", PASSWORD),
        (closed, PASSWORD),
        (DEWI, ""),
        (DEWI, "x".repeat(10_000).as_str()),
        ("bukan surel", PASSWORD),
    ] {
        let page = app.visitor().tries_to_sign_in(email, password).await;
        assert_eq!(page.status, 422, "{email}");
        assert!(!page.body.contains(password) || password.is_empty(), "no password comes back");
        let mut headers: Vec<_> = page.headers.keys().map(|name| name.as_str().to_owned()).collect();
        headers.sort();
        pages.push((plain(&page, email), headers));
    }
    for other in &pages[1..] {
        assert_eq!(pages[0], *other);
    }
}

async fn the_eleventh_guess_waits_and_nobody_else_does(app: &TestApp) {
    let mallory = app.visitor();
    for guess in 0..10 {
        let page = mallory.tries_to_sign_in(DEWI, &format!("tebakan {guess}")).await;
        assert_eq!(page.status, 422);
    }
    // From the same place; another browser or a header that anybody can write is no other place.
    for forwarded in ["", "203.0.113.9", "::1"] {
        let other = app.visitor();
        other.get("/masuk").await;
        let token = other.token().unwrap();
        let form = format!("csrf={token}&email={}&password={PASSWORD}", DEWI.replace('@', "%40"));
        let request = app.http().post(other.url("/masuk")).body(form);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request =
            request.header("x-forwarded-for", forwarded).header("forwarded", format!("for={forwarded}"));
        let page = other.ask(request).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "{forwarded:?}");
        assert!(page.says("Terlalu banyak percobaan."), "{}", page.body);
    }
    app.officer("operator.kk@kab-tangerang").await;
    app.waits(16);
    app.officer("operator.ktp@kab-tangerang").await;
}

/// Another browser with the same cookie.
fn with_cookie(app: &TestApp, value: &str) -> Officer {
    let other = app.visitor();
    other.takes_cookie(COOKIE, value);
    other
}

async fn is_in(officer: &Officer) -> bool {
    let page = officer.get(QUEUE).await;
    assert!(page.status == 200 || page.status == 303, "{}", page.status);
    page.status == 200
}

async fn a_cookie_from_before_signing_in_is_worth_nothing_afterwards(app: &TestApp) {
    // A cookie that somebody planted.
    let victim = with_cookie(app, "ditanam");
    victim.tries_to_sign_in(DEWI, PASSWORD).await;
    let own = victim.cookie(COOKIE).unwrap();
    assert_ne!(own, "ditanam");
    assert!(!is_in(&with_cookie(app, "ditanam")).await);
    // The live cookie of somebody else's session, planted as well.
    let mallory = app.officer("operator.kk@kab-tangerang").await;
    let planted = mallory.cookie(COOKIE).unwrap();
    let victim = with_cookie(app, &planted);
    victim.get("/pilih-kantor").await;
    let visitor = app.visitor();
    visitor.get("/masuk").await;
    let token = visitor.token().unwrap();
    victim.takes_cookie("loket-tamu", &visitor.cookie("loket-tamu").unwrap());
    let form = format!("csrf={token}&email={}&password={PASSWORD}", DEWI.replace('@', "%40"));
    let request = app.http().post(victim.url("/masuk")).body(form);
    let inside = victim.ask(request.header("content-type", "application/x-www-form-urlencoded")).await;
    assert_eq!(inside.status, 303, "{}", inside.body);
    assert_ne!(victim.cookie(COOKIE).unwrap(), planted);
    assert!(is_in(&victim).await);
    assert!(!is_in(&with_cookie(app, &planted)).await, "the session that was there before has ended");
    // Signing in again changes the cookie again.
    let first = own;
    let again = app.officer("operator.ktp@kab-tangerang").await.cookie(COOKIE).unwrap();
    assert_ne!(first, again);
}

async fn whoever_signs_out_is_out_at_once_everywhere_if_they_wish(app: &TestApp) {
    let desk = app.officer("operator.ktp@kab-tangerang").await;
    let phone = app.officer("operator.ktp@kab-tangerang").await;
    let elsewhere = app.starts_again().await.unwrap();
    let (first, second) = (desk.cookie(COOKIE).unwrap(), phone.cookie(COOKIE).unwrap());
    assert!(is_in(&with_cookie(&elsewhere, &first)).await, "another process knows the session too");
    desk.get("/sesi").await;
    let out = desk.post("/keluar", &[]).await;
    assert_eq!(out.location.as_deref(), Some("/masuk"));
    assert!(!is_in(&with_cookie(app, &first)).await, "a copy of the cookie is dead");
    assert!(!is_in(&with_cookie(&elsewhere, &first)).await, "in the other process as well");
    assert!(is_in(&phone).await, "the other browser is not");
    let third = app.officer("operator.ktp@kab-tangerang").await;
    third.get("/sesi").await;
    third.post("/sesi/akhiri-semua", &[]).await;
    for cookie in [second, third.cookie(COOKIE).unwrap_or_default()] {
        assert!(!is_in(&with_cookie(app, &cookie)).await);
        assert!(!is_in(&with_cookie(&elsewhere, &cookie)).await);
    }
}

async fn a_closed_account_is_out_at_once_and_does_not_get_in_again(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert!(is_in(&dewi).await);
    accounts::close_account(&app.house, By::System, user(app, DEWI)).await.unwrap();
    assert!(!is_in(&dewi).await);
    assert_eq!(app.visitor().tries_to_sign_in(DEWI, PASSWORD).await.status, 422);
}

async fn a_suspended_office_is_not_there(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let neighbour = app.officer("operator.nik@kota-kupang").await;
    let office = app.office("kab-tangerang").id;
    let change = async |to| tenancy::change_status(&app.house, By::System, office, to).await.unwrap();
    change(OfficeStatus::Suspended).await;
    assert_eq!(dewi.get(QUEUE).await.status, 404);
    dewi.get("/sesi").await;
    assert_eq!(dewi.post(&format!("{QUEUE}/ambil"), &[]).await.status, 404);
    assert_eq!(neighbour.get("/kantor/kota-kupang/antrean").await.status, 200);
    // What citizens write meanwhile is kept.
    app.phone("628111000001", "Siti").sends("360300000000002", "Halo").await;
    change(OfficeStatus::Live).await;
    assert_eq!(dewi.get(QUEUE).await.status, 200);
    let kept = app.rows::<message::Entity>("kab-tangerang").await.unwrap();
    assert!(kept.iter().any(|row| row.direction == Direction::In));
}

async fn a_session_ends_after_a_quiet_half_day_and_after_a_week(app: &TestApp) {
    let quiet = app.officer("operator.ktp@kab-tangerang").await;
    let busy = app.officer("operator.kk@kab-tangerang").await;
    app.waits(12 * 60);
    assert!(is_in(&busy).await);
    app.waits(1);
    assert!(!is_in(&quiet).await, "twelve hours without a page");
    assert!(is_in(&busy).await);
    for _ in 0..13 {
        app.waits(11 * 60);
        assert!(is_in(&busy).await);
    }
    // 12 h 1 min and thirteen times eleven hours have passed; a week has 168.
    app.waits(11 * 60);
    assert!(is_in(&busy).await);
    app.waits(117);
    assert!(is_in(&busy).await, "a minute before the week is over");
    app.waits(2);
    assert!(!is_in(&busy).await, "a week, however busy");
}

/// A token with this header and these claims, and somebody's signature.
fn token(header: &Value, claims: &Value, signature: &str) -> String {
    format!("{}.{}.{signature}", B64.encode(header.to_string()), B64.encode(claims.to_string()))
}

async fn no_crooked_token_gets_in(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let good = dewi.cookie(COOKIE).unwrap();
    assert!(is_in(&with_cookie(app, &good)).await);
    let parts: Vec<&str> = good.split('.').collect();
    let claims: Value = serde_json::from_slice(&B64.decode(parts[1]).unwrap()).unwrap();
    let header = json!({ "typ": "JWT", "alg": "HS256" });
    let now = app.clock.now();
    let ticket = Ticket {
        subject: claims["sub"].as_str().unwrap().parse().unwrap(),
        id: claims["jti"].as_str().unwrap().parse().unwrap(),
        until: now + chrono::TimeDelta::hours(1),
    };
    let issue = |purpose, ticket| app.assembly.site.tokens.issue(purpose, ticket, now).unwrap();
    let mut crooked: Vec<(String, String)> = Vec::new();
    let mut add = |why: &str, token: String| crooked.push((why.to_owned(), token));
    for purpose in [Purpose::Invitation, Purpose::PasswordReset, Purpose::Survey, Purpose::File] {
        add("made for something else", issue(purpose, ticket));
    }
    add("over", issue(Purpose::Session, Ticket { until: now, ..ticket }));
    add("of no session", issue(Purpose::Session, Ticket { id: Uuid::nil(), ..ticket }));
    let other = user(app, "kepala@kab-tangerang.loket.test").0;
    add("somebody else's name on it", issue(Purpose::Session, Ticket { subject: other, ..ticket }));
    for alg in ["none", "None", "nOnE", "NONE", "HS384", "RS256", "ES256", "EdDSA", ""] {
        for signature in ["", parts[2]] {
            add(alg, token(&json!({ "typ": "JWT", "alg": alg }), &claims, signature));
        }
    }
    for (key, value) in [
        ("exp", json!(9_999_999_999_i64)),
        ("sub", json!(other)),
        ("aud", json!("loket/file")),
        ("office", json!("x")),
    ] {
        let mut edited = claims.clone();
        edited[key] = value;
        add("edited", token(&header, &edited, parts[2]));
    }
    for extra in ["kid", "jku", "x5u", "jwk"] {
        let mut header = header.clone();
        header[extra] = json!("../../../../dev/null");
        add(extra, token(&header, &claims, parts[2]));
    }
    for cut in [1, good.len() / 2, good.len() - 1] {
        add("truncated", good[..cut].to_owned());
    }
    add("without a signature", format!("{}.{}.", parts[0], parts[1]));
    add("without a signature or dot", format!("{}.{}", parts[0], parts[1]));
    add("longer", format!("{good}A"));
    add("signed by another key", {
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, b"");
        let input = format!("{}.{}", parts[0], parts[1]);
        format!("{input}.{}", B64.encode(aws_lc_rs::hmac::sign(&key, input.as_bytes())))
    });
    add("huge", "x".repeat(30_000));
    add("empty", String::new());
    for (why, token) in &crooked {
        assert!(!is_in(&with_cookie(app, token)).await, "{why}: {}", &token[..token.len().min(60)]);
    }
    assert!(crooked.len() > 40);
    assert!(is_in(&dewi).await, "and the good one still stands");
}

/// Every pattern that takes a POST, with the words of its steps.
const POSTS: [(&str, &[&str]); 13] = [
    (routes::SignOut::PATTERN, &[""]),
    (routes::EndAllSessions::PATTERN, &[""]),
    (routes::EndSession::PATTERN, &[""]),
    (routes::TakeNext::PATTERN, &[""]),
    (routes::NewRequest::PATTERN, &[""]),
    (
        routes::RequestStep::PATTERN,
        &[
            "ambil",
            "balas",
            "minta",
            "lengkap",
            "hasil",
            "siap",
            "selesai",
            "tolak",
            "batal",
            "buka-kembali",
            "lampiran",
            "lihat",
        ],
    ),
    (routes::PaperStep::PATTERN, &["terima", "tolak"]),
    (routes::ConversationAnswer::PATTERN, &[""]),
    (routes::ConversationClaim::PATTERN, &[""]),
    (routes::ConversationRelease::PATTERN, &[""]),
    (routes::ConversationOpen::PATTERN, &[""]),
    (routes::QuarantineRetry::PATTERN, &[""]),
    (routes::SignIn::PATTERN, &[""]),
];

/// Fields that every form here can be read from.
fn fields(token: &str) -> String {
    let mut form = "reason=buram&note=Loket+3&text=halo&purpose=periksa&email=x%40y.id&password=x".to_owned();
    form.push_str("&paper=00000000-0000-7000-8000-000000000000&media=00000000-0000-7000-8000-000000000000");
    if !token.is_empty() {
        form.push_str("&csrf=");
        form.push_str(token);
    }
    form
}

/// The same as a form with files.
fn parts(token: &str) -> String {
    let mut body = String::new();
    for (name, value) in [("text", "halo"), ("csrf", token)] {
        if !value.is_empty() {
            body.push_str(&format!(
                "--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
    }
    format!("{body}--x--\r\n")
}

async fn no_form_is_taken_without_its_own_token_and_no_other_site_sends_one(app: &TestApp) {
    let world = World::of(app).await;
    let sessions = app.above::<session::Entity>().await.unwrap();
    assert!(sessions.is_empty(), "nobody has signed in yet");
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let admin = app.officer("admin@kab-tangerang").await;
    let mallory = app.officer("operator.kk@kab-tangerang").await;
    for officer in [&dewi, &admin, &mallory] {
        officer.get("/sesi").await;
    }
    let session = app.above::<session::Entity>().await.unwrap()[0].id.to_string();
    let (own, foreign) = (dewi.token().unwrap(), mallory.token().unwrap());
    let before = app.fingerprint().await.unwrap();
    let mut refused = 0;
    for (pattern, steps) in POSTS {
        for step in steps {
            let path = world.at(pattern, &session, step);
            let upload = ["balas", "hasil"].iter().any(|word| path.ends_with(word));
            let officer = if pattern == routes::QuarantineRetry::PATTERN { &admin } else { &dewi };
            let own = if pattern == routes::QuarantineRetry::PATTERN {
                admin.token().unwrap()
            } else {
                own.clone()
            };
            let send = async |token: &str, headers: &[(&str, &str)]| {
                let (body, kind) = match upload {
                    true => (parts(token), "multipart/form-data; boundary=x"),
                    false => (fields(token), "application/x-www-form-urlencoded"),
                };
                let request = app.http().post(officer.url(&path)).header("content-type", kind).body(body);
                let request =
                    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
                officer.ask(request).await
            };
            let mut tries: Vec<(String, Vec<(&str, &str)>)> =
                ["", "0", "x", foreign.as_str(), &"0".repeat(64), &own[1..], &own[..own.len() - 2]]
                    .iter()
                    .map(|token| ((*token).to_owned(), Vec::new()))
                    .collect();
            for header in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("sec-fetch-site", "Cross-Site"),
                ("origin", "https://evil.test"),
                ("origin", "null"),
                ("origin", "http://127.0.0.1:1"),
            ] {
                tries.push((own.clone(), vec![header]));
            }
            tries.push((own.clone(), vec![("sec-fetch-site", "cross-site"), ("origin", &app.base_url)]));
            for (token, headers) in &tries {
                let page = send(token, headers).await;
                assert_eq!(page.status, 403, "{path} with {token:?} {headers:?}: {}", page.body);
                refused += 1;
            }
            // JSON posted as text, which another site's form can send; and another word for the method.
            let json = format!("{{\"csrf\":\"{own}\",\"text\":\"halo\"}}");
            let plain = app.http().post(officer.url(&path)).header("content-type", "text/plain").body(json);
            let page = officer.ask(plain).await;
            assert!(page.status == 400 || page.status == 403, "{path}: {}", page.status);
            let get = app.http().get(format!("{}?{}", officer.url(&path), fields(&own)));
            let get = get.header("x-http-method-override", "POST").header("x-method-override", "POST");
            let page = officer.ask(get).await;
            let shown = [200, 303, 404, 405].contains(&page.status.as_u16());
            assert!(shown, "{path}: {}", page.status);
            refused += 2;
        }
    }
    let after = app.fingerprint().await.unwrap();
    let written = changed(&before, &after, &["audit_entry", "audit_seal", "platform_audit", "throttle"]);
    assert_eq!(written, Vec::<String>::new(), "after {refused} refusals");
    assert!(refused > 300, "{refused}");
    // The control: with its own token each of three kinds of form is taken.
    dewi.get("/sesi").await;
    let taken = dewi.post(&world.at(routes::RequestStep::PATTERN, "", "ambil"), &[]).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    let written = changed(&before, &app.fingerprint().await.unwrap(), &[]);
    assert!(written.contains(&"request".to_owned()), "{written:?}");
}

/// Every route has a place in one of the two walks, or here with the reason.
#[test]
fn every_route_that_takes_a_form_is_walked() {
    let only_shown = [
        "/",
        "/pilih-kantor",
        "/sesi",
        "/static/{path:.*}",
        "/healthz",
        "/readyz",
        "/metrics",
        "/kantor/{office}",
        "/kantor/{office}/ringkasan",
        "/kantor/{office}/antrean",
        "/kantor/{office}/permohonan/{id}",
        "/kantor/{office}/percakapan",
        "/kantor/{office}/percakapan/{id}",
        "/kantor/{office}/berkas/{file}",
        "/kantor/{office}/berkas/{file}/isi",
        "/kantor/{office}/cari",
        "/kantor/{office}/penampung",
        "/provinsi/{code}",
        "/platform",
    ];
    // Held by a signature; and of the demonstration only.
    let apart = |pattern: &str| pattern.starts_with("/webhook/") || pattern.starts_with("/simulator");
    for pattern in routes::PATTERNS.iter().filter(|pattern| !apart(pattern)) {
        let walked = POSTS.iter().any(|(known, _)| known == pattern) || only_shown.contains(pattern);
        assert!(walked, "{pattern} is new: say whether it takes a form");
    }
}

async fn looking_changes_nothing_but_the_record_of_looking(app: &TestApp) {
    let world = World::of(app).await;
    let watchers = [
        app.officer("operator.ktp@kab-tangerang").await,
        app.officer("kabid@kab-tangerang").await,
        app.officer("admin@kab-tangerang").await,
        app.officer("provinsi.banten").await,
        app.officer("platform").await,
        app.visitor(),
    ];
    for watcher in &watchers {
        watcher.get("/masuk").await;
    }
    let session = app.above::<session::Entity>().await.unwrap()[0].id.to_string();
    let before = app.fingerprint().await.unwrap();
    let mut asked = 0;
    for pattern in routes::PATTERNS.iter().filter(|pattern| !pattern.contains("simulator")) {
        for step in ["ambil", "minta", "selesai", "tolak", "lihat"] {
            let path = world.at(pattern, &session, step).replace("{key}", &"0".repeat(32));
            if step != "ambil" && !pattern.contains("{step}") {
                continue;
            }
            for watcher in &watchers {
                for method in [Method::GET, Method::HEAD] {
                    let query = format!("{}?kata=SITI&q=SITI&unduh=1&{}", watcher.url(&path), fields(""));
                    let page = watcher.ask(app.http().request(method, query)).await;
                    assert!(page.status.as_u16() < 500, "{path}: {}", page.status);
                    asked += 1;
                }
            }
        }
    }
    app.settles().await;
    let record = ["audit_entry", "audit_seal", "platform_audit", "session"];
    let written = changed(&before, &app.fingerprint().await.unwrap(), &record);
    assert_eq!(written, Vec::<String>::new(), "after {asked} pages");
    let sessions = app.above::<session::Entity>().await.unwrap();
    assert!(sessions.iter().all(|row| row.revoked_at.is_none()), "nobody was signed out by looking");
}
