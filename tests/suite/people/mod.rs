//! The people of an office: invited by letter, given a role, and leaving without leaving work behind; and who enters
//! offices, acts for a head, and sits in several places.

mod delegations;
mod invitations;
mod leaving;
mod letterhead;
mod new_offices;
mod own;
mod roles;
mod settings;

use loket_entity::{conversation, membership, request};
use loket_tests::{
    app::TestApp,
    people::{Officer, Page},
};

use crate::signing_in::user;

const PEOPLE: &str = "/kantor/kab-tangerang/pengaturan/petugas";
const INVITE: &str = "/kantor/kab-tangerang/pengaturan/petugas/undang";
const QUEUE: &str = "/kantor/kab-tangerang/antrean";
const SARI: &str = "sari@kantor-baru.test";
const SANDI: &str = "sandi sari yang panjang";
const DEWI: &str = "operator.ktp@kab-tangerang.loket.test";
const KTP: &str = "360300000000002";
const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";

async fn admin(app: &TestApp) -> Officer {
    app.officer("admin@kab-tangerang").await
}

async fn invites(admin: &Officer, email: &str, role: &[(&str, &str)]) -> Page {
    admin.get(INVITE).await;
    let mut fields = vec![("email", email), ("name", "Sari Wulandari"), ("title", "Operator loket")];
    fields.extend(role);
    admin.post(INVITE, &fields).await
}

async fn joins(guest: &Officer, path: &str) -> Page {
    guest.get(path).await;
    guest.post(path, &[("name", "Sari Wulandari"), ("password", SANDI), ("repeat", SANDI)]).await
}

/// Where somebody's own page in the settings is.
fn page_of(app: &TestApp, email: &str) -> String {
    format!("{PEOPLE}/{}", user(app, email))
}

/// A citizen asks for a KTP-el, and its operator takes it.
async fn dewi_takes_a_case(app: &TestApp, dewi: &Officer) -> request::Model {
    app.phone("628111000001", "Siti").sends(KTP, LINE).await;
    app.settles().await;
    dewi.get(QUEUE).await;
    assert_eq!(dewi.post(&format!("{QUEUE}/ambil"), &[]).await.status, 303);
    let found = app.rows::<request::Entity>("kab-tangerang").await.unwrap().remove(0);
    let talk = found.conversation_id.unwrap();
    let claimed = dewi.post(&format!("/kantor/kab-tangerang/percakapan/{talk}/ambil"), &[]).await;
    assert_eq!(claimed.status, 303, "{}", claimed.body);
    found
}

async fn the_request(app: &TestApp) -> request::Model {
    app.rows::<request::Entity>("kab-tangerang").await.unwrap().remove(0)
}

async fn the_talk(app: &TestApp) -> conversation::Model {
    app.rows::<conversation::Entity>("kab-tangerang").await.unwrap().remove(0)
}

/// The id of the one role somebody holds in Tangerang.
async fn role_of(app: &TestApp, email: &str) -> String {
    let rows = app.above::<membership::Entity>().await.unwrap();
    let user = user(app, email);
    let mut held = rows.iter().filter(|row| row.account_id == user && row.valid_until.is_none());
    held.next().expect("a role").id.to_string()
}
