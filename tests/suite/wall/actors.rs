//! Who asks: strangers, everybody of either office, people above them, and cookies that are nobody's.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use loket_core::kinds::Role;
use loket_tests::{app::TestApp, people::Officer};

use super::offices::{Names, claims};

/// Which office somebody belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// Tangerang.
    A,
    /// Kupang.
    B,
    /// Neither.
    Nowhere,
}

/// Somebody who asks.
pub struct Actor {
    /// What a report calls them.
    pub label: &'static str,
    /// Where they belong.
    pub home: Home,
    /// What they are there; nothing for a stranger.
    pub role: Option<Role>,
    /// Whether their scope covers the requests in question.
    pub in_scope: bool,
    /// Where they sign in again after a session was ended.
    pub account: Option<&'static str>,
    /// Their browser.
    pub browser: Officer,
}

const PEOPLE: [(&str, Home, Role, bool); 12] = [
    ("kepala@kab-tangerang", Home::A, Role::Head, true),
    ("kabid@kab-tangerang", Home::A, Role::Supervisor, true),
    ("operator.ktp@kab-tangerang", Home::A, Role::Operator, true),
    ("operator.kk@kab-tangerang", Home::A, Role::Operator, false),
    ("admin@kab-tangerang", Home::A, Role::OfficeAdmin, true),
    ("pengaduan@kota-kupang", Home::B, Role::ComplaintOfficer, true),
    ("kabid@kota-kupang", Home::B, Role::Supervisor, true),
    ("operator.nik@kota-kupang", Home::B, Role::Operator, true),
    ("krayan@kab-nunukan", Home::Nowhere, Role::DeskOfficer, false),
    ("provinsi.banten", Home::Nowhere, Role::ProvinceAdmin, false),
    ("provinsi.ntt", Home::Nowhere, Role::ProvinceAdmin, false),
    ("platform", Home::Nowhere, Role::PlatformAdmin, false),
];

/// Everybody.
pub async fn everybody(app: &TestApp, foreign: &Names) -> Vec<Actor> {
    let mut actors = vec![nobody("anonymous", app.visitor()).await];
    for (account, home, role, in_scope) in PEOPLE {
        let browser = sign_in(app, account).await;
        actors.push(Actor { label: account, home, role: Some(role), in_scope, account: Some(account), browser });
    }
    let gone = sign_in(app, "kabid@kab-tangerang").await;
    let cookie = gone.cookie("loket").unwrap();
    assert_eq!(gone.post("/keluar", &[]).await.status, 303);
    for (label, value) in [
        ("a session that was ended", cookie.clone()),
        ("another's session id as a cookie", foreign["session"].clone()),
        ("a cookie with another's session id under our signature", with_session(&cookie, &foreign["session"])),
    ] {
        let browser = app.visitor();
        browser.takes_cookie("loket", &value);
        actors.push(nobody(label, browser).await);
    }
    actors
}

/// Signs in and opens a page, so that there is a token.
pub async fn sign_in(app: &TestApp, account: &str) -> Officer {
    let email = if account.contains('@') { format!("{account}.loket.test") } else { format!("{account}@loket.test") };
    let browser = Officer::signs_in(app.http(), &app.base_url, &email).await;
    browser.get("/pilih-kantor").await;
    assert!(browser.token().is_some(), "{account} has a token");
    browser
}

async fn nobody(label: &'static str, browser: Officer) -> Actor {
    browser.get("/masuk").await;
    Actor { label, home: Home::Nowhere, role: None, in_scope: false, account: None, browser }
}

fn with_session(cookie: &str, session: &str) -> String {
    let mut said = claims(cookie);
    said["jti"] = serde_json::Value::from(session);
    let parts: Vec<&str> = cookie.split('.').collect();
    format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(said.to_string()), parts[2])
}
