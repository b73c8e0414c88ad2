//! Identity numbers behind a link: a line is read, its NIK and KK are typed into a page of the office, and the receipt
//! comes into the conversation.

use loket_core::kinds::Direction;
use loket_entity::{audit_entry, conversation, entry_link, message, paper, request};
use loket_tests::{
    app::{TestApp, path_in},
    on_both_databases,
    people::{Officer, Phone},
};

const BATU: &str = "kota-batu";
const NUMBER: &str = "357900000000001";
const LINE: &str = "#KTP#RINA WATI#SISIR#BATU#HILANG";
const WHOLE: &str = "#KTP#3579016502909001#RINA WATI#SISIR#BATU#HILANG";
const NIK: &str = "3579016502909001";
const TALKS: &str = "/kantor/kota-batu/percakapan";

on_both_databases!(
    a_line_without_its_number_gets_a_link_and_with_it_becomes_a_request,
    a_number_that_cannot_be_is_told_at_its_field,
    whoever_types_the_number_in_the_chat_is_served_at_once,
    two_lines_of_one_conversation_have_a_link_each,
    what_is_sent_after_a_line_goes_to_its_request,
    the_same_line_again_gets_a_new_link_and_the_old_one_is_over,
    a_link_is_over_after_three_days,
    a_link_leads_to_the_request_that_an_officer_opened_by_hand,
    a_link_of_another_office_or_a_changed_one_leads_nowhere,
    of_two_who_send_the_form_one_opens_the_request,
    an_office_that_asks_in_chats_has_said_that_it_knows_what_that_means,
);

fn rina(app: &TestApp) -> Phone<'_> {
    app.phone("628111000071", "Rina")
}

async fn requests(app: &TestApp) -> Vec<request::Model> {
    app.rows::<request::Entity>(BATU).await.unwrap()
}

async fn a_line_without_its_number_gets_a_link_and_with_it_becomes_a_request(app: &TestApp) {
    let (rina, browser) = (rina(app), app.visitor());
    let before = requests(app).await.len();
    rina.sends(NUMBER, LINE).await;
    let told = rina.last();
    assert!(told.contains("Satu langkah lagi: isi NIK di halaman berikut"), "{told}");
    assert_eq!(requests(app).await.len(), before, "it waits for its number");
    let path = path_in(&told);
    let page = browser.get(&path).await;
    assert!(page.says("S") && page.says("R*** W***") && !page.body.contains("RINA"), "{}", page.body);
    assert!(page.body.contains("name=\"isi.nik\"") && !page.body.contains("isi.desa"), "{}", page.body);

    app.waits(7);
    let sent = browser.post(&path, &[("isi.nik", NIK)]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    app.settles().await;
    let rows = requests(app).await;
    let row = rows.iter().max_by_key(|row| row.opened_at).unwrap();
    assert_eq!(rows.len(), before + 1);
    assert!(
        row.nik_idx.is_some() && row.conversation_id.is_some() && row.district.as_deref() == Some("Batu")
    );
    assert_eq!((row.opened_at - row.first_message_at).num_minutes(), 7, "its turn is that of its line");
    assert!(rina.last().contains(&row.receipt), "{}", rina.last());
    assert!(browser.get(&path).await.says(&row.receipt));
    assert!(!rina.receives().concat().contains(NIK));
    let lines = app.rows::<message::Entity>(BATU).await.unwrap();
    assert!(lines.iter().any(|line| line.request_id == Some(row.id)), "the line is the request's");
}

async fn a_number_that_cannot_be_is_told_at_its_field(app: &TestApp) {
    let (rina, browser) = (rina(app), app.visitor());
    rina.sends(NUMBER, LINE).await;
    let path = path_in(&rina.last());
    browser.get(&path).await;
    let before = requests(app).await.len();
    for (typed, sentence) in [("123", "NIK harus terdiri atas 16 angka, yang terbaca 3 angka."), ("", "NIK")]
    {
        let again = browser.post(&path, &[("isi.nik", typed)]).await;
        assert_eq!(again.status, 422);
        assert!(again.says(sentence) && again.says("Ada isian yang perlu diperbaiki."), "{}", again.body);
    }
    assert_eq!(requests(app).await.len(), before);
}

async fn whoever_types_the_number_in_the_chat_is_served_at_once(app: &TestApp) {
    let rina = rina(app);
    rina.sends(NUMBER, WHOLE).await;
    assert!(rina.last().contains("Mohon simpan nomor ini"), "{}", rina.last());
    assert!(app.rows::<entry_link::Entity>(BATU).await.unwrap().is_empty());
}

async fn two_lines_of_one_conversation_have_a_link_each(app: &TestApp) {
    let (rina, browser) = (rina(app), app.visitor());
    let before = requests(app).await.len();
    rina.sends(NUMBER, LINE).await;
    let first = path_in(&rina.last());
    app.waits(1);
    rina.sends(NUMBER, "#KTP#DEWI WATI#SISIR#BATU#RUSAK").await;
    let second = path_in(&rina.last());
    assert_ne!(first, second);
    browser.get(&first).await;
    assert_eq!(browser.post(&first, &[("isi.nik", NIK)]).await.status, 303);
    assert!(browser.get(&second).await.says("D*** W***"));
    assert_eq!(browser.post(&second, &[("isi.nik", "3579016502959002")]).await.status, 303);
    app.settles().await;
    let rows = requests(app).await;
    assert_eq!(rows.len(), before + 2);
    let lines = app.rows::<message::Entity>(BATU).await.unwrap();
    let loose = lines.iter().filter(|line| line.direction == Direction::In && line.request_id.is_none());
    let talk = rows.iter().max_by_key(|row| row.opened_at).unwrap().conversation_id.unwrap();
    assert_eq!(loose.filter(|line| line.conversation_id == talk).count(), 0, "each line is its request's");
}

async fn what_is_sent_after_a_line_goes_to_its_request(app: &TestApp) {
    let (rina, browser) = (rina(app), app.visitor());
    // An earlier request of the same conversation is under way.
    rina.sends(NUMBER, "#KTP#3579015203909003#TONO HADI#SISIR#BATU#RUSAK").await;
    let earlier = requests(app).await.into_iter().max_by_key(|row| row.opened_at).unwrap();
    app.waits(1);
    rina.sends(NUMBER, LINE).await;
    let path = path_in(&rina.last());
    app.waits(1);
    rina.sends_photo(NUMBER).await;
    let papers = async || {
        app.rows::<paper::Entity>(BATU).await.unwrap().into_iter().filter(|one| one.media_id.is_some())
    };
    assert_eq!(
        papers().await.filter(|one| one.request_id == earlier.id).count(),
        0,
        "it is not the earlier one's"
    );
    browser.get(&path).await;
    assert_eq!(browser.post(&path, &[("isi.nik", NIK)]).await.status, 303);
    let row = requests(app).await.into_iter().max_by_key(|row| row.opened_at).unwrap();
    assert_eq!(papers().await.filter(|one| one.request_id == row.id).count(), 1);
}

async fn the_same_line_again_gets_a_new_link_and_the_old_one_is_over(app: &TestApp) {
    let (rina, browser) = (rina(app), app.visitor());
    rina.sends(NUMBER, LINE).await;
    let first = path_in(&rina.last());
    app.waits(5);
    rina.sends(NUMBER, LINE).await;
    let second = path_in(&rina.last());
    assert!(browser.get(&first).await.says("Tautan sudah tidak berlaku"));
    assert!(browser.get(&second).await.body.contains("isi.nik"));
    assert_eq!(browser.post(&first, &[("isi.nik", NIK)]).await.status, 200, "it shows how to get another");
    assert_eq!(
        app.rows::<entry_link::Entity>(BATU)
            .await
            .unwrap()
            .iter()
            .filter(|one| one.request_id.is_some())
            .count(),
        0
    );
}

async fn a_link_is_over_after_three_days(app: &TestApp) {
    let (rina, browser) = (rina(app), app.visitor());
    rina.sends(NUMBER, LINE).await;
    let path = path_in(&rina.last());
    app.waits(3 * 24 * 60 - 1);
    assert!(browser.get(&path).await.body.contains("isi.nik"));
    app.waits(1);
    let page = browser.get(&path).await;
    assert!(page.says("Kirim sekali lagi baris permohonan"), "{}", page.body);
    let before = requests(app).await.len();
    browser.post(&path, &[("isi.nik", NIK)]).await;
    assert_eq!(requests(app).await.len(), before);
}

async fn a_link_leads_to_the_request_that_an_officer_opened_by_hand(app: &TestApp) {
    let (rina, browser) = (rina(app), app.visitor());
    rina.sends(NUMBER, LINE).await;
    let path = path_in(&rina.last());
    let officer: Officer = app.officer("admin@kota-batu").await;
    let officer =
        if officer.get(TALKS).await.status == 200 { officer } else { app.officer("kabid@kota-batu").await };
    let talks = app.rows::<conversation::Entity>(BATU).await.unwrap();
    let talk = format!("{TALKS}/{}", talks.iter().map(|row| row.id).max().unwrap());
    let page = officer.get(&talk).await;
    let variant = page.body.split(" selected").next().unwrap().rsplit("value=\"").next().unwrap();
    let variant = variant.split('"').next().unwrap().to_owned();
    let fields = [
        ("service", variant.as_str()),
        ("name", "RINA WATI"),
        ("isi.desa", "Sisir"),
        ("isi.kecamatan", "Batu"),
    ];
    let made = officer.post(&format!("{talk}/permohonan"), &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let row = requests(app).await.into_iter().max_by_key(|row| row.opened_at).unwrap();
    assert!(browser.get(&path).await.says(&row.receipt));
}

async fn a_link_of_another_office_or_a_changed_one_leads_nowhere(app: &TestApp) {
    let (rina, browser) = (rina(app), app.visitor());
    rina.sends(NUMBER, LINE).await;
    let path = path_in(&rina.last());
    let elsewhere = path.replace(BATU, "kota-kupang");
    let (start, last) = path.split_at(path.len() - 1);
    let changed = format!("{start}{}", if last == "A" { "B" } else { "A" });
    let id = app.rows::<entry_link::Entity>(BATU).await.unwrap()[0].id;
    for path in [elsewhere, changed, format!("/isi/{BATU}/{id}"), format!("/isi/{BATU}/{}", "A".repeat(43))] {
        assert_eq!(browser.get(&path).await.status, 404, "{path}");
    }
}

async fn of_two_who_send_the_form_one_opens_the_request(app: &TestApp) {
    let (rina, one, other) = (rina(app), app.visitor(), app.visitor());
    rina.sends(NUMBER, LINE).await;
    let path = path_in(&rina.last());
    let before = requests(app).await.len();
    one.get(&path).await;
    other.get(&path).await;
    let typed = [("isi.nik", NIK)];
    let (first, second) = tokio::join!(one.post(&path, &typed), other.post(&path, &typed));
    let opened = [&first, &second].iter().filter(|page| page.status == 303).count();
    assert_eq!(opened, 1, "{} {}", first.status, second.status);
    assert_eq!(requests(app).await.len(), before + 1);
    assert!(one.get(&path).await.says("Permohonan diterima"));
}

async fn an_office_that_asks_in_chats_has_said_that_it_knows_what_that_means(app: &TestApp) {
    let admin = app.officer("admin@kota-batu").await;
    let studio = "/kantor/kota-batu/pengaturan/format";
    let list = admin.get(studio).await;
    let before = format!("{studio}/");
    let mut ids: Vec<String> = list.body.split(&before).skip(1).map(|rest| rest[..36].to_owned()).collect();
    ids.dedup();
    let mut asked = None;
    for id in ids {
        let draft = admin.get(&format!("{studio}/{id}/rancangan")).await;
        if draft.body.contains("value=\"KTP\"") {
            asked = Some(id);
        }
    }
    let id = asked.expect("the format of the KTP");
    let fields = [
        ("revision", "0"),
        ("keyword", "KTP"),
        ("separator", "#"),
        ("numbers", "chat"),
        ("field_place", "0"),
        ("field_label", "NIK"),
        ("field_kind", "nik"),
        ("field_need", "wajib"),
    ];
    let saved = admin.post(&format!("{studio}/{id}/rancangan"), &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let publish = format!("{studio}/{id}/terbitkan");
    let page = admin.get(&publish).await;
    assert!(page.says("kebijakan pesan bisnis WhatsApp"), "{}", page.body);
    let how = [("revision", "1"), ("note", "Nomor di percakapan")];
    let refused = admin.post(&publish, &how).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("Baca risikonya"), "{}", refused.body);
    let noted = async || {
        let rows = app.rows::<audit_entry::Entity>(BATU).await.unwrap();
        rows.into_iter().filter(|row| row.action == "format.numbers_in_chat").count()
    };
    assert_eq!(noted().await, 0);
    let accepted = [("revision", "1"), ("note", "Nomor di percakapan"), ("accepted", "1")];
    let done = admin.post(&publish, &accepted).await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(noted().await, 1);
    let rina = rina(app);
    rina.sends(NUMBER, "#KTP").await;
    assert!(!rina.receives().concat().contains("/isi/"), "it is asked for in the chat now");
}
