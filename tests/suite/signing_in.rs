//! Who gets in, and how they get out again.

use loket::{
    demo::setup::PASSWORD,
    domain::{accounts, tenancy},
    infra::By,
};
use loket_core::{
    id::UserId,
    kinds::{Direction, OfficeStatus},
};
use loket_entity::message;
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page},
};
use reqwest::StatusCode;

const QUEUE: &str = "/kantor/kab-tangerang/antrean";
const DEWI: &str = "operator.ktp@kab-tangerang.loket.test";
pub(crate) const COOKIE: &str = "loket";

on_both_databases!(
    an_unknown_address_and_a_wrong_password_get_the_same_page,
    the_eleventh_guess_waits_and_nobody_else_does,
    a_cookie_from_before_signing_in_is_worth_nothing_afterwards,
    whoever_signs_out_is_out_at_once_everywhere_if_they_wish,
    a_closed_account_is_out_at_once_and_does_not_get_in_again,
    a_suspended_office_is_not_there,
    a_session_ends_after_a_quiet_half_day_and_after_a_week,
);

pub(crate) fn user(app: &TestApp, email: &str) -> UserId {
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
pub(crate) fn with_cookie(app: &TestApp, value: &str) -> Officer {
    let other = app.visitor();
    other.takes_cookie(COOKIE, value);
    other
}

pub(crate) async fn is_in(officer: &Officer) -> bool {
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
