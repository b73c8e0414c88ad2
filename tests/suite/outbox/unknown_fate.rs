//! Calls whose answer was lost: never lost, and not doubled where a status tells.

use loket::{
    domain::whatsapp::reconcile::{Patience, Reconciled, reconcile},
    fake_graph::Mood,
};
use loket_core::delivery::DeliveryState;
use loket_entity::audit_entry;
use loket_tests::{app::TestApp, on_both_databases};

use super::{KTP, TANGERANG, ours, question_waits, received, states};

on_both_databases!(
    a_message_whose_answer_was_lost_is_settled_by_its_status_and_not_doubled,
    a_message_of_which_nothing_is_heard_is_sent_once_more_and_counted,
);

async fn a_message_whose_answer_was_lost_is_settled_by_its_status_and_not_doubled(app: &TestApp) {
    app.fake.set_mood(KTP, Mood::TimeoutAfterAccept);
    question_waits(app).await;
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
    question_waits(app).await;
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

/// The clean-up that runs every half minute.
async fn reconciles(app: &TestApp) -> Reconciled {
    reconcile(&app.house, app.office(TANGERANG).id, Patience::default()).await.unwrap()
}

async fn audited(app: &TestApp, action: &str) -> usize {
    let rows = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    rows.iter().filter(|row| row.action == action).count()
}
