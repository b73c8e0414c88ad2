//! What goes out: in order, once, never into a closed window, and with an end that is told.

use std::time::Duration;

use loket::{
    domain::whatsapp::reconcile::{Patience, Reconciled, reconcile},
    fake_graph::{Mood, PhoneDirection},
};
use loket_core::{delivery::DeliveryState, kinds::Direction};
use loket_entity::{audit_entry, message, message_status, parked_status};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page, Phone},
};

const TANGERANG: &str = "kab-tangerang";
const KK: &str = "360300000000001";
const KTP: &str = "360300000000002";
const QUEUE: &str = "/kantor/kab-tangerang/antrean";
const TALKS: &str = "/kantor/kab-tangerang/percakapan";
const QUESTION: &str = "Syarat KTP hilang apa saja ya?";

on_both_databases!(
    statuses_in_every_order_and_twice_end_the_same,
    a_status_that_comes_before_the_answer_is_not_lost,
    nothing_is_sent_into_a_closed_window_and_the_officer_is_told,
    what_will_never_arrive_is_tried_once_and_explained,
    what_fails_later_is_no_success,
    a_refusal_inside_the_window_is_tried_once_more,
    a_message_whose_answer_was_lost_is_settled_by_its_status_and_not_doubled,
    a_message_of_which_nothing_is_heard_is_sent_once_more_and_counted,
    a_dead_token_holds_the_queue_until_it_is_replaced,
    what_is_said_in_one_conversation_arrives_in_order,
    one_message_that_fails_does_not_hold_up_the_next,
    a_document_arrives_byte_for_byte,
);

/// Our messages, oldest first.
async fn ours(app: &TestApp) -> Vec<message::Model> {
    let mut rows = app.rows::<message::Entity>(TANGERANG).await.unwrap();
    rows.retain(|row| row.direction == Direction::Out);
    rows.sort_by_key(|row| (row.at, row.id));
    rows
}

async fn states(app: &TestApp) -> Vec<DeliveryState> {
    ours(app).await.iter().filter_map(|row| row.delivery).collect()
}

async fn audited(app: &TestApp, action: &str) -> usize {
    let rows = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    rows.iter().filter(|row| row.action == action).count()
}

/// The clean-up that runs every half minute.
async fn reconciles(app: &TestApp) -> Reconciled {
    reconcile(&app.house, app.office(TANGERANG).id, Patience::default()).await.unwrap()
}

/// The page of the conversation that wrote last.
async fn talk(officer: &Officer) -> (String, Page) {
    let list = officer.get(&format!("{TALKS}?saring=semua")).await;
    let path = list.path_with("/percakapan/").unwrap_or_else(|| panic!("no conversation in {}", list.body));
    let page = officer.get(&path).await;
    (path, page)
}

/// An officer writes into a conversation.
async fn writes(officer: &Officer, talk: &str, words: &str) {
    officer.get(talk).await;
    let sent = officer.uploads(&format!("{talk}/balas"), &[("text", words)], ("file", "", b"")).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
}

/// What a phone received, oldest first.
fn received(phone: &Phone<'_>) -> Vec<String> {
    let all = phone.messages().into_iter().filter(|one| one.direction == PhoneDirection::ToPhone);
    all.filter_map(|one| one.text).collect()
}

fn orders(of: &[&'static str]) -> Vec<Vec<&'static str>> {
    if of.len() < 2 {
        return vec![of.to_vec()];
    }
    let mut all = Vec::new();
    for (n, first) in of.iter().enumerate() {
        let rest: Vec<_> = of.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, word)| *word).collect();
        all.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, first);
            order
        }));
    }
    all
}

async fn statuses_in_every_order_and_twice_end_the_same(app: &TestApp) {
    use DeliveryState::{Delivered, Failed, Read};
    // The fake's own words come later than this test lasts.
    app.fake.set_mood(KTP, Mood::Late);
    let sets: [(&[&str], DeliveryState); 4] = [
        (&["sent", "delivered", "read", "failed"], Read),
        (&["sent", "delivered"], Delivered),
        (&["sent", "failed"], Failed),
        (&["read"], Read),
    ];
    let plan: Vec<_> = sets
        .iter()
        .flat_map(|(words, end)| orders(words).into_iter().map(move |order| (order, *end)))
        .collect();
    for n in 0..plan.len() {
        let wa_id = format!("6281110001{n:02}");
        app.fake
            .phone_sends(&wa_id, "Warga", KTP, loket::fake_graph::PhoneContent::Text(QUESTION.to_owned()))
            .await
            .unwrap();
    }
    app.settles().await;
    let calls = app.fake.sent_calls();
    assert_eq!(calls.len(), plan.len());
    let meta = app.meta(KTP);
    let second = ["sent", "delivered", "read", "failed"];
    for (call, (order, _)) in calls.iter().zip(&plan) {
        let wamid = call.wamid.as_deref().unwrap();
        for word in order.iter().chain(order.iter().rev()) {
            let after = second.iter().position(|one| one == word).unwrap();
            assert_eq!(meta.posts(&meta.status(wamid, word, i64::try_from(after).unwrap())).await, 200);
        }
    }
    app.settles().await;
    let (rows, heard) = (ours(app).await, app.rows::<message_status::Entity>(TANGERANG).await.unwrap());
    for (call, (order, end)) in calls.iter().zip(&plan) {
        let row = rows.iter().find(|row| call.callback_data == Some(row.id.to_string())).unwrap();
        assert_eq!(row.delivery, Some(*end), "{order:?}");
        let kept = heard.iter().filter(|status| status.message_id == row.id).count();
        assert_eq!(kept, order.len(), "{order:?}: each state once");
    }
}

async fn a_status_that_comes_before_the_answer_is_not_lost(app: &TestApp) {
    app.fake.set_mood(KTP, Mood::Slow);
    let ani = loket::fake_graph::PhoneContent::Text(QUESTION.to_owned());
    app.fake.phone_sends("628111000001", "Ani", KTP, ani).await.unwrap();
    app.assembly.ingest.run_due().await.unwrap();
    let early = async {
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(50)).await;
            if let Some(call) = app.fake.sent_calls().pop() {
                // One without our id, which finds no message yet; then the fake's own, which bring it along.
                let meta = app.meta(KTP);
                let wamid = call.wamid.unwrap();
                assert_eq!(meta.posts(&meta.status(&wamid, "read", 5)).await, 200);
                app.assembly.ingest.run_due().await.unwrap();
                let parked = app.rows::<parked_status::Entity>(TANGERANG).await.unwrap();
                assert_eq!(parked.len(), 1, "kept until its message is known");
                assert_eq!(states(app).await, [DeliveryState::Sending]);
                app.fake.deliver_due().await;
                app.assembly.ingest.run_due().await.unwrap();
                assert_eq!(states(app).await, [DeliveryState::Delivered]);
                return;
            }
        }
        panic!("nothing was sent");
    };
    let (ran, ()) = tokio::join!(app.assembly.engine.run_due(), early);
    ran.unwrap();
    app.settles().await;
    assert_eq!(states(app).await, [DeliveryState::Read]);
    assert_eq!(app.fake.sent_calls().len(), 1);
    assert!(app.rows::<parked_status::Entity>(TANGERANG).await.unwrap().is_empty());
}

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

async fn asks(app: &TestApp, mood: Mood) -> Phone<'_> {
    app.fake.set_mood(KTP, mood);
    let ani = app.phone("628111000004", "Ani");
    ani.sends(KTP, QUESTION).await;
    ani
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

async fn a_message_whose_answer_was_lost_is_settled_by_its_status_and_not_doubled(app: &TestApp) {
    app.fake.set_mood(KTP, Mood::TimeoutAfterAccept);
    let question = loket::fake_graph::PhoneContent::Text(QUESTION.to_owned());
    app.fake.phone_sends("628111000004", "Ani", KTP, question).await.unwrap();
    app.assembly.ingest.run_due().await.unwrap();
    app.assembly.engine.run_due().await.unwrap();
    assert_eq!(states(app).await, [DeliveryState::Uncertain]);
    app.waits(1);
    assert_eq!(reconciles(app).await.resent, 0, "it is waited for the status first");
    app.settles().await;
    assert_eq!(states(app).await, [DeliveryState::Delivered]);
    for _ in 0..5 {
        app.waits(10);
        assert_eq!(reconciles(app).await.resent, 0);
        app.settles().await;
    }
    assert_eq!(app.fake.sent_calls().len(), 1);
    assert_eq!(received(&app.phone("628111000004", "Ani")).len(), 1);
}

async fn a_message_of_which_nothing_is_heard_is_sent_once_more_and_counted(app: &TestApp) {
    app.fake.set_mood(KTP, Mood::TimeoutAfterAccept);
    let question = loket::fake_graph::PhoneContent::Text(QUESTION.to_owned());
    app.fake.phone_sends("628111000004", "Ani", KTP, question).await.unwrap();
    app.assembly.ingest.run_due().await.unwrap();
    app.assembly.engine.run_due().await.unwrap();
    app.fake.set_mood(KTP, Mood::Normal);
    app.waits(1);
    assert_eq!(reconciles(app).await, Reconciled::default(), "too early");
    assert_eq!(app.assembly.engine.run_due().await.unwrap(), 0);
    app.waits(2);
    assert_eq!(reconciles(app).await.resent, 1);
    app.assembly.engine.run_due().await.unwrap();
    assert_eq!(states(app).await, [DeliveryState::Accepted]);
    assert_eq!(audited(app, "message.resent").await, 1, "counted where it can be found again");
    let id = ours(app).await[0].id.to_string();
    assert_eq!(app.fake.accepted_with(&id), 2, "the honest price: it may arrive twice, and never not at all");
    for _ in 0..5 {
        app.waits(10);
        app.settles().await;
        assert_eq!(reconciles(app).await.resent, 0, "once more and not for ever");
    }
    assert_eq!(states(app).await, [DeliveryState::Delivered]);
    assert_eq!(app.fake.sent_calls().len(), 2);
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
