//! Meta's door on the real site: what is answered to whom.

use actix_web::{http::StatusCode, test::TestRequest};
use futures_util::future::join_all;
use serde_json::json;

use super::{Browser, World, browser, world};
use crate::{
    domain::whatsapp::tests::{PHONE_NUMBER_ID, SECRET, SITI, app, connect, envelope, text_at},
    infra::graph::signature,
};

/// The door of an office with a number, and what a signed body may look like.
async fn meta() -> (World, Browser, String, Vec<u8>) {
    let world = world().await;
    let house = &world.test.house;
    let path = format!("/webhook/whatsapp/{}", app(house, world.office, SECRET).await);
    connect(house, world.office, PHONE_NUMBER_ID).await.unwrap();
    let message = text_at("wamid.A", SITI, "Selamat pagi", world.test.clock_now());
    let body = serde_json::to_vec(&envelope(json!({"messages": [message]}))).unwrap();
    let meta = browser(world.site()).await;
    (world, meta, path, body)
}

fn post(path: &str, body: &[u8], signed: Option<&str>) -> TestRequest {
    let request = TestRequest::post().uri(path).set_payload(body.to_vec());
    let request = request.insert_header(("content-type", "application/json"));
    match signed {
        Some(signed) => request.insert_header((signature::HEADER, signed)),
        None => request,
    }
}

#[actix_web::test]
async fn the_challenge_goes_back_to_who_knows_the_token() {
    let (_world, meta, path, _) = meta().await;
    let asked = async |query: &str| meta.get(&format!("{path}?{query}")).await;
    let fine =
        asked(&format!("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=token-{SECRET}")).await;
    assert_eq!((fine.status, fine.body.as_str()), (StatusCode::OK, "1158201444"));
    assert!(fine.header("content-type").starts_with("text/plain"));
    for query in
        ["", "hub.mode=subscribe&hub.challenge=1&hub.verify_token=lain", "hub.mode=subscribe&hub.challenge=1"]
    {
        assert_eq!(asked(query).await.status, StatusCode::FORBIDDEN, "{query}");
    }
}

#[actix_web::test]
async fn a_signed_body_is_taken_fifty_times_and_a_strangers_never() {
    let (_world, meta, path, body) = meta().await;
    let signed = signature::sign(SECRET, &body);
    let many = (0..50).map(|_| meta.send(post(&path, &body, Some(&signed))));
    assert!(join_all(many).await.iter().all(|answer| answer.status == StatusCode::OK));
    let wrong = signature::sign("lain", &body);
    for header in [None, Some(wrong.as_str()), Some("sha256=")] {
        let answer = meta.send(post(&path, &body, header)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{header:?}");
    }
    let nowhere = "/webhook/whatsapp/00000000000000000000000000000000";
    assert_eq!(meta.send(post(nowhere, &body, Some(&signed))).await.status, StatusCode::NOT_FOUND);
    let near = TestRequest::get().uri("/metrics").peer_addr("127.0.0.1:1".parse().unwrap());
    let figures = (meta.ask)(near).await.body;
    assert!(figures.contains("loket_webhook_stored_total 1\n"), "one row, from the first: {figures}");
}

#[actix_web::test]
async fn a_body_of_more_than_four_mebibytes_is_refused() {
    let (_world, meta, path, _) = meta().await;
    let most = vec![b' '; 4 * 1024 * 1024];
    let taken = meta.send(post(&path, &most, Some(&signature::sign(SECRET, &most)))).await;
    assert_eq!(taken.status, StatusCode::OK, "kept and shown, whatever it is");
    let more = vec![b' '; 4 * 1024 * 1024 + 1];
    let refused = meta.send(post(&path, &more, Some(&signature::sign(SECRET, &more)))).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[actix_web::test]
async fn a_body_that_cannot_be_stored_is_to_be_sent_again() {
    let (world, meta, path, body) = meta().await;
    world.test.house.databases.clone().close().await.unwrap();
    let answer = meta.send(post(&path, &body, Some(&signature::sign(SECRET, &body)))).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
}
