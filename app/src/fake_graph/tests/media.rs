//! Files up and down, in two steps.

use super::*;

#[actix_web::test]
async fn a_document_is_uploaded_sent_and_shown_on_the_phone() {
    let world = world().await;
    world.phone_writes("halo").await;
    let file = Bytes::from_static(b"%PDF-1.7 surat");
    let uploaded =
        world.client.upload(&world.token, NUMBER, file.clone(), "application/pdf", "Surat Pindah.pdf");
    let media_id = uploaded.await.unwrap();
    let content = OutContent::Document {
        media_id: media_id.clone(),
        filename: "Surat Pindah.pdf".into(),
        caption: Some("Selesai".into()),
    };
    world.send(&Outgoing { content, ..text("") }).await.unwrap();
    let shown = world.fake.phone_messages(PHONE).pop().unwrap();
    assert_eq!((shown.kind.as_str(), shown.filename.as_deref()), ("document", Some("Surat Pindah.pdf")));
    assert_eq!(shown.text.as_deref(), Some("Selesai"));
    assert_eq!(world.fake.medium(&shown.media_id.unwrap()), Some(("application/pdf".into(), file)));

    world.clock.advance(TimeDelta::days(30));
    world.phone_writes("lagi").await;
    let content = OutContent::Image { media_id, caption: None };
    let late = world.send(&Outgoing { content, ..text("") }).await;
    assert_eq!(late, Err((FailureClass::Permanent, Some(131_009))));
}

#[actix_web::test]
async fn uploads_of_the_wrong_type_size_or_token_are_refused() {
    let world = world().await;
    let upload = async |token: &str, file: Vec<u8>, mime: &str| {
        world.client.upload(&AccessToken::new(token), NUMBER, file.into(), mime, "x").await
    };
    assert_eq!(upload("EAAother", vec![1], "image/png").await, Err(MediaFailure::Channel));
    let wrong = upload("EAAtoken", vec![1], "application/x-msdownload").await;
    assert_eq!(wrong, Err(MediaFailure::Refused { code: Some(100) }));
    let large = upload("EAAtoken", vec![1; 5 * 1024 * 1024 + 1], "image/png").await;
    assert_eq!(large, Err(MediaFailure::Refused { code: Some(131_053) }));
    assert_eq!(upload("EAAtoken", vec![1], "no type").await, Err(MediaFailure::BadType));
}

#[actix_web::test]
async fn a_photo_is_fetched_in_two_steps_and_an_old_link_is_renewed_once() {
    let world = world().await;
    let bytes = Bytes::from(vec![7_u8; 100_000]);
    let photo = PhoneContent::Image {
        bytes: bytes.clone(),
        mime: "image/jpeg".into(),
        caption: Some("KK saya".into()),
    };
    world.fake.phone_sends(PHONE, "Siti", NUMBER, photo).await.unwrap();
    let Body::Image(media) = world.callback.messages().remove(0).body else { panic!("no photo") };
    assert_eq!(media.caption.as_deref(), Some("KK saya"));
    let (client, token) = (&world.client, &world.token);

    let info = client.media_url(token, &media.graph_media_id).await.unwrap();
    assert_eq!((info.mime.as_deref(), info.length), (Some("image/jpeg"), Some(100_000)));
    assert_eq!(client.download(token, &info.url, 100_000).await, Ok(bytes.clone()));
    let small = client.download(token, &info.url, 99_999).await;
    assert_eq!(small, Err(MediaFailure::TooLarge { limit: 99_999 }));
    let stranger = AccessToken::new("EAAother");
    assert_eq!(client.download(&stranger, &info.url, 100_000).await, Err(MediaFailure::LinkExpired));
    let foreign = client.download(token, "http://127.0.0.1:9/x", 1).await;
    assert_eq!(foreign, Err(MediaFailure::ForeignHost));

    world.clock.advance(LINK_LIFE);
    assert_eq!(client.download(token, &info.url, 100_000).await, Err(MediaFailure::LinkExpired));
    let (_, fetched) = client.fetch(token, &media.graph_media_id, 100_000).await.unwrap();
    assert_eq!(fetched, bytes);
    assert_eq!(client.media_url(&stranger, &media.graph_media_id).await, Err(MediaFailure::Channel));

    world.clock.advance(TimeDelta::days(7));
    assert_eq!(client.media_url(token, &media.graph_media_id).await, Err(MediaFailure::Gone));
}
