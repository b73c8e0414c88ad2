//! What becomes of our messages, however it is told.

use loket_core::delivery::DeliveryState;
use loket_entity::message_status;
use proptest::{prelude::*, sample::select};

use super::*;

/// A message of ours that Meta took under this id; `None` when its answer never came.
async fn sent(world: &World, wamid: Option<&str>) -> MessageId {
    world.hears(&siti_writes(world, "wamid.IN", "Halo")).await;
    let conversation = world.conversation().await;
    let mut cx = world.write().await;
    let id = queue_text(&mut cx, conversation, (None, None), "Terima kasih.".to_owned()).await.unwrap();
    if let Some(wamid) = wamid {
        messages::name(&cx, id, wamid).await.unwrap();
        messages::advance(&cx, id, (DeliveryState::Accepted, None)).await.unwrap();
    } else {
        messages::advance(&cx, id, (DeliveryState::Uncertain, None)).await.unwrap();
    }
    cx.commit().await.unwrap();
    id
}

fn status(wamid: &str, word: &str, callback: Option<&str>) -> Value {
    let mut status = json!({"id": wamid, "status": word, "timestamp": "1795400000", "recipient_id": SITI});
    if let Some(data) = callback {
        status["biz_opaque_callback_data"] = json!(data);
    }
    if word == "failed" {
        status["errors"] = json!([{"code": 131_026}]);
    }
    if word == "sent" {
        status["pricing"] = json!({"billable": true, "category": "service", "pricing_model": "PMP"});
    }
    status
}

fn body(statuses: &[Value]) -> Value {
    envelope(json!({"statuses": statuses}))
}

async fn steps(world: &World) -> Vec<message_status::Model> {
    let cx = world.look().await;
    cx.tx().find::<message_status::Entity>().up_to(50).await.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_order_of_statuses_the_message_ends_in_the_same_state(
        words in proptest::collection::vec(select(vec!["sent", "delivered", "read", "failed"]), 1..7)
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (state, rows) = runtime.block_on(async {
            let world = World::open().await;
            let id = sent(&world, Some("wamid.OUT")).await;
            for word in &words {
                let mut one = body(&[status("wamid.OUT", word, None)]);
                one["entry"][0]["time"] = json!(world.house().ids.uuid(world.now()).to_string());
                world.hears(&one).await;
            }
            (world.message(id).await.delivery, steps(&world).await.len())
        });
        let states = words.iter().filter_map(|word| DeliveryState::from_meta(word));
        let expected = states.fold(DeliveryState::Accepted, DeliveryState::merge);
        let mut distinct = words.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(state, Some(expected));
        prop_assert_eq!(rows, distinct.len());
    }
}

#[tokio::test]
async fn a_status_tells_its_price_and_its_error() {
    let world = World::open().await;
    let id = sent(&world, Some("wamid.OUT")).await;
    world.hears(&body(&[status("wamid.OUT", "sent", None), status("wamid.OUT", "failed", None)])).await;
    let row = world.message(id).await;
    assert_eq!((row.delivery, row.error_code), (Some(DeliveryState::Failed), Some(131_026)));
    let steps = steps(&world).await;
    let sent = steps.iter().find(|step| step.status == DeliveryState::Sent).unwrap();
    assert_eq!((sent.pricing_category.as_deref(), sent.billable), (Some("service"), Some(true)));
    let cx = world.look().await;
    let thread = thread(&cx, row.conversation_id, None, 10).await.unwrap();
    let bubble = thread.messages.iter().find(|one| one.id == id).unwrap();
    assert!(bubble.advice.is_some_and(|advice| advice.contains("saluran lain")));
}

#[tokio::test]
async fn a_status_finds_its_message_by_our_own_id_when_metas_is_not_known() {
    let world = World::open().await;
    let id = sent(&world, None).await;
    world.hears(&body(&[status("wamid.OUT", "delivered", Some(&id.to_string()))])).await;
    let row = world.message(id).await;
    assert_eq!(row.delivery, Some(DeliveryState::Delivered));
    assert!(row.wamid_idx.is_some(), "later statuses may come without our id");
    world.hears(&body(&[status("wamid.OUT", "read", None)])).await;
    assert_eq!(world.message(id).await.delivery, Some(DeliveryState::Read));
}

#[tokio::test]
async fn a_status_of_a_message_we_do_not_know_yet_is_parked_and_joined() {
    let world = World::open().await;
    world.hears(&body(&[status("wamid.OUT", "read", None), status("wamid.STRANGE", "sent", None)])).await;
    world.hears(&body(&[status("wamid.OUT", "read", None), status("wamid.OUT", "warning", None)])).await;
    assert_eq!(world.parked().await, 2);
    let id = sent(&world, Some("wamid.OUT")).await;
    let mut cx = Cx::system(world.house(), world.office, SystemReason::Outbox).await.unwrap();
    let row = messages::by_id(&cx, id).await.unwrap().unwrap();
    super::super::status::join(&mut cx, &row, "wamid.OUT").await.unwrap();
    cx.commit().await.unwrap();
    assert_eq!(world.message(id).await.delivery, Some(DeliveryState::Read));
    assert_eq!(world.parked().await, 1, "the stranger stays");
}

#[tokio::test]
async fn a_status_parked_beside_its_message_is_joined_by_the_next_round() {
    let world = World::open().await;
    world.hears(&body(&[status("wamid.OUT", "delivered", None)])).await;
    let id = sent(&world, Some("wamid.OUT")).await;
    let done = reconcile::reconcile(world.house(), world.office, reconcile::Patience::default()).await;
    assert_eq!(done.unwrap().joined, 1);
    assert_eq!(world.message(id).await.delivery, Some(DeliveryState::Delivered));
}

#[tokio::test]
async fn our_id_in_a_status_reaches_messages_of_ours_only() {
    let world = World::open().await;
    sent(&world, Some("wamid.OUT")).await;
    let theirs = world.messages().await.into_iter().find(|row| row.delivery.is_none()).unwrap();
    world.hears(&body(&[status("wamid.Z", "read", Some(&theirs.id.to_string()))])).await;
    world.hears(&body(&[status("wamid.IN", "read", None)])).await;
    let after = world.messages().await.into_iter().find(|row| row.id == theirs.id).unwrap();
    assert_eq!(after, theirs);
    assert!(steps(&world).await.is_empty());
}
