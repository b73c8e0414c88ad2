//! What lies ready: where and when it is collected, who receives it, and what is kept of that.

use chrono::TimeDelta;
use loket::{
    domain::{
        calendars::Of,
        requests,
        tenancy::{self, Office},
    },
    infra::PlatformTx,
};
use loket_core::{
    calendar::{Both, Hours, OwnDay, Timetable},
    handover::{FamilyCard, HandoverWay, Receiver},
};
use loket_entity::{handover, pickup, pickup_point, request};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page, Phone},
};
use serde_json::json;

use crate::clocked::{KTP, RECEIVED, TANGERANG, at, completes, siti_asks, works_by};

const PLACES: &str = "/kantor/kab-tangerang/pengaturan/pengambilan";
const DAY: &str = "/kantor/kab-tangerang/pengambilan";
const KK: &str = "360300000000001";
const SITI: &str = "628111000003";
const BUDI: &str = "#KTP#3603030101909002#3603031203159002#BUDI SANTOSO#PETE#TIGARAKSA#HILANG#";

on_both_databases!(
    a_slot_and_a_number_are_told_and_nobody_gets_the_same_seat,
    family_receives_it_with_their_kk_and_the_number_of_that_is_kept_nowhere,
    a_place_gives_only_to_whom_it_serves,
    what_is_refused_at_the_counter_stands_in_its_form_still,
    a_day_that_cannot_be_kept_is_moved_and_everybody_is_told,
    a_day_that_is_closed_later_shows_whoever_was_to_come,
    whoever_does_not_come_is_reminded_where_they_hear_it,
    what_is_made_again_frees_its_seat,
    one_citizen_may_get_another_time,
    a_document_that_is_sent_is_known_by_its_hash,
    a_number_that_changed_since_holds_the_document_until_somebody_made_sure,
    a_number_that_somebody_else_holds_is_known_by_its_second_bsuid,
    a_document_that_would_not_arrive_is_given_by_hand_or_sent_otherwise,
    a_place_that_does_not_hold_is_refused_in_its_form,
);

async fn office(app: &TestApp) -> Office {
    let tx = PlatformTx::read(&app.house).await.unwrap();
    tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap()
}

/// The office has a counter: half an hour for so many people, and whom it serves.
async fn opens(app: &TestApp, (seats, collectors): (&str, &str)) -> pickup_point::Model {
    works_by(app, Of::Office, &Timetable::usual()).await;
    let admin = app.officer("admin@kab-tangerang").await;
    assert!(admin.get(PLACES).await.says("Belum ada tempat pengambilan"));
    let fields = [
        ("name", "Loket 3, Tigaraksa"),
        ("minutes", "30"),
        ("seats", seats),
        ("collectors", collectors),
        ("state", "dipakai"),
    ];
    let kept = admin.post(PLACES, &fields).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    assert!(admin.get(PLACES).await.says(&format!("Tiap 30 menit, {seats} orang.")));
    app.rows::<pickup_point::Entity>(TANGERANG).await.unwrap().pop().unwrap()
}

/// Budi asks as well.
async fn budi_asks(app: &TestApp) -> Phone<'_> {
    let budi = app.phone("628111000004", "Budi");
    budi.sends(KTP, BUDI).await;
    budi.sends_photo(KTP).await;
    budi.sends_photo(KTP).await;
    budi
}

/// The slots that the page of a request offers.
fn offered(page: &Page) -> Vec<String> {
    let values = page.body.split("<option value=\"").skip(1);
    let values = values.filter_map(|rest| rest.split('"').next()).filter(|value| value.contains('@'));
    values.map(str::to_owned).collect()
}

/// It is ready, in the first slot that is offered; gives that slot.
async fn ready(app: &TestApp, dewi: &Officer, path: &str) -> String {
    let slot = offered(&dewi.get(path).await).into_iter().next().expect("a slot");
    let done = dewi.post(&format!("{path}/siap"), &[("reason", &*slot)]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
    slot
}

async fn lying(app: &TestApp) -> Vec<pickup::Model> {
    app.rows::<pickup::Entity>(TANGERANG).await.unwrap()
}

async fn a_slot_and_a_number_are_told_and_nobody_gets_the_same_seat(app: &TestApp) {
    opens(app, ("1", "proxy")).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let siti = siti_asks(app).await;
    let path = completes(app, &dewi).await;
    let slot = ready(app, &dewi, &path).await;
    let told = siti.last();
    assert!(told.contains("siap diambil di *Loket 3, Tigaraksa*"), "{told}");
    // Two hours from nine o'clock: the seventh half hour of the day.
    assert!(told.contains("*Senin, 23 November 2026, pukul 11.00 WIB*, nomor *7*"), "{told}");
    assert!(told.contains("surat kuasa F-1.07") && told.contains("tidak dipungut biaya"), "{told}");
    let row = lying(app).await.pop().unwrap();
    assert_eq!((row.starts_at, row.number), (Some(at("2026-11-23 11.00")), Some(7)));
    assert!(row.told_at.is_some());

    let budi = budi_asks(app).await;
    let other = completes(app, &dewi).await;
    assert!(!offered(&dewi.get(&other).await).contains(&slot), "what is full is not offered");
    let full = dewi.post(&format!("{other}/siap"), &[("reason", &*slot)]).await;
    assert!(full.status == 422 && full.says("Jadwal itu baru saja penuh."), "{}", full.body);
    ready(app, &dewi, &other).await;
    assert!(budi.last().contains("pukul 11.30 WIB*, nomor *8*"), "{}", budi.last());
    let day = dewi.get(DAY).await;
    assert!(day.says("2 orang dijadwalkan.") && day.says("11.00") && day.says("11.30"), "{}", day.body);
    assert!(!day.says("SITI AMINAH"), "a list masks names");
    assert!(dewi.get(&format!("{DAY}?hari=2026-11-24")).await.says("Tidak ada yang dijadwalkan."));
}

async fn family_receives_it_with_their_kk_and_the_number_of_that_is_kept_nowhere(app: &TestApp) {
    opens(app, ("5", "proxy")).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    siti_asks(app).await;
    let path = completes(app, &dewi).await;
    ready(app, &dewi, &path).await;
    app.waits(60 * 3);
    let finish = format!("{path}/selesai");
    dewi.get(&path).await;
    let nobody = dewi.post(&finish, &[]).await;
    assert!(nobody.status == 422 && nobody.says("Pilih siapa yang menerima"), "{}", nobody.body);
    let brings = |kk: &'static str| {
        [("receiver", "family"), ("proof", "ktp_el"), ("name", "RUDI HARTONO"), ("kk", kk), ("letter", "")]
    };
    let card = [("receiver", "family"), ("proof", "kk"), ("name", "RUDI"), ("kk", "3603031203159001")];
    let faceless = dewi.post(&finish, &card).await;
    assert!(faceless.status == 422 && faceless.says("kartu berfoto miliknya sendiri"), "{}", faceless.body);
    for (kk, sentence) in [
        ("", "Tulis nomor KK yang diperlihatkan keluarga"),
        ("3603", "Nomor KK terdiri dari 16 angka."),
        ("3603031203159777", "Nomor KK itu bukan nomor KK pada permohonan."),
    ] {
        let refused = dewi.post(&finish, &brings(kk)).await;
        assert!(refused.status == 422 && refused.says(sentence), "{kk}: {}", refused.body);
    }
    assert!(app.rows::<handover::Entity>(TANGERANG).await.unwrap().is_empty());
    let given = dewi.post(&finish, &brings("3603031203159001")).await;
    assert_eq!(given.status, 303, "{}", given.body);
    app.settles().await;
    let line = app.rows::<handover::Entity>(TANGERANG).await.unwrap().pop().unwrap();
    assert_eq!((line.receiver, line.family_card), (Some(Receiver::Family), Some(FamilyCard::Same)));
    let sealed = line.name.expect("a name");
    assert!(!String::from_utf8_lossy(sealed.bytes()).contains("RUDI"));
    let page = dewi.get(&path).await;
    for words in ["RUDI HARTONO, keluarga dalam KK yang sama", "KTP-el; nomor KK cocok", "Diambil setelah"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("3603031203159001"), "no page shows it");
    assert!(lying(app).await.pop().unwrap().collected_at.is_some());
    assert!(dewi.get(DAY).await.says("1 orang dijadwalkan, 1 sudah mengambil."));
}

async fn a_place_gives_only_to_whom_it_serves(app: &TestApp) {
    opens(app, ("5", "applicant")).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let siti = siti_asks(app).await;
    let path = completes(app, &dewi).await;
    ready(app, &dewi, &path).await;
    assert!(siti.last().contains("pengambilan tidak dapat diwakilkan"), "{}", siti.last());
    let page = dewi.get(&path).await;
    assert!(page.body.contains(r#"value="applicant""#) && !page.body.contains(r#"value="proxy""#));
    let proxy = [("receiver", "proxy"), ("proof", "ktp_el"), ("name", "BUDI"), ("letter", "12/XI/2026")];
    let refused = dewi.post(&format!("{path}/selesai"), &proxy).await;
    assert!(refused.status == 422 && refused.says("hanya pemohon sendiri yang boleh mengambil"));
    assert_eq!(dewi.post(&format!("{path}/selesai"), &RECEIVED).await.status, 303);
}

async fn what_is_refused_at_the_counter_stands_in_its_form_still(app: &TestApp) {
    opens(app, ("5", "proxy")).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    siti_asks(app).await;
    let path = completes(app, &dewi).await;
    ready(app, &dewi, &path).await;
    dewi.get(&path).await;
    let proxy = [("receiver", "proxy"), ("proof", "kk"), ("name", "BUDI SANTOSO"), ("letter", "12/XI/2026")];
    let refused = dewi.post(&format!("{path}/selesai"), &proxy).await;
    assert!(
        refused.status == 422 && refused.says("harus memperlihatkan KTP-el atau IKD"),
        "{}",
        refused.body
    );
    for kept in [r#"value="BUDI SANTOSO""#, r#"value="12/XI/2026""#, r#"id="aksi-selesai" open"#] {
        assert!(refused.body.contains(kept), "{kept}");
    }
    let long = "A".repeat(121);
    let too_long = [("receiver", "proxy"), ("proof", "ktp_el"), ("name", &*long), ("letter", "12")];
    let refused = dewi.post(&format!("{path}/selesai"), &too_long).await;
    assert!(refused.status == 422 && refused.says("paling panjang 120 huruf"), "{}", refused.body);
}

async fn a_day_that_cannot_be_kept_is_moved_and_everybody_is_told(app: &TestApp) {
    let point = opens(app, ("1", "proxy")).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let siti = siti_asks(app).await;
    let path = completes(app, &dewi).await;
    ready(app, &dewi, &path).await;
    let budi = budi_asks(app).await;
    let other = completes(app, &dewi).await;
    ready(app, &dewi, &other).await;
    assert!(!dewi.get(DAY).await.says("Pindahkan semua"), "who assigns work moves a day");
    let kabid = app.officer("kabid@kab-tangerang").await;
    let day = kabid.get(DAY).await;
    assert!(day.says("Pindahkan semua yang belum diambil") && day.body.contains(r#"value="2026-11-24""#));
    assert_eq!(dewi.post(&format!("{DAY}/pindah"), &[]).await.status, 403);
    let point = point.id.to_string();
    let to = |from: &'static str| {
        [("tempat", point.clone()), ("hari", "2026-11-23".to_owned()), ("mulai", from.to_owned())]
    };
    let sends = async |from| {
        let fields = to(from);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (*key, value.as_str())).collect();
        kabid.post(&format!("{DAY}/pindah"), &fields).await
    };
    for from in ["2026-11-23", "2026-11-20", "2027-11-24", "besok"] {
        let refused = sends(from).await;
        assert!(refused.status == 422 && refused.says("Pilih hari"), "{from}: {}", refused.body);
    }
    let moved = sends("2026-11-24").await;
    assert_eq!(moved.status, 303, "{}", moved.body);
    app.settles().await;
    assert!(
        siti.last().contains("Jadwal Senin, 23 November 2026, pukul 11.00 WIB tidak berlaku lagi"),
        "{}",
        siti.last()
    );
    assert!(
        siti.last().contains("*Selasa, 24 November 2026, pukul 08.00 WIB*, nomor *1*"),
        "{}",
        siti.last()
    );
    assert!(
        budi.last().contains("pukul 08.30 WIB*, nomor *2*"),
        "in the order of their numbers: {}",
        budi.last()
    );
    let page = kabid.get(&format!("{DAY}?hari=2026-11-23")).await;
    assert!(page.says("2 jadwal dipindahkan, 2 warga dikabari lewat WhatsApp."), "{}", page.body);
    assert!(page.says("Tidak ada yang dijadwalkan."));
    assert!(dewi.get(&path).await.says("Jadwal pengambilan diubah"));
}

async fn a_day_that_is_closed_later_shows_whoever_was_to_come(app: &TestApp) {
    opens(app, ("1", "proxy")).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    siti_asks(app).await;
    let path = completes(app, &dewi).await;
    let tomorrow = |slot: &String| slot.ends_with(&format!("@{}", at("2026-11-24 08.00").timestamp()));
    let slot = offered(&dewi.get(&path).await).into_iter().find(tomorrow).expect("a slot of tomorrow");
    assert_eq!(dewi.post(&format!("{path}/siap"), &[("reason", &*slot)]).await.status, 303);
    let day = format!("{DAY}?hari=2026-11-24");
    assert!(!dewi.get(&day).await.says("di luar jam layanan"));
    let mut closed = Timetable::usual();
    let none = || Both { office: Hours::CLOSED, service: Hours::CLOSED };
    let own = OwnDay { date: "2026-11-24".parse().unwrap(), name: "Listrik padam".to_owned(), hours: none() };
    closed.days.push(own);
    works_by(app, Of::Office, &closed).await;
    assert!(dewi.get(&day).await.says("di luar jam layanan: pindahkan"));
    budi_asks(app).await;
    let again = completes(app, &dewi).await;
    assert!(!offered(&dewi.get(&again).await).contains(&slot), "nobody else is sent there");
}

async fn whoever_does_not_come_is_reminded_where_they_hear_it(app: &TestApp) {
    opens(app, ("1", "proxy")).await;
    let office = office(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let siti = siti_asks(app).await;
    let path = completes(app, &dewi).await;
    ready(app, &dewi, &path).await;
    assert_eq!(requests::remind_collecting(&app.house, &office).await.unwrap(), 0, "not yet");
    // She writes on the evening of the day on which she should have come, and so hears it the morning after.
    app.waits(60 * 9);
    siti.sends(KTP, "Maaf, hari ini belum sempat").await;
    app.waits(60 * 15);
    assert_eq!(requests::remind_collecting(&app.house, &office).await.unwrap(), 1);
    app.settles().await;
    let told = siti.last();
    assert!(
        told.contains("belum diambil pada jadwalnya, Senin, 23 November 2026, pukul 11.00 WIB"),
        "{told}"
    );
    assert_eq!(requests::remind_collecting(&app.house, &office).await.unwrap(), 0, "once");
    // A week later nobody hears anything: that is kept, and the next time is looked for.
    let before = siti.messages().len();
    app.waits(60 * 24 * 7);
    assert_eq!(requests::remind_collecting(&app.house, &office).await.unwrap(), 1);
    app.settles().await;
    assert_eq!(siti.messages().len(), before);
    let row = lying(app).await.pop().unwrap();
    assert_eq!((row.reminders, row.remind_at), (1, Some(at("2026-12-23 09.00"))));
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let queue = dewi.get("/kantor/kab-tangerang/antrean?tab=siap").await;
    assert!(queue.says("Siap sejak Senin 23 Nov") && queue.says("lama belum diambil"), "{}", queue.body);
    assert!(dewi.get(&path).await.says("1 kali, terakhir Selasa 24 Nov"));
}

async fn what_is_made_again_frees_its_seat(app: &TestApp) {
    opens(app, ("1", "proxy")).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    siti_asks(app).await;
    let path = completes(app, &dewi).await;
    let slot = ready(app, &dewi, &path).await;
    assert!(!offered(&dewi.get(&path).await).contains(&slot));
    let again = dewi.post(&format!("{path}/buka-kembali"), &[("reason", "hasil_keliru")]).await;
    assert_eq!(again.status, 303, "{}", again.body);
    assert!(lying(app).await.is_empty());
    assert!(offered(&dewi.get(&path).await).contains(&slot), "it is free again");
    ready(app, &dewi, &path).await;
    let cancelled = dewi.post(&format!("{path}/batal"), &[("reason", "dicabut_warga")]).await;
    assert_eq!(cancelled.status, 303, "{}", cancelled.body);
    assert!(lying(app).await.is_empty());
}

async fn one_citizen_may_get_another_time(app: &TestApp) {
    opens(app, ("2", "proxy")).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let siti = siti_asks(app).await;
    let path = completes(app, &dewi).await;
    assert_eq!(dewi.post(&format!("{path}/jadwal"), &[("note", "Loket 9")]).await.status, 422);
    ready(app, &dewi, &path).await;
    let was = lying(app).await.pop().unwrap();
    app.waits(30);
    let later = offered(&dewi.get(&path).await).pop().expect("a slot of another day");
    let both = dewi.post(&format!("{path}/jadwal"), &[("reason", &*later), ("note", "Kantor Desa")]).await;
    assert!(both.status == 422 && both.says("Pilih “Tempat lain”"), "{}", both.body);
    assert!(both.body.contains("Kantor Desa</textarea>"), "what was typed stands there still");
    let moved = dewi.post(&format!("{path}/jadwal"), &[("reason", &*later)]).await;
    assert_eq!(moved.status, 303, "{}", moved.body);
    app.settles().await;
    let row = lying(app).await.pop().unwrap();
    assert!(row.starts_at > was.starts_at && row.ready_at == was.ready_at, "it is ready since it was");
    assert!(siti.last().contains("kami ubah"), "{}", siti.last());
    // Or comes without one, to a place that is none of the office's.
    let desk =
        dewi.post(&format!("{path}/jadwal"), &[("reason", "lain"), ("note", "Kantor Desa Pete")]).await;
    assert_eq!(desk.status, 303, "{}", desk.body);
    app.settles().await;
    assert!(siti.last().contains("Tempat: *Kantor Desa Pete*.\n"), "{}", siti.last());
    assert!(dewi.get(&path).await.says("Kantor Desa Pete"));
    let empty = dewi.post(&format!("{path}/jadwal"), &[("reason", "lain")]).await;
    assert!(empty.status == 422 && empty.says("Tulis tempat pengambilan"), "{}", empty.body);
    for broken in ["@", "x@9", "00000000-0000-7000-8000-000000000000"] {
        assert_eq!(dewi.post(&format!("{path}/jadwal"), &[("reason", broken)]).await.status, 422, "{broken}");
    }
}

/// Siti asks for a KK, and it is there as a document; gives the request's path.
async fn has_a_document(app: &TestApp, agus: &Officer) -> String {
    let siti = app.phone(SITI, "Siti");
    siti.sends(KK, "#KK#3603031203159001#SITI AMINAH#PETE#TIGARAKSA").await;
    siti.sends_photo(KK).await;
    siti.sends_photo(KK).await;
    let path = completes(app, agus).await;
    let pdf = b"%PDF-1.7\n% kartu keluarga\n%%EOF";
    agus.get(&path).await;
    assert_eq!(agus.uploads(&format!("{path}/hasil"), &[], ("file", "kk.pdf", pdf)).await.status, 303);
    agus.get(&path).await;
    path
}

async fn a_number_that_changed_since_holds_the_document_until_somebody_made_sure(app: &TestApp) {
    let agus = app.officer("operator.kk@kab-tangerang").await;
    let path = has_a_document(app, &agus).await;
    app.waits(5);
    let meta = app.meta(KK);
    let notice = json!({"body": "Siti changed", "type": "user_changed_number", "wa_id": "628119999999"});
    let notice = meta.message((SITI, "wamid.changed"), "system", notice);
    assert_eq!(meta.posts(&meta.body(&[meta.change(json!({ "messages": [notice] }))])).await, 200);
    app.settles().await;
    assert!(agus.get(&path).await.says("Nomor WhatsApp pengirim berganti pada Senin 23 Nov"));
    let sent = async |note: &str| agus.post(&format!("{path}/selesai"), &[("note", note)]).await;
    for note in ["", "  "] {
        let held = sent(note).await;
        assert!(held.status == 422 && held.says("Pastikan dahulu siapa pemegangnya"), "{}", held.body);
    }
    assert_eq!(sent(&"A".repeat(121)).await.status, 422);
    assert!(app.rows::<handover::Entity>(TANGERANG).await.unwrap().is_empty());
    assert_eq!(sent("Telepon ke nomor lama, KTP-el diperlihatkan").await.status, 303);
    assert!(agus.get(&path).await.says("Telepon ke nomor lama, KTP-el diperlihatkan"));
}

async fn a_number_that_somebody_else_holds_is_known_by_its_second_bsuid(app: &TestApp) {
    let agus = app.officer("operator.kk@kab-tangerang").await;
    let path = has_a_document(app, &agus).await;
    let meta = app.meta(KK);
    let writes = async |wamid: &str, bsuid: &str| {
        app.waits(5);
        let mut message = meta.message((SITI, wamid), "text", json!({ "body": "Halo" }));
        message["from_user_id"] = json!(bsuid);
        assert_eq!(meta.posts(&meta.body(&[meta.change(json!({ "messages": [message] }))])).await, 200);
        app.settles().await;
    };
    app.waits(5);
    app.phone(SITI, "Siti").sends(KK, "Halo").await;
    assert!(!agus.get(&path).await.says("Nomor WhatsApp pengirim berganti"), "she has the one that she had");
    writes("wamid.second", "ID.99991208655302741918").await;
    assert!(agus.get(&path).await.says("Nomor WhatsApp pengirim berganti"));
    assert_eq!(agus.post(&format!("{path}/selesai"), &[]).await.status, 422);
}

async fn a_document_that_would_not_arrive_is_given_by_hand_or_sent_otherwise(app: &TestApp) {
    let agus = app.officer("operator.kk@kab-tangerang").await;
    let path = has_a_document(app, &agus).await;
    app.waits(60 * 25);
    let agus = app.officer("operator.kk@kab-tangerang").await;
    let page = agus.get(&path).await;
    assert!(
        page.says("tidak akan sampai lewat WhatsApp") && page.says("Dikirim dengan cara lain"),
        "{}",
        page.body
    );
    let finish = format!("{path}/selesai");
    let nothing = agus.post(&finish, &[]).await;
    assert!(nothing.status == 422 && nothing.says("atau tulis cara mengirimnya"), "{}", nothing.body);
    assert_eq!(agus.post(&finish, &[("note", "Surel ke alamat di KK")]).await.status, 303);
    let line = app.rows::<handover::Entity>(TANGERANG).await.unwrap().pop().unwrap();
    assert_eq!((line.way, line.receiver), (HandoverWay::Otherwise, None));
    let page = agus.get(&path).await;
    assert!(page.says("Dikirim dengan cara lain") && page.says("Surel ke alamat di KK"), "{}", page.body);
    assert!(!page.says("Dikirimkan ke WhatsApp"));
}

async fn a_document_that_is_sent_is_known_by_its_hash(app: &TestApp) {
    let agus = app.officer("operator.kk@kab-tangerang").await;
    let path = has_a_document(app, &agus).await;
    let done = agus.post(&format!("{path}/selesai"), &[]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let line = app.rows::<handover::Entity>(TANGERANG).await.unwrap().pop().unwrap();
    let request = app.rows::<request::Entity>(TANGERANG).await.unwrap().pop().unwrap();
    assert_eq!((line.receiver, line.request_id, line.file_id), (None, request.id, request.result_file_id));
    // What `sha256sum` says of the document's bytes.
    let hash = "7c5b9a5597fb3bf393bcd73b09b26333cf4a3a35895249e0f8fde43c635eaaa0";
    assert!(agus.get(&path).await.says(hash));
    let sealed = line.sha256.expect("a hash");
    assert!(!String::from_utf8_lossy(sealed.bytes()).contains(hash), "it lies nowhere in clear");
    assert!(lying(app).await.is_empty(), "nothing lies there that was sent");
    assert!(line.at - request.opened_at < TimeDelta::days(1));
}

async fn a_place_that_does_not_hold_is_refused_in_its_form(app: &TestApp) {
    let point = opens(app, ("5", "proxy")).await;
    let admin = app.officer("admin@kab-tangerang").await;
    admin.get(PLACES).await;
    let fields = |name: &'static str, seats: &'static str, version: &'static str| {
        [
            ("name", name),
            ("minutes", "15"),
            ("seats", seats),
            ("collectors", "family"),
            ("state", "tidak"),
            ("version", version),
        ]
    };
    let nameless = admin.post(PLACES, &fields(" ", "5", "0")).await;
    assert!(nameless.status == 422 && nameless.says("Tulis nama tempatnya"), "{}", nameless.body);
    let path = format!("{PLACES}/{}", point.id);
    let many = admin.post(&path, &fields("Loket 4", "seribu", "1")).await;
    assert!(
        many.status == 422 && many.says("dari 1 sampai 100") && many.body.contains("seribu"),
        "{}",
        many.body
    );
    let stale = admin.post(&path, &fields("Loket 4", "5", "7")).await;
    assert!(stale.status == 422 && stale.says("baru saja diubah orang lain"), "{}", stale.body);
    let changed = admin.post(&path, &fields("Loket 4", "5", "1")).await;
    assert_eq!(changed.status, 303, "{}", changed.body);
    assert!(admin.get(PLACES).await.says("tidak dipakai"));
    // Nobody is sent there any more.
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    siti_asks(app).await;
    let page = completes(app, &dewi).await;
    assert!(offered(&dewi.get(&page).await).is_empty());
    let there = format!("{}", point.id);
    assert_eq!(dewi.post(&format!("{page}/siap"), &[("reason", &*there)]).await.status, 422);
}
