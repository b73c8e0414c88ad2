//! What a stream says, to whom, and when it ends.

use std::time::Duration;

use loket::{
    domain::{accounts, requests},
    infra::{Actor, By, Cx},
};
use loket_core::{clock::Clock, kinds::ActorKind, permission::Standing};
use loket_entity::{conversation, request};
use loket_tests::{app::TestApp, listening::Ear, on_both_databases};

use super::{KTP, LINE, STREAM};
use crate::signing_in::user;

/// Long enough for what would come to have come: portions are passed on after a tenth of a second.
const SILENCE: Duration = Duration::from_millis(700);
const OFFICE: &str = "kab-tangerang";

on_both_databases!(
    a_message_is_heard_by_ids_and_without_a_word_of_the_citizen,
    nothing_is_heard_of_what_was_rolled_back,
    neither_another_office_nor_who_is_out_of_reach_hears_anything,
    a_head_hears_that_figures_changed,
    who_is_signed_out_or_gone_hears_no_more,
    a_page_drawn_before_a_change_is_told_to_look_again,
    a_session_has_few_streams_and_the_newest_stays,
    a_server_that_stops_ends_its_streams,
    a_full_server_refuses_and_says_when_to_come_back,
);

async fn a_message_is_heard_by_ids_and_without_a_word_of_the_citizen(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (mut ear, first) = Ear::opens(&dewi, STREAM).await;
    assert_eq!(first.word, "siap");
    app.phone("628111000001", "Siti").sends(KTP, LINE).await;
    let heard = ear.hears_until(|event| !event.ids("permohonan").is_empty()).await;
    let request = app.rows::<request::Entity>(OFFICE).await.unwrap()[0].id.to_string();
    assert_eq!(heard.ids("permohonan"), [request]);
    let talk = app.rows::<conversation::Entity>(OFFICE).await.unwrap()[0].id.to_string();
    assert!(ear.all.contains(&talk), "{}", ear.all);
    assert!(heard.id.is_some());
    for word in ["SITI", "Siti", "3603036502909001", "628111000001", "TNG-", "HILANG", "PETE"] {
        assert!(!ear.all.contains(word), "{word}: {}", ear.all);
    }
}

async fn nothing_is_heard_of_what_was_rolled_back(app: &TestApp) {
    app.phone("628111000001", "Siti").sends(KTP, LINE).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (mut ear, _) = Ear::opens(&dewi, STREAM).await;
    ear.hears_out(SILENCE).await;
    let office = app.office(OFFICE).id;
    let who = user(app, "operator.ktp@kab-tangerang.loket.test");
    let tx = loket::infra::PlatformTx::read(&app.house).await.unwrap();
    let standing: Standing = accounts::standing_in(&tx, who, office).await.unwrap().expect("an officer");
    drop(tx);
    let actor = Actor::Officer(std::sync::Arc::new(standing));
    assert_eq!(actor.kind(), ActorKind::Officer);
    for commits in [false, true] {
        let mut cx = Cx::write(&app.house, office, actor.clone()).await.unwrap();
        let taken = requests::take_next(&mut cx).await.ok().flatten().expect("one to take").to_string();
        ear.hears_nothing_for(SILENCE).await;
        if commits {
            cx.commit().await.unwrap();
            assert_eq!(ear.hears().await.ids("permohonan"), [taken]);
        } else {
            drop(cx);
            ear.hears_nothing_for(SILENCE).await;
        }
    }
}

async fn neither_another_office_nor_who_is_out_of_reach_hears_anything(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let beside = app.officer("operator.kk@kab-tangerang").await;
    let elsewhere = app.officer("operator.nik@kota-kupang").await;
    let (mut ear, _) = Ear::opens(&dewi, STREAM).await;
    let (mut of_kk, _) = Ear::opens(&beside, STREAM).await;
    let (mut of_kupang, _) = Ear::opens(&elsewhere, &STREAM.replace(OFFICE, "kota-kupang")).await;
    app.phone("628111000001", "Siti").sends(KTP, LINE).await;
    ear.hears_until(|event| !event.ids("permohonan").is_empty()).await;
    of_kk.hears_nothing_for(SILENCE).await;
    of_kupang.hears_nothing_for(SILENCE).await;
    assert_eq!(elsewhere.get(STREAM).await.status, 404, "another's stream is not there");
    assert_eq!(app.officer("admin@kab-tangerang").await.get(STREAM).await.status, 403);
    assert_eq!(app.visitor().get(STREAM).await.status, 303);
}

async fn a_head_hears_that_figures_changed(app: &TestApp) {
    let head = app.officer("kepala@kab-tangerang").await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (mut of_head, _) = Ear::opens(&head, STREAM).await;
    let (mut of_operator, _) = Ear::opens(&dewi, STREAM).await;
    app.phone("628111000001", "Siti").sends(KTP, LINE).await;
    of_head.hears_until(loket_tests::listening::Event::tells_of_figures).await;
    of_operator.hears_until(|event| !event.ids("permohonan").is_empty()).await;
    assert!(!of_operator.all.contains("\"angka\":true"), "an operator sees no figures of the office");
}

async fn who_is_signed_out_or_gone_hears_no_more(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let budi = app.officer("operator.kk@kab-tangerang").await;
    let (of_dewi, _) = Ear::opens(&dewi, STREAM).await;
    let (of_budi, _) = Ear::opens(&budi, STREAM).await;
    dewi.get("/sesi").await;
    assert_eq!(dewi.post("/keluar", &[]).await.status, 303);
    of_dewi.ends().await;
    let who = user(app, "operator.kk@kab-tangerang.loket.test");
    accounts::close_account(&app.house, By::System, who).await.unwrap();
    of_budi.ends().await;
    assert_eq!(app.assembly.site.live.open_streams(), 0);
}

async fn a_page_drawn_before_a_change_is_told_to_look_again(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = dewi.get("/kantor/kab-tangerang/antrean").await;
    let stream = page.path_with("/langsung?sejak=").expect("the page names its stream");
    assert_eq!(Ear::opens(&dewi, &stream).await.1.word, "siap");
    app.waits(1);
    app.phone("628111000001", "Siti").sends(KTP, LINE).await;
    assert_eq!(Ear::opens(&dewi, &stream).await.1.word, "segarkan");
    app.waits(1);
    let later = format!("/kantor/{OFFICE}/langsung?sejak={}", app.clock.now().timestamp_millis());
    assert_eq!(Ear::opens(&dewi, &later).await.1.word, "siap");
    let unsaid = format!("/kantor/{OFFICE}/langsung");
    assert_eq!(Ear::opens(&dewi, &unsaid).await.1.word, "segarkan", "who comes back has missed something");
}

async fn a_session_has_few_streams_and_the_newest_stays(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (oldest, _) = Ear::opens(&dewi, STREAM).await;
    let mut others = Vec::new();
    for _ in 0..4 {
        others.push(Ear::opens(&dewi, STREAM).await.0);
    }
    assert!(oldest.ends().await.contains("event: penuh"));
    app.phone("628111000001", "Siti").sends(KTP, LINE).await;
    for ear in &mut others {
        ear.hears_until(|event| !event.ids("permohonan").is_empty()).await;
    }
}

async fn a_server_that_stops_ends_its_streams(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (ear, _) = Ear::opens(&dewi, STREAM).await;
    app.assembly.site.live.close();
    ear.ends().await;
}

async fn a_full_server_refuses_and_says_when_to_come_back(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let people = ["kepala", "kabid", "operator.kk", "operator.ktp"];
    let mut open = Vec::new();
    while open.len() < 60 {
        let person = app.officer(&format!("{}@{OFFICE}", people[open.len() / 4 % people.len()])).await;
        for _ in 0..4 {
            open.push(Ear::opens(&person, STREAM).await.0);
        }
    }
    let refused = dewi.get(STREAM).await;
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert_eq!(refused.headers["retry-after"], "60");
    assert!(refused.says("Pembaruan langsung sedang penuh"));
    let metrics = dewi.get("/metrics").await;
    assert!(metrics.body.contains("loket_live_streams 60"), "{}", metrics.body);
    assert_eq!(dewi.get("/kantor/kab-tangerang/antrean").await.status, 200);
}
