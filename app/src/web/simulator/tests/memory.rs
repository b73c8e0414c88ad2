//! What the phones show comes from the fake's memory and from the office's books.

use loket_core::clock::Instant;

use super::*;
use crate::fake_graph::{Memory, PhoneDirection, Ticks};

#[actix_web::test]
async fn what_reached_the_office_without_the_fake_is_listed_once() {
    let world = world().await;
    let (_, sent) = world.post_json(PHONE, &json!({"to": NUMBER, "text": "Halo"}).to_string()).await;
    let told = |wamid: &str, second: i64| PhoneMessage {
        direction: PhoneDirection::FromPhone,
        phone_number_id: NUMBER.into(),
        wamid: wamid.into(),
        at: DateTime::from_timestamp(second, 0).unwrap(),
        kind: "text".into(),
        text: Some("dari curl".into()),
        filename: None,
        media_id: None,
        ticks: Ticks::Delivered,
    };
    *world.books.0.lock().unwrap() =
        vec![told(sent["id"].as_str().unwrap(), 1_795_000_000), told("wamid.CURL", 1_794_999_000)];
    let listed = world.listed(PHONE).await;
    let ids: Vec<_> = listed.iter().map(|told| told["id"].clone()).collect();
    assert_eq!(ids, [json!("wamid.CURL"), sent["id"].clone()]);
}

/// A memory that keeps lines, and knows one phone's window.
#[derive(Default)]
struct Notebook(Mutex<Vec<Vec<u8>>>);

#[async_trait]
impl Memory for Notebook {
    fn keep(&self, line: &[u8]) {
        self.0.lock().unwrap().push(line.to_vec());
    }

    async fn last_written(&self, phone: &str, _: &str) -> Option<Instant> {
        (phone == PHONE).then(|| DateTime::from_timestamp(1_794_999_000, 0).unwrap())
    }
}

#[actix_web::test]
async fn what_phones_show_outlives_the_fake_and_windows_are_those_the_office_knows() {
    let world = world().await;
    let notebook = Arc::new(Notebook::default());
    world.fake.remember_in(notebook.clone());
    world.office_answers("Selamat pagi").await;
    world.post_json("628003603002", &json!({"to": NUMBER, "text": "Halo"}).to_string()).await;
    world.fake.phone_forgets("628003603002");

    let next = FakeGraph::new(world.clock.clone(), Arc::new(CountedIds::default())).unwrap();
    for line in notebook.0.lock().unwrap().iter() {
        assert!(next.recall(line));
    }
    assert!(!next.recall(b"nonsense"));
    let shown = next.phone_messages(PHONE);
    assert_eq!(shown.len(), 1, "the window was open though the fake had heard nothing of it");
    assert_eq!(shown, world.fake.phone_messages(PHONE));
    assert!(next.phone_messages("628003603002").is_empty());
}
