//! The public form: the fields of a format without any conversation, and how it goes on in WhatsApp.

use loket_core::request::Channel;
use loket_entity::{paper, request};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page},
};

const BATU: &str = "kota-batu";
const FORM: &str = "/k/kota-batu/ajukan";
const NUMBER: &str = "357900000000001";
const RINA: &str = "628111000071";

on_both_databases!(
    what_is_handed_in_has_a_receipt_and_stands_in_the_queue,
    what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost,
    whoever_writes_its_number_from_the_named_telephone_goes_on_in_whatsapp,
    a_stranger_who_knows_the_number_gains_nothing,
    an_office_opens_and_closes_its_form,
    one_address_hands_in_forty_forms_in_a_quarter_of_an_hour,
    a_receipt_is_shown_to_its_holder_only,
    a_form_that_is_sent_twice_opens_one_request,
    a_request_of_the_form_gets_photos_though_another_line_waits,
);

const TYPED: [(&str, &str); 7] = [
    ("isi.nik", "3579016502909001"),
    ("isi.nama", "Rina Wati"),
    ("isi.desa", "Sisir"),
    ("isi.kecamatan", "Batu"),
    ("isi.nomor_wa", "0811-1000-071"),
    ("isi._penerima", "Sari, adik"),
    ("isi.strange", "x"),
];

/// The variant behind a button of the first page.
fn variant(page: &Page, name: &str) -> String {
    let before = page.body.split(&format!(">{name}<")).next().unwrap_or_default();
    before.rsplit("layanan=").next().unwrap_or_default()[..36].to_owned()
}

/// Fills the form in and sends it, with some fields typed otherwise.
async fn hands_in(browser: &Officer, otherwise: &[(&str, &str)]) -> Page {
    let first = browser.get(FORM).await;
    let chosen = variant(&first, "Hilang");
    let form = browser.get(&format!("{FORM}?layanan={chosen}")).await;
    assert!(form.body.contains("isi.nomor_wa"), "{}", form.body);
    let mut fields = vec![("layanan", chosen.as_str())];
    fields.extend(TYPED.iter().filter(|(name, _)| !otherwise.iter().any(|(other, _)| other == name)));
    fields.extend(otherwise);
    browser.post(FORM, &fields).await
}

async fn newest(app: &TestApp) -> request::Model {
    app.rows::<request::Entity>(BATU).await.unwrap().into_iter().max_by_key(|row| row.opened_at).unwrap()
}

async fn what_is_handed_in_has_a_receipt_and_stands_in_the_queue(app: &TestApp) {
    let browser = app.visitor();
    app.waits(3);
    let sent = hands_in(&browser, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let row = newest(app).await;
    assert_eq!((row.channel, row.conversation_id, row.submitter_id), (Channel::Web, None, None));
    assert!(row.nik_idx.is_some() && row.district.as_deref() == Some("Batu"));
    let page = browser.get(sent.location.as_deref().unwrap()).await;
    assert!(page.says(&row.receipt) && page.says("Buka WhatsApp"), "{}", page.body);
    assert!(page.body.contains("https://wa.me/62"), "{}", page.body);
    assert!(page.says("Saat diterima, permohonan ini berada di antrean ke-1."), "{}", page.body);
    assert!(!page.says("Rina") && !page.body.contains("3579016502909001"));
    let officer = app.officer("kabid@kota-batu").await;
    let seen = officer.get(&format!("/kantor/{BATU}/permohonan/{}", row.id)).await;
    assert!(
        seen.says("RINA WATI") && seen.says("Nomor WhatsApp") && seen.says("Sari, adik"),
        "{}",
        seen.body
    );
}

async fn what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(app: &TestApp) {
    let (browser, before) = (app.visitor(), app.rows::<request::Entity>(BATU).await.unwrap().len());
    for (field, typed, sentence) in [
        ("isi.nik", "123", "NIK harus terdiri atas 16 angka, yang terbaca 3 angka."),
        ("isi.nama", "", "Nama"),
        ("isi.nomor_wa", "bukan nomor", "Nomor WhatsApp"),
        ("isi.desa", "Antah Berantah", "Antah Berantah"),
    ] {
        let again = hands_in(&browser, &[(field, typed)]).await;
        assert_eq!(again.status, 422, "{field}");
        assert!(again.says(sentence) && again.body.contains("field__error"), "{field}: {}", again.body);
        let kept = if field == "isi.nik" { "Rina Wati" } else { "3579016502909001" };
        assert!(again.body.contains(kept), "{field}");
    }
    assert_eq!(app.rows::<request::Entity>(BATU).await.unwrap().len(), before);
    assert_eq!(browser.post(FORM, &[("layanan", "x")]).await.status, 422);
}

async fn whoever_writes_its_number_from_the_named_telephone_goes_on_in_whatsapp(app: &TestApp) {
    let browser = app.visitor();
    app.waits(3);
    let sent = hands_in(&browser, &[]).await;
    let row = newest(app).await;
    let rina = app.phone(RINA, "Rina");
    app.waits(60);
    rina.sends(NUMBER, &format!("Permohonan {}.", row.receipt)).await;
    assert!(!rina.last().contains("antrean ke-"), "a turn of an hour ago is none of now: {}", rina.last());
    assert!(
        rina.last().contains(&row.receipt) && rina.last().contains("Masih kami perlukan"),
        "{}",
        rina.last()
    );
    let joined = newest(app).await;
    assert!(joined.id == row.id && joined.conversation_id.is_some() && joined.submitter_id.is_some());
    assert!(joined.unanswered_since.is_some(), "somebody waits for an answer now");
    rina.sends_photo(NUMBER).await;
    let officer = app.officer("kabid@kota-batu").await;
    let seen = officer.get(&format!("/kantor/{BATU}/permohonan/{}", row.id)).await;
    assert!(seen.says("Dugaan dari urutan kiriman"), "the photo is taken for a paper: {}", seen.body);
    assert!(browser.get(sent.location.as_deref().unwrap()).await.says("sudah tersambung"));
    // A second time it is a message like any other.
    let told = rina.receives().len();
    rina.sends(NUMBER, &row.receipt).await;
    assert_eq!(rina.receives().len(), told, "{:?}", rina.receives());
}

async fn a_stranger_who_knows_the_number_gains_nothing(app: &TestApp) {
    app.waits(3);
    hands_in(&app.visitor(), &[]).await;
    let row = newest(app).await;
    let stranger = app.phone("628111000099", "Budi");
    stranger.sends(NUMBER, &format!("Permohonan {}", row.receipt)).await;
    assert!(newest(app).await.conversation_id.is_none());
    assert!(!stranger.receives().concat().contains("KTP"), "{:?}", stranger.receives());
}

async fn an_office_opens_and_closes_its_form(app: &TestApp) {
    let (browser, admin) = (app.visitor(), app.officer("admin@kota-kupang").await);
    let (form, list) = ("/k/kota-kupang/ajukan", "/kantor/kota-kupang/pengaturan/format");
    assert_eq!(browser.get(form).await.status, 404);
    assert!(admin.get(list).await.says("Buka formulir web"));
    assert_eq!(admin.post(list, &[("form", "buka")]).await.status, 303);
    assert!(browser.get(form).await.says("Ajukan permohonan"));
    assert!(admin.get(list).await.says(form));
    assert_eq!(admin.post(list, &[("form", "tutup")]).await.status, 303);
    assert_eq!(browser.get(form).await.status, 404);
    let operator = app.officer("operator.nik@kota-kupang").await;
    operator.get("/kantor/kota-kupang/antrean").await;
    assert_eq!(operator.post(list, &[("form", "buka")]).await.status, 403);
}

async fn one_address_hands_in_forty_forms_in_a_quarter_of_an_hour(app: &TestApp) {
    let browser = app.visitor();
    for _ in 0..40 {
        assert_eq!(hands_in(&browser, &[("isi.nik", "123")]).await.status, 422);
    }
    let refused = hands_in(&browser, &[]).await;
    assert_eq!(refused.status, 429);
    assert!(refused.says("Tunggu 15 menit") && refused.body.contains("3579016502909001"), "{}", refused.body);
    app.waits(15);
    assert_eq!(hands_in(&browser, &[]).await.status, 303);
}

async fn a_receipt_is_shown_to_its_holder_only(app: &TestApp) {
    let browser = app.visitor();
    let sent = hands_in(&browser, &[]).await;
    let path = sent.location.unwrap();
    let (id, token) = (newest(app).await.id, path.rsplit('/').next().unwrap().to_owned());
    let elsewhere = path.replace(BATU, "kab-tangerang");
    // The token of a receipt is none of a line.
    let paths =
        [elsewhere, format!("/k/{BATU}/permohonan/{id}"), format!("/isi/{BATU}/{token}"), format!("{path}A")];
    for path in paths {
        assert_eq!(app.visitor().get(&path).await.status, 404, "{path}");
    }
}

/// The key in a form.
fn key(page: &Page) -> String {
    let after = page.body.split("name=\"kunci\" value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

async fn a_form_that_is_sent_twice_opens_one_request(app: &TestApp) {
    let (one, other) = (app.visitor(), app.visitor());
    let chosen = variant(&one.get(FORM).await, "Hilang");
    let form = one.get(&format!("{FORM}?layanan={chosen}")).await;
    other.get(&format!("{FORM}?layanan={chosen}")).await;
    let key = key(&form);
    let before = app.rows::<request::Entity>(BATU).await.unwrap().len();
    let mut fields = vec![("layanan", chosen.as_str()), ("kunci", key.as_str())];
    fields.extend(TYPED);
    let (first, second) = tokio::join!(one.post(FORM, &fields), other.post(FORM, &fields));
    let third = one.post(FORM, &fields).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16(), third.status.as_u16()), (303, 303, 303));
    assert_eq!(first.location, second.location);
    assert_eq!(first.location, third.location);
    assert_eq!(app.rows::<request::Entity>(BATU).await.unwrap().len(), before + 1);
}

async fn a_request_of_the_form_gets_photos_though_another_line_waits(app: &TestApp) {
    let browser = app.visitor();
    app.waits(3);
    hands_in(&browser, &[]).await;
    let row = newest(app).await;
    let rina = app.phone(RINA, "Rina");
    app.waits(1);
    rina.sends(NUMBER, "#KTP#DEWI WATI#SISIR#BATU#RUSAK").await;
    app.waits(1);
    rina.sends(NUMBER, &row.receipt).await;
    app.waits(1);
    rina.sends_photo(NUMBER).await;
    let papers = app.rows::<paper::Entity>(BATU).await.unwrap();
    assert_eq!(papers.iter().filter(|one| one.request_id == row.id && one.media_id.is_some()).count(), 1);
}
