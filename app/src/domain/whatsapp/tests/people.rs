//! Who wrote: albums, new people, and people with two addresses.

use chrono::TimeDelta;
use loket_core::whatsapp::MessageKind;

use super::*;
use crate::domain::contacts;

#[tokio::test]
async fn an_album_of_a_new_contact_is_one_contact_and_one_conversation() {
    let world = World::open().await;
    let at = world.now();
    for n in 0..10 {
        let mut body = envelope(json!({"messages": [photo_at(&format!("wamid.{n}"), SITI, at)]}));
        body["entry"][0]["time"] = json!(n);
        world.deliver(&body).await.unwrap();
    }
    let mut leased = ingest::lease(world.house()).await.unwrap();
    leased.extend(ingest::lease(world.house()).await.unwrap());
    assert_eq!(leased.len(), 10);
    let read = leased.into_iter().map(|body| ingest::process(world.house(), body));
    assert!(futures_util::future::join_all(read).await.iter().all(Result::is_ok));
    assert_eq!((world.contacts().await.len(), world.conversations().await.len()), (1, 1));
    assert_eq!((world.messages().await.len(), world.media().await.len()), (10, 10));
}

#[tokio::test]
async fn a_message_moves_its_conversation_and_waits_for_intake() {
    let world = World::open().await;
    world.test.clock.advance(TimeDelta::milliseconds(300));
    let (early, late) = (world.now() - TimeDelta::minutes(5), world.now());
    let body = |id: &str, at| envelope(json!({"messages": [text_at(id, SITI, id, at)]}));
    world.hears(&body("wamid.2", late)).await;
    world.hears(&body("wamid.1", early)).await;
    let seconds = |at: Instant| at.timestamp();
    let row = world.conversations().await.remove(0);
    assert_eq!(row.last_inbound_at.map(seconds), Some(late.timestamp()));
    assert_eq!(row.last_message_at.timestamp(), late.timestamp());
    assert_eq!(row.unanswered_since.map(seconds), Some(early.timestamp()), "the first one waits");
    let cx = world.look().await;
    let unread = unread(&cx, row.id).await.unwrap();
    let texts: Vec<_> = unread.iter().filter_map(|one| one.text.as_deref()).collect();
    assert_eq!(texts, ["wamid.1", "wamid.2"]);
    drop(cx);
    let cx = world.write().await;
    let ids: Vec<MessageId> = unread.iter().map(|one| one.id).collect();
    mark_read_in(&cx, &ids, None).await.unwrap();
    assert!(super::unread(&cx, row.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_emoji_asks_for_no_answer_and_a_notice_opens_no_window() {
    let world = World::open().await;
    let at = world.now().timestamp().to_string();
    let reaction = json!({"id": "1", "from": SITI, "timestamp": at, "type": "reaction",
        "reaction": {"message_id": "wamid.X", "emoji": "👍"}});
    world.hears(&envelope(json!({"messages": [reaction]}))).await;
    let row = world.conversations().await.remove(0);
    assert!(row.unanswered_since.is_none() && row.last_inbound_at.is_some());
    let system = json!({"id": "2", "from": "6289999999999", "timestamp": at, "type": "system",
        "system": {"body": "x", "type": "user_changed_number"}});
    world.hears(&envelope(json!({"messages": [system]}))).await;
    let rows = world.conversations().await;
    assert!(rows.iter().any(|row| row.last_inbound_at.is_none() && row.unanswered_since.is_none()));
}

#[tokio::test]
async fn a_person_is_shown_by_name_or_by_the_end_of_their_address() {
    let world = World::open().await;
    world.hears(&siti_writes(&world, "wamid.1", "Halo")).await;
    let at = world.now();
    world.hears(&envelope(json!({"messages": [text_at("wamid.2", "6285550001111", "Halo", at)]}))).await;
    let cx = world.look().await;
    let found = contacts::find_by_tail(&cx, "7890").await.unwrap();
    assert_eq!(found.len(), 1);
    let ids: Vec<_> = cx.tx().find::<contact::Entity>().up_to(9).await.unwrap();
    let ids: Vec<_> = ids.into_iter().map(|row| row.id).collect();
    let views = contacts::views(&cx, &ids).await.unwrap();
    let siti = &views[&found[0]];
    assert_eq!((siti.name.as_str(), siti.address.as_deref()), ("Siti", Some("62812****7890")));
    let nameless = views.values().find(|view| view.id != found[0]).unwrap();
    assert_eq!((nameless.name.as_str(), nameless.named), ("Warga · ****1111", false));
}

#[tokio::test]
async fn whoever_shows_two_known_addresses_is_one_person() {
    let world = World::open().await;
    let bsuid = "ID.13491208655302741918";
    let at = world.now().timestamp().to_string();
    let from = |id: &str, wa_id: Option<&str>, bsuid: Option<&str>| {
        let mut message = json!({"id": id, "timestamp": at, "type": "text", "text": {"body": id}});
        if let Some(wa_id) = wa_id {
            message["from"] = json!(wa_id);
        }
        if let Some(bsuid) = bsuid {
            message["from_user_id"] = json!(bsuid);
        }
        envelope(json!({"messages": [message]}))
    };
    world.hears(&from("wamid.1", Some(SITI), None)).await;
    world.hears(&from("wamid.2", None, Some(bsuid))).await;
    assert_eq!(world.conversations().await.len(), 2);
    world.hears(&from("wamid.3", Some(SITI), Some(bsuid))).await;
    world.hears(&from("wamid.4", None, Some(bsuid))).await;
    let rows = world.messages().await;
    assert!(rows.iter().all(|row| row.conversation_id == rows[0].conversation_id));
    assert!(rows.iter().all(|row| row.kind == MessageKind::Text));
    let cx = world.look().await;
    let (list, more) = conversations(&cx, ConversationFilter::All, 0).await.unwrap();
    assert_eq!((list.len(), more), (1, false), "the emptied one is not shown");
    assert_eq!(list[0].snippet.as_deref(), Some("wamid.4"));
    assert_eq!(unanswered_count(&cx).await.unwrap(), 1);
}
