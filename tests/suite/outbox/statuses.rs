//! States of our messages: in any order, twice, and before the call was answered.

use std::time::Duration;

use loket::fake_graph::Mood;
use loket_core::delivery::DeliveryState;
use loket_entity::{message_status, parked_status};
use loket_tests::{app::TestApp, on_both_databases};

use super::{KTP, QUESTION, TANGERANG, ours, states};

on_both_databases!(
    statuses_in_every_order_and_twice_end_the_same,
    a_status_that_comes_before_the_answer_is_not_lost,
);

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
