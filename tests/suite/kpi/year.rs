//! A piece of the demonstration's year, written into an office: its figures, receipts, pages and ids.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use loket::{
    demo::year::{self, Scale, Written},
    domain::kpi,
    infra::files::FileStore,
};
use loket_core::{
    kinds::{Direction, MediaState},
    receipt::ReceiptNumber,
    request::{Channel, RequestState},
};
use loket_entity::{media, message, message_status, paper, receipt_counter, request, request_event};
use loket_tests::{
    app::{On, TestApp},
    on_both_databases,
};
use sqlx::{Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{
    agree, counted, facts, forget,
    life::{Life, TANGERANG},
    replayed,
};

on_both_databases!(
    the_year_is_counted_and_listed_like_what_happened,
    receipts_of_the_year_are_valid_and_the_next_goes_on,
    what_citizens_wrote_and_sent_in_the_year_can_be_opened,
    the_year_is_the_same_each_time,
    what_is_open_in_a_conversation_is_found_by_it_and_not_by_the_offices_history,
);

/// How many days of it are written.
const DAYS: i64 = 60;

fn today(life: &Life<'_>) -> NaiveDate {
    life.office.zone.date(life.app.house.clock.now())
}

async fn written(life: &Life<'_>) -> Written {
    let app = life.app;
    let files = FileStore::in_folder(&app.folder.path().join("files")).unwrap();
    let plan = year::plan(0, (today(life), DAYS), Scale::Small).unwrap();
    let planned = plan.cases.len();
    let written = year::write((&app.house, &files), (&life.office, app.office(TANGERANG)), plan, &|_| ())
        .await
        .unwrap();
    assert_eq!(written.requests, planned);
    assert!(written.requests > 400 && written.files > 200, "{written:?}");
    written
}

async fn the_year_is_counted_and_listed_like_what_happened(app: &TestApp) {
    let mut life = Life::begins(app, 21).await;
    written(&life).await;
    assert!(kpi::rollup(&app.house, &life.office).await.unwrap() >= DAYS as usize - 3);
    assert_eq!(counted(app).await, replayed(&life).await, "what the history says");
    let once = facts(app).await;
    forget(&life).await;
    kpi::rollup(&app.house, &life.office).await.unwrap();
    assert_eq!(facts(app).await, once, "counting again changes nothing");
    life.look().await;
    agree(&mut life, 1).await;
}

async fn receipts_of_the_year_are_valid_and_the_next_goes_on(app: &TestApp) {
    let mut life = Life::begins(app, 22).await;
    written(&life).await;
    let before = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    let receipts: BTreeSet<&str> = before.iter().map(|row| row.receipt.as_str()).collect();
    assert_eq!(receipts.len(), before.len());
    for row in &before {
        assert_eq!(
            ReceiptNumber::parse(&row.receipt).map(|number| number.to_string()),
            Ok(row.receipt.clone())
        );
        let opened = life.office.zone.local(row.opened_at);
        assert!(row.receipt.starts_with(&format!("TNG-{:02}{:02}-", opened.year() % 100, opened.month())));
    }
    let id = life.opens_at_the_desk().await;
    let after = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    let new = after.iter().find(|row| row.id == id).unwrap();
    assert!(!receipts.contains(new.receipt.as_str()));
    let of_month = receipts.iter().filter(|receipt| receipt.starts_with("TNG-2611-")).count();
    assert!(new.receipt.starts_with(&format!("TNG-2611-{:05}-", of_month + 1)), "{}", new.receipt);
    let counters = app.rows::<receipt_counter::Entity>(TANGERANG).await.unwrap();
    assert_eq!(counters.iter().map(|row| row.last).sum::<i64>(), after.len() as i64);
}

async fn what_citizens_wrote_and_sent_in_the_year_can_be_opened(app: &TestApp) {
    let life = Life::begins(app, 23).await;
    written(&life).await;
    let requests = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    let told = |row: &&request::Model| row.conversation_id.is_some();
    let closed = requests.iter().filter(told).find(|row| row.state == RequestState::Finished).unwrap();
    let open = requests.iter().filter(told).find(|row| !row.state.is_terminal()).unwrap();
    let papers = app.rows::<paper::Entity>(TANGERANG).await.unwrap();
    let photos = app.rows::<media::Entity>(TANGERANG).await.unwrap();
    assert!(photos.iter().all(|photo| photo.state == MediaState::Stored && photo.file_id.is_some()));
    let kabid = app.officer("kabid@kab-tangerang").await;
    for row in [closed, open] {
        let page = kabid.get(&format!("/kantor/{TANGERANG}/permohonan/{}", row.id)).await;
        assert_eq!(page.status, 200);
        assert!(page.says(&row.receipt) && page.says("DATA PERAGAAN"), "{}", page.body);
        let talk =
            kabid.get(&format!("/kantor/{TANGERANG}/percakapan/{}", row.conversation_id.unwrap())).await;
        assert!(talk.status == 200 && talk.says(&row.receipt), "{}", talk.body);
    }
    let list = kabid.get(&format!("/kantor/{TANGERANG}/percakapan?saring=semua")).await;
    assert!(
        list.says("Foto") && !list.says("Pesan jenis lain"),
        "each shows what was said last: {}",
        list.body
    );
    let file = papers.iter().find_map(|paper| {
        let media = photos.iter().find(|photo| Some(photo.id) == paper.media_id)?;
        media.file_id
    });
    let viewer = kabid.get(&format!("/kantor/{TANGERANG}/berkas/{}", file.unwrap())).await;
    assert_eq!(viewer.status, 200);
    let content = viewer.path_with("/isi").or_else(|| viewer.path_with("unduh")).unwrap();
    let bytes = kabid.get(&content).await;
    assert_eq!((bytes.status.as_u16(), bytes.headers["content-type"].to_str().unwrap()), (200, "image/png"));
    let messages = app.rows::<message::Entity>(TANGERANG).await.unwrap();
    let ours = messages.iter().filter(|row| row.direction == Direction::Out);
    assert!(ours.clone().count() > 500 && ours.clone().all(|row| row.delivery.is_some()));
    // Long ago what was written is gone, and the skeleton is there.
    let old = requests.iter().filter(|row| row.channel == Channel::WhatsApp && row.conversation_id.is_none());
    assert!(old.clone().count() > 20 && old.clone().all(|row| row.state.is_terminal()));
    let page = kabid.get(&format!("/kantor/{TANGERANG}/permohonan/{}", old.clone().next().unwrap().id)).await;
    assert_eq!(page.status, 200);
}

/// Everything that has an id and does not depend on sealing.
async fn told(app: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    for row in app.rows::<request::Entity>(TANGERANG).await.unwrap() {
        all.push(format!(
            "{} {} {} {:?} {:?} {:?}",
            row.id, row.receipt, row.state, row.opened_at, row.answered_at, row.closed_at
        ));
    }
    for row in app.rows::<request_event::Entity>(TANGERANG).await.unwrap() {
        all.push(format!("{} {} {:?} {:?}", row.id, row.kind, row.recorded_at, row.actor_id));
    }
    for row in app.rows::<message::Entity>(TANGERANG).await.unwrap() {
        all.push(format!("{} {:?} {:?}", row.id, row.conversation_id, row.at));
    }
    for row in app.rows::<message_status::Entity>(TANGERANG).await.unwrap() {
        all.push(format!("{} {} {:?}", row.id, row.status, row.at));
    }
    all.sort();
    all
}

async fn the_year_is_the_same_each_time(app: &TestApp) {
    let again = TestApp::start(app.on()).await.unwrap();
    let mut both = Vec::new();
    for app in [app, &again] {
        let life = Life::begins(app, 24).await;
        written(&life).await;
        kpi::rollup(&app.house, &life.office).await.unwrap();
        both.push((told(app).await, facts(app).await));
    }
    assert!(both[0] == both[1], "two writings of one year differ");
    again.ends().await;
}

/// What SQLite would do to find the open request of a conversation.
async fn way(app: &TestApp) -> String {
    let options = SqliteConnectOptions::new().filename(app.folder.path().join("loket.sqlite3"));
    let mut database = SqliteConnection::connect_with(&options).await.unwrap();
    let sql = "explain query plan select id from request where tenant_id = x'00' and conversation_id = x'00' \
               and state in ('diterima', 'verifikasi') order by opened_at desc limit 1";
    let lines: Vec<String> = sqlx::query(sql)
        .fetch_all(&mut database)
        .await
        .unwrap()
        .iter()
        .map(|row| row.get("detail"))
        .collect();
    lines.join("; ")
}

async fn what_is_open_in_a_conversation_is_found_by_it_and_not_by_the_offices_history(app: &TestApp) {
    let life = Life::begins(app, 25).await;
    written(&life).await;
    if app.on() == On::Sqlite {
        assert!(way(app).await.contains("opened_at"), "the control: a database that knows nothing of itself");
    }
    app.house.databases.learn().await.unwrap();
    if app.on() == On::Sqlite {
        assert!(way(app).await.contains("conversation_id"), "{}", way(app).await);
    }
}
