//! People of whom more care is taken: their turn, and the rounds on which they are visited at home.

use loket_core::{care, request::RequestEventKind, visit::VisitResult};
use loket_entity::{audit_entry, care as noted, request, request_event, visit, visit_round};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page, Phone},
};

use crate::clocked::{KTP, QUEUE, TANGERANG, siti_asks};

const ROUNDS: &str = "/kantor/kab-tangerang/jemput-bola";
const CHOICE: &str = "/kantor/kab-tangerang/pengaturan/rentan";
const BUDI: &str = "#KTP#3603030101909002#3603031203159002#BUDI SANTOSO#PETE#TIGARAKSA#HILANG#";

on_both_databases!(
    whoever_needs_more_care_has_their_turn_earlier_and_only_by_so_much,
    without_consent_nothing_is_noted_and_what_was_typed_stands_still,
    why_more_care_is_taken_stands_in_no_list_and_is_forgotten_when_nobody_agrees_any_more,
    a_round_is_told_moved_and_what_came_of_it_is_reported,
    a_round_that_is_cancelled_leaves_its_people_waiting_for_another,
    a_person_is_on_one_round_only_and_a_request_that_ends_leaves_it,
    whoever_does_not_assign_work_plans_no_rounds,
);

/// What an officer writes down of somebody who asks to be visited.
const VISIT: [(&str, &str); 6] = [
    ("reasons", "disabilitas"),
    ("needs", "Kursi roda"),
    ("visit", "1"),
    ("address", "Kampung Pete RT 2, belakang musala"),
    ("by", "pemohon"),
    ("way", "percakapan"),
];

async fn budi_asks(app: &TestApp) -> Phone<'_> {
    let budi = app.phone("628111000004", "Budi");
    budi.sends(KTP, BUDI).await;
    budi
}

async fn path_of(app: &TestApp, receipt_of: &str) -> String {
    let rows = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    let row = rows.iter().find(|row| row.receipt.contains(receipt_of)).unwrap();
    format!("/kantor/kab-tangerang/permohonan/{}", row.id)
}

async fn notes(officer: &Officer, path: &str, fields: &[(&str, &str)]) -> Page {
    officer.get(path).await;
    officer.post(&format!("{path}/rentan"), fields).await
}

async fn the_request(app: &TestApp, receipt_of: &str) -> request::Model {
    let rows = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    rows.into_iter().find(|row| row.receipt.contains(receipt_of)).unwrap()
}

/// A round of some days with Siti on it; gives its path.
async fn plans(app: &TestApp, kabid: &Officer, days: [&str; 2]) -> String {
    let new = format!("{ROUNDS}/baru");
    kabid.get(&new).await;
    let fields =
        [("title", "Pete dan sekitarnya"), ("from", days[0]), ("until", days[1]), ("plan", "Mobil dinas")];
    let planned = kabid.post(&new, &fields).await;
    assert_eq!(planned.status, 303, "{}", planned.body);
    let round = planned.location.unwrap().split('?').next().unwrap().to_owned();
    let siti = the_request(app, "00001").await.id.to_string();
    let page = kabid.get(&round).await;
    assert!(page.says(&siti), "{}", page.body);
    let added = kabid.post(&format!("{round}/tambah"), &[("person", &*siti)]).await;
    assert_eq!(added.status, 303, "{}", added.body);
    app.settles().await;
    round
}

async fn whoever_needs_more_care_has_their_turn_earlier_and_only_by_so_much(app: &TestApp) {
    let _budi = budi_asks(app).await;
    app.waits(60);
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (budi, siti) = (path_of(app, "00001").await, path_of(app, "00002").await);
    let order = |page: &Page| (page.body.find("00001").unwrap(), page.body.find("00002").unwrap());
    let before = order(&dewi.get(QUEUE).await);
    assert!(before.0 < before.1, "who came first stands first");
    assert_eq!(notes(&dewi, &siti, &VISIT).await.status, 303);
    let row = the_request(app, "00002").await;
    assert_eq!(row.turn_at, care::turn(row.first_message_at, 24));
    let after = order(&dewi.get(QUEUE).await);
    assert!(after.1 < after.0, "whoever needs more care stands before who came an hour earlier");
    assert!(dewi.get(&siti).await.says("seperti permohonan yang masuk Minggu 22 Nov"));
    // An hour is not enough to stand before who waits for two days.
    app.waits(60 * 24 * 2);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let late = app.phone("628111000005", "Ani");
    late.sends(KTP, &BUDI.replace("BUDI SANTOSO", "ANI LESTARI").replace("9002#3603", "9007#3603")).await;
    let ani = path_of(app, "00003").await;
    assert_eq!(notes(&dewi, &ani, &VISIT).await.status, 303);
    let taken = async || {
        dewi.get(QUEUE).await;
        let taken = dewi.post(&format!("{QUEUE}/ambil"), &[]).await.location.unwrap();
        taken.split('?').next().unwrap().to_owned()
    };
    assert_eq!([taken().await, taken().await, taken().await], [siti, budi, ani]);
}

async fn without_consent_nothing_is_noted_and_what_was_typed_stands_still(app: &TestApp) {
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    let refused = notes(&dewi, &path, &VISIT[..4]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("Tanpa persetujuan") && refused.says("belakang musala"), "{}", refused.body);
    assert!(refused.body.contains("value=\"disabilitas\" checked"), "{}", refused.body);
    let nowhere = [("visit", "1"), ("reasons", "lansia"), ("by", "pemohon"), ("way", "telepon")];
    let refused = notes(&dewi, &path, &nowhere).await;
    assert!(refused.status == 422 && refused.says("Tulis alamat yang dikunjungi"), "{}", refused.body);
    let refused = notes(&dewi, &path, &[("by", "pemohon"), ("way", "telepon")]).await;
    assert!(refused.status == 422 && refused.says("Pilih sedikitnya satu alasan"), "{}", refused.body);
    assert!(app.rows::<noted::Entity>(TANGERANG).await.unwrap().is_empty());
    // An administrator chooses by how much; what is none of the choices is refused.
    let admin = app.officer("admin@kab-tangerang").await;
    admin.get(CHOICE).await;
    assert_eq!(admin.post(CHOICE, &[("hours", "5")]).await.status, 422);
    assert_eq!(admin.post(CHOICE, &[("hours", "0")]).await.status, 303);
    assert_eq!(notes(&dewi, &path, &VISIT).await.status, 303);
    let row = the_request(app, "00001").await;
    assert!(row.care_since.is_some() && row.turn_at == row.first_message_at, "nobody is put ahead here");
}

async fn why_more_care_is_taken_stands_in_no_list_and_is_forgotten_when_nobody_agrees_any_more(
    app: &TestApp,
) {
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    assert_eq!(notes(&dewi, &path, &VISIT).await.status, 303);
    let page = dewi.get(&path).await;
    for part in
        ["Penyandang disabilitas", "Kursi roda", "belakang musala", "Pemohon sendiri di percakapan ini"]
    {
        assert!(page.says(part), "{part}");
    }
    let kabid = app.officer("kabid@kab-tangerang").await;
    for (who, list) in [(&dewi, QUEUE), (&kabid, ROUNDS), (&kabid, "/kantor/kab-tangerang/antrean?tab=semua")]
    {
        let page = who.get(list).await;
        assert_eq!(page.status, 200);
        for part in ["Penyandang", "Kursi roda", "musala"] {
            assert!(!page.says(part), "{list}: {part}");
        }
    }
    assert!(dewi.get(QUEUE).await.says("rentan"), "that it is so may be seen");
    let row = app.rows::<noted::Entity>(TANGERANG).await.unwrap().pop().unwrap();
    let lies = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
    assert!(!lies(row.reasons.bytes(), "disabilitas"));
    assert!(!lies(row.address.unwrap().bytes(), "musala") && !lies(row.needs.unwrap().bytes(), "Kursi"));
    dewi.get(&path).await;
    assert_eq!(dewi.post(&format!("{path}/lupakan-rentan"), &[]).await.status, 303);
    assert!(app.rows::<noted::Entity>(TANGERANG).await.unwrap().is_empty());
    let row = the_request(app, "00001").await;
    assert!(row.care_since.is_none() && row.turn_at == row.first_message_at);
    assert!(!dewi.get(QUEUE).await.says("rentan"));
    // Whoever was to be visited is told that nobody comes.
    assert_eq!(notes(&dewi, &path, &VISIT).await.status, 303);
    plans(app, &kabid, ["2026-12-02", ""]).await;
    dewi.get(&path).await;
    assert_eq!(dewi.post(&format!("{path}/lupakan-rentan"), &[]).await.status, 303);
    app.settles().await;
    assert!(app.rows::<visit::Entity>(TANGERANG).await.unwrap().is_empty());
    assert!(siti.last().contains("tidak diperlukan lagi"), "{}", siti.last());
    let again = dewi.post(&format!("{path}/lupakan-rentan"), &[]).await;
    assert!(again.status == 422 && again.says("Tidak ada perhatian khusus"), "{}", again.body);
}

async fn a_round_is_told_moved_and_what_came_of_it_is_reported(app: &TestApp) {
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let kabid = app.officer("kabid@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    assert_eq!(notes(&dewi, &path, &VISIT).await.status, 303);
    assert!(kabid.get(ROUNDS).await.says("1 warga menunggu kunjungan."));
    let round = plans(app, &kabid, ["2026-12-02", ""]).await;
    let told = siti.last();
    assert!(told.contains("akan mengunjungi rumah") && told.contains("*Rabu, 2 Desember 2026*"), "{told}");
    assert!(told.contains("(1) ") && told.contains("tidak memungut biaya"), "{told}");

    let sheet = dewi.get(&format!("{round}/lembar")).await;
    for part in ["SITI AMINAH", "628111000003", "belakang musala", "Kursi roda", "Mobil dinas", "Dilayani"] {
        assert!(sheet.says(part), "{part}: {}", sheet.body);
    }
    let trail = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    assert_eq!(trail.iter().filter(|line| line.action == "visit.sheet_opened").count(), 1);
    let head = app.officer("kepala@kab-tangerang").await;
    assert_eq!(head.get(&format!("{round}/lembar")).await.status, 403);
    let seen = head.get(&round).await;
    assert!(seen.status == 200 && !seen.says("SITI AMINAH") && !seen.says("musala"), "{}", seen.body);

    kabid.get(&round).await;
    let days = [("title", "Pete"), ("from", "2026-11-30"), ("until", "2026-12-01"), ("version", "2")];
    let moved = kabid.post(&format!("{round}/ubah"), &days).await;
    assert_eq!(moved.status, 303, "{}", moved.body);
    app.settles().await;
    let told = siti.last();
    assert!(told.contains("yang semula pada *Rabu, 2 Desember 2026* berubah"), "{told}");
    assert!(told.contains("antara *Senin, 30 November 2026* dan *Selasa, 1 Desember 2026*"), "{told}");
    let stale = kabid.post(&format!("{round}/ubah"), &days).await;
    assert!(stale.status == 422 && stale.says("baru saja diubah"), "{}", stale.body);

    let came = came(app, "dilayani", "Direkam di rumah").await;
    let came: Vec<(&str, &str)> = came.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let early = kabid.post(&format!("{round}/hasil"), &came).await;
    assert!(early.status == 422 && early.says("belum dimulai"), "{}", early.body);
    app.waits(60 * 24 * 8);
    let kabid = app.officer("kabid@kab-tangerang").await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    kabid.get(&round).await;
    let close = [("others", "4"), ("report", "Lancar."), ("version", "3")];
    let open = kabid.post(&format!("{round}/tutup"), &close).await;
    assert!(open.status == 422 && open.says("Catat dahulu hasil setiap kunjungan"), "{}", open.body);
    assert!(open.says("Lancar."), "what was typed stands still");
    dewi.get(&round).await;
    let recorded = dewi.post(&format!("{round}/hasil"), &came).await;
    assert_eq!(recorded.status, 303, "{}", recorded.body);
    assert_eq!(kabid.post(&format!("{round}/tutup"), &close).await.status, 303);
    let page = kabid.get(&round).await;
    for part in ["Lancar.", "Direkam di rumah", "Orang lain yang dilayani"] {
        assert!(page.says(part), "{part}: {}", page.body);
    }
    assert!(!page.says("Penyandang disabilitas"), "one person would be known by that");
    assert_eq!(dewi.get(&format!("{round}/lembar")).await.status, 404, "nobody needs the list any more");
    assert!(kabid.get(ROUNDS).await.says("Jumlah putaran yang selesai"));
    let late = dewi.post(&format!("{round}/hasil"), &came).await;
    assert!(late.status == 422 && late.says("sudah ditutup"), "{}", late.body);
    let events = app.rows::<request_event::Entity>(TANGERANG).await.unwrap();
    let line = events.iter().find(|one| one.kind == RequestEventKind::Visited).unwrap();
    assert_eq!(line.reason.as_deref(), Some("dilayani"));
    assert!(dewi.get(&path).await.says("Hasil kunjungan rumah"));
}

async fn a_round_that_is_cancelled_leaves_its_people_waiting_for_another(app: &TestApp) {
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let kabid = app.officer("kabid@kab-tangerang").await;
    assert_eq!(notes(&dewi, &path_of(app, "00001").await, &VISIT).await.status, 303);
    let round = plans(app, &kabid, ["2026-11-25", "2026-11-26"]).await;
    assert!(kabid.get(ROUNDS).await.says("Tidak ada warga yang menunggu kunjungan, 1 putaran direncanakan."));
    kabid.get(&round).await;
    let why = kabid.post(&format!("{round}/batal"), &[("why", " "), ("version", "2")]).await;
    assert!(why.status == 422 && why.says("Tulis alasan pembatalannya"), "{}", why.body);
    let off = kabid.post(&format!("{round}/batal"), &[("why", "Jalan putus"), ("version", "2")]).await;
    assert_eq!(off.status, 303, "{}", off.body);
    app.settles().await;
    let told = siti.last();
    assert!(told.contains("tidak jadi dilaksanakan") && told.contains("Jalan putus"), "{told}");
    assert!(kabid.get(ROUNDS).await.says("1 warga menunggu kunjungan."));
    assert!(app.rows::<visit::Entity>(TANGERANG).await.unwrap().is_empty());

    // Whoever was not met may be visited again; whoever was served may not.
    let round = plans(app, &kabid, ["2026-11-23", ""]).await;
    for (result, waits) in [("tidak_bertemu", true), ("dilayani", false), ("perlu_ulang", true)] {
        app.waits(1);
        let said = came(app, result, "").await;
        let said: Vec<(&str, &str)> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
        kabid.get(&round).await;
        assert_eq!(kabid.post(&format!("{round}/hasil"), &said).await.status, 303);
        let waiting = kabid.get(ROUNDS).await.says("1 warga menunggu kunjungan");
        assert_eq!(waiting, waits, "{result}");
    }
    let seen = came(app, "belum", "").await;
    let with = |result: &'static str| {
        let value =
            |name: &str, value: &str| if name == "result" { result.to_owned() } else { value.to_owned() };
        seen.iter().map(|(name, kept)| (*name, value(name, kept))).collect::<Vec<_>>()
    };
    let post = async |fields: &[(&'static str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        kabid.post(&format!("{round}/hasil"), &fields).await
    };
    let refused = post(&with("belum")).await;
    assert!(refused.status == 422 && refused.says("tidak dikosongkan lagi"), "{}", refused.body);
    // Two have the form open: the second does not take back what the first wrote.
    app.waits(1);
    assert_eq!(post(&with("dilayani")).await.status, 303);
    let late = post(&with("tidak_bertemu")).await;
    assert!(late.status == 422 && late.says("baru saja mencatat hasil lain"), "{}", late.body);
    assert_eq!(post(&with("perlu_ulang")).await.status, 303, "as it stood when the form was drawn");
    let row = app.rows::<visit::Entity>(TANGERANG).await.unwrap().pop().unwrap();
    assert_eq!(row.result, VisitResult::Served);
}

/// What a form says of the only visit, as it stands now.
async fn came(app: &TestApp, result: &str, note: &str) -> Vec<(&'static str, String)> {
    let row = app.rows::<visit::Entity>(TANGERANG).await.unwrap().pop().unwrap();
    let was = format!("{}@{}", row.result, row.recorded_at.map_or(0, |at| at.timestamp_micros()));
    let (result, note) = (result.to_owned(), note.to_owned());
    vec![("visit", row.id.to_string()), ("was", was), ("result", result), ("note", note)]
}

async fn a_person_is_on_one_round_only_and_a_request_that_ends_leaves_it(app: &TestApp) {
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let kabid = app.officer("kabid@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    assert_eq!(notes(&dewi, &path, &VISIT).await.status, 303);
    let first = plans(app, &kabid, ["2026-11-25", ""]).await;
    let new = format!("{ROUNDS}/baru");
    let planned = kabid.post(&new, &[("title", "Balaraja"), ("from", "2026-11-26")]).await;
    let second = planned.location.unwrap().split('?').next().unwrap().to_owned();
    let id = the_request(app, "00001").await.id.to_string();
    let twice = kabid.post(&format!("{second}/tambah"), &[("person", &*id)]).await;
    assert!(twice.status == 422 && twice.says("sudah masuk putaran lain"), "{}", twice.body);
    let nobody = kabid.post(&format!("{second}/tambah"), &[]).await;
    assert!(nobody.status == 422 && nobody.says("Pilih sedikitnya satu warga."), "{}", nobody.body);
    let off = kabid.post(&format!("{first}/keluarkan"), &[("off", &*id)]).await;
    assert_eq!(off.status, 303, "{}", off.body);
    app.settles().await;
    assert!(siti.last().contains("tidak jadi dilaksanakan"), "{}", siti.last());
    assert_eq!(kabid.post(&format!("{second}/tambah"), &[("person", &*id)]).await.status, 303);
    app.settles().await;
    let rows = app.rows::<visit::Entity>(TANGERANG).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.result == VisitResult::Awaited).count(), 1);
    dewi.get(&path).await;
    assert_eq!(dewi.post(&format!("{path}/ambil"), &[]).await.status, 303);
    let ended = dewi.post(&format!("{path}/batal"), &[("reason", "dicabut_warga")]).await;
    assert_eq!(ended.status, 303, "{}", ended.body);
    app.settles().await;
    assert!(app.rows::<visit::Entity>(TANGERANG).await.unwrap().is_empty(), "nobody goes there in vain");
    let told = app.fake.sent_calls();
    let off = told.iter().filter(|call| call.body.to_string().contains("tidak diperlukan lagi")).count();
    assert_eq!(off, 1, "whoever knew of it is told");
}

async fn whoever_does_not_assign_work_plans_no_rounds(app: &TestApp) {
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let head = app.officer("kepala@kab-tangerang").await;
    for officer in [&dewi, &head] {
        assert_eq!(officer.get(ROUNDS).await.status, 200);
        assert_eq!(officer.get(&format!("{ROUNDS}/baru")).await.status, 403);
        let planned =
            officer.post(&format!("{ROUNDS}/baru"), &[("title", "Pete"), ("from", "2026-12-02")]).await;
        assert_eq!(planned.status, 403);
    }
    let path = path_of(app, "00001").await;
    head.get(&path).await;
    let noted = head.post(&format!("{path}/rentan"), &VISIT).await;
    assert_eq!(noted.status, 403, "{}", noted.body);
    let kabid = app.officer("kabid@kab-tangerang").await;
    kabid.get(&format!("{ROUNDS}/baru")).await;
    for (days, said) in [
        (["2026-11-20", "2026-11-21"], "Harinya sudah lewat"),
        (["2026-12-04", "2026-12-02"], "mendahului hari pertama"),
        (["2026-12-01", "2027-02-01"], "paling lama 31 hari"),
        (["", ""], "Pilih hari pertama"),
    ] {
        let fields = [("title", "Pete"), ("from", days[0]), ("until", days[1])];
        let refused = kabid.post(&format!("{ROUNDS}/baru"), &fields).await;
        assert!(refused.status == 422 && refused.says(said), "{said}: {}", refused.body);
    }
    assert!(app.rows::<visit_round::Entity>(TANGERANG).await.unwrap().is_empty());
}
