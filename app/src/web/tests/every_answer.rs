//! What holds for every page: strangers, foreign sites, tokens, headers, hosts, errors.

use actix_web::{http::StatusCode, test::TestRequest};
use loket_core::kinds::OfficeStatus;

use super::{NEAR, PASSWORD, browser, world};
use crate::{config::Secret, domain::tenancy::change_status, infra::By, web::site::Site};

#[actix_web::test]
async fn a_strangers_office_and_no_office_look_the_same() {
    let world = world().await;
    let ratna = browser(world.site()).await;
    ratna.sign_in(PASSWORD).await;
    let (foreign, none) = (ratna.get("/kantor/kab-dua").await, ratna.get("/kantor/kab-tiada").await);
    assert_eq!((foreign.status, none.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!((foreign.body, foreign.headers), (none.body, none.headers));
    world.join(world.other).await;
    assert_eq!(ratna.get("/kantor/kab-dua").await.status, StatusCode::OK);
    change_status(&world.test.house, By::System, world.office, OfficeStatus::Suspended).await.unwrap();
    assert_eq!(ratna.get("/kantor/kab-satu").await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn no_form_is_taken_without_its_own_token() {
    let world = world().await;
    let ratna = browser(world.site()).await;
    let mallory = ratna.another();
    let theirs = mallory.get("/masuk").await.token();
    let entry = |token: &str| {
        vec![
            ("csrf".to_owned(), token.to_owned()),
            ("email".to_owned(), "ratna@tangerang.test".to_owned()),
            ("password".to_owned(), PASSWORD.to_owned()),
        ]
    };
    let send = async |token: &str| {
        let form = entry(token);
        let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        ratna.post("/masuk", &form).await.status
    };
    assert_eq!(send(&theirs).await, StatusCode::FORBIDDEN, "without a cookie");
    ratna.get("/masuk").await;
    for token in [&*theirs, "", "00", &"0".repeat(64)] {
        assert_eq!(send(token).await, StatusCode::FORBIDDEN, "{token}");
    }
    ratna.sign_in(PASSWORD).await;
    for path in ["/keluar", "/sesi/akhiri-semua"] {
        assert_eq!(ratna.post(path, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ratna.post(path, &[("csrf", &theirs)]).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(ratna.get("/kantor/kab-satu").await.status, StatusCode::OK, "nothing happened");
}

#[actix_web::test]
async fn another_site_changes_nothing_even_with_a_token() {
    let world = world().await;
    let ratna = browser(world.site()).await;
    ratna.sign_in(PASSWORD).await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.test"),
        ("origin", "null"),
    ] {
        let token = ratna.get("/pilih-kantor").await.token();
        let request =
            TestRequest::post().uri("/keluar").insert_header((name, value)).set_form([("csrf", token)]);
        assert_eq!(ratna.send(request).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(ratna.get("/kantor/kab-satu").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn every_answer_is_dressed_whatever_happened() {
    let world = world().await;
    let ratna = browser(world.site()).await;
    let huge = "x".repeat(70_000);
    for (page, status) in [
        (ratna.get("/").await, 200),
        (ratna.get("/masuk").await, 200),
        (ratna.get("/static/css/base.css").await, 200),
        (ratna.get("/static/css/tiada.css").await, 404),
        (ratna.get("/static/../Cargo.toml").await, 404),
        (ratna.get("/tiada").await, 404),
        (ratna.get("/rusak").await, 500),
        (ratna.get("/sesi").await, 303),
        (ratna.get("/keluar").await, 405),
        (ratna.post("/masuk", &[("email", &huge)]).await, 413),
        (ratna.post("/masuk", &[("lain", "x")]).await, 400),
        (ratna.send(TestRequest::post().uri("/masuk").set_payload("{}")).await, 400),
        (ratna.get("/healthz").await, 200),
    ] {
        assert_eq!(page.status.as_u16(), status, "{}", page.body);
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{status}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{status}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{status}");
        assert_eq!(page.header("cross-origin-opener-policy"), "same-origin", "{status}");
        assert!(page.header("strict-transport-security").starts_with("max-age=63072000"), "{status}");
        assert!(!page.headers.contains_key("server"), "{status}");
        if status >= 400 {
            assert!(page.body.contains("<!doctype html>"), "{status}: {}", page.body);
            assert_eq!(page.header("cache-control"), "no-store", "{status}");
            for inside in ["panick", "a handler broke", "deserialize", "missing field", "Uuid"] {
                assert!(!page.body.contains(inside), "{status} tells {inside}");
            }
        }
    }
}

#[actix_web::test]
async fn a_name_that_points_here_from_elsewhere_is_refused() {
    let world = world().await;
    let site = Site { hosts: vec!["loket.contoh.go.id".to_owned()], ..world.site() };
    let ratna = browser(site).await;
    let asked = async |path: &str, host: &str| {
        ratna.send(TestRequest::get().uri(path).insert_header(("host", host))).await.status
    };
    assert_eq!(asked("/masuk", "loket.contoh.go.id").await, StatusCode::OK);
    assert_eq!(asked("/masuk", "LOKET.contoh.go.id").await, StatusCode::OK);
    assert_eq!(asked("/masuk", "evil.test").await, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(asked("/masuk", "127.0.0.1:8080").await, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(asked("/healthz", "127.0.0.1:8080").await, StatusCode::OK);
}

#[actix_web::test]
async fn figures_are_for_this_machine_or_for_who_has_the_token() {
    let world = world().await;
    let token = "0123456789abcdef0123456789abcdef";
    let near = browser(Site { metrics_token: Some(Secret::new(token.to_owned())), ..world.site() }).await;
    let asked = async |address: &str, header: Option<(&str, &str)>| {
        let mut request = TestRequest::get().uri("/metrics").peer_addr(address.parse().unwrap());
        if let Some(header) = header {
            request = request.insert_header(header);
        }
        (near.ask)(request).await
    };
    assert_eq!(near.get("/readyz").await.status, StatusCode::OK);
    let page = asked("127.0.0.1:1", None).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.body;
    assert!(text.contains("loket_webhook_oldest_unprocessed_seconds 0.0"), "{text}");
    assert!(text.contains("loket_jobs_parked 0.0"), "{text}");
    assert!(text.contains("loket_webhook_stored_total 0\n"), "{text}");
    assert_eq!(
        asked("127.0.0.1:1", Some(("x-forwarded-for", "203.0.113.7"))).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(asked(NEAR, None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(asked(NEAR, Some(("authorization", "Bearer salah"))).await.status, StatusCode::NOT_FOUND);
    let right = format!("Bearer {token}");
    assert_eq!(asked(NEAR, Some(("authorization", &right))).await.status, StatusCode::OK);
}

/// The list of addresses is what templates and the suite's matrix know: nothing else may be served, and
/// nothing in it may lead nowhere.
#[cfg(feature = "test-switches")]
#[actix_web::test]
async fn every_address_is_served_and_nothing_else() {
    use actix_web::{
        App,
        introspection::IntrospectionTree,
        test,
        web::{self, Data},
    };

    async fn list(tree: Data<IntrospectionTree>) -> String {
        tree.report_as_text()
    }
    let world = world().await;
    let site = Data::new(world.site());
    let app = App::new()
        .service(web::resource("/daftar-alamat").get(list))
        .configure(|cfg| crate::web::site(cfg, site, None));
    let app = test::init_service(app).await;
    let report = test::call_and_read_body(&app, TestRequest::with_uri("/daftar-alamat").to_request()).await;
    let report = String::from_utf8_lossy(&report).into_owned();
    let mut served: Vec<&str> = report.lines().filter_map(|line| Some(line.split_once(" => ")?.0)).collect();
    served.retain(|path| path.starts_with('/') && *path != "/daftar-alamat");
    served.sort_unstable();
    served.dedup();
    let mut known: Vec<&str> = crate::web::routes::PATTERNS.to_vec();
    known.retain(|path| !path.starts_with("/simulator"));
    known.sort_unstable();
    assert_eq!(served, known, "{report}");
}
