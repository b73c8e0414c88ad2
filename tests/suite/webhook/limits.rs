//! How large a body may be and how long it may take.

use std::time::{Duration, Instant};

use loket_tests::{app::TestApp, meta::Meta, on_both_databases, webhook::SIGNATURE};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{KTP, LARGEST, TANGERANG, messages, set_aside};

on_both_databases!(
    a_thousand_messages_in_three_megabytes_are_all_kept,
    four_mebibytes_are_taken_and_one_byte_more_is_not,
    a_body_that_drips_is_closed_after_ten_seconds,
);

async fn a_thousand_messages_in_three_megabytes_are_all_kept(app: &TestApp) {
    let meta = app.meta(KTP);
    let words = "Mohon informasi. ".repeat(175);
    let all: Vec<Value> = (0..1000)
        .map(|n| {
            let from = format!("62811200{:04}", n % 8);
            meta.message((&from, &format!("wamid.{n}")), "text", json!({ "body": format!("{n} {words}") }))
        })
        .collect();
    let body = meta.body(&[meta.change(json!({ "messages": all }))]).to_string().into_bytes();
    assert!((3_000_000..LARGEST).contains(&body.len()), "{}", body.len());
    assert_eq!(meta.posts_bytes(body).await, 200);
    app.settles().await;
    assert_eq!(messages(app, TANGERANG).await, 1000);
    assert_eq!(set_aside(app).await, Vec::<String>::new());
}

async fn four_mebibytes_are_taken_and_one_byte_more_is_not(app: &TestApp) {
    let meta = app.meta(KTP);
    assert_eq!(meta.posts_bytes(vec![b' '; LARGEST]).await, 200);
    assert_eq!(app.bodies_kept().await.unwrap(), 1);
    // Announced: refused by its length, before a byte of it is taken in.
    let mut announced = connect(&meta).await;
    let head = head(&meta, &format!("content-length: {}\r\n", LARGEST + 1));
    announced.write_all(head.as_bytes()).await.unwrap();
    assert!(answer(&mut announced).await.starts_with("HTTP/1.1 413"));
    // Not announced: refused when it is there.
    let mut chunked = connect(&meta).await;
    chunked.write_all(self::head(&meta, "transfer-encoding: chunked\r\n").as_bytes()).await.unwrap();
    chunked.write_all(format!("{:x}\r\n", LARGEST + 1).as_bytes()).await.unwrap();
    let _ = chunked.write_all(&vec![b' '; LARGEST + 1]).await;
    let _ = chunked.write_all(b"\r\n0\r\n\r\n").await;
    assert!(answer(&mut chunked).await.starts_with("HTTP/1.1 413"));
    assert_eq!(app.bodies_kept().await.unwrap(), 1);
}

async fn a_body_that_drips_is_closed_after_ten_seconds(app: &TestApp) {
    let meta = app.meta(KTP);
    let line = connect(&meta).await;
    let begun = Instant::now();
    let (mut reading, mut writing) = line.into_split();
    writing.write_all(head(&meta, "content-length: 1000\r\n").as_bytes()).await.unwrap();
    let drips = async {
        // Far fewer bytes than were announced, and never quite silent.
        for _ in 0..60 {
            if writing.write_all(b"x").await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        begun.elapsed()
    };
    let hears = async {
        let mut heard = Vec::new();
        let _ = reading.read_to_end(&mut heard).await;
        (String::from_utf8_lossy(&heard).into_owned(), begun.elapsed())
    };
    let (gave_up, (heard, closed)) = tokio::join!(drips, hears);
    assert!(heard.starts_with("HTTP/1.1 408"), "{heard:?}");
    assert!((9..16).contains(&closed.as_secs()), "closed after {closed:?}");
    assert!(gave_up < Duration::from_secs(20), "the sender noticed after {gave_up:?}");
    assert_eq!(app.bodies_kept().await.unwrap(), 0);
}

async fn connect(meta: &Meta<'_>) -> TcpStream {
    let callback = meta.callback();
    let host = callback.split('/').nth(2).unwrap();
    TcpStream::connect(host).await.unwrap()
}

fn head(meta: &Meta<'_>, more: &str) -> String {
    let signed = format!("sha256={}", "0".repeat(64));
    let path = &meta.number.webhook_path;
    format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{SIGNATURE}: {signed}\r\n{more}\r\n"
    )
}

/// What the server says, until it closes the line or a head is there.
async fn answer(line: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    let mut some = [0; 4096];
    while !heard.windows(4).any(|four| four == b"\r\n\r\n") {
        let read = tokio::time::timeout(Duration::from_secs(20), line.read(&mut some)).await;
        match read.expect("the server answers in time") {
            Ok(0) | Err(_) => break,
            Ok(read) => heard.extend_from_slice(&some[..read]),
        }
    }
    String::from_utf8_lossy(&heard).into_owned()
}
