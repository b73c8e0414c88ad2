//! What the reader of webhook bodies promises.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that stumbles has failed")]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn envelope(value: Value) -> Vec<u8> {
    let body = json!({"object": "whatsapp_business_account",
        "entry": [{"id": "102", "changes": [{"field": "messages", "value": value}]}]});
    serde_json::to_vec(&body).unwrap()
}

fn one_message(message: Value, contacts: Value) -> Result<Item, ItemProblem> {
    let metadata = json!({"display_phone_number": "6221000", "phone_number_id": "106"});
    let body = envelope(json!({"metadata": metadata, "contacts": contacts, "messages": [message]}));
    let mut items = read(&body).unwrap();
    assert_eq!(items.len(), 1);
    items.remove(0)
}

fn inbound(message: Value, contacts: Value) -> Inbound {
    match one_message(message, contacts).unwrap().content {
        Content::Message(inbound) => inbound,
        other => panic!("not a message: {other:?}"),
    }
}

fn text(from: &str, id: &str) -> Value {
    json!({"from": from, "id": id, "timestamp": "1795000000", "type": "text", "text": {"body": "halo"}})
}

#[test]
fn a_text_is_read_with_its_sender_time_and_route() {
    let contacts = json!([{"profile": {"name": "Siti"}, "wa_id": "62812", "user_id": "ID.77"}]);
    let item = one_message(text("62812", "wamid.A="), contacts).unwrap();
    assert_eq!((item.position.as_str(), item.waba_id.as_deref()), ("e0.c0.m0", Some("102")));
    assert_eq!(item.phone_number_id.as_deref(), Some("106"));
    let Content::Message(message) = item.content else { panic!("not a message") };
    assert_eq!(message.wamid, "wamid.A=");
    assert_eq!(message.at.timestamp(), 1_795_000_000);
    assert_eq!(message.body, Body::Text("halo".into()));
    let expected = Sender {
        wa_id: Some("62812".into()),
        bsuid: Some("ID.77".into()),
        profile_name: Some("Siti".into()),
    };
    assert_eq!(message.sender, expected);
}

#[test]
fn a_sender_with_only_a_bsuid_is_kept_and_empty_strings_are_nothing() {
    let mut message = text("", "wamid.B");
    message["from_user_id"] = json!("ID.13491208655302741918");
    let contacts = json!([{"profile": {"name": " ", "username": "@siti"}, "wa_id": "",
        "user_id": "ID.13491208655302741918"}]);
    let sender = inbound(message, contacts).sender;
    assert_eq!(sender.wa_id, None);
    assert_eq!(sender.bsuid.as_deref(), Some("ID.13491208655302741918"));
    assert_eq!(sender.profile_name.as_deref(), Some("@siti"));
}

#[test]
fn a_bsuid_in_the_place_of_the_phone_stays_a_bsuid() {
    let sender = inbound(text("ID.13491208655302741918", "wamid.B"), json!([])).sender;
    assert_eq!((sender.wa_id, sender.bsuid.as_deref()), (None, Some("ID.13491208655302741918")));
}

#[test]
fn cards_are_matched_by_address_and_not_by_place() {
    let contacts =
        json!([{"profile": {"name": "Budi"}, "wa_id": "62999"}, {"wa_id": 62812, "user_id": "ID.1"}]);
    let sender = inbound(text("62812", "wamid.C"), contacts).sender;
    assert_eq!((sender.bsuid.as_deref(), sender.profile_name), (Some("ID.1"), None));
}

#[test]
fn ids_may_be_numbers_but_never_fractions() {
    let mut message = text("62812", "x");
    message["id"] = json!(12_345_678_901_234_567_u64);
    message["timestamp"] = json!(1_795_000_000);
    assert_eq!(inbound(message.clone(), json!([])).wamid, "12345678901234567");
    message["id"] = json!(1.5);
    assert_eq!(one_message(message, json!([])).unwrap_err().reason, Reason::MessageWithoutId);
}

#[test]
fn a_message_that_lacks_what_it_needs_says_so() {
    let cases = [
        (json!("text"), Reason::MessageNotObject),
        (json!({"from": "62812", "timestamp": "1795000000"}), Reason::MessageWithoutId),
        (json!({"id": "w", "from": "", "timestamp": "1795000000"}), Reason::MessageWithoutSender),
        (json!({"id": "w", "from": "62812"}), Reason::MessageWithoutTimestamp),
        (json!({"id": "w", "from": "62812", "timestamp": ""}), Reason::MessageWithoutTimestamp),
        (json!({"id": "w", "from": "62812", "timestamp": "kemarin"}), Reason::TimestampOutOfRange),
        (json!({"id": "w", "from": "62812", "timestamp": "1795000000000"}), Reason::TimestampOutOfRange),
        (json!({"id": "w", "from": "62812", "timestamp": -5}), Reason::TimestampOutOfRange),
    ];
    for (message, reason) in cases {
        let problem = one_message(message, json!([])).unwrap_err();
        assert_eq!((problem.position.as_str(), problem.reason), ("e0.c0.m0", reason));
    }
}

#[test]
fn photos_and_documents_carry_what_is_needed_to_fetch_them() {
    let message = json!({"from": "62812", "id": "w", "timestamp": "1795000000", "type": "document",
        "context": {"id": "wamid.Q"},
        "document": {"id": "55", "mime_type": "application/pdf", "sha256": "q80=", "filename": "kk.pdf",
            "caption": ""}});
    let message = inbound(message, json!([]));
    assert_eq!(message.context_wamid.as_deref(), Some("wamid.Q"));
    let expected = MediaRef {
        graph_media_id: "55".into(),
        mime: Some("application/pdf".into()),
        sha256: Some("q80=".into()),
        caption: None,
        filename: Some("kk.pdf".into()),
    };
    assert_eq!(message.body, Body::Document(expected));
}

#[test]
fn a_photo_meta_could_not_fetch_is_a_placeholder_with_its_error() {
    let message = json!({"from": "62812", "id": "w", "timestamp": "1795000000", "type": "image",
        "errors": [{"code": 131_052, "title": "Media download error", "error_data": {"details": "too large"}}]});
    let message = inbound(message, json!([]));
    assert_eq!(message.body, Body::Placeholder { kind: MessageKind::Image });
    assert_eq!(message.errors[0].code, Some(131_052));
    assert_eq!(message.errors[0].details.as_deref(), Some("too large"));
}

#[test]
fn every_kind_keeps_its_word_and_has_a_label() {
    for kind in MessageKind::ALL {
        let message = json!({"from": "62812", "id": "w", "timestamp": "1795000000", "type": kind.word()});
        let read = inbound(message, json!([]));
        assert_eq!(read.body, Body::Placeholder { kind: *kind });
        assert!(!kind.label().is_empty());
    }
    let odd = json!({"from": "62812", "id": "w", "timestamp": "1795000000", "type": "hologram"});
    assert_eq!(inbound(odd, json!([])).kind(), MessageKind::Unknown);
}

#[test]
fn a_message_without_type_is_known_by_its_shape() {
    let message = json!({"from": "62812", "id": "w", "timestamp": "1795000000", "location": {"latitude": 1}});
    assert_eq!(inbound(message, json!([])).kind(), MessageKind::Location);
}

#[test]
fn a_status_is_read_with_price_errors_and_our_own_mark() {
    let body = envelope(json!({"statuses": [{"id": "wamid.S", "status": "failed", "timestamp": "1795000000",
        "recipient_id": "", "recipient_user_id": "ID.9", "biz_opaque_callback_data": "outbox-1",
        "pricing": {"billable": true, "pricing_model": "PMP", "type": "regular", "category": "service"},
        "errors": [{"code": "131047", "title": "Re-engagement message"}]}]}));
    let item = read(&body).unwrap().remove(0).unwrap();
    assert_eq!(item.position, "e0.c0.s0");
    let Content::Status(status) = item.content else { panic!("not a status") };
    assert_eq!((status.wamid.as_str(), status.status), ("wamid.S", StatusWord::Failed));
    assert_eq!(status.recipient.as_deref(), Some("ID.9"));
    assert_eq!(status.callback_data.as_deref(), Some("outbox-1"));
    assert_eq!(status.errors[0].code, Some(131_047));
    let pricing = status.pricing.unwrap();
    assert_eq!((pricing.category.as_deref(), pricing.billable), (Some("service"), Some(true)));
}

#[test]
fn a_status_word_from_tomorrow_is_kept_as_unknown() {
    let body = envelope(json!({"statuses": [{"id": "w", "status": "pondered", "timestamp": 1_795_000_000}]}));
    let Content::Status(status) = read(&body).unwrap().remove(0).unwrap().content else { panic!() };
    assert_eq!(status.status, StatusWord::Unknown);
    assert_eq!(status.raw["status"], "pondered");
}

#[test]
fn a_whole_batch_is_walked_messages_first_and_one_broken_item_costs_only_itself() {
    let status = json!({"id": "w", "status": "read", "timestamp": "1795000000"});
    let body = json!({"object": "whatsapp_business_account", "entry": [
        {"id": "1", "changes": [
            {"field": "messages", "value": {"statuses": [status, 7, status]}},
            {"field": "messages", "value": {"messages": [text("1", "a"), null, text("2", "b")]}}]},
        {"id": "2", "changes": [
            {"field": "account_update", "value": {"event": "DISABLED_UPDATE"}},
            {"field": "messages", "value": {"messages": [text("3", "c")], "statuses": [status],
                "errors": [{"code": 130_429}]}}]}]});
    let items = read(&serde_json::to_vec(&body).unwrap()).unwrap();
    let positions: Vec<_> = items
        .iter()
        .map(|item| item.as_ref().map_or_else(|p| &p.position, |i| &i.position).as_str())
        .collect();
    let expected = [
        "e0.c1.m0", "e0.c1.m1", "e0.c1.m2", "e1.c1.m0", "e1.c0", "e1.c1.x", "e0.c0.s0", "e0.c0.s1",
        "e0.c0.s2", "e1.c1.s0",
    ];
    assert_eq!(positions, expected);
    assert_eq!(items.iter().filter(|item| item.is_err()).count(), 2);
}

#[test]
fn news_of_other_fields_is_kept_whole() {
    let body =
        json!({"entry": [{"id": 5, "changes": [{"field": "security", "value": {"event": "PIN_CHANGED"}}]}]});
    let item = read(&serde_json::to_vec(&body).unwrap()).unwrap().remove(0).unwrap();
    assert_eq!(item.waba_id.as_deref(), Some("5"));
    assert_eq!(
        item.content,
        Content::Notice { field: "security".into(), value: json!({"event": "PIN_CHANGED"}) }
    );
}

#[test]
fn a_body_with_nothing_to_walk_through_says_why() {
    let cases: [(&[u8], Unreadable); 7] = [
        (b"", Unreadable::NotJson),
        (b"\xff\xfe", Unreadable::NotJson),
        (b"[]", Unreadable::NotAnEnvelope),
        (b"{}", Unreadable::NotAnEnvelope),
        (br#"{"entry":{}}"#, Unreadable::NotAnEnvelope),
        (br#"{"object":"page","entry":[]}"#, Unreadable::NotWhatsApp),
        (br#"{"object":"whatsapp_business_account","entry":[]}"#, Unreadable::Empty),
    ];
    for (body, expected) in cases {
        assert_eq!(read(body).unwrap_err(), expected);
    }
}

#[test]
fn shapes_above_the_items_that_make_no_sense_are_named() {
    let body = json!({"entry": ["x", {"id": ""}, {"changes": [1, {"value": 1}, {"field": "messages", "value": {}}]}]});
    let items = read(&serde_json::to_vec(&body).unwrap()).unwrap();
    let reasons: Vec<_> = items.into_iter().map(|item| item.unwrap_err().reason).collect();
    let expected = [
        Reason::EntryNotObject,
        Reason::EntryWithoutChanges,
        Reason::ChangeNotObject,
        Reason::ChangeWithoutField,
        Reason::NothingInside,
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn debug_shows_neither_persons_nor_words() {
    let mut message = text("628123456789", "wamid.RAHASIA");
    message["from_user_id"] = json!("ID.424242");
    let item = one_message(message, json!([{"profile": {"name": "Siti"}, "wa_id": "628123456789"}])).unwrap();
    let document = json!({"from": "628123456789", "id": "w", "timestamp": "1795000000", "type": "document",
        "document": {"id": "55", "filename": "Siti.pdf", "caption": "halo"}});
    let shown = format!("{item:?} {:?}", inbound(document, json!([])));
    for secret in ["628123456789", "424242", "Siti", "halo", "RAHASIA"] {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z0-9. ]{0,8}".prop_map(Value::from),
        Just(json!("messages")),
        Just(json!("1795000000")),
    ];
    let key = prop_oneof![
        "(entry|changes|value|field|messages|statuses|errors|contacts|metadata|id|from|type|text|image|context)",
        "(timestamp|status|pricing|wa_id|user_id|profile|name|body|object)",
    ];
    leaf.prop_recursive(8, 96, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(key.clone(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_make_it_stumble(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_json_makes_it_stumble(value in any_json()) {
        let _ = read(&serde_json::to_vec(&value).unwrap());
    }

    #[test]
    fn any_change_gives_at_least_one_item_or_reason(value in any_json()) {
        prop_assert!(!read(&envelope(value)).unwrap().is_empty());
    }

    #[test]
    fn any_message_and_status_gives_exactly_one_item_or_reason_each(
        messages in prop::collection::vec(any_json(), 0..5),
        statuses in prop::collection::vec(any_json(), 1..5),
    ) {
        let expected = messages.len() + statuses.len();
        let items = read(&envelope(json!({"messages": messages, "statuses": statuses}))).unwrap();
        prop_assert_eq!(items.len(), expected);
    }
}
