//! What every answer carries, on every route and whatever happened.

use loket::web::routes;
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page},
};
use reqwest::Method;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::world::World;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
     font-src 'self'; connect-src 'self'; media-src 'self'; frame-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'self'; object-src 'none'";
const INERT: &str =
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";
const ALWAYS: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "SAMEORIGIN"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("x-robots-tag", "noindex"),
];

on_both_databases!(
    every_page_carries_every_header,
    what_goes_wrong_carries_every_header_too,
    a_file_is_served_inert,
    a_file_of_this_version_is_kept_for_good_and_any_other_is_asked_for_again,
    requests_that_are_no_http_are_answered_without_a_word_about_the_server,
);

/// Everything that must stand on any answer.
fn is_dressed(page: &Page, what: &str) {
    let all = |name: &str| -> Vec<String> {
        page.headers.get_all(name).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
    };
    for (name, value) in ALWAYS {
        assert_eq!(all(name), [value], "{what}: {name}");
    }
    let policy = if what.contains("/isi") && page.status == 200 { INERT } else { POLICY };
    assert_eq!(all("content-security-policy"), [policy], "{what}");
    for name in ["server", "x-powered-by", "via", "strict-transport-security", "access-control-allow-origin"]
    {
        // HSTS is for TLS; this house is reached by plain HTTP on loopback.
        assert_eq!(all(name), Vec::<String>::new(), "{what}: {name}");
    }
    let cache = all("cache-control");
    if what.contains("/static/") && page.status.as_u16() < 400 {
        let current = what.contains(&routes::Static::at(""));
        let kept = if current { "public, max-age=31536000, immutable" } else { "no-cache" };
        assert_eq!(cache, [kept], "{what}");
    } else {
        assert_eq!(cache, ["no-store"], "{what}");
    }
    let kinds = all("content-type");
    if !page.body.is_empty() && !what.contains("/isi") {
        assert!(kinds.len() == 1 && kinds[0].contains("charset=utf-8"), "{what}: {kinds:?}");
    }
    for cookie in all("set-cookie") {
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{what}: {cookie}");
        assert!(cookie.contains("Path=/") && !cookie.contains("Domain"), "{what}: {cookie}");
    }
    for inside in ["panicked", "sqlx", "sea_orm", "SELECT ", "/root/", ".rs:", "actix"] {
        assert!(!page.body.contains(inside), "{what} tells {inside}");
    }
}

async fn every_page_carries_every_header(app: &TestApp) {
    let world = World::of(app).await;
    let people = [
        ("operator", app.officer("operator.ktp@kab-tangerang").await),
        ("head", app.officer("kepala@kab-tangerang").await),
        ("admin", app.officer("admin@kab-tangerang").await),
        ("province", app.officer("provinsi.banten").await),
        ("platform", app.officer("platform").await),
        ("neighbour", app.officer("operator.nik@kota-kupang").await),
        ("visitor", app.visitor()),
    ];
    let mut seen = std::collections::BTreeMap::<&str, Vec<u16>>::new();
    for pattern in routes::PATTERNS.iter().filter(|pattern| !pattern.contains("/simulator")) {
        let path = world.at(pattern, "0", "ambil").replace("{key}", &"0".repeat(32));
        for (who, person) in &people {
            for method in [Method::GET, Method::HEAD] {
                let page = person.ask(app.http().request(method.clone(), person.url(&path))).await;
                is_dressed(&page, &format!("{method} {path} by {who}"));
                seen.entry(pattern).or_default().push(page.status.as_u16());
            }
        }
    }
    for (pattern, statuses) in &seen {
        assert!(statuses.iter().all(|status| *status < 500), "{pattern}: {statuses:?}");
    }
    // The walk is worth something only if it gets in somewhere.
    let entered = seen.values().filter(|statuses| statuses.contains(&200)).count();
    assert!(entered >= 20, "{entered} of {} patterns were entered: {seen:?}", seen.len());
}

async fn what_goes_wrong_carries_every_header_too(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let visitor = app.visitor();
    visitor.get("/masuk").await;
    let ask = async |officer: &Officer, method: Method, path: &str, body: Option<(&str, String)>| {
        let request = app.http().request(method, officer.url(path));
        let request = match body {
            Some((kind, body)) => request.header("content-type", kind).body(body),
            None => request,
        };
        officer.ask(request).await
    };
    let form = "application/x-www-form-urlencoded";
    let take = "/kantor/kab-tangerang/antrean/ambil";
    let huge = format!("csrf={}&email={}", visitor.token().unwrap(), "x".repeat(70_000));
    let conversation = "/kantor/kab-tangerang/percakapan/00000000-0000-7000-8000-000000000000";
    let (get, post) = (Method::GET, Method::POST);
    for (officer, method, path, body, status) in [
        (&visitor, get.clone(), "/tidak-ada", None, 404),
        (&visitor, get.clone(), "/static/css/tiada.css", None, 404),
        (&visitor, get.clone(), "/static/..%2fCargo.toml", None, 404),
        (&visitor, get.clone(), "/%00", None, 404),
        (&visitor, get.clone(), "/sesi", None, 303),
        (&visitor, get.clone(), "/metrics?x", None, 200),
        (&visitor, get.clone(), "/keluar", None, 405),
        (&visitor, Method::DELETE, "/masuk", None, 405),
        (&visitor, Method::PUT, "/masuk", None, 405),
        (&visitor, Method::from_bytes(b"TRACE").unwrap(), "/masuk", None, 405),
        (&visitor, Method::from_bytes(b"GANYANG").unwrap(), "/masuk", None, 405),
        (&visitor, post.clone(), "/masuk", Some((form, huge)), 413),
        (&visitor, post.clone(), "/masuk", Some((form, "a=%FF&&&=".to_owned())), 400),
        (&visitor, post.clone(), "/masuk", Some(("application/json", "{}".to_owned())), 400),
        (&visitor, post.clone(), "/masuk", Some((form, "email=a&password=b".to_owned())), 403),
        (&visitor, post.clone(), "/webhook/whatsapp/x", Some(("application/json", "{}".to_owned())), 404),
        (&visitor, get.clone(), "/webhook/whatsapp/x", None, 403),
        (&visitor, post.clone(), take, Some((form, String::new())), 303),
        (&dewi, post.clone(), take, Some((form, String::new())), 403),
        (&dewi, get.clone(), "/kantor/kab-tangerang/penampung", None, 403),
        (&dewi, get.clone(), "/kantor/kab-tangerang/antrean?sesudah=x", None, 400),
        (&dewi, get.clone(), "/kantor/kota-kupang/antrean", None, 404),
        (&dewi, get.clone(), conversation, None, 404),
        (&dewi, get.clone(), "/kantor/kab-tangerang/percakapan/x", None, 404),
        (&dewi, get.clone(), "/kantor/kab-tangerang/permohonan/x", None, 404),
        (&dewi, get.clone(), "/kantor/kab-tangerang/berkas/x", None, 404),
        (&dewi, get.clone(), "/kantor/kab-tangerang/berkas/x/isi", None, 404),
    ] {
        let what = format!("{method} {path}");
        let page = ask(officer, method, path, body).await;
        assert_eq!(page.status.as_u16(), status, "{what}: {}", page.body);
        is_dressed(&page, &what);
        if status >= 400 {
            assert!(page.body.contains("<!doctype html>"), "{what}: {}", page.body);
        }
    }
    let css = visitor.get("/static/css/base.css").await;
    let tag = css.headers.get("etag").unwrap().clone();
    let same =
        visitor.ask(app.http().get(visitor.url("/static/css/base.css")).header("if-none-match", tag)).await;
    assert_eq!((same.status.as_u16(), same.body.as_str()), (304, ""));
    is_dressed(&same, "304 /static/");
}

async fn a_file_is_served_inert(app: &TestApp) {
    let world = World::of(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = world.at(routes::FileContent::PATTERN, "", "");
    for (query, how) in [("", "inline"), ("?unduh=1", "attachment")] {
        let request = app.http().get(dewi.url(&format!("{path}{query}")));
        let cookie = format!("loket={}", dewi.cookie("loket").unwrap());
        let answer = request.header("cookie", cookie).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header("content-security-policy").as_deref(), Some(INERT));
        assert!(header("content-type").is_some_and(|kind| kind == "image/jpeg" || kind == "image/png"));
        let named = header("content-disposition").unwrap();
        assert!(named.starts_with(&format!("{how}; filename=\"berkas-")), "a name of ours: {named}");
        for (name, value) in ALWAYS {
            assert_eq!(header(name).as_deref(), Some(value), "{name}");
        }
        assert_eq!(header("cache-control").as_deref(), Some("no-store"));
    }
}

async fn a_file_of_this_version_is_kept_for_good_and_any_other_is_asked_for_again(app: &TestApp) {
    let visitor = app.visitor();
    let page = visitor.get("/masuk").await;
    let named: Vec<&str> = page.body.split('"').filter(|piece| piece.starts_with("/static/")).collect();
    assert!(named.len() >= 7, "{named:?}");
    for path in named {
        let path = path.split('#').next().unwrap_or_default();
        let file = visitor.get(path).await;
        assert_eq!(file.status, 200, "{path}");
        is_dressed(&file, path);
        assert_eq!(file.headers["cache-control"], "public, max-age=31536000, immutable", "{path}");
    }
    let current = visitor.get(&routes::Static::at("js/app.js")).await;
    let tag = current.headers["etag"].to_str().unwrap().to_owned();
    for path in ["/static/js/app.js", "/static/0123456789abcdef/js/app.js"] {
        let file = visitor.get(path).await;
        is_dressed(&file, path);
        assert_eq!((file.body.as_str(), file.headers["etag"].to_str().unwrap()), (&*current.body, &*tag));
        let again = visitor.ask(app.http().get(visitor.url(path)).header("if-none-match", &tag)).await;
        assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""), "{path}");
        let older = visitor.ask(app.http().get(visitor.url(path)).header("if-none-match", "\"x\"")).await;
        assert_eq!(older.status, 200, "{path}");
    }
    let deep = format!("{}/js/app.js", routes::Static::at("0123456789abcdef"));
    assert_eq!(visitor.get(&deep).await.status, 404, "only one version in an address");
}

async fn requests_that_are_no_http_are_answered_without_a_word_about_the_server(app: &TestApp) {
    let host = app.base_url.trim_start_matches("http://").to_owned();
    for request in [
        "GET / HTTP/9.9\r\nhost: x\r\n\r\n",
        "GARBAGE\r\n\r\n",
        "GET /\0 HTTP/1.1\r\nhost: x\r\n\r\n",
        "POST /masuk HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd",
        "POST /masuk HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        "POST /masuk HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /masuk HTTP/1.1\r\nhost: x\r\ntransfer-encoding: zebra\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\n folded: y\r\n\r\n",
    ] {
        let mut line = TcpStream::connect(&host).await.unwrap();
        line.write_all(request.as_bytes()).await.unwrap();
        let mut heard = vec![0; 65_536];
        let read = tokio::time::timeout(std::time::Duration::from_secs(12), line.read(&mut heard)).await;
        let heard = String::from_utf8_lossy(&heard[..read.expect("an end").unwrap_or(0)]).to_lowercase();
        let head = heard.split("\r\n\r\n").next().unwrap_or_default();
        assert!(!head.contains("\r\nserver:"), "{request:?}: {head}");
        assert!(!heard.contains("actix") && !heard.contains(".rs"), "{request:?}: {heard}");
        assert!(!head.starts_with("http/1.1 2") && !head.starts_with("http/1.1 5"), "{request:?}: {head}");
    }
}
