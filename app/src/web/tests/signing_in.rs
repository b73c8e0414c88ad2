//! Signing in and out, cookies, own devices.

use actix_web::{
    http::{Method, StatusCode},
    test::TestRequest,
};

use super::{PASSWORD, browser, world};
use crate::{domain::accounts, infra::PlatformTx, web::site::Site};

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
    let tx = PlatformTx::read(&world.test.house).await.unwrap();
    assert_eq!(accounts::sessions_of(&tx, world.user).await.unwrap().len(), 1);
}
