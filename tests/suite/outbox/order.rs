//! What is said in one conversation arrives in order, and a document whole.

use loket::fake_graph::{Mood, PhoneDirection};
use loket_core::delivery::DeliveryState;
use loket_tests::{app::TestApp, on_both_databases, people::Page};

use super::{KK, KTP, QUEUE, asks, received, states, talk, writes};

on_both_databases!(
    what_is_said_in_one_conversation_arrives_in_order,
    one_message_that_fails_does_not_hold_up_the_next,
    a_document_arrives_byte_for_byte,
);

async fn what_is_said_in_one_conversation_arrives_in_order(app: &TestApp) {
    let ani = asks(app, Mood::Normal).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (path, _) = talk(&dewi).await;
    app.fake.set_mood(KTP, Mood::Fail(131_016));
    for words in ["satu", "dua", "tiga", "empat", "lima"] {
        writes(&dewi, &path, words).await;
        app.settles().await;
    }
    assert_eq!(received(&ani).len(), 1, "only the greeting so far");
    app.fake.set_mood(KTP, Mood::Normal);
    app.waits(20);
    let second = app.starts_again().await.unwrap();
    let (left, right) = tokio::join!(app.assembly.engine.run_due(), second.assembly.engine.run_due());
    left.and(right).unwrap();
    app.waits(1);
    app.settles().await;
    assert_eq!(received(&ani)[1..], ["satu", "dua", "tiga", "empat", "lima"]);
    let refused: Vec<_> = app.fake.sent_calls().into_iter().filter(|call| !call.accepted()).collect();
    assert!(refused.iter().all(|call| call.body["text"]["body"] == "satu"), "the others waited behind it");
}

async fn one_message_that_fails_does_not_hold_up_the_next(app: &TestApp) {
    let ani = asks(app, Mood::Normal).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (path, _) = talk(&dewi).await;
    app.fake.set_mood(KTP, Mood::Fail(131_026));
    writes(&dewi, &path, "satu").await;
    app.settles().await;
    app.fake.set_mood(KTP, Mood::Normal);
    writes(&dewi, &path, "dua").await;
    app.settles().await;
    assert_eq!(received(&ani)[1..], ["dua"]);
}

async fn a_document_arrives_byte_for_byte(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KK, "#KK#3603031203159001#SITI AMINAH#PETE#TIGARAKSA").await;
    siti.sends_photo(KK).await;
    siti.sends_photo(KK).await;
    let agus = app.officer("operator.kk@kab-tangerang").await;
    agus.get(QUEUE).await;
    let taken = agus.post(&format!("{QUEUE}/ambil"), &[]).await.location.expect("a request to take");
    let request = taken.split('?').next().unwrap().to_owned();
    let page = agus.get(&request).await;
    for paper in papers(&page) {
        agus.post(&format!("{paper}/terima"), &[]).await;
    }
    let complete = agus.post(&format!("{request}/lengkap"), &[]).await;
    assert_eq!(complete.status, 303, "{}", complete.body);
    let mut pdf = b"%PDF-1.7\n\x00\xff\r\n".to_vec();
    pdf.extend((0..200_000_u32).flat_map(u32::to_le_bytes));
    agus.get(&request).await;
    let stored = agus.uploads(&format!("{request}/hasil"), &[], ("file", "KK baru (1).pdf", &pdf)).await;
    assert_eq!(stored.status, 303, "{}", stored.body);
    agus.get(&request).await;
    let done = agus.post(&format!("{request}/selesai"), &[]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
    let document = siti
        .messages()
        .into_iter()
        .find(|one| one.kind == "document" && one.direction == PhoneDirection::ToPhone);
    let document = document.expect("the document is on the phone");
    let (mime, bytes) = app.fake.medium(document.media_id.as_deref().unwrap()).unwrap();
    assert_eq!(mime, "application/pdf");
    assert!(bytes == pdf, "every byte as it was uploaded");
    assert!(document.filename.is_some_and(|name| name.to_lowercase().ends_with(".pdf")));
    let states = states(app).await;
    assert!(states.iter().all(|state| *state == DeliveryState::Delivered), "{states:?}");
}

/// The papers of a request's page that wait for a decision.
fn papers(page: &Page) -> Vec<String> {
    let mut found: Vec<String> = page
        .body
        .split('"')
        .filter(|piece| piece.contains("/permohonan/") && piece.ends_with("/terima"))
        .map(|piece| piece.trim_end_matches("/terima").to_owned())
        .collect();
    found.dedup();
    found
}
