//! Whoever must come in person: told where, when and with what, reminded, awaited, moved, and what came of it.

use chrono::TimeDelta;
use loket::{
    domain::{
        appointments,
        calendars::Of,
        requests,
        tenancy::{self, Office},
    },
    infra::{Cx, PlatformTx, SystemReason},
};
use loket_core::{
    appointment::{AppointmentState, PlacePurpose},
    calendar::Timetable,
    pickup::Seat,
    request::{RequestEventKind, RequestState},
};
use loket_entity::{appointment, pickup_point, request, request_event, service};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page, Phone},
};

use crate::clocked::{KTP, TANGERANG, at, completes, siti_asks, works_by};

const PLACES: &str = "/kantor/kab-tangerang/pengaturan/pengambilan";
const DAY: &str = "/kantor/kab-tangerang/pengambilan";
const LEDGER: &str = "/kantor/kab-tangerang/gangguan";
const ROOM: &str = "Ruang rekam, Tigaraksa";
const BUDI: &str = "#KTP#3603030101909002#3603031203159002#BUDI SANTOSO#PETE#TIGARAKSA#HILANG#";

on_both_databases!(
    whoever_is_to_come_is_told_where_when_and_with_what,
    whoever_activates_ikd_is_warned_of_fraud,
    two_citizens_never_get_the_same_seat_and_what_was_sent_stands_in_the_form,
    somebody_is_reminded_the_afternoon_before,
    whoever_hears_nothing_is_marked_and_told_all_of_it_once_they_write,
    who_did_not_come_is_offered_another_time_and_who_came_goes_on,
    a_day_that_cannot_be_kept_is_moved_and_everybody_is_told,
    a_request_that_ends_frees_its_seat,
    an_appointment_is_taken_back_and_its_citizen_told,
    whoever_does_not_handle_requests_gives_and_records_nothing,
    an_outage_shows_whom_it_touches_until_it_is_over,
    a_place_is_for_one_thing_only,
    a_seat_is_given_once_even_to_two_who_choose_it_at_once,
    a_time_that_was_told_is_taken_back_even_where_a_later_one_was_not,
    what_was_pressed_by_mistake_is_put_right_on_the_same_day,
);

async fn a_seat_is_given_once_even_to_two_who_choose_it_at_once(app: &TestApp) {
    let room = opens(app).await;
    siti_asks(app).await;
    budi_asks(app).await;
    let (siti, budi) = (the_request(app, "00001").await.id, the_request(app, "00002").await.id);
    let office = office(app).await;
    let from = at("2026-11-24 08.00");
    // Both read that it is free before either had it.
    let seat = Seat { from, until: from + TimeDelta::minutes(30), seat: 0, number: 1 };
    for (request, gets) in [(siti, true), (budi, false)] {
        let mut cx = Cx::system(&app.house, office.id, SystemReason::Clocks).await.unwrap();
        let given = appointments::give(&cx, (request, None), (room.id, seat, "")).await;
        assert_eq!(given.is_ok(), gets);
        cx.audit("request.appointment_given", ("request", Some(request.0))).unwrap();
        cx.commit().await.unwrap();
    }
    assert_eq!(all(app).await.len(), 1);
}

async fn a_time_that_was_told_is_taken_back_even_where_a_later_one_was_not(app: &TestApp) {
    opens(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    let slot = slot_at(&dewi.get(&path).await, "2026-11-25 08.00");
    sends(app, &dewi, &path, &slot).await;
    app.waits(60 * 25);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let slot = slot_at(&dewi.get(&path).await, "2026-11-26 08.00");
    let done = dewi.post(&format!("{path}/janji"), &[("slot", &*slot)]).await;
    app.settles().await;
    assert!(dewi.get(&done.location.unwrap()).await.says("warga belum dikabari"), "the officer reads it");
    siti.sends(KTP, "Baik").await;
    // The note alone is changed: nobody is told anything.
    let before = siti.receives().len();
    let noted = dewi.post(&format!("{path}/janji"), &[("slot", &*slot), ("note", "Didampingi")]).await;
    assert_eq!(noted.status, 303, "{}", noted.body);
    app.settles().await;
    assert_eq!(siti.receives().len(), before);
    assert!(dewi.get(&path).await.says("Didampingi"));
    dewi.get(&path).await;
    assert_eq!(dewi.post(&format!("{path}/batal-janji"), &[]).await.status, 303);
    app.settles().await;
    let told = siti.last();
    assert!(told.contains("Rabu, 25 November 2026, pukul 08.00 WIB, kami batalkan"), "{told}");
}

async fn what_was_pressed_by_mistake_is_put_right_on_the_same_day(app: &TestApp) {
    opens(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    gives(app, &dewi, &path_of(app, "00001").await).await;
    let row = all(app).await.pop().unwrap();
    app.waits(150);
    assert_eq!(records(&dewi, &row, "tidak-hadir").await.status, 303);
    app.settles().await;
    let before = siti.receives().len();
    assert_eq!(records(&dewi, &row, "hadir").await.status, 303);
    app.settles().await;
    assert_eq!(all(app).await.pop().unwrap().state, AppointmentState::Attended);
    assert_eq!(siti.receives().len(), before, "nobody reads of it");
    app.waits(60 * 24);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert_eq!(records(&dewi, &row, "tidak-hadir").await.status, 422, "its day is over");
}

async fn office(app: &TestApp) -> Office {
    let tx = PlatformTx::read(&app.house).await.unwrap();
    tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap()
}

/// A place of half an hour for one person each.
async fn enters(app: &TestApp, name: &str, purpose: &str) -> pickup_point::Model {
    let admin = app.officer("admin@kab-tangerang").await;
    admin.get(PLACES).await;
    let fields = [
        ("name", name),
        ("purpose", purpose),
        ("minutes", "30"),
        ("seats", "1"),
        ("collectors", "applicant"),
        ("state", "dipakai"),
    ];
    let kept = admin.post(PLACES, &fields).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    let rows = app.rows::<pickup_point::Entity>(TANGERANG).await.unwrap();
    rows.into_iter().find(|row| row.name == name).unwrap()
}

/// The office keeps its usual hours and has a room in which people are recorded.
async fn opens(app: &TestApp) -> pickup_point::Model {
    works_by(app, Of::Office, &Timetable::usual()).await;
    enters(app, ROOM, "rekam").await
}

async fn budi_asks(app: &TestApp) -> Phone<'_> {
    let budi = app.phone("628111000004", "Budi");
    budi.sends(KTP, BUDI).await;
    budi
}

async fn the_request(app: &TestApp, receipt_of: &str) -> request::Model {
    let rows = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    rows.into_iter().find(|row| row.receipt.contains(receipt_of)).unwrap()
}

async fn path_of(app: &TestApp, receipt_of: &str) -> String {
    format!("/kantor/kab-tangerang/permohonan/{}", the_request(app, receipt_of).await.id)
}

/// The slots that the page of a request offers.
fn offered(page: &Page) -> Vec<String> {
    let values = page.body.split("<option value=\"").skip(1);
    let values = values.filter_map(|rest| rest.split('"').next()).filter(|value| value.contains('@'));
    values.map(str::to_owned).collect()
}

/// The slot that begins at a time.
fn slot_at(page: &Page, local: &str) -> String {
    let end = format!("@{}", at(local).timestamp());
    offered(page).into_iter().find(|slot| slot.ends_with(&end)).expect("a slot that is offered")
}

/// Gives the person of a request the first slot that is offered; gives that slot.
async fn gives(app: &TestApp, dewi: &Officer, path: &str) -> String {
    let slot = offered(&dewi.get(path).await).into_iter().next().expect("a slot");
    sends(app, dewi, path, &slot).await;
    slot
}

async fn sends(app: &TestApp, dewi: &Officer, path: &str, slot: &str) {
    let done = dewi.post(&format!("{path}/janji"), &[("slot", slot)]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
}

async fn all(app: &TestApp) -> Vec<appointment::Model> {
    let mut rows = app.rows::<appointment::Entity>(TANGERANG).await.unwrap();
    rows.sort_by_key(|row| row.id);
    rows
}

/// Whether the history of a request has a line of a kind.
async fn has(app: &TestApp, id: loket_core::id::RequestId, kind: RequestEventKind) -> bool {
    let lines = app.rows::<request_event::Entity>(TANGERANG).await.unwrap();
    lines.iter().any(|line| line.request_id == id && line.kind == kind)
}

/// Writes down on the day's page whether somebody came.
async fn records(officer: &Officer, row: &appointment::Model, step: &str) -> Page {
    officer.get(DAY).await;
    officer.post(&format!("{DAY}/{}/{step}", row.id), &[]).await
}

async fn whoever_is_to_come_is_told_where_when_and_with_what(app: &TestApp) {
    opens(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    let page = dewi.get(&path).await;
    assert!(page.says("Janji temu") && page.says("warga harus datang sendiri"), "{}", page.body);
    let slot = slot_at(&page, "2026-11-23 11.00");
    let fields = [("slot", &*slot), ("note", "Kursi roda")];
    let done = dewi.post(&format!("{path}/janji"), &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
    let told = siti.last();
    for words in [
        "perekaman KTP-el",
        "Tempat: *Ruang rekam, Tigaraksa*.",
        // Two hours from nine o'clock: the seventh half hour of the day.
        "*Senin, 23 November 2026, pukul 11.00 WIB*, nomor *7*",
        "KK asli",
        "tidak dapat diwakilkan",
        "Tidak dipungut biaya.",
        "silakan membalas pesan ini",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("Kursi roda"), "what officers note is not sent: {told}");
    let row = all(app).await.pop().unwrap();
    assert_eq!((row.starts_at, row.number), (at("2026-11-23 11.00"), 7));
    assert!(row.told_start == Some(row.starts_at) && row.state == AppointmentState::Awaited);
    let note = row.note.expect("a note");
    assert!(!String::from_utf8_lossy(note.bytes()).contains("Kursi"), "it lies nowhere in clear");
    let page = dewi.get(&path).await;
    for words in
        ["Kursi roda", "nomor 7", "sudah lewat WhatsApp", "Janji temu dijadwalkan", "Pindahkan jadwal"]
    {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    let day = dewi.get(DAY).await;
    assert!(day.says("Jadwal kedatangan") && day.says("1 orang dijadwalkan."), "{}", day.body);
    assert!(day.says("11.00") && !day.says("SITI AMINAH") && !day.says("Kursi roda"), "{}", day.body);
    let state = the_request(app, "00001").await.state;
    assert_eq!(state, RequestState::Received, "the request stands where it stood");
}

async fn whoever_activates_ikd_is_warned_of_fraud(app: &TestApp) {
    works_by(app, Of::Office, &Timetable::usual()).await;
    enters(app, "Meja IKD, Tigaraksa", "ikd").await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    gives(app, &dewi, &path_of(app, "00001").await).await;
    let told = siti.last();
    for words in [
        "aktivasi Identitas Kependudukan Digital",
        "Android 8 atau iOS 11",
        "surel",
        "hanya di hadapan petugas",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

async fn two_citizens_never_get_the_same_seat_and_what_was_sent_stands_in_the_form(app: &TestApp) {
    opens(app).await;
    siti_asks(app).await;
    let budi = budi_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (first, second) = (path_of(app, "00001").await, path_of(app, "00002").await);
    let slot = gives(app, &dewi, &first).await;
    assert!(!offered(&dewi.get(&second).await).contains(&slot), "what is full is not offered");
    let fields = [("slot", &*slot), ("note", "Didampingi ibunya")];
    let full = dewi.post(&format!("{second}/janji"), &fields).await;
    assert!(full.status == 422 && full.says("Jadwal itu baru saja penuh."), "{}", full.body);
    assert!(full.body.contains("Didampingi ibunya"), "what was typed stands there still");
    for broken in ["", "@", "x@9", "00000000-0000-7000-8000-000000000000"] {
        let refused = dewi.post(&format!("{second}/janji"), &[("slot", broken)]).await;
        assert!(refused.status == 422 && refused.says("Pilih tempat dan jadwal dari daftar."), "{broken}");
    }
    gives(app, &dewi, &second).await;
    assert!(budi.last().contains("pukul 11.30 WIB*, nomor *8*"), "{}", budi.last());
    let rows = all(app).await;
    assert_eq!(rows.len(), 2);
    assert!(rows[0].starts_at != rows[1].starts_at);
    // Another time for the first one: the seat is free for others.
    let later = offered(&dewi.get(&first).await).pop().unwrap();
    sends(app, &dewi, &first, &later).await;
    assert_eq!(all(app).await.len(), 2, "one appointment of a request is awaited");
    assert!(offered(&dewi.get(&second).await).contains(&slot), "it is free again");
    let id = the_request(app, "00001").await.id;
    assert!(has(app, id, RequestEventKind::AppointmentMoved).await);
}

async fn somebody_is_reminded_the_afternoon_before(app: &TestApp) {
    opens(app).await;
    let office = office(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    let slot = slot_at(&dewi.get(&path).await, "2026-11-25 08.00");
    sends(app, &dewi, &path, &slot).await;
    assert_eq!(requests::remind_appointments(&app.house, &office).await.unwrap(), 0, "not yet");
    app.waits(60 * 24);
    siti.sends(KTP, "Terima kasih").await;
    app.waits(60 * 6);
    assert_eq!(requests::remind_appointments(&app.house, &office).await.unwrap(), 1);
    app.settles().await;
    let told = siti.last();
    assert!(told.contains("kami mengingatkan jadwal perekaman KTP-el"), "{told}");
    assert!(told.contains("*Rabu, 25 November 2026, pukul 08.00 WIB*") && told.contains("KK asli"), "{told}");
    assert_eq!(requests::remind_appointments(&app.house, &office).await.unwrap(), 0, "once");
}

async fn whoever_hears_nothing_is_marked_and_told_all_of_it_once_they_write(app: &TestApp) {
    opens(app).await;
    let office = office(app).await;
    let siti = siti_asks(app).await;
    app.waits(60 * 25);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    let before = siti.messages().len();
    let slot = slot_at(&dewi.get(&path).await, "2026-11-26 08.00");
    sends(app, &dewi, &path, &slot).await;
    assert_eq!(siti.messages().len(), before, "nobody hears anything outside the 24 hours");
    assert!(all(app).await.pop().unwrap().told_start.is_none());
    assert!(dewi.get(&path).await.says("belum dikabari; kabari dengan cara lain"));
    let day = dewi.get(&format!("{DAY}?hari=2026-11-26")).await;
    assert!(day.says("belum dikabari lewat WhatsApp"), "{}", day.body);
    app.waits(60);
    assert_eq!(requests::remind_appointments(&app.house, &office).await.unwrap(), 1);
    app.settles().await;
    assert_eq!(siti.messages().len(), before, "still nobody hears");
    siti.sends(KTP, "Apakah sudah ada jadwal?").await;
    app.waits(60);
    assert_eq!(requests::remind_appointments(&app.house, &office).await.unwrap(), 1);
    app.settles().await;
    let told = siti.last();
    assert!(told.contains("Bapak/Ibu kami jadwalkan untuk perekaman KTP-el"), "{told}");
    assert_eq!(all(app).await.pop().unwrap().told_start, Some(at("2026-11-26 08.00")));
    // And on the afternoon before by itself, as everybody is.
    app.waits(60 * 23);
    siti.sends(KTP, "Baik").await;
    app.waits(60 * 5);
    loket::jobs::pickup::schedule().take_turn(&app.house).await.unwrap();
    app.settles().await;
    assert!(siti.last().contains("kami mengingatkan jadwal perekaman"), "{}", siti.last());
}

async fn who_did_not_come_is_offered_another_time_and_who_came_goes_on(app: &TestApp) {
    opens(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    let id = the_request(app, "00001").await.id;
    gives(app, &dewi, &path).await;
    let row = all(app).await.pop().unwrap();
    let early = records(&dewi, &row, "tidak-hadir").await;
    assert!(early.status == 422 && early.says("Jadwalnya belum lewat."), "{}", early.body);
    app.waits(150);
    let missed = records(&dewi, &row, "tidak-hadir").await;
    assert_eq!(missed.status, 303, "{}", missed.body);
    app.settles().await;
    let told = siti.last();
    assert!(told.contains("kami belum bertemu Bapak/Ibu"), "{told}");
    assert!(told.contains("Jadwal yang saat ini masih kosong: Senin, 23 November 2026, pukul 13."), "{told}");
    let day = dewi.get(DAY).await;
    assert!(day.says("Dari 1 yang sudah lewat: 0 hadir, 1 tidak hadir."), "{}", day.body);
    let twice = records(&dewi, &row, "tidak-hadir").await;
    assert!(twice.status == 422 && twice.says("sudah dicatat atau dibatalkan"), "{}", twice.body);
    assert!(has(app, id, RequestEventKind::AppointmentMissed).await);
    // She gets another time, which has not come yet, and comes.
    let page = dewi.get(&path).await;
    assert!(page.says("Sudah 1 kali tidak hadir."), "{}", page.body);
    sends(app, &dewi, &path, &slot_at(&page, "2026-11-24 08.00")).await;
    let row = all(app).await.into_iter().find(|row| row.state == AppointmentState::Awaited).unwrap();
    let early = records(&dewi, &row, "hadir").await;
    assert!(early.status == 422 && early.says("dicatat pada hari jadwalnya"), "{}", early.body);
    app.waits(60 * 21);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let came = records(&dewi, &row, "hadir").await;
    assert_eq!(came.status, 303, "{}", came.body);
    let day = dewi.get(DAY).await;
    assert!(day.says("Dari 1 yang sudah lewat: 1 hadir, 0 tidak hadir."), "{}", day.body);
    assert!(dewi.get(&path).await.says("Warga hadir pada janji temu"));
    assert_eq!(the_request(app, "00001").await.state, RequestState::Received, "it goes on as it was");
    let states: Vec<_> = all(app).await.iter().map(|row| row.state).collect();
    assert_eq!(states, [AppointmentState::Missed, AppointmentState::Attended]);
}

async fn a_day_that_cannot_be_kept_is_moved_and_everybody_is_told(app: &TestApp) {
    let room = opens(app).await;
    let siti = siti_asks(app).await;
    let budi = budi_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    gives(app, &dewi, &path_of(app, "00001").await).await;
    gives(app, &dewi, &path_of(app, "00002").await).await;
    assert!(!dewi.get(DAY).await.says("Pindahkan semua"), "who assigns work moves a day");
    let kabid = app.officer("kabid@kab-tangerang").await;
    assert!(kabid.get(DAY).await.says("Pindahkan semua yang belum datang"));
    let room = room.id.to_string();
    let fields = [("tempat", &*room), ("hari", "2026-11-23"), ("mulai", "2026-11-24")];
    let moved = kabid.post(&format!("{DAY}/pindah"), &fields).await;
    assert_eq!(moved.status, 303, "{}", moved.body);
    app.settles().await;
    let told = siti.last();
    assert!(told.contains("Jadwal Senin, 23 November 2026, pukul 11.00 WIB tidak berlaku lagi"), "{told}");
    assert!(told.contains("*Selasa, 24 November 2026, pukul 08.00 WIB*, nomor *1*"), "{told}");
    assert!(
        budi.last().contains("pukul 08.30 WIB*, nomor *2*"),
        "in the order of their numbers: {}",
        budi.last()
    );
    let page = kabid.get(&format!("{DAY}?hari=2026-11-23")).await;
    assert!(page.says("2 jadwal dipindahkan, 2 warga dikabari lewat WhatsApp."), "{}", page.body);
    assert!(page.says("Tidak ada yang dijadwalkan."));
}

async fn a_request_that_ends_frees_its_seat(app: &TestApp) {
    opens(app).await;
    let siti = siti_asks(app).await;
    budi_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (first, second) = (path_of(app, "00001").await, path_of(app, "00002").await);
    let slot = gives(app, &dewi, &first).await;
    dewi.get(&first).await;
    assert_eq!(dewi.post(&format!("{first}/ambil"), &[]).await.status, 303);
    let ended = dewi.post(&format!("{first}/batal"), &[("reason", "dicabut_warga")]).await;
    assert_eq!(ended.status, 303, "{}", ended.body);
    app.settles().await;
    let told = siti.receives();
    let off = told.iter().find(|text| text.contains("kami batalkan. Mohon tidak datang")).expect("a letter");
    assert!(off.contains("pukul 11.00 WIB") && off.contains("sudah ditutup"), "{off}");
    let row = all(app).await.pop().unwrap();
    assert_eq!((row.state, row.remind_at), (AppointmentState::Cancelled, None));
    let id = the_request(app, "00001").await.id;
    assert!(has(app, id, RequestEventKind::AppointmentCancelled).await);
    assert!(offered(&dewi.get(&second).await).contains(&slot), "it is free again");
    sends(app, &dewi, &second, &slot).await;
    dewi.get(&first).await;
    let again = dewi.post(&format!("{first}/janji"), &[("slot", &*slot)]).await;
    assert!(again.status == 422 && again.says("yang masih dikerjakan"), "{}", again.body);
}

async fn an_appointment_is_taken_back_and_its_citizen_told(app: &TestApp) {
    opens(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    let slot = gives(app, &dewi, &path).await;
    assert!(dewi.get(&path).await.says("Batalkan janji temu"));
    assert_eq!(dewi.post(&format!("{path}/batal-janji"), &[]).await.status, 303);
    app.settles().await;
    assert!(siti.last().contains("pukul 11.00 WIB, kami batalkan."), "{}", siti.last());
    assert!(offered(&dewi.get(&path).await).contains(&slot), "it is free again");
    let twice = dewi.post(&format!("{path}/batal-janji"), &[]).await;
    assert!(twice.status == 422 && twice.says("Tidak ada janji temu yang ditunggu."), "{}", twice.body);
}

async fn whoever_does_not_handle_requests_gives_and_records_nothing(app: &TestApp) {
    opens(app).await;
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = path_of(app, "00001").await;
    let slot = gives(app, &dewi, &path).await;
    let row = all(app).await.pop().unwrap();
    assert!(dewi.get(DAY).await.body.contains(&format!("{}/hadir", row.id)));
    let head = app.officer("kepala@kab-tangerang").await;
    let day = head.get(DAY).await;
    assert!(day.status == 200 && !day.body.contains("/hadir"), "{}", day.body);
    assert_eq!(records(&head, &row, "hadir").await.status, 403);
    assert_eq!(records(&head, &row, "tidak-hadir").await.status, 403);
    let seen = head.get(&path).await;
    assert!(seen.says(ROOM) && offered(&seen).is_empty(), "{}", seen.body);
    assert_eq!(head.post(&format!("{path}/janji"), &[("slot", &*slot)]).await.status, 403);
    assert_eq!(head.post(&format!("{path}/batal-janji"), &[]).await.status, 403);
    assert_eq!(records(&dewi, &row, "lupa").await.status, 404);
    let nobody = format!("{DAY}/00000000-0000-7000-8000-000000000000/hadir");
    assert_eq!(dewi.post(&nobody, &[]).await.status, 404);
    assert_eq!(all(app).await.pop().unwrap().state, AppointmentState::Awaited);
}

async fn an_outage_shows_whom_it_touches_until_it_is_over(app: &TestApp) {
    let room = opens(app).await;
    siti_asks(app).await;
    budi_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    gives(app, &dewi, &path_of(app, "00001").await).await;
    let second = path_of(app, "00002").await;
    let slot = slot_at(&dewi.get(&second).await, "2026-11-24 08.00");
    sends(app, &dewi, &second, &slot).await;
    dewi.get(LEDGER).await;
    let entered = dewi.post(LEDGER, &[("kind", "siak")]).await;
    assert_eq!(entered.status, 303, "{}", entered.body);
    app.settles().await;
    let outage = entered.location.unwrap().split('?').next().unwrap().to_owned();
    let page = dewi.get(&outage).await;
    for words in [
        "Warga yang akan datang",
        "Senin 23 Nov, Ruang rekam, Tigaraksa",
        "Selasa 24 Nov, Ruang rekam, Tigaraksa",
        "1 orang: Perekaman KTP-el",
    ] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    let day = page.path_with(&format!("tempat={}", room.id)).expect("a link to the day");
    assert!(dewi.get(&day).await.says("1 orang dijadwalkan."), "{day}");
    let over = dewi.post(&format!("{outage}/pulih"), &[]).await;
    assert_eq!(over.status, 303, "{}", over.body);
    app.settles().await;
    assert!(!dewi.get(&outage).await.says("Warga yang akan datang"));
    // What keeps another service from being done touches nobody here.
    let services = app.rows::<service::Entity>(TANGERANG).await.unwrap();
    let other = services.iter().find(|row| row.code == "KK").unwrap().id.to_string();
    let kabid = app.officer("kabid@kab-tangerang").await;
    kabid.get(LEDGER).await;
    let fields = [("kind", "equipment"), ("services", &*other)];
    let entered = kabid.post(&format!("{LEDGER}/baru"), &fields).await;
    assert_eq!(entered.status, 303, "{}", entered.body);
    app.settles().await;
    let page = kabid.get(&entered.location.unwrap()).await;
    assert!(page.status == 200 && !page.says("Warga yang akan datang"), "{}", page.body);
}

async fn a_place_is_for_one_thing_only(app: &TestApp) {
    let room = opens(app).await;
    let counter = enters(app, "Loket 3, Tigaraksa", "ambil").await;
    assert_eq!((room.purpose, counter.purpose), (PlacePurpose::Recording, PlacePurpose::Collecting));
    let admin = app.officer("admin@kab-tangerang").await;
    admin.get(PLACES).await;
    let slotless = [("name", "Ruang dua"), ("purpose", "rekam"), ("minutes", "")];
    let refused = admin.post(PLACES, &slotless).await;
    assert!(refused.status == 422 && refused.says("aktivasi IKD memakai jadwal"), "{}", refused.body);
    let fields = [
        ("name", "Ruang rekam baru"),
        ("purpose", "ambil"),
        ("minutes", "30"),
        ("seats", "1"),
        ("collectors", "proxy"),
        ("state", "dipakai"),
        ("version", "1"),
    ];
    let changed = admin.post(&format!("{PLACES}/{}", room.id), &fields).await;
    assert_eq!(changed.status, 303, "{}", changed.body);
    let rows = app.rows::<pickup_point::Entity>(TANGERANG).await.unwrap();
    let row = rows.iter().find(|row| row.id == room.id).unwrap();
    assert_eq!(
        (row.name.as_str(), row.purpose),
        ("Ruang rekam baru", PlacePurpose::Recording),
        "it stays so"
    );
    // Nothing is collected in the room, and nobody is recorded at the counter.
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    let page = dewi.get(&path).await;
    let of = |point: &pickup_point::Model| {
        let id = point.id.to_string();
        offered(&page).into_iter().find(|slot| slot.starts_with(&id)).expect("a slot of the place")
    };
    let ready = dewi.post(&format!("{path}/siap"), &[("reason", &*of(&room))]).await;
    assert!(ready.status == 422 && ready.says("Pilih tempat pengambilan"), "{}", ready.body);
    let recorded = dewi.post(&format!("{path}/janji"), &[("slot", &*of(&counter))]).await;
    assert!(recorded.status == 422 && recorded.says("Pilih tempat dan jadwal"), "{}", recorded.body);
    assert!(all(app).await.is_empty());
}
