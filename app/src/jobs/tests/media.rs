//! The fetcher: what a citizen sends, and what becomes of it in the store.

use bytes::Bytes;
use loket_core::kinds::MediaState;

use super::*;

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01 berkas";

async fn siti_sends_a_photo(town: &Town) {
    let photo = PhoneContent::Image {
        bytes: Bytes::from_static(JPEG),
        mime: "image/jpeg".into(),
        caption: Some("KTP saya".into()),
    };
    town.siti_sends(photo).await;
}

/// The one thing that she sent.
async fn attachment(town: &Town) -> whatsapp::AttachmentView {
    let cx = town.world.look().await;
    whatsapp::attachments(&cx, town.world.conversation().await).await.unwrap().remove(0)
}

async fn run(town: &Town, sql: &str) {
    let on = town.world.house().databases.door();
    sea_orm::ConnectionTrait::execute_unprepared(on, sql).await.unwrap();
}

/// From now on no file can be recorded.
async fn refuse_files(town: &Town) {
    run(town, "CREATE TRIGGER broken BEFORE INSERT ON file BEGIN SELECT RAISE(ABORT, 'broken'); END").await;
}

async fn take_files(town: &Town) {
    run(town, "DROP TRIGGER broken").await;
}

/// How many files lie in the store.
fn stored(town: &Town) -> usize {
    let office = town.world.test.folder.path().join("files").join(town.world.office.to_string());
    std::fs::read_dir(office).map(Iterator::count).unwrap_or(0)
}

#[tokio::test]
async fn a_photo_is_fetched_and_lies_encrypted_in_the_store() {
    let town = Town::open().await;
    siti_sends_a_photo(&town).await;
    let conversation = town.world.conversation().await;
    town.work().await;
    let cx = town.world.look().await;
    let attachment = whatsapp::attachments(&cx, conversation).await.unwrap().remove(0);
    assert_eq!(attachment.state, MediaState::Stored);
    let (id, mime) = attachment.file.unwrap();
    assert_eq!(mime, "image/jpeg");
    let row = cx.tx().find::<loket_entity::file::Entity>().one().await.unwrap().unwrap();
    assert_eq!((row.id, row.bytes), (id, i64::try_from(JPEG.len()).unwrap()));
    let stored = std::fs::read(town.world.test.folder.path().join("files").join(&row.storage_key)).unwrap();
    assert!(!stored.windows(6).any(|bytes| bytes == b"berkas"));
    assert_eq!(town.files.get(cx.keys(), id, &row.storage_key).await.unwrap(), JPEG);
}

#[tokio::test]
async fn a_fetch_that_could_not_be_recorded_leaves_no_second_file_behind() {
    let town = Town::open().await;
    siti_sends_a_photo(&town).await;
    refuse_files(&town).await;
    for _ in 0..3 {
        town.work().await;
        town.passes(TimeDelta::hours(2));
    }
    assert_eq!(stored(&town), 1, "each try wrote over the one before");
    take_files(&town).await;
    town.work().await;
    let attachment = attachment(&town).await;
    assert_eq!((attachment.state, stored(&town)), (MediaState::Stored, 1));
}

#[tokio::test]
async fn an_attachment_that_is_given_up_leaves_no_file_behind() {
    let town = Town::open().await;
    siti_sends_a_photo(&town).await;
    refuse_files(&town).await;
    town.work().await;
    assert_eq!(stored(&town), 1);
    town.passes(TimeDelta::days(8));
    town.work().await;
    let attachment = attachment(&town).await;
    assert_eq!((attachment.state, stored(&town)), (MediaState::Lost, 0));
}

#[tokio::test]
async fn what_is_no_photo_or_paper_is_refused_and_its_message_stays() {
    let town = Town::open().await;
    let lie = PhoneContent::Document {
        bytes: Bytes::from_static(b"MZ\x90\x00 program"),
        mime: "application/pdf".into(),
        filename: "kk.pdf".into(),
        caption: None,
    };
    town.siti_sends(lie).await;
    town.work().await;
    let cx = town.world.look().await;
    let thread = whatsapp::thread(&cx, town.world.conversation().await, None, 10).await.unwrap();
    let attachment = thread.messages[0].attachment.as_ref().unwrap();
    assert_eq!((attachment.state, attachment.file.is_none()), (MediaState::Refused, true));
    assert_eq!(attachment.name.as_deref(), Some("kk.pdf"));
}

#[tokio::test]
async fn an_attachment_that_meta_lost_is_said_to_be_lost() {
    let town = Town::open().await;
    siti_sends_a_photo(&town).await;
    town.passes(TimeDelta::days(8));
    town.work().await;
    let attachment = attachment(&town).await;
    assert_eq!(attachment.state, MediaState::Lost);
}
