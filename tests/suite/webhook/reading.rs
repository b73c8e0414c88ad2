//! What cannot be read is acknowledged, kept and shown; what stands beside it is read.

use loket_core::kinds::ItemOutcome;
use loket_entity::webhook_item;
use loket_tests::{app::TestApp, on_both_databases};
use serde_json::json;

use super::{HELD, KK, KTP, KUPANG, TANGERANG, messages, set_aside};

on_both_databases!(
    what_is_signed_but_unreadable_is_acknowledged_and_shown_with_its_reason,
    one_item_that_cannot_be_used_costs_its_neighbours_nothing,
    strange_bytes_in_what_is_kept_in_clear_cost_nothing,
    half_a_letter_costs_its_batch_nothing,
);

async fn what_is_signed_but_unreadable_is_acknowledged_and_shown_with_its_reason(app: &TestApp) {
    let meta = app.meta(KTP);
    let table: [(&[u8], &str); 9] = [
        (b"{", "Isi kiriman bukan JSON yang sah."),
        (b"\xff\xfe\x00", "Isi kiriman bukan JSON yang sah."),
        (b"{\"object\":\"whatsapp_business_account\",\"entry\":[", "Isi kiriman bukan JSON yang sah."),
        (b"[]", "Isi kiriman bukan amplop webhook."),
        (b"\"halo\"", "Isi kiriman bukan amplop webhook."),
        (b"{\"object\":\"whatsapp_business_account\",\"entry\":{}}", "Isi kiriman bukan amplop webhook."),
        (b"{\"object\":\"page\",\"entry\":[{}]}", "Kiriman ini bukan untuk WhatsApp Business."),
        (b"{\"object\":\"whatsapp_business_account\",\"entry\":[]}", "Amplop webhook kosong."),
        (b"{\"entry\":[7]}", "Bagian entry tidak berbentuk objek."),
    ];
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for bytes in table.iter().map(|(bytes, _)| bytes.to_vec()).chain([deep.into_bytes()]) {
        assert_eq!(meta.posts_bytes(bytes.clone()).await, 200, "{:?}", &bytes[..bytes.len().min(50)]);
    }
    app.settles().await;
    let admin = app.officer("admin@kab-tangerang").await;
    let page = admin.get(HELD).await;
    assert!(page.says("10 bagian kiriman belum terbaca."), "{}", page.body);
    for (bytes, reason) in table {
        assert!(page.says(reason), "{bytes:?}: {reason}");
    }
    let neighbour = app.officer("admin@kota-kupang").await;
    assert!(neighbour.get("/kantor/kota-kupang/penampung").await.says("Semua kiriman terbaca."));
    assert_eq!(neighbour.get(HELD).await.status, 404);
    let operator = app.officer("operator.ktp@kab-tangerang").await;
    assert_eq!(operator.get(HELD).await.status, 403);
}

async fn one_item_that_cannot_be_used_costs_its_neighbours_nothing(app: &TestApp) {
    let (ktp, kk, kupang) = (app.meta(KTP), app.meta(KK), app.meta(KUPANG));
    let text = |from, wamid| ktp.message((from, wamid), "text", json!({ "body": "halo" }));
    let mut unknown = ktp.change(json!({ "messages": [text("628111000005", "wamid.5")] }));
    unknown["value"]["metadata"]["phone_number_id"] = json!("999");
    let mut nameless = text("628111000006", "wamid.6");
    nameless.as_object_mut().unwrap().remove("id");
    let mut timeless = text("628111000007", "wamid.7");
    timeless["timestamp"] = json!("kemarin");
    let shapeless = text("bukan nomor sama sekali", "wamid.8");
    let changes = [
        ktp.change(json!({ "messages": [nameless, text("628111000001", "wamid.1"), 7, timeless] })),
        kk.change(json!({ "messages": [text("628111000002", "wamid.2")], "statuses": ["x", {}] })),
        kupang.change(json!({ "messages": [text("628111000003", "wamid.3")] })),
        unknown,
        ktp.change(json!({})),
        json!(null),
        json!({ "field": "account_update", "value": { "event": "ACCOUNT_VIOLATION" } }),
        ktp.change(json!({ "errors": [{ "code": 130_429, "title": "Rate limit hit" }] })),
        ktp.change(json!({ "messages": [shapeless, text("628111000004", "wamid.4")] })),
    ];
    let mut body = ktp.body(&changes);
    let second = ktp.body(&[ktp.change(json!({ "messages": [text("628111000009", "wamid.9")] }))]);
    body["entry"].as_array_mut().unwrap().extend([json!("x"), second["entry"][0].clone()]);
    assert_eq!(ktp.posts(&body).await, 200);
    app.settles().await;
    assert_eq!(messages(app, TANGERANG).await, 4, "two numbers, three changes, two entries");
    assert_eq!(messages(app, "kota-kupang").await, 0);
    assert_eq!(
        set_aside(app).await,
        [
            "message.text foreign_number",
            "message.text sender_without_known_shape",
            "message.text unknown_number",
            "problem change_not_object",
            "problem entry_not_object",
            "problem message_not_object",
            "problem message_without_id",
            "problem nothing_inside",
            "problem status_not_object",
            "problem status_without_id",
            "problem timestamp_out_of_range",
        ]
    );
    let kept = app.rows::<webhook_item::Entity>(TANGERANG).await.unwrap();
    let mut kept: Vec<_> =
        kept.iter().filter(|row| row.outcome == ItemOutcome::Kept).map(|row| row.kind.as_str()).collect();
    kept.sort_unstable();
    assert_eq!(kept, ["errors", "notice.account_update"]);
    let page = app.officer("admin@kab-tangerang").await.get(HELD).await;
    assert!(page.says("Nomor tujuan milik kantor lain."), "{}", page.body);
    for (number, _) in [(KTP, 3), (KK, 1)] {
        let answered = app.fake.sent_calls().iter().filter(|call| call.phone_number_id == number).count();
        assert!(answered > 0, "{number} answers its own citizens");
    }
}

/// A word of the sender's that a database cannot hold must not hold up the message that carries it.
async fn strange_bytes_in_what_is_kept_in_clear_cost_nothing(app: &TestApp) {
    let meta = app.meta(KTP);
    let strange = "image/jpeg\u{0}3603036502909001\u{202e}".repeat(20);
    let photo = json!({ "id": "17", "mime_type": strange, "sha256": "x", "caption": "a\u{0}b" });
    let message = meta.message(("628111000001", "wamid.1"), "image", photo);
    let mut named = meta.message(("628111000002", "wamid.2"), "text", json!({ "body": "a\u{0}b" }));
    named["id"] = json!("wamid.\u{0}2");
    let card = json!({ "profile": { "name": "Si\u{0}ti\u{202e}" }, "wa_id": "628111000002" });
    let status = json!({ "id": "wamid.9", "status": "sent", "timestamp": "1795000000",
        "pricing": { "category": "ser\u{0}vice".repeat(50), "billable": true } });
    let body = meta.body(&[
        meta.change(json!({ "messages": [message, named], "contacts": [card] })),
        meta.change(json!({ "statuses": [status] })),
    ]);
    assert_eq!(meta.posts(&body).await, 200);
    app.settles().await;
    app.waits(60);
    app.settles().await;
    assert_eq!(messages(app, TANGERANG).await, 2);
    assert_eq!(set_aside(app).await, Vec::<String>::new());
    let rows = app.rows::<loket_entity::media::Entity>(TANGERANG).await.unwrap();
    assert!(rows.iter().all(|row| !row.mime.contains("3603036502909001")), "no number in clear");
}

/// Names and texts are cut off in the middle of an emoji somewhere on the way: half of one is no JSON by the book.
async fn half_a_letter_costs_its_batch_nothing(app: &TestApp) {
    let meta = app.meta(KTP);
    let text = |n: usize, words: &str| {
        meta.message((&format!("62811100000{n}"), &format!("wamid.{n}")), "text", json!({ "body": words }))
    };
    let all = [text(1, "KTP saya hilang SEPARUH"), text(2, "Halo"), text(3, "utuh \u{1f600} dan \\\\ud83d")];
    let body = meta.body(&[meta.change(json!({ "messages": all }))]).to_string();
    for half in ["\\ud83d", "\\uDE00", "\\ud83d\\u0041", "\\ude00\\ud83d"] {
        let bytes = body.replace("SEPARUH", half).into_bytes();
        assert_eq!(meta.posts_bytes(bytes).await, 200);
    }
    app.settles().await;
    assert_eq!(messages(app, TANGERANG).await, 3);
    assert_eq!(set_aside(app).await, Vec::<String>::new());
}
