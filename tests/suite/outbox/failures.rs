//! What Meta refuses: at once, later, for a window, for a token.

use loket::{
    domain::whatsapp::reconcile::{Patience, reconcile},
    fake_graph::Mood,
};
use loket_core::delivery::DeliveryState;
use loket_tests::{app::TestApp, on_both_databases};

use super::{KK, KTP, QUESTION, QUEUE, TANGERANG, asks, ours, received, states, talk, writes};

on_both_databases!(
    nothing_is_sent_into_a_closed_window_and_the_officer_is_told,
    what_will_never_arrive_is_tried_once_and_explained,
    what_fails_later_is_no_success,
    a_refusal_inside_the_window_is_tried_once_more,
    a_dead_token_holds_the_queue_until_it_is_replaced,
);

async fn nothing_is_sent_into_a_closed_window_and_the_officer_is_told(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#").await;
    let before = app.fake.sent_calls().len();
    app.waits(60 * 25);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(QUEUE).await;
    let taken = dewi.post(&format!("{QUEUE}/ambil"), &[]).await.location.unwrap();
    let request = taken.split('?').next().unwrap().to_owned();
    dewi.get(&request).await;
    let asked = dewi.post(&format!("{request}/minta"), &[]).await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    app.settles().await;
    assert_eq!(app.fake.sent_calls().len(), before, "Meta was not even asked");
    let last = ours(app).await.pop().unwrap();
    assert_eq!((last.delivery, last.error_code), (Some(DeliveryState::Failed), Some(131_047)));
    let (path, page) = talk(&dewi).await;
    assert!(page.says("Sudah lebih dari 24 jam sejak warga terakhir menulis."), "{}", page.body);
    assert!(page.says("Jendela 24 jam sudah tertutup."), "{}", page.body);
    let refused = dewi.uploads(&format!("{path}/balas"), &[("text", "halo")], ("file", "", b"")).await;
    app.settles().await;
    assert_eq!(app.fake.sent_calls().len(), before, "nor by writing freely: {}", refused.status);
    // The citizen writes again: the window is open, and what failed is not sent behind their back.
    siti.sends(KTP, "Masih diproses?").await;
    writes(&dewi, &path, "Masih, Bu.").await;
    app.settles().await;
    assert_eq!(siti.last(), "Masih, Bu.");
}

async fn what_will_never_arrive_is_tried_once_and_explained(app: &TestApp) {
    asks(app, Mood::Fail(131_026)).await;
    for _ in 0..5 {
        app.waits(30);
        app.settles().await;
        reconciles(app).await;
    }
    assert_eq!(app.fake.sent_calls().len(), 1);
    assert_eq!(states(app).await, [DeliveryState::Failed]);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (_, page) = talk(&dewi).await;
    assert!(page.says("Hubungi warga lewat saluran lain."), "{}", page.body);
}

async fn what_fails_later_is_no_success(app: &TestApp) {
    let ani = asks(app, Mood::FailLater(131_047)).await;
    for _ in 0..5 {
        app.waits(30);
        app.settles().await;
        reconciles(app).await;
    }
    assert_eq!(app.fake.sent_calls().len(), 1);
    assert!(received(&ani).is_empty());
    let row = ours(app).await.pop().unwrap();
    assert_eq!((row.delivery, row.error_code), (Some(DeliveryState::Failed), Some(131_047)));
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (_, page) = talk(&dewi).await;
    assert!(page.says("Sudah lebih dari 24 jam"), "{}", page.body);
}

async fn a_refusal_inside_the_window_is_tried_once_more(app: &TestApp) {
    let ani = asks(app, Mood::WindowClosed).await;
    assert_eq!(states(app).await, [DeliveryState::Queued]);
    app.fake.set_mood(KTP, Mood::Normal);
    app.waits(1);
    app.settles().await;
    assert_eq!(received(&ani).len(), 1, "as Meta's support says it goes through");
    app.fake.set_mood(KTP, Mood::WindowClosed);
    app.waits(60 * 13);
    ani.sends(KTP, "Halo?").await;
    for _ in 0..5 {
        app.waits(10);
        app.settles().await;
    }
    assert_eq!(states(app).await, [DeliveryState::Delivered, DeliveryState::Failed]);
    assert_eq!(app.fake.sent_calls().len(), 4, "two messages, each tried twice");
}

async fn a_dead_token_holds_the_queue_until_it_is_replaced(app: &TestApp) {
    app.fake.set_mood(KTP, Mood::Fail(190));
    let phones = ["628111000001", "628111000002", "628111000003"].map(|wa_id| app.phone(wa_id, "Warga"));
    for phone in &phones {
        phone.sends(KTP, QUESTION).await;
    }
    for _ in 0..10 {
        app.waits(30);
        app.settles().await;
        reconciles(app).await;
    }
    assert_eq!(states(app).await, [DeliveryState::Queued; 3], "held, not failed, however long it lasts");
    // Another number of the office is not held.
    let budi = app.phone("628111000009", "Budi");
    budi.sends(KK, "Halo").await;
    assert_eq!(received(&budi).len(), 1);
    app.fake.set_mood(KTP, Mood::Normal);
    app.waits(11);
    app.settles().await;
    for phone in &phones {
        assert_eq!(received(phone).len(), 1, "once each");
    }
}

/// The clean-up that runs every half minute.
async fn reconciles(app: &TestApp) {
    reconcile(&app.house, app.office(TANGERANG).id, Patience::default()).await.unwrap();
}
