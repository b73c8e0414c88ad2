//! What Loket answers by itself, what it prepares for a person, and what it tells of requests that are alike.

use chrono::Datelike;
use loket_entity::{conversation, office, platform_audit, request, request_event};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page, Phone},
};

const TANGERANG: &str = "kab-tangerang";
const TALKS: &str = "/kantor/kab-tangerang/percakapan";
const MODE: &str = "/kantor/kab-tangerang/pengaturan/balasan-otomatis";
const KTP: &str = "360300000000002";
const KK: &str = "360300000000001";
const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
const FAULTY: &str = "#KTP#123#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
const NOTHING: (&str, &str, &[u8]) = ("file", "", b"");

on_both_databases!(
    a_person_takes_over_once_and_is_announced_once_until_a_line_succeeds,
    faults_are_forgotten_after_a_working_day_and_not_over_a_weekend,
    a_village_of_two_districts_is_asked_about,
    what_two_attempts_gave_together_need_not_be_typed_by_the_officer,
    an_office_that_answers_itself_sends_receipts_only_and_the_rest_in_one_click,
    a_certain_question_is_answered_once_and_still_waits_for_a_person,
    what_is_not_certain_is_suggested_and_prepared_and_not_sent,
    somebody_is_told_how_far_their_own_request_has_come,
    a_prepared_answer_is_put_into_the_field_before_it_is_sent,
    the_administrator_chooses_what_is_answered_by_itself,
    the_same_request_again_is_linked_both_ways_and_the_sender_told,
    nobody_sees_a_similar_request_beyond_their_reach,
    the_request_says_why_it_was_read_as_it_was,
);

async fn dewi(app: &TestApp) -> Officer {
    app.officer("operator.ktp@kab-tangerang").await
}

async fn answers_itself(app: &TestApp) {
    let admin = app.officer("admin@kab-tangerang").await;
    admin.get(MODE).await;
    assert_eq!(admin.post(MODE, &[("replies", "officer")]).await.status, 303);
}

/// The newest conversation, as an officer sees it.
async fn talk(app: &TestApp, officer: &Officer) -> (String, Page) {
    let rows = app.rows::<conversation::Entity>(TANGERANG).await.unwrap();
    let path = format!("{TALKS}/{}", rows.iter().map(|row| row.id).max().unwrap());
    let page = officer.get(&path).await;
    (path, page)
}

/// What stands ready on a page, as it would be sent.
fn ready(page: &Page) -> Vec<String> {
    let values = page.body.split("name=\"text\" value=\"").skip(1);
    values.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

fn plain(html: &str) -> String {
    html.replace("&#38;", "&").replace("&#35;", "#").replace("&#39;", "'")
}

async fn taught(phone: &Phone<'_>) -> usize {
    phone.receives().iter().filter(|text| text.contains("belum dapat kami baca")).count()
}

async fn a_person_takes_over_once_and_is_announced_once_until_a_line_succeeds(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, FAULTY).await;
    assert!(siti.last().contains("#KTP#NIK#NO_KK#SITI AMINAH#Pete#Tigaraksa#HILANG#"), "{}", siti.last());
    app.waits(5);
    siti.sends(KTP, FAULTY).await;
    assert!(siti.last().contains("tidak perlu diketik ulang"), "{}", siti.last());
    assert!(dewi(app).await.get(TALKS).await.says("5 dari 6 isian terbaca, sudah dua kali keliru"));
    for _ in 0..3 {
        app.waits(5);
        siti.sends(KTP, FAULTY).await;
    }
    assert_eq!(siti.receives().len(), 2, "{:?}", siti.receives());
    siti.sends(KTP, LINE).await;
    assert!(siti.last().contains("Mohon simpan nomor ini"), "{}", siti.last());
    app.waits(5);
    siti.sends(KTP, FAULTY).await;
    assert!(siti.last().contains("#KTP#NIK#"), "after a good line the reply teaches again: {}", siti.last());
}

async fn faults_are_forgotten_after_a_working_day_and_not_over_a_weekend(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, FAULTY).await;
    app.waits(24 * 60 + 1);
    siti.sends(KTP, FAULTY).await;
    assert_eq!(taught(&siti).await, 2);
    assert!(siti.last().contains("Mohon salin baris berikut"), "{}", siti.last());
    // On to the next Friday; three days later it is Monday.
    let today = app.house.clock.now().date_naive().weekday().num_days_from_monday();
    app.waits(i64::from(4 - today) * 24 * 60);
    siti.sends(KTP, FAULTY).await;
    app.waits(3 * 24 * 60 - 60);
    siti.sends(KTP, FAULTY).await;
    assert!(siti.last().contains("Petugas kami akan membantu"), "{}", siti.last());
}

async fn a_village_of_two_districts_is_asked_about(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, "#KTP#3603036502909001#3603031203159001#SITI AMINAH#MEKARSARI##HILANG#").await;
    assert!(siti.last().contains("- Mekarsari ada di dua kecamatan: Jambe atau Rajeg?"), "{}", siti.last());
}

async fn what_two_attempts_gave_together_need_not_be_typed_by_the_officer(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#ANTAH#HILANG#").await;
    app.waits(5);
    siti.sends(KTP, "#KTP###SITI AMINAH#PETE#TIGARAKSA#HILANG#").await;
    let dewi = dewi(app).await;
    let (path, page) = talk(app, &dewi).await;
    assert!(page.says("NIK dan nomor KK yang terbaca ikut tersimpan"), "{}", page.body);
    let variant = page.body.split(" selected").next().unwrap().rsplit("value=\"").next().unwrap();
    let variant = variant.split('"').next().unwrap().to_owned();
    let fields = [
        ("service", variant.as_str()),
        ("name", "SITI AMINAH"),
        ("isi.desa", "Pete"),
        ("isi.kecamatan", "Tigaraksa"),
    ];
    let made = dewi.post(&format!("{path}/permohonan"), &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let row = app.rows::<request::Entity>(TANGERANG).await.unwrap().remove(0);
    assert!(row.nik_idx.is_some() && row.kk_idx.is_some(), "the numbers of the first attempt go along");
}

async fn an_office_that_answers_itself_sends_receipts_only_and_the_rest_in_one_click(app: &TestApp) {
    answers_itself(app).await;
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, FAULTY).await;
    assert_eq!(taught(&siti).await, 0);
    assert!(siti.last().contains("akan dijawab oleh petugas"), "{}", siti.last());
    siti.sends(KTP, "syarat kk apa aja min").await;
    assert_eq!(siti.receives().len(), 1, "nothing but that it came in: {:?}", siti.receives());
    siti.sends(KTP, FAULTY).await;
    let dewi = dewi(app).await;
    let (path, page) = talk(app, &dewi).await;
    assert!(page.says("Perbaikan format KTP"), "{}", page.body);
    let ready = ready(&page);
    let text = plain(&ready[0]);
    assert!(text.contains("- NIK "), "{text}");
    let sent = dewi.uploads(&format!("{path}/balas"), &[("text", &text)], NOTHING).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    app.settles().await;
    assert!(siti.last().contains("#KTP#NIK#NO_KK#SITI AMINAH#"), "{}", siti.last());
    siti.sends(KTP, LINE).await;
    assert!(siti.last().contains("Mohon simpan nomor ini"), "the receipt goes out: {}", siti.last());
}

async fn a_certain_question_is_answered_once_and_still_waits_for_a_person(app: &TestApp) {
    let ani = app.phone("628111000004", "Ani");
    ani.sends(KTP, "syarat kk apa aja min").await;
    let reply = ani.last();
    assert!(reply.contains("Syarat *Kartu Keluarga*:") && reply.contains("Formulir F-1.06"), "{reply}");
    assert!(reply.contains("Ini balasan otomatis.") && reply.contains("#KK#NO_KK#"), "{reply}");
    assert_eq!(ani.receives().len(), 1, "no greeting besides");
    app.waits(10);
    ani.sends(KTP, "min syarat kk apa").await;
    assert_eq!(ani.receives().len(), 1, "nobody is told the same twice");
    ani.sends(KTP, "buka jam brp").await;
    assert!(ani.last().contains("Jam pelayanan Disdukcapil Kabupaten Tangerang"), "{}", ani.last());
    ani.sends(KTP, "alamat kantor dimana?").await;
    assert!(ani.last().contains("Jalan Peragaan Nomor 36"), "{}", ani.last());
    let dewi = dewi(app).await;
    let list = dewi.get(TALKS).await;
    assert!(list.says("Mungkin alamat kantor") && list.says("1 belum dijawab"), "{}", list.body);
    let (path, page) = talk(app, &dewi).await;
    assert!(ready(&page).is_empty(), "what was said already is not prepared again: {:?}", ready(&page));
    dewi.uploads(&format!("{path}/balas"), &[("text", "Sama-sama, Bu.")], NOTHING).await;
    assert!(
        !dewi.get(&format!("{TALKS}?saring=semua")).await.says("Mungkin alamat"),
        "an answer ends the hint"
    );
}

async fn what_is_not_certain_is_suggested_and_prepared_and_not_sent(app: &TestApp) {
    let ani = app.phone("628111000004", "Ani");
    ani.sends(KTP, "syarat kia untuk keponakan yang di luar kota").await;
    assert!(ani.last().contains("akan dijawab oleh petugas"), "{}", ani.last());
    let dewi = dewi(app).await;
    assert!(dewi.get(TALKS).await.says("Mungkin syarat Kartu Identitas Anak"));
    let (_, page) = talk(app, &dewi).await;
    assert!(page.says("Mungkin syarat Kartu Identitas Anak.") && ready(&page).len() == 1, "{}", page.body);
    assert!(ready(&page)[0].contains("Pasfoto anak") && !ready(&page)[0].contains("otomatis"));
    ani.sends(KTP, "syarat kk sama ktp hilang").await;
    assert_eq!(ani.receives().len(), 1, "{:?}", ani.receives());
    let (_, page) = talk(app, &dewi).await;
    assert!(page.says("Mungkin syarat Kartu Keluarga (hilang) atau syarat KTP elektronik (hilang)."));
    assert_eq!(ready(&page).len(), 2);
}

async fn somebody_is_told_how_far_their_own_request_has_come(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, LINE).await;
    let receipt = app.rows::<request::Entity>(TANGERANG).await.unwrap().remove(0).receipt;
    app.waits(60);
    siti.sends(KTP, "ktp saya blm jadi?").await;
    let reply = siti.last();
    assert!(reply.contains(&receipt) && reply.contains("menunggu diperiksa"), "{reply}");
    let joko = app.phone("628111000009", "Joko");
    joko.sends(KTP, "ktp saya blm jadi?").await;
    assert!(joko.last().contains("akan dijawab oleh petugas"), "{}", joko.last());
}

async fn a_prepared_answer_is_put_into_the_field_before_it_is_sent(app: &TestApp) {
    let ani = app.phone("628111000004", "Ani");
    ani.sends(KTP, "besok buka jam brp ya kalau hujan").await;
    let heard = ani.receives().len();
    let dewi = dewi(app).await;
    let (path, page) = talk(app, &dewi).await;
    assert!(page.body.contains("name=\"use\" value=\"siap-jam\""), "{}", page.body);
    let fields = [("text", "Selamat pagi."), ("quick", ""), ("use", "siap-jam")];
    let drawn = dewi.uploads(&format!("{path}/balas"), &fields, NOTHING).await;
    assert_eq!(drawn.status, 200);
    let field = drawn.body.split("id=\"pesan\"").nth(1).unwrap();
    assert!(
        field.contains("Selamat pagi.\nSelamat") && field.contains("Jam pelayanan Disdukcapil"),
        "{field}"
    );
    assert_eq!(ani.receives().len(), heard, "nothing was sent");
}

async fn the_administrator_chooses_what_is_answered_by_itself(app: &TestApp) {
    let admin = app.officer("admin@kab-tangerang").await;
    assert!(admin.get("/kantor/kab-tangerang/pengaturan").await.says("Terbantu: Loket ikut menjawab"));
    let page = admin.get(MODE).await;
    assert!(page.says("Loket hanya mengirim tanda terima."), "{}", page.body);
    assert!(page.body.contains("value=\"assisted\" checked"), "{}", page.body);
    let wrong = admin.post(MODE, &[("replies", "semua")]).await;
    assert!(wrong.status == 422 && wrong.says("Pilih salah satu cara membalas."), "{}", wrong.body);
    assert_eq!(admin.post(MODE, &[("replies", "officer")]).await.status, 303);
    assert!(admin.get(MODE).await.body.contains("value=\"officer\" checked"));
    let trail = app.above::<platform_audit::Entity>().await.unwrap();
    assert!(trail.iter().any(|line| line.action == "office.replies_changed"));
    for who in ["kepala@kab-tangerang", "operator.ktp@kab-tangerang"] {
        let other = app.officer(who).await;
        assert_eq!(other.get(MODE).await.status, 403);
        assert_eq!(other.post(MODE, &[("replies", "assisted")]).await.status, 403);
    }
    let offices = app.above::<office::Entity>().await.unwrap();
    let mode = |slug: &str| offices.iter().find(|row| row.slug == slug).unwrap().replies.word();
    assert_eq!((mode("kota-batu"), mode("kota-kupang")), ("officer", "assisted"));
}

async fn receipts(app: &TestApp) -> Vec<request::Model> {
    let mut rows = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    rows.sort_by_key(|row| row.opened_at);
    rows
}

async fn the_same_request_again_is_linked_both_ways_and_the_sender_told(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, LINE).await;
    assert!(!siti.last().contains("serupa"), "{}", siti.last());
    app.waits(60);
    siti.sends(KTP, LINE).await;
    let rows = receipts(app).await;
    assert_eq!(rows.len(), 2, "linked, and not refused");
    let told = format!("Permohonan serupa nomor *{}* sudah kami terima", rows[0].receipt);
    assert!(siti.last().contains(&told), "{}", siti.last());
    app.waits(60);
    let budi = app.phone("628111000002", "Budi");
    budi.sends(KTP, LINE).await;
    let reply = budi.last();
    assert!(reply.contains("sudah ada permohonan serupa") && !reply.contains(&rows[1].receipt), "{reply}");
    let dewi = dewi(app).await;
    for (here, there) in [(0, 1), (1, 0), (0, 2), (2, 0)] {
        let page =
            dewi.get(&format!("/kantor/kab-tangerang/permohonan/{}", receipts(app).await[here].id)).await;
        let card = page.body.split("id=\"h-similar\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(card.contains(&receipts(app).await[there].receipt), "{here} to {there}: {card}");
    }
    let events = app.rows::<request_event::Entity>(TANGERANG).await.unwrap();
    let linked = events.iter().filter(|event| event.kind == loket_core::request::RequestEventKind::Linked);
    assert_eq!(linked.count(), 4);
    app.waits(31 * 24 * 60);
    siti.sends(KTP, LINE).await;
    assert!(!siti.last().contains("serupa"), "after the window it is a new errand: {}", siti.last());
}

async fn nobody_sees_a_similar_request_beyond_their_reach(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, LINE).await;
    siti.sends(KTP, &LINE.replace("HILANG", "RUSAK")).await;
    let kia = "#KIA#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA";
    siti.sends(KK, kia).await;
    assert!(!siti.last().contains("serupa"), "another service is another matter: {}", siti.last());
    let kupang = app.officer("operator.nik@kota-kupang").await;
    let first = receipts(app).await[0].id;
    assert_eq!(kupang.get(&format!("/kantor/kota-kupang/permohonan/{first}")).await.status, 404);
}

async fn the_request_says_why_it_was_read_as_it_was(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, "#KTP#3603036502909001#3603031203159001#SITI AMINAH#TIGARAKSA#PETE#HILANG#").await;
    let row = receipts(app).await.remove(0);
    let page = dewi(app).await.get(&format!("/kantor/kab-tangerang/permohonan/{}", row.id)).await;
    assert!(page.says("Dibaca begitu karena nama wilayahnya tertukar tempat."), "{}", page.body);
    let ani = app.phone("628111000002", "Ani");
    ani.sends(KTP, LINE).await;
    let row = receipts(app).await.pop().unwrap();
    let page = dewi(app).await.get(&format!("/kantor/kab-tangerang/permohonan/{}", row.id)).await;
    assert!(!page.says("Dibaca begitu"), "a plain line needs no word");
}
