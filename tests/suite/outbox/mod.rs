//! What goes out: in order, once, never into a closed window, and with an end that is told.

mod failures;
mod order;
mod statuses;
mod unknown_fate;

use loket::fake_graph::{Mood, PhoneContent, PhoneDirection};
use loket_core::{delivery::DeliveryState, kinds::Direction};
use loket_entity::message;
use loket_tests::{
    app::TestApp,
    people::{Officer, Page, Phone},
};

pub(super) const TANGERANG: &str = "kab-tangerang";
pub(super) const KK: &str = "360300000000001";
pub(super) const KTP: &str = "360300000000002";
pub(super) const QUEUE: &str = "/kantor/kab-tangerang/antrean";
pub(super) const TALKS: &str = "/kantor/kab-tangerang/percakapan";
pub(super) const QUESTION: &str = "Syarat KTP hilang apa saja ya?";

/// Our messages, oldest first.
pub(super) async fn ours(app: &TestApp) -> Vec<message::Model> {
    let mut rows = app.rows::<message::Entity>(TANGERANG).await.unwrap();
    rows.retain(|row| row.direction == Direction::Out);
    rows.sort_by_key(|row| (row.at, row.id));
    rows
}

pub(super) async fn states(app: &TestApp) -> Vec<DeliveryState> {
    ours(app).await.iter().filter_map(|row| row.delivery).collect()
}

/// The page of the conversation that wrote last.
pub(super) async fn talk(officer: &Officer) -> (String, Page) {
    let list = officer.get(&format!("{TALKS}?saring=semua")).await;
    let path = list.path_with("/percakapan/").unwrap_or_else(|| panic!("no conversation in {}", list.body));
    let page = officer.get(&path).await;
    (path, page)
}

/// An officer writes into a conversation.
pub(super) async fn writes(officer: &Officer, talk: &str, words: &str) {
    officer.get(talk).await;
    let sent = officer.uploads(&format!("{talk}/balas"), &[("text", words)], ("file", "", b"")).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
}

/// What a phone received, oldest first.
pub(super) fn received(phone: &Phone<'_>) -> Vec<String> {
    let all = phone.messages().into_iter().filter(|one| one.direction == PhoneDirection::ToPhone);
    all.filter_map(|one| one.text).collect()
}

pub(super) async fn asks(app: &TestApp, mood: Mood) -> Phone<'_> {
    app.fake.set_mood(KTP, mood);
    let ani = app.phone("628111000004", "Ani");
    ani.sends(KTP, QUESTION).await;
    ani
}

/// A question is on its way and nothing has been done about it.
pub(super) async fn question_waits(app: &TestApp) {
    let question = PhoneContent::Text(QUESTION.to_owned());
    app.fake.phone_sends("628111000004", "Ani", KTP, question).await.unwrap();
    app.assembly.ingest.run_due().await.unwrap();
}
