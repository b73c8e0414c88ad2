//! The site as a browser meets it: doors, cookies, tokens, headers, errors.

#![expect(clippy::unwrap_used, reason = "a test may stop")]
#![expect(clippy::panic, reason = "one page breaks on purpose")]

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc};

use actix_web::{
    App, HttpResponse,
    body::to_bytes,
    cookie::Cookie,
    dev::Service,
    http::{Method, StatusCode, header::HeaderValue},
    test::{self, TestRequest},
    web::{self, Data, ServiceConfig},
};
use futures_util::future::LocalBoxFuture;
use loket_core::{
    id::{OfficeId, UserId},
    kinds::{OfficeStatus, Role},
    permission::Scope,
    text::Email,
};

use super::{guard::InOffice, site::Site};
use crate::{
    config::Secret,
    domain::{
        accounts::{
            self, NewAccount, NewMembership, Password, PasswordHasher, Place, Tokens, create_account, grant,
        },
        tenancy::{change_status, create_office},
        whatsapp::Door,
    },
    infra::{By, files::FileStore},
    testing::{TestHouse, new_office},
};

const PASSWORD: &str = "kata sandi ratna";
const NEAR: &str = "203.0.113.7:4711";

/// What a browser got.
struct Page {
    status: StatusCode,
    headers: BTreeMap<String, String>,
    cookies: BTreeMap<String, String>,
    body: String,
}

impl Page {
    async fn of(answer: HttpResponse) -> Self {
        let status = answer.status();
        let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
        let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let cookies = answer.cookies();
        let cookies = cookies.map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).collect();
        let bytes = to_bytes(answer.into_body()).await.unwrap();
        Self { status, headers, cookies, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(String::as_str).unwrap_or_default()
    }

    fn token(&self) -> String {
        let (_, after) = self.body.split_once(r#"name="csrf" value=""#).unwrap();
        after.split_once('"').unwrap().0.to_owned()
    }
}

/// Asks the site, whatever its type is.
type Ask = Rc<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Page>>;

/// A browser with its cookies.
struct Browser {
    ask: Ask,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl Browser {
    fn another(&self) -> Self {
        Self { ask: Rc::clone(&self.ask), cookies: RefCell::default() }
    }

    async fn send(&self, request: TestRequest) -> Page {
        let mut request = request.peer_addr(NEAR.parse().unwrap());
        for (name, value) in self.cookies.borrow().iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let page = (self.ask)(request).await;
        self.cookies.borrow_mut().extend(page.cookies.clone());
        page
    }

    async fn get(&self, path: &str) -> Page {
        self.send(TestRequest::get().uri(path)).await
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        let request = TestRequest::post().uri(path).insert_header(("sec-fetch-site", "same-origin"));
        self.send(request.set_form(form)).await
    }

    async fn sign_in(&self, password: &str) -> Page {
        let form = self.get("/masuk").await;
        let entry = [("csrf", &*form.token()), ("email", "ratna@tangerang.test"), ("password", password)];
        self.post("/masuk", &entry).await
    }
}

async fn in_office(place: InOffice) -> String {
    format!("{} {:?}", place.office.slug, place.standing.role())
}

async fn broken() -> HttpResponse {
    panic!("a handler broke")
}

fn extra(cfg: &mut ServiceConfig) {
    cfg.service(web::resource("/kantor/{office}").get(in_office))
        .service(web::resource("/rusak").get(broken));
}

struct World {
    test: TestHouse,
    office: OfficeId,
    other: OfficeId,
    user: UserId,
}

async fn world() -> World {
    let (test, office) = TestHouse::with_office().await;
    let other = create_office(&test.house, new_office("kab-dua", "DUA")).await.unwrap();
    let hasher = hasher();
    let new = NewAccount {
        email: Email::parse("ratna@tangerang.test").unwrap(),
        name: "Ratna Dewi".to_owned(),
        password: Password::new(PASSWORD),
    };
    let user = create_account(&test.house, &hasher, By::System, new).await.unwrap();
    let world = World { test, office, other, user };
    world.join(office).await;
    world
}

impl World {
    async fn join(&self, office: OfficeId) {
        let new = NewMembership {
            account: self.user,
            place: Place::Office(office),
            role: Role::Operator,
            scope: Scope::default(),
            from: None,
            until: None,
        };
        grant(&self.test.house, By::System, new).await.unwrap();
    }

    fn site(&self) -> Site {
        Site {
            house: self.test.house.clone(),
            hasher: hasher(),
            tokens: Tokens::new(&[9; 32]).unwrap(),
            files: FileStore::in_folder(self.test.folder.path()).unwrap(),
            door: Arc::new(Door::new(self.test.house.clone())),
            demo: false,
            secure: true,
            hosts: Vec::new(),
            trusted_proxies: Vec::new(),
            metrics_token: None,
            front: None,
        }
    }
}

fn hasher() -> PasswordHasher {
    PasswordHasher::new(argon2::Params::new(8, 1, 1, None).unwrap(), 2).unwrap()
}

async fn browser(site: Site) -> Browser {
    let site = Data::new(site);
    let pages = |cfg: &mut ServiceConfig| {
        super::pages::routes(cfg);
        extra(cfg);
    };
    let app = App::new().configure(|cfg| super::within(cfg, site, pages));
    let app = Rc::new(test::init_service(app).await);
    let ask = move |request: TestRequest| -> LocalBoxFuture<'static, Page> {
        let app = Rc::clone(&app);
        Box::pin(async move {
            let answer = match app.call(request.to_request()).await {
                Ok(answer) => answer.into_parts().1.map_into_boxed_body(),
                Err(error) => error.error_response(),
            };
            Page::of(answer).await
        })
    };
    Browser { ask: Rc::new(ask), cookies: RefCell::default() }
}

#[actix_web::test]
async fn somebody_signs_in_works_and_signs_out() {
    let world = world().await;
    let ratna = browser(world.site()).await;
    let turned_away = ratna.get("/kantor/kab-satu").await;
    assert_eq!(turned_away.status, StatusCode::SEE_OTHER);
    assert_eq!(turned_away.header("location"), "/masuk?lanjut=/kantor/kab-satu");

    let inside = ratna.sign_in(PASSWORD).await;
    assert_eq!((inside.status, inside.header("location")), (StatusCode::SEE_OTHER, "/kantor/kab-satu"));
    assert_eq!(ratna.get("/kantor/kab-satu").await.body, "kab-satu Some(Operator)");
    assert_eq!(ratna.get("/masuk").await.header("location"), "/kantor/kab-satu");

    let choose = ratna.get("/pilih-kantor").await;
    assert!(choose.body.contains("Ratna Dewi") && choose.body.contains("/kantor/kab-satu"));
    let out = ratna.post("/keluar", &[("csrf", &choose.token())]).await;
    assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/masuk"));
    assert_eq!(ratna.get("/kantor/kab-satu").await.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn the_old_cookie_of_a_session_that_was_ended_is_worth_nothing() {
    let world = world().await;
    let ratna = browser(world.site()).await;
    ratna.sign_in(PASSWORD).await;
    let cookies = ratna.cookies.borrow().clone();
    let choose = ratna.get("/pilih-kantor").await;
    ratna.post("/keluar", &[("csrf", &choose.token())]).await;
    let thief = ratna.another();
    *thief.cookies.borrow_mut() = cookies;
    assert_eq!(thief.get("/kantor/kab-satu").await.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn signing_in_again_changes_the_cookie_and_ends_the_session_before() {
    let world = world().await;
    let ratna = browser(world.site()).await;
    let form = ratna.get("/masuk").await;
    let tamu = ratna.cookies.borrow().clone();
    ratna.sign_in(PASSWORD).await;
    let first = ratna.cookies.borrow().get("__Host-loket").cloned().unwrap();
    ratna.cookies.borrow_mut().extend(tamu);
    let entry = [("csrf", &*form.token()), ("email", "ratna@tangerang.test"), ("password", PASSWORD)];
    ratna.post("/masuk", &entry).await;
    assert_ne!(ratna.cookies.borrow().get("__Host-loket"), Some(&first));
    let old = ratna.another();
    old.cookies.borrow_mut().insert("__Host-loket".to_owned(), first);
    assert_eq!(old.get("/kantor/kab-satu").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ratna.get("/kantor/kab-satu").await.status, StatusCode::OK);
}

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
async fn a_wrong_password_keeps_the_address_and_says_nothing_more() {
    let world = world().await;
    let ratna = browser(world.site()).await;
    let wrong = ratna.sign_in("salah sekali").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("tidak cocok") && wrong.body.contains("ratna@tangerang.test"));
    assert!(!wrong.body.contains("salah sekali"));
    for _ in 0..9 {
        ratna.sign_in("salah sekali").await;
    }
    assert_eq!(ratna.sign_in(PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[actix_web::test]
async fn afterwards_one_comes_back_to_where_one_wanted_and_never_elsewhere() {
    let world = world().await;
    for (next, location) in [
        ("/kantor/kab-satu?tab=saya", "/kantor/kab-satu?tab=saya"),
        ("//evil.test", "/kantor/kab-satu"),
        ("https://evil.test", "/kantor/kab-satu"),
    ] {
        let ratna = browser(world.site()).await;
        let form = ratna.get("/masuk").await;
        let token = form.token();
        let entry =
            [("csrf", &*token), ("email", "ratna@tangerang.test"), ("password", PASSWORD), ("next", next)];
        assert_eq!(ratna.post("/masuk", &entry).await.header("location"), location);
    }
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
async fn own_devices_are_listed_and_ended_and_others_are_not_there() {
    let world = world().await;
    let desk = browser(world.site()).await;
    let phone = desk.another();
    desk.sign_in(PASSWORD).await;
    phone.sign_in(PASSWORD).await;
    let list = desk.get("/sesi").await;
    assert_eq!(list.body.matches("perangkat ini").count(), 1);
    let (_, after) = list.body.split_once(r#"action="/sesi/0"#).unwrap();
    let end = format!("/sesi/0{}", after.split_once('"').unwrap().0);
    let ended = desk.post(&end, &[("csrf", &list.token())]).await;
    assert_eq!(ended.header("location"), "/sesi");
    assert_eq!(phone.get("/sesi").await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.post(&end, &[("csrf", &list.token())]).await.status, StatusCode::NOT_FOUND);
    let unknown = "/sesi/00000000-0000-0000-0000-000000000000/akhiri";
    assert_eq!(desk.post(unknown, &[("csrf", &list.token())]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.post("/sesi/x/akhiri", &[("csrf", &list.token())]).await.status, StatusCode::NOT_FOUND);
    phone.sign_in(PASSWORD).await;
    desk.post("/sesi/akhiri-semua", &[("csrf", &list.token())]).await;
    for browser in [&desk, &phone] {
        assert_eq!(browser.get("/sesi").await.status, StatusCode::SEE_OTHER);
    }
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
    assert_eq!(
        asked("127.0.0.1:1", Some(("x-forwarded-for", "203.0.113.7"))).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(asked(NEAR, None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(asked(NEAR, Some(("authorization", "Bearer salah"))).await.status, StatusCode::NOT_FOUND);
    let right = format!("Bearer {token}");
    assert_eq!(asked(NEAR, Some(("authorization", &right))).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn cookies_are_bound_to_this_host_and_out_of_reach_of_scripts() {
    let world = world().await;
    for secure in [true, false] {
        let ratna = browser(Site { secure, ..world.site() }).await;
        let form = ratna.get("/masuk").await;
        let inside = ratna.sign_in(PASSWORD).await;
        for cookie in [form.header("set-cookie"), inside.header("set-cookie")] {
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
            assert!(cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
            assert_eq!(cookie.starts_with("__Host-") && cookie.contains("Secure"), secure, "{cookie}");
            assert!(cookie.len() < 600, "{cookie}");
        }
    }
}

#[actix_web::test]
async fn nothing_is_changed_by_asking_for_a_page() {
    let world = world().await;
    let ratna = browser(world.site()).await;
    ratna.sign_in(PASSWORD).await;
    for path in ["/", "/masuk", "/pilih-kantor", "/sesi", "/keluar", "/sesi/akhiri-semua", "/healthz"] {
        for method in [Method::GET, Method::HEAD] {
            ratna.send(TestRequest::with_uri(path).method(method)).await;
        }
    }
    let tx = crate::infra::PlatformTx::read(&world.test.house).await.unwrap();
    assert_eq!(accounts::sessions_of(&tx, world.user).await.unwrap().len(), 1);
}
