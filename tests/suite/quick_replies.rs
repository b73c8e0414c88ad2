//! Ready answers: written by an administrator, picked and sent by officers.

use loket_entity::{audit_entry, conversation, quick_reply, request};
use loket_tests::{app::TestApp, on_both_databases, people::Officer};

const TANGERANG: &str = "kab-tangerang";
const REPLIES: &str = "/kantor/kab-tangerang/pengaturan/balasan";
const KTP: &str = "360300000000002";
const KK: &str = "360300000000001";
const SITI: &str = "628111000001";
const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";

on_both_databases!(
    a_ready_answer_fills_its_placeholders_and_is_sent_by_the_officer,
    what_speaks_of_a_request_is_offered_only_where_there_is_one,
    a_ready_answer_belongs_to_its_services,
    a_ready_answer_with_an_unknown_placeholder_is_refused_by_name,
    a_ready_answer_is_changed_moved_and_switched_off,
    an_office_begins_with_answers_that_are_lawful_there,
    another_offices_answers_do_not_exist,
);

const NOTHING: (&str, &str, &[u8]) = ("file", "", b"");

async fn admin(app: &TestApp) -> Officer {
    let admin = app.officer("admin@kab-tangerang").await;
    admin.get(REPLIES).await;
    admin
}

async fn writes(
    admin: &Officer,
    (code, title, text): (&str, &str, &str),
    services: &[&str],
) -> reqwest::StatusCode {
    let mut fields = vec![("code", code), ("title", title), ("text", text)];
    fields.extend(services.iter().map(|id| ("services", *id)));
    admin.post(&format!("{REPLIES}/baru"), &fields).await.status
}

async fn the_talk(app: &TestApp) -> String {
    let rows = app.rows::<conversation::Entity>(TANGERANG).await.unwrap();
    format!("/kantor/kab-tangerang/percakapan/{}", rows[0].id)
}

async fn reply(app: &TestApp, code: &str) -> quick_reply::Model {
    let rows = app.rows::<quick_reply::Entity>(TANGERANG).await.unwrap();
    rows.into_iter().find(|row| row.code == code).expect("the reply")
}

async fn codes(app: &TestApp) -> Vec<String> {
    let mut rows = app.rows::<quick_reply::Entity>(TANGERANG).await.unwrap();
    rows.sort_by_key(|row| row.position);
    rows.into_iter().map(|row| row.code).collect()
}

/// What stands in the composer of a page.
fn draft(body: &str) -> String {
    let rest = body.split("id=\"pesan\"").nth(1).expect("a composer");
    let rest = rest.split_once('>').unwrap().1;
    rest.split("</textarea>").next().unwrap().to_owned()
}

async fn a_ready_answer_fills_its_placeholders_and_is_sent_by_the_officer(app: &TestApp) {
    let text = "Permohonan {resi} untuk {layanan} kami periksa.\n{kantor}, {jam}";
    assert_eq!(writes(&admin(app).await, ("/Cek", "Sedang dicek", text), &[]).await, 303);
    let siti = app.phone(SITI, "Siti");
    siti.sends(KTP, LINE).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let found = app.rows::<request::Entity>(TANGERANG).await.unwrap().remove(0);
    let request = format!("/kantor/kab-tangerang/permohonan/{}", found.id);
    let office = app.office(TANGERANG);
    for (page, answer) in [(the_talk(app).await, "balas"), (request, "balas")] {
        let shown = dewi.get(&page).await;
        assert!(shown.says("Sedang dicek (/cek)"), "{}", shown.body);
        let picked = [("text", "Selamat pagi, Bu."), ("quick", "cek"), ("use", "1")];
        let heard = siti.receives().len();
        let prefilled = dewi.uploads(&format!("{page}/{answer}"), &picked, NOTHING).await;
        assert_eq!(prefilled.status, 200, "{}", prefilled.body);
        let words = draft(&prefilled.body);
        let filled = format!(
            "Selamat pagi, Bu.\nPermohonan {} untuk KTP elektronik (hilang) kami periksa.\n{}, ",
            found.receipt, office.name
        );
        assert!(words.starts_with(&filled) && !words.contains('{'), "{words}");
        app.settles().await;
        assert_eq!(siti.receives().len(), heard, "picking sends nothing");
        let sent = dewi.uploads(&format!("{page}/{answer}"), &[("text", &words)], NOTHING).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        app.settles().await;
        assert!(siti.last().starts_with(&filled), "{}", siti.last());
    }
    let page = the_talk(app).await;
    let unknown = [("text", "Pagi"), ("quick", "tiada"), ("use", "1")];
    let again = dewi.uploads(&format!("{page}/balas"), &unknown, NOTHING).await;
    assert!(again.says("Pilih balasan dari daftar dahulu."), "{}", again.body);
    assert_eq!(draft(&again.body), "Pagi", "what was typed stays");
    let head = app.officer("kepala@kab-tangerang").await;
    head.get(&page).await;
    let picked = [("quick", "cek"), ("use", "1")];
    assert_eq!(head.uploads(&format!("{page}/balas"), &picked, NOTHING).await.status, 403);
}

async fn what_speaks_of_a_request_is_offered_only_where_there_is_one(app: &TestApp) {
    app.phone(SITI, "Siti").sends(KTP, "Selamat pagi").await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = dewi.get(&the_talk(app).await).await;
    assert!(page.says("(/jam)") && !page.says("(/periksa)"), "{}", page.body);
    app.phone(SITI, "Siti").sends(KTP, LINE).await;
    assert!(dewi.get(&the_talk(app).await).await.says("(/periksa)"));
}

async fn a_ready_answer_belongs_to_its_services(app: &TestApp) {
    app.phone(SITI, "Siti").sends(KK, "Selamat pagi").await;
    let agus = app.officer("operator.kk@kab-tangerang").await;
    let page = agus.get(&the_talk(app).await).await;
    assert!(page.says("(/jam)") && !page.says("(/format-ktp)"), "{}", page.body);
    app.phone("628111000002", "Budi").sends(KTP, "Selamat pagi").await;
    let rows = app.rows::<conversation::Entity>(TANGERANG).await.unwrap();
    let talk = rows.iter().map(|row| row.id).max().unwrap();
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert!(dewi.get(&format!("/kantor/kab-tangerang/percakapan/{talk}")).await.says("(/format-ktp)"));
}

async fn a_ready_answer_with_an_unknown_placeholder_is_refused_by_name(app: &TestApp) {
    let admin = admin(app).await;
    let fields = [("code", "sapa"), ("title", "Sapaan"), ("text", "Yth. {nama_panggilan}, dari {kantor}.")];
    let page = admin.post(&format!("{REPLIES}/baru"), &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.says("Isian {nama_panggilan} tidak dikenal."), "{}", page.body);
    assert!(page.says("Yth. {nama_panggilan}, dari {kantor}."), "what was typed stays: {}", page.body);
    for (fields, said) in [
        ([("code", "a b"), ("title", "X"), ("text", "Halo")], "Kode terdiri atas"),
        ([("code", "jam"), ("title", "X"), ("text", "Halo")], "Kode ini sudah dipakai"),
        ([("code", "baru"), ("title", " "), ("text", "Halo")], "Judul belum diisi"),
        ([("code", "baru"), ("title", "X"), ("text", " ")], "Tulis isi balasannya."),
    ] {
        let page = admin.post(&format!("{REPLIES}/baru"), &fields).await;
        assert!(page.status == 422 && page.says(said), "{said}: {}", page.body);
    }
    let long = "x".repeat(4097);
    let page =
        admin.post(&format!("{REPLIES}/baru"), &[("code", "panjang"), ("title", "X"), ("text", &long)]).await;
    assert!(page.status == 422 && page.says("Balasan terlalu panjang."), "{}", page.status);
    assert_eq!(codes(app).await.len(), 9, "nothing of all that was kept");
}

async fn a_ready_answer_is_changed_moved_and_switched_off(app: &TestApp) {
    let admin = admin(app).await;
    assert_eq!(codes(app).await[..3], ["salam", "jam", "periksa"]);
    let jam = reply(app, "jam").await;
    let at = format!("{REPLIES}/{}", jam.id);
    for (step, first) in [("naik", "jam"), ("naik", "jam"), ("turun", "salam")] {
        assert_eq!(admin.post(&format!("{at}/{step}"), &[]).await.status, 303);
        assert_eq!(codes(app).await[0], first);
    }
    assert_eq!(admin.post(&format!("{at}/miring"), &[]).await.status, 404);
    let page = admin.get(&at).await;
    assert!(
        page.says("Contoh jadinya") && page.says("Jam pelayanan Disdukcapil Kabupaten Tangerang"),
        "{}",
        page.body
    );
    let fields = [("code", "buka"), ("title", "Jam buka"), ("text", "Kami buka {jam}.")];
    assert_eq!(admin.post(&at, &fields).await.status, 303);
    assert_eq!((reply(app, "buka").await.id, reply(app, "buka").await.version), (jam.id, jam.version + 1));
    app.phone(SITI, "Siti").sends(KTP, "Selamat pagi").await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert!(dewi.get(&the_talk(app).await).await.says("(/buka)"));
    assert_eq!(admin.post(&format!("{at}/mati"), &[]).await.status, 303);
    assert!(!dewi.get(&the_talk(app).await).await.says("(/buka)"), "what is off is not offered");
    assert_eq!(admin.post(&format!("{at}/nyala"), &[]).await.status, 303);
    assert!(dewi.get(&the_talk(app).await).await.says("(/buka)"));
    let trail = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    for action in ["added", "changed", "moved", "switched_off", "switched_on"] {
        assert!(trail.iter().any(|line| line.action == format!("quick_reply.{action}")), "{action}");
    }
    assert_eq!(dewi.get(REPLIES).await.status, 403);
}

async fn an_office_begins_with_answers_that_are_lawful_there(app: &TestApp) {
    for (office, is_free) in [("kab-tangerang", true), ("kota-kupang", true), ("kec-muara-bangkahulu", false)]
    {
        let rows = app.rows::<quick_reply::Entity>(office).await.unwrap();
        assert!(rows.iter().any(|row| row.code == "jam"), "{office}");
        assert_eq!(rows.iter().any(|row| row.body.contains("GRATIS")), is_free, "{office}");
    }
}

async fn another_offices_answers_do_not_exist(app: &TestApp) {
    let foreign = app.officer("admin@kota-kupang").await;
    foreign.get("/kantor/kota-kupang/pengaturan/balasan").await;
    let id = reply(app, "format-ktp").await.id;
    let at = format!("/kantor/kota-kupang/pengaturan/balasan/{id}");
    let fields = [("code", "curian"), ("title", "Curian"), ("text", "Halo")];
    assert_eq!(foreign.get(&at).await.status, 404);
    assert_eq!(foreign.post(&at, &fields).await.status, 404);
    for step in ["naik", "turun", "nyala", "mati"] {
        assert_eq!(foreign.post(&format!("{at}/{step}"), &[]).await.status, 404, "{step}");
    }
    assert_eq!(reply(app, "format-ktp").await.version, 1);
}
