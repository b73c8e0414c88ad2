//! Lines that a desa hands in for its people: one letter, a number for each, and nothing guessed.

use loket::{
    fake_graph::PhoneContent,
    web::simulator::{people::PEOPLE, samples::Sample},
};
use loket_core::id::RequestId;
use loket_entity::{paper, request, trusted_sender};
use loket_tests::{
    app::{TestApp, path_in},
    on_both_databases,
    people::Phone,
};

const TANGERANG: &str = "kab-tangerang";
/// The number for KTP-el.
const NUMBER: &str = "360300000000002";
/// The telephone of the desa.
const DESA: &str = "628111000072";
const SENDERS: &str = "/kantor/kab-tangerang/pengaturan/pengirim";
const SITI: &str = "#KTP#3603036502900001#3603031203150001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
const BUDI: &str = "#KTP#3603031203850002#3603031203150002#BUDI SANTOSO#PETE#TIGARAKSA#RUSAK#";
const ANDI: &str = "#KK#3603031203150003#ANDI WIJAYA#PETE#TIGARAKSA";
/// Its KK number is too short.
const RATNA: &str = "#KTP#3603036502900004#3603#RATNA DEWI#PETE#TIGARAKSA#HILANG#";

on_both_databases!(
    lines_of_a_desa_are_answered_in_one_letter_with_a_number_for_each,
    a_faulty_line_among_them_is_told_with_the_rest_and_never_handed_over,
    an_office_that_leaves_answers_to_people_says_how_many_lines_wait,
    the_same_lines_of_anybody_else_are_answered_one_by_one,
    a_photo_of_a_desa_is_for_the_number_under_it_or_waits_for_a_person,
    a_photo_of_a_citizen_is_for_the_number_under_it_or_for_the_newest_request,
    a_line_behind_a_link_is_handed_in_by_the_desa_too,
    a_telephone_is_trusted_once_and_until_it_is_taken_off_the_list,
);

/// The desa's telephone, trusted by the office.
async fn desa(app: &TestApp) -> Phone<'_> {
    trusts(app, "0811-1000-072").await;
    app.phone(DESA, "Ibu Lurah")
}

async fn trusts(app: &TestApp, phone: &str) {
    let admin = app.officer("admin@kab-tangerang").await;
    admin.get(SENDERS).await;
    let added = admin.post(SENDERS, &[("name", "Desa  Pete"), ("phone", phone)]).await;
    assert_eq!(added.status, 303, "{}", added.body);
}

fn photo(caption: Option<String>) -> PhoneContent {
    Sample::FamilyCard.draw(&PEOPLE[0], caption)
}

/// How many papers have come, of one request or of all.
async fn come(app: &TestApp, office: &str, of: Option<RequestId>) -> usize {
    let papers = app.rows::<paper::Entity>(office).await.unwrap();
    let here = |one: &&paper::Model| one.media_id.is_some() && of.is_none_or(|id| one.request_id == id);
    papers.iter().filter(here).count()
}

/// What was opened after something, oldest first.
async fn opened(app: &TestApp, before: &[request::Model]) -> Vec<request::Model> {
    let mut rows = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    rows.retain(|row| before.iter().all(|other| other.id != row.id));
    rows.sort_by_key(|row| row.receipt.clone());
    rows
}

async fn all(app: &TestApp) -> Vec<request::Model> {
    app.rows::<request::Entity>(TANGERANG).await.unwrap()
}

async fn lines_of_a_desa_are_answered_in_one_letter_with_a_number_for_each(app: &TestApp) {
    let (phone, before) = (desa(app).await, all(app).await);
    let said = phone.receives().len();
    phone.sends(NUMBER, &format!("Selamat pagi\n{SITI}\n{BUDI}\n{ANDI}\nterima kasih")).await;
    let new = opened(app, &before).await;
    assert_eq!(new.len(), 3);
    let letters = phone.receives().split_off(said);
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0];
    assert!(letter.starts_with("Yth. Desa Pete, 3 permohonan telah kami terima"), "{letter}");
    for (row, name) in new.iter().zip(["SITI AMINAH", "BUDI SANTOSO", "ANDI WIJAYA"]) {
        assert!(letter.contains(&format!("*{}* {name}, ", row.receipt)), "{name}: {letter}");
    }
    let papers = "- KTP elektronik (hilang): (1) Kartu Keluarga; (2) Surat kehilangan dari kepolisian";
    assert!(letter.contains(papers), "{letter}");
    let officer = app.officer("kabid@kab-tangerang").await;
    let seen = officer.get(&format!("/kantor/{TANGERANG}/permohonan/{}", new[1].id)).await;
    assert!(
        seen.says("BUDI SANTOSO") && seen.says("Diserahkan oleh") && seen.says("Desa Pete"),
        "{}",
        seen.body
    );
}

async fn a_faulty_line_among_them_is_told_with_the_rest_and_never_handed_over(app: &TestApp) {
    let (phone, before) = (desa(app).await, all(app).await);
    phone.sends(NUMBER, &format!("{SITI}\n{RATNA}")).await;
    assert_eq!(opened(app, &before).await.len(), 1);
    let letters = phone.receives().join("\n---\n");
    assert!(letters.contains("Yth. Desa Pete, 1 permohonan telah kami terima"), "{letters}");
    assert!(letters.contains("1 baris belum menjadi permohonan. Mohon salin"), "{letters}");
    assert!(letters.contains("*KTP* RATNA DEWI\n- Nomor KK harus terdiri atas 16 angka"), "{letters}");
    for _ in 0..3 {
        let said = phone.receives().len();
        app.waits(60);
        phone.sends(NUMBER, RATNA).await;
        let again = phone.receives().split_off(said).join("");
        assert!(again.contains("Yth. Desa Pete, 1 baris belum"), "{again}");
        assert!(!again.contains("Petugas kami akan membantu"), "{again}");
    }
}

async fn an_office_that_leaves_answers_to_people_says_how_many_lines_wait(app: &TestApp) {
    let admin = app.officer("admin@kab-tangerang").await;
    let replies = "/kantor/kab-tangerang/pengaturan/balasan-otomatis";
    admin.get(replies).await;
    assert_eq!(admin.post(replies, &[("replies", "officer")]).await.status, 303);
    let phone = desa(app).await;
    phone.sends(NUMBER, &format!("{SITI}\n{RATNA}")).await;
    let letter = phone.last();
    assert!(letter.contains("1 permohonan telah kami terima"), "{letter}");
    assert!(letter.contains("1 baris belum menjadi permohonan dan akan diperiksa petugas."), "{letter}");
    assert!(!letter.contains("#KTP#"), "{letter}");
}

async fn the_same_lines_of_anybody_else_are_answered_one_by_one(app: &TestApp) {
    trusts(app, "0811-1000-072").await;
    let (phone, before) = (app.phone("628111000073", "Tetangga"), all(app).await);
    let said = phone.receives().len();
    phone.sends(NUMBER, &format!("{SITI}\n{BUDI}")).await;
    let new = opened(app, &before).await;
    let letters = phone.receives().split_off(said);
    assert_eq!((new.len(), letters.len()), (2, 2), "{letters:?}");
    assert!(letters.iter().all(|letter| letter.starts_with("Yth. Bapak/Ibu ")), "{letters:?}");
    let officer = app.officer("kabid@kab-tangerang").await;
    let seen = officer.get(&format!("/kantor/{TANGERANG}/permohonan/{}", new[0].id)).await;
    assert!(!seen.says("Diserahkan oleh"), "{}", seen.body);
}

async fn a_photo_of_a_desa_is_for_the_number_under_it_or_waits_for_a_person(app: &TestApp) {
    let (phone, before) = (desa(app).await, all(app).await);
    let none = come(app, TANGERANG, None).await;
    phone.sends(NUMBER, &format!("{SITI}\n{BUDI}")).await;
    let budi = opened(app, &before).await.pop().unwrap();
    app.waits(1);
    phone.sends_photo(NUMBER).await;
    // Nor when all of it is read at once, with photos before, between and behind.
    app.waits(1);
    let lines = PhoneContent::Text(format!("{SITI}\n{BUDI}"));
    let one = PhoneContent::Text(ANDI.to_owned());
    for content in [photo(None), lines, photo(None), one, photo(None)] {
        app.fake.phone_sends(DESA, "Ibu Lurah", NUMBER, content).await.unwrap();
    }
    app.settles().await;
    assert_eq!((opened(app, &before).await.len(), come(app, TANGERANG, None).await), (5, none));
    app.waits(1);
    phone.sends_any(NUMBER, photo(Some(format!("KK untuk {}, bu", budi.receipt)))).await;
    assert_eq!(come(app, TANGERANG, None).await, none + 1);
    assert_eq!(come(app, TANGERANG, Some(budi.id)).await, 1);
}

async fn a_photo_of_a_citizen_is_for_the_number_under_it_or_for_the_newest_request(app: &TestApp) {
    let (phone, before) = (app.phone("628111000073", "Siti"), all(app).await);
    phone.sends(NUMBER, SITI).await;
    app.waits(1);
    phone.sends(NUMBER, BUDI).await;
    app.waits(1);
    let [siti, budi] = <[_; 2]>::try_from(opened(app, &before).await).unwrap();
    phone.sends_any(NUMBER, photo(Some(siti.receipt.clone()))).await;
    app.waits(1);
    phone.sends_any(NUMBER, photo(Some("TNG-2611-09999-X".to_owned()))).await;
    let each = async |id| come(app, TANGERANG, Some(id)).await;
    assert_eq!((each(siti.id).await, each(budi.id).await), (1, 1));
}

async fn a_line_behind_a_link_is_handed_in_by_the_desa_too(app: &TestApp) {
    let admin = app.officer("admin@kota-batu").await;
    let senders = "/kantor/kota-batu/pengaturan/pengirim";
    admin.get(senders).await;
    assert_eq!(admin.post(senders, &[("name", "Desa Sisir"), ("phone", DESA)]).await.status, 303);
    let (phone, browser) = (app.phone(DESA, "Ibu Lurah"), app.visitor());
    phone.sends("357900000000001", "#KTP#RINA WATI#SISIR#BATU#HILANG").await;
    let path = path_in(&phone.last());
    app.waits(1);
    phone.sends_photo("357900000000001").await;
    browser.get(&path).await;
    assert_eq!(browser.post(&path, &[("isi.nik", "3579016502909001")]).await.status, 303);
    app.settles().await;
    let rows = app.rows::<request::Entity>("kota-batu").await.unwrap();
    let rina = rows.into_iter().max_by_key(|row| row.opened_at).unwrap();
    assert_eq!(come(app, "kota-batu", Some(rina.id)).await, 0, "it may be anybody's");
    let officer = app.officer("kabid@kota-batu").await;
    let seen = officer.get(&format!("/kantor/kota-batu/permohonan/{}", rina.id)).await;
    assert!(seen.says("RINA WATI") && seen.says("Desa Sisir"), "{}", seen.body);
}

async fn a_telephone_is_trusted_once_and_until_it_is_taken_off_the_list(app: &TestApp) {
    let phone = desa(app).await;
    let admin = app.officer("admin@kab-tangerang").await;
    let page = admin.get(SENDERS).await;
    assert!(page.says("Desa Pete") && page.says("62811****0072"), "{}", page.body);
    for (name, number, sentence) in [
        ("Desa Pete", "+62 811 1000 072", "Nomor ini sudah terdaftar."),
        ("", "081110000999", "Nama pengirim belum diisi"),
        ("Desa Bantar", "12ab", "Nomor telepon hanya boleh berisi angka."),
        ("Desa Bantar", "", "Nomor telepon belum diisi."),
    ] {
        let refused = admin.post(SENDERS, &[("name", name), ("phone", number)]).await;
        assert_eq!(refused.status, 422, "{sentence}");
        assert!(refused.says(sentence) && refused.says(name), "{}", refused.body);
    }
    let rows = app.rows::<trusted_sender::Entity>(TANGERANG).await.unwrap();
    assert_eq!(rows.len(), 1);
    let end = format!("{SENDERS}/{}/hapus", rows[0].id);
    admin.get(SENDERS).await;
    assert_eq!(admin.post(&end, &[]).await.status, 303);
    assert_eq!(admin.post(&end, &[]).await.status, 404);
    let said = phone.receives().len();
    phone.sends(NUMBER, &format!("{SITI}\n{BUDI}")).await;
    assert_eq!(phone.receives().len(), said + 2);
}
