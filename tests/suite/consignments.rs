//! What is ready and is sent: to a place, by courier, to another office; who is told when, and what came of it.

use loket::{
    domain::{
        calendars::Of,
        requests,
        tenancy::{self, Office},
    },
    infra::PlatformTx,
};
use loket_core::{
    calendar::Timetable,
    consignment::{ConsignmentState, ConsignmentWay, ReturnReason},
    handover::HandoverWay,
    request::{RequestEventKind, RequestState},
};
use loket_entity::{audit_entry, consignment, handover, pickup, pickup_point, request, request_event};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page, Phone},
};

use crate::clocked::{KTP, RECEIVED, TANGERANG, completes, siti_asks, works_by};

const PLACES: &str = "/kantor/kab-tangerang/pengaturan/pengambilan";
const LIST: &str = "/kantor/kab-tangerang/kiriman";
const CISOKA: &str = "Kantor Kecamatan Cisoka";
const BANDUNG: &str = "Disdukcapil Kota Bandung";
const BUDI: &str = "#KTP#3603030101909002#3603031203159002#BUDI SANTOSO#PETE#TIGARAKSA#HILANG#";
const TODAY: &str = "2026-11-23";
const BY_COURIER: [(&str, &str); 5] = [
    ("way", "kurir"),
    ("destination", "Jalan Melati 7, Pete, Tigaraksa"),
    ("carrier", "Pos Indonesia"),
    ("number", "P2611230001234"),
    ("note", "Titip kepada tetangga bila kosong"),
];
const TO_BANDUNG: [(&str, &str); 3] =
    [("way", "kantor_lain"), ("destination", BANDUNG), ("number", "470/12/Dukcapil")];

on_both_databases!(
    what_is_dropped_is_told_only_when_it_arrived_and_then_lies_there,
    what_a_courier_brought_ends_the_request_with_its_proof,
    what_came_back_lies_at_the_office_again_and_may_be_sent_again,
    another_office_acknowledges_it_and_reports_who_received_it,
    what_lay_ready_is_sent_elsewhere_and_its_citizen_is_told_not_to_come,
    nothing_is_given_at_the_counter_while_it_is_under_way,
    nobody_is_reminded_of_what_is_under_way,
    what_nobody_heard_of_is_late_and_stands_first,
    somebody_of_another_service_sees_and_does_nothing,
    of_two_officers_the_second_reads_that_it_was_written_down,
    a_request_that_ends_or_is_made_anew_recalls_it,
    several_that_came_to_a_place_are_acknowledged_at_once,
    the_list_that_goes_along_names_everybody_and_is_written_down,
    what_is_not_said_whole_is_refused_in_its_form,
    whoever_could_not_be_told_is_marked_and_told_once_they_write,
    what_came_back_damaged_is_made_anew_and_nobody_is_called,
    a_list_that_goes_along_holds_what_was_sent_on_its_day,
);

async fn office(app: &TestApp) -> Office {
    let tx = PlatformTx::read(&app.house).await.unwrap();
    tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap()
}

/// A place where people collect things without a slot.
async fn enters(app: &TestApp, name: &str) -> pickup_point::Model {
    let admin = app.officer("admin@kab-tangerang").await;
    admin.get(PLACES).await;
    let fields = [
        ("name", name),
        ("purpose", "ambil"),
        ("minutes", ""),
        ("collectors", "proxy"),
        ("state", "dipakai"),
    ];
    let kept = admin.post(PLACES, &fields).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    let rows = app.rows::<pickup_point::Entity>(TANGERANG).await.unwrap();
    rows.into_iter().find(|row| row.name == name).unwrap()
}

async fn budi_asks(app: &TestApp) -> Phone<'_> {
    let budi = app.phone("628111000004", "Budi");
    budi.sends(KTP, BUDI).await;
    budi.sends_photo(KTP).await;
    budi.sends_photo(KTP).await;
    budi
}

async fn sends(app: &TestApp, dewi: &Officer, path: &str, fields: &[(&str, &str)]) {
    dewi.get(path).await;
    let done = dewi.post(&format!("{path}/kirim"), fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
}

async fn drops(app: &TestApp, dewi: &Officer, path: &str, point: &pickup_point::Model) {
    sends(app, dewi, path, &[("way", "titip"), ("point", &point.id.to_string()), ("carrier", "Pak Joko")])
        .await;
}

/// Writes down what came of the last one: a step, with what else its form sends.
async fn says(app: &TestApp, dewi: &Officer, (path, step): (&str, &str), more: &[(&str, &str)]) -> Page {
    let last = last(app).await;
    let (id, version) = (last.id.to_string(), last.version.to_string());
    let fields = [&[("consignment", &*id), ("version", &*version)], more].concat();
    dewi.get(path).await;
    let page = dewi.post(&format!("{path}/{step}"), &fields).await;
    app.settles().await;
    page
}

async fn all(app: &TestApp) -> Vec<consignment::Model> {
    let mut rows = app.rows::<consignment::Entity>(TANGERANG).await.unwrap();
    rows.sort_by_key(|row| row.id);
    rows
}

async fn last(app: &TestApp) -> consignment::Model {
    all(app).await.pop().expect("a consignment")
}

async fn lying(app: &TestApp) -> Vec<pickup::Model> {
    app.rows::<pickup::Entity>(TANGERANG).await.unwrap()
}

async fn of_path(app: &TestApp, path: &str) -> request::Model {
    let rows = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    rows.into_iter().find(|row| path.ends_with(&row.id.to_string())).unwrap()
}

/// Whether the history of a request has a line of a kind.
async fn has(app: &TestApp, path: &str, kind: RequestEventKind) -> bool {
    let id = of_path(app, path).await.id;
    let lines = app.rows::<request_event::Entity>(TANGERANG).await.unwrap();
    lines.iter().any(|line| line.request_id == id && line.kind == kind)
}

async fn what_is_dropped_is_told_only_when_it_arrived_and_then_lies_there(app: &TestApp) {
    let point = enters(app, CISOKA).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    let page = dewi.get(&path).await;
    assert!(page.says("Titip di kecamatan, kelurahan, atau tempat layanan"), "{}", page.body);
    let before = siti.messages().len();
    drops(app, &dewi, &path, &point).await;
    assert_eq!(siti.messages().len(), before, "nobody is called before there is something to collect");
    let row = of_path(app, &path).await;
    assert!(row.state == RequestState::Ready && row.ready_at.is_some() && row.away_since.is_some());
    assert!(lying(app).await.is_empty());
    let page = dewi.get(&path).await;
    for words in ["Di jalan", "dikirim", CISOKA, "Pak Joko", "begitu kirimannya dicatat tiba", "Catat tiba"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    let list = dewi.get(LIST).await;
    assert!(list.says("1 kiriman di jalan.") && list.says(CISOKA), "{}", list.body);
    assert!(!list.says("SITI AMINAH"), "a list masks names");

    let came = [("receiver", "Ibu Rahma, staf kecamatan"), ("day", TODAY)];
    let done = says(app, &dewi, (&path, "kiriman-tiba"), &came).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let told = siti.last();
    assert!(told.contains("sudah siap diambil di *Kantor Kecamatan Cisoka*"), "{told}");
    let there = lying(app).await.pop().expect("it lies there");
    assert_eq!((there.point_id, there.starts_at), (Some(point.id), None));
    assert!(there.told_at.is_some() && of_path(app, &path).await.away_since.is_none());
    let sent = last(app).await;
    assert_eq!((sent.way, sent.state), (ConsignmentWay::Drop, ConsignmentState::Arrived));
    assert!(sent.ended_at.is_some());
    let receiver = sent.receiver.expect("who received it");
    assert!(!String::from_utf8_lossy(receiver.bytes()).contains("Rahma"), "it lies nowhere in clear");
    assert!(has(app, &path, RequestEventKind::ConsignmentArrived).await);
    // It is given as whatever is collected.
    dewi.get(&path).await;
    let given = dewi.post(&format!("{path}/selesai"), &RECEIVED).await;
    assert_eq!(given.status, 303, "{}", given.body);
    app.settles().await;
    assert_eq!(of_path(app, &path).await.state, RequestState::Finished);
    let ended = dewi.get(&format!("{LIST}?keadaan=selesai")).await;
    assert!(ended.says("Tiba di tempat titipan"), "{}", ended.body);
}

async fn what_a_courier_brought_ends_the_request_with_its_proof(app: &TestApp) {
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    sends(app, &dewi, &path, &BY_COURIER).await;
    let told = siti.last();
    for words in ["lewat *Pos Indonesia*", "Nomor resi: *P2611230001234*", "silakan membalas pesan ini"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("Titip kepada"), "what officers note is not sent: {told}");
    let sent = last(app).await;
    assert!(sent.told_at.is_some());
    for sealed in [sent.destination, sent.number, sent.note] {
        let sealed = sealed.expect("what was typed");
        let bytes = String::from_utf8_lossy(sealed.bytes()).into_owned();
        assert!(!bytes.contains("Melati") && !bytes.contains("P2611") && !bytes.contains("tetangga"));
    }
    assert!(!dewi.get(LIST).await.says("Melati"), "an address is for whoever opens the request");
    let stop = [("receiver", "Pak Pos"), ("day", TODAY)];
    let stop = says(app, &dewi, (&path, "kiriman-tiba"), &stop).await;
    assert!(stop.status == 422 && stop.says("Kiriman kurir langsung ke warga."), "{}", stop.body);
    for (receiver, day, sentence) in [
        ("", TODAY, "Tulis nama penerimanya."),
        ("RUDI", "2026-11-24", "Tanggalnya belum tiba."),
        ("RUDI", "2026-11-20", "Tanggalnya lebih awal"),
        ("RUDI", "kemarin", "Pilih tanggalnya."),
    ] {
        let said = [("receiver", receiver), ("day", day)];
        let refused = says(app, &dewi, (&path, "kiriman-sampai"), &said).await;
        assert!(refused.status == 422 && refused.says(sentence), "{sentence}: {}", refused.body);
    }
    let said = [("receiver", "RUDI HARTONO"), ("day", TODAY)];
    let done = says(app, &dewi, (&path, "kiriman-sampai"), &said).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let row = of_path(app, &path).await;
    assert_eq!((row.state, row.away_since), (RequestState::Finished, None));
    let line = app.rows::<handover::Entity>(TANGERANG).await.unwrap().pop().expect("its proof");
    assert_eq!((line.way, line.receiver), (HandoverWay::Courier, None));
    let told = siti.last();
    assert!(told.contains("telah selesai") && told.contains("sudah diterima oleh RUDI HARTONO"), "{told}");
    let page = dewi.get(&path).await;
    for words in
        ["Diantar kurir", "RUDI HARTONO", "Pos Indonesia, nomor P2611230001234", "Sudah diterima warga"]
    {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(has(app, &path, RequestEventKind::ConsignmentDelivered).await);
}

async fn what_came_back_lies_at_the_office_again_and_may_be_sent_again(app: &TestApp) {
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    sends(app, &dewi, &path, &BY_COURIER).await;
    let unsaid = says(app, &dewi, (&path, "kiriman-kembali"), &[]).await;
    assert!(unsaid.status == 422 && unsaid.says("Pilih mengapa kirimannya kembali."), "{}", unsaid.body);
    let back = says(app, &dewi, (&path, "kiriman-kembali"), &[("reason", "alamat_tidak_ditemukan")]).await;
    assert_eq!(back.status, 303, "{}", back.body);
    let told = siti.last();
    assert!(told.contains("kembali kepada kami karena alamatnya tidak ditemukan"), "{told}");
    assert!(told.contains("dengan alamat lengkap yang benar"), "{told}");
    let sent = last(app).await;
    assert_eq!((sent.state, sent.reason), (ConsignmentState::Returned, Some(ReturnReason::NoAddress)));
    let row = of_path(app, &path).await;
    assert_eq!((row.state, row.away_since), (RequestState::Ready, None));
    assert_eq!(lying(app).await.len(), 1, "it lies at the office");
    let page = dewi.get(&path).await;
    for words in
        ["Alamat tidak ditemukan", "Ubah jadwal", "Sudah diserahkan", "Disdukcapil Kabupaten Tangerang"]
    {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    sends(app, &dewi, &path, &BY_COURIER).await;
    assert!(lying(app).await.is_empty(), "it lies there no more");
    assert_eq!(all(app).await.len(), 2);
    assert!(dewi.get(&path).await.says("Sebelumnya sudah dikirim 1 kali"));
}

async fn another_office_acknowledges_it_and_reports_who_received_it(app: &TestApp) {
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    let before = siti.messages().len();
    sends(app, &dewi, &path, &TO_BANDUNG).await;
    assert_eq!(siti.messages().len(), before);
    let said = [("receiver", "RUDI HARTONO"), ("day", TODAY)];
    let early = says(app, &dewi, (&path, "kiriman-sampai"), &said).await;
    assert!(early.status == 422 && early.says("Catat dahulu tanda terima kantor tujuan."), "{}", early.body);
    let came = [("receiver", "Bapak Asep"), ("day", TODAY)];
    assert_eq!(says(app, &dewi, (&path, "kiriman-tiba"), &came).await.status, 303);
    let told = siti.last();
    assert!(
        told.contains("sudah tiba di *Disdukcapil Kota Bandung*. Silakan mengambilnya di sana"),
        "{told}"
    );
    let sent = last(app).await;
    assert!(sent.state == ConsignmentState::Arrived && sent.ended_at.is_none() && sent.told_at.is_some());
    assert!(lying(app).await.is_empty() && of_path(app, &path).await.away_since.is_some());
    let list = dewi.get(&format!("{LIST}?keadaan=tiba")).await;
    for words in [BANDUNG, "Bapak Asep", "Tiba di kantor lain"] {
        assert!(list.says(words), "{words}: {}", list.body);
    }
    assert_eq!(says(app, &dewi, (&path, "kiriman-sampai"), &said).await.status, 303);
    let line = app.rows::<handover::Entity>(TANGERANG).await.unwrap().pop().expect("its proof");
    assert_eq!(line.way, HandoverWay::Elsewhere);
    assert!(siti.last().contains("Menurut laporan Disdukcapil Kota Bandung"), "{}", siti.last());
    let page = dewi.get(&path).await;
    for words in ["Diserahkan di kantor lain", "RUDI HARTONO", "nomor 470/12/Dukcapil", "Bapak Asep"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
}

async fn what_lay_ready_is_sent_elsewhere_and_its_citizen_is_told_not_to_come(app: &TestApp) {
    let point = enters(app, CISOKA).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    dewi.get(&path).await;
    let ready = dewi.post(&format!("{path}/siap"), &[("note", "Loket 3, Tigaraksa")]).await;
    assert_eq!(ready.status, 303, "{}", ready.body);
    app.settles().await;
    let since = of_path(app, &path).await.ready_at;
    app.waits(60);
    drops(app, &dewi, &path, &point).await;
    let told = siti.last();
    assert!(
        told.contains("kami kirim ke *Kantor Kecamatan Cisoka* dan tidak lagi tersimpan di Loket 3"),
        "{told}"
    );
    assert!(told.contains("Mohon menunggu kabar kami"), "{told}");
    assert!(lying(app).await.is_empty());
    assert_eq!(of_path(app, &path).await.ready_at, since, "it is ready since it was made");
}

async fn nothing_is_given_at_the_counter_while_it_is_under_way(app: &TestApp) {
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    sends(app, &dewi, &path, &TO_BANDUNG).await;
    let page = dewi.get(&path).await;
    assert!(page.says("Hasilnya sedang dikirim.") && !page.says("Sudah diserahkan"), "{}", page.body);
    for (step, fields) in [
        ("selesai", &RECEIVED[..]),
        ("siap", &[("note", "Loket 3")]),
        ("jadwal", &[("note", "Loket 3")]),
        ("kirim", &BY_COURIER),
    ] {
        let refused = dewi.post(&format!("{path}/{step}"), fields).await;
        assert!(
            refused.status == 422 && refused.says("Produk ini sedang dikirim."),
            "{step}: {}",
            refused.body
        );
    }
    assert_eq!(all(app).await.len(), 1);
    assert_eq!(of_path(app, &path).await.state, RequestState::Ready);
}

async fn nobody_is_reminded_of_what_is_under_way(app: &TestApp) {
    let office = office(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    dewi.get(&path).await;
    assert_eq!(dewi.post(&format!("{path}/siap"), &[("note", "Loket 3")]).await.status, 303);
    app.settles().await;
    sends(app, &dewi, &path, &TO_BANDUNG).await;
    let came = [("receiver", "Bapak Asep"), ("day", TODAY)];
    assert_eq!(says(app, &dewi, (&path, "kiriman-tiba"), &came).await.status, 303);
    let before = siti.messages().len();
    app.waits(60 * 24 * 40);
    assert_eq!(requests::remind_collecting(&app.house, &office).await.unwrap(), 0);
    app.settles().await;
    assert_eq!(siti.messages().len(), before);
}

async fn what_nobody_heard_of_is_late_and_stands_first(app: &TestApp) {
    works_by(app, Of::Office, &Timetable::usual()).await;
    let point = enters(app, CISOKA).await;
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let first = completes(app, &dewi).await;
    sends(app, &dewi, &first, &TO_BANDUNG).await;
    budi_asks(app).await;
    let second = completes(app, &dewi).await;
    drops(app, &dewi, &second, &point).await;
    // Three working days after Monday are over with Thursday.
    app.waits(60 * 24 * 3);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert!(!dewi.get(LIST).await.says("Belum ada kabar"));
    app.waits(60 * 24);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let list = dewi.get(LIST).await;
    assert!(list.says("2 kiriman di jalan, 1 belum ada kabarnya."), "{}", list.body);
    let at = |path: &str| list.body.find(path).expect("a row");
    assert!(at(&second) < at(&first), "what is late stands first: {}", list.body);
    let page = dewi.get(&second).await;
    assert!(page.says("Hubungi Kantor Kecamatan Cisoka, lalu catat hasilnya."), "{}", page.body);
    assert!(!dewi.get(&first).await.says("lalu catat hasilnya"));
}

async fn somebody_of_another_service_sees_and_does_nothing(app: &TestApp) {
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    sends(app, &dewi, &path, &TO_BANDUNG).await;
    let receipt = of_path(app, &path).await.receipt;
    assert!(dewi.get(LIST).await.says(&receipt));
    let agus = app.officer("operator.kk@kab-tangerang").await;
    let list = agus.get(LIST).await;
    assert!(list.status == 200 && !list.says(&receipt) && !list.says(BANDUNG), "{}", list.body);
    assert!(list.says("Tidak ada kiriman di jalan."));
    let id = last(app).await.id;
    assert_eq!(agus.get(&format!("{LIST}/{id}/pengantar")).await.status, 404);
    let fields = [("consignment", &*id.to_string()), ("version", "1"), ("receiver", "X"), ("day", TODAY)];
    for step in ["kirim", "kiriman-tiba", "kiriman-sampai"] {
        assert_eq!(agus.post(&format!("{path}/{step}"), &fields).await.status.as_u16() / 100, 4, "{step}");
    }
    let head = app.officer("kepala@kab-tangerang").await;
    let seen = head.get(&path).await;
    assert!(seen.says(BANDUNG) && !seen.says("Catat tiba"), "{}", seen.body);
    assert_eq!(head.post(&format!("{path}/kiriman-tiba"), &fields).await.status, 403);
    assert_eq!(head.get(&format!("{LIST}/{id}/pengantar")).await.status, 403);
    assert_eq!(last(app).await.state, ConsignmentState::UnderWay);
}

async fn of_two_officers_the_second_reads_that_it_was_written_down(app: &TestApp) {
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    sends(app, &dewi, &path, &TO_BANDUNG).await;
    let read = last(app).await;
    let (id, version) = (read.id.to_string(), read.version.to_string());
    let kabid = app.officer("kabid@kab-tangerang").await;
    kabid.get(&path).await;
    let came = [("receiver", "Bapak Asep"), ("day", TODAY)];
    assert_eq!(says(app, &dewi, (&path, "kiriman-tiba"), &came).await.status, 303);
    let before = siti.messages().len();
    let fields = [("consignment", &*id), ("version", &*version), ("reason", "rusak")];
    let second = kabid.post(&format!("{path}/kiriman-kembali"), &fields).await;
    assert!(second.status == 422 && second.says("baru saja diubah atau sudah dicatat"), "{}", second.body);
    app.settles().await;
    assert_eq!(last(app).await.state, ConsignmentState::Arrived);
    assert_eq!(siti.messages().len(), before);
}

async fn a_request_that_ends_or_is_made_anew_recalls_it(app: &TestApp) {
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    sends(app, &dewi, &path, &TO_BANDUNG).await;
    dewi.get(&path).await;
    let anew = dewi.post(&format!("{path}/buka-kembali"), &[("reason", "keberatan")]).await;
    assert_eq!(anew.status, 303, "{}", anew.body);
    app.settles().await;
    assert_eq!(last(app).await.state, ConsignmentState::Recalled);
    assert_eq!(of_path(app, &path).await.away_since, None);
    sends(app, &dewi, &path, &BY_COURIER).await;
    dewi.get(&path).await;
    let ended = dewi.post(&format!("{path}/batal"), &[("reason", "dicabut_warga")]).await;
    assert_eq!(ended.status, 303, "{}", ended.body);
    app.settles().await;
    let states: Vec<_> = all(app).await.iter().map(|row| (row.state, row.ended_at.is_some())).collect();
    assert_eq!(states, [(ConsignmentState::Recalled, true); 2]);
    assert!(has(app, &path, RequestEventKind::ConsignmentRecalled).await);
    assert!(dewi.get(LIST).await.says("Tidak ada kiriman di jalan."));
}

async fn several_that_came_to_a_place_are_acknowledged_at_once(app: &TestApp) {
    let (cisoka, other) = (enters(app, CISOKA).await, enters(app, "Kantor Kecamatan Jambe").await);
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let first = completes(app, &dewi).await;
    drops(app, &dewi, &first, &cisoka).await;
    let budi = budi_asks(app).await;
    let second = completes(app, &dewi).await;
    drops(app, &dewi, &second, &cisoka).await;
    let place = cisoka.id.to_string();
    assert!(!dewi.get(LIST).await.says("Catat tiba"), "a place is chosen first");
    let page = dewi.get(&format!("{LIST}?tempat={place}")).await;
    assert!(page.says("Catat tiba") && page.says("Kantor Kecamatan Cisoka (2)"), "{}", page.body);
    let ids: Vec<String> = all(app).await.iter().map(|row| row.id.to_string()).collect();
    let none = [("tempat", &*place), ("receiver", "Ibu Rahma")];
    let none = dewi.post(&format!("{LIST}/tiba"), &none).await;
    assert!(none.status == 422 && none.says("Centang sedikitnya satu titipan"), "{}", none.body);
    let nobody = [("tempat", &*place), ("kiriman", &*ids[0]), ("receiver", " ")];
    let nobody = dewi.post(&format!("{LIST}/tiba"), &nobody).await;
    assert!(nobody.status == 422 && nobody.says("Tulis nama penerimanya."), "{}", nobody.body);
    assert!(nobody.body.contains(&format!("value=\"{}\" checked", ids[0])), "what was ticked stays so");
    let there = other.id.to_string();
    let there = [("tempat", &*there), ("kiriman", &*ids[0]), ("receiver", "Ibu Rahma")];
    let there = dewi.post(&format!("{LIST}/tiba"), &there).await;
    assert!(there.status == 422 && there.says("tujuannya tempat lain"), "{}", there.body);
    assert!(lying(app).await.is_empty(), "nothing of it was written");
    let both = [("tempat", &*place), ("kiriman", &*ids[0]), ("kiriman", &*ids[1]), ("receiver", "Ibu Rahma")];
    let done = dewi.post(&format!("{LIST}/tiba"), &both).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
    for phone in [&siti, &budi] {
        assert!(phone.last().contains("siap diambil di *Kantor Kecamatan Cisoka*"), "{}", phone.last());
    }
    let page = dewi.get(LIST).await;
    assert!(page.says("2 titipan dicatat tiba, 2 warga dikabari lewat WhatsApp."), "{}", page.body);
    assert_eq!(lying(app).await.len(), 2);
    let again = dewi.post(&format!("{LIST}/tiba"), &both).await;
    assert!(again.status == 422 && again.says("sudah dicatat"), "{}", again.body);
}

async fn the_list_that_goes_along_names_everybody_and_is_written_down(app: &TestApp) {
    let cisoka = enters(app, CISOKA).await;
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let first = completes(app, &dewi).await;
    drops(app, &dewi, &first, &cisoka).await;
    budi_asks(app).await;
    let second = completes(app, &dewi).await;
    sends(app, &dewi, &second, &BY_COURIER).await;
    let list = dewi.get(LIST).await;
    for link in ["Kantor Kecamatan Cisoka, Senin 23 Nov (1)", "Pos Indonesia, Senin 23 Nov (1)"] {
        assert!(list.says(link), "{link}: {}", list.body);
    }
    let ids: Vec<String> = all(app).await.iter().map(|row| row.id.to_string()).collect();
    let sheet = dewi.get(&format!("{LIST}/{}/pengantar", ids[0])).await;
    for words in ["Daftar pengantar", CISOKA, "SITI AMINAH", "Yang menerima", "tanda tangan, dan stempel"] {
        assert!(sheet.says(words), "{words}: {}", sheet.body);
    }
    assert!(!sheet.says("BUDI SANTOSO") && !sheet.says("Melati"), "only what goes there");
    let sheet = dewi.get(&format!("{LIST}/{}/pengantar", ids[1])).await;
    assert!(sheet.says("BUDI SANTOSO") && sheet.says("Jalan Melati 7") && sheet.says("P2611230001234"));
    let trail = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    let opened = trail.iter().filter(|line| line.action == "consignment.sheet_opened").count();
    assert_eq!(opened, 2);
    let came = [("receiver", "Ibu Rahma"), ("day", TODAY)];
    let fields = [&[("consignment", &*ids[0]), ("version", "1")], &came[..]].concat();
    assert_eq!(dewi.post(&format!("{first}/kiriman-tiba"), &fields).await.status, 303);
    app.settles().await;
    assert_eq!(dewi.get(&format!("{LIST}/{}/pengantar", ids[0])).await.status, 404, "it is there by now");
}

async fn whoever_could_not_be_told_is_marked_and_told_once_they_write(app: &TestApp) {
    let point = enters(app, CISOKA).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    dewi.get(&path).await;
    let ready = dewi.post(&format!("{path}/siap"), &[("note", "Loket 3, Tigaraksa")]).await;
    assert_eq!(ready.status, 303, "{}", ready.body);
    app.settles().await;
    app.waits(60 * 25);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let before = siti.messages().len();
    let id = point.id.to_string();
    dewi.get(&path).await;
    let sent = dewi.post(&format!("{path}/kirim"), &[("way", "titip"), ("point", &id)]).await;
    app.settles().await;
    assert_eq!(siti.messages().len(), before, "nobody hears anything outside the 24 hours");
    let page = dewi.get(&sent.location.unwrap()).await;
    assert!(
        page.says("warga perlu dikabari dengan cara lain") && page.says("belum; kabari"),
        "{}",
        page.body
    );
    assert!(dewi.get(LIST).await.says("belum dikabari lewat WhatsApp"));
    let office = office(app).await;
    assert_eq!(requests::tell_consignments(&app.house, &office).await.unwrap(), 0);
    siti.sends(KTP, "Baik").await;
    loket::jobs::pickup::schedule().take_turn(&app.house).await.unwrap();
    app.settles().await;
    assert!(siti.last().contains("kami kirim ke *Kantor Kecamatan Cisoka*"), "{}", siti.last());
    assert!(!dewi.get(LIST).await.says("belum dikabari lewat WhatsApp"));
    assert_eq!(requests::tell_consignments(&app.house, &office).await.unwrap(), 0, "once");
    // The same where another office acknowledges it while nobody hears.
    let back = says(app, &dewi, (&path, "kiriman-kembali"), &[("reason", "lainnya")]).await;
    assert_eq!(back.status, 303, "{}", back.body);
    sends(app, &dewi, &path, &TO_BANDUNG).await;
    app.waits(60 * 25);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let came = [("receiver", "Bapak Asep"), ("day", "2026-11-25")];
    assert_eq!(says(app, &dewi, (&path, "kiriman-tiba"), &came).await.status, 303);
    assert!(dewi.get(&format!("{LIST}?keadaan=tiba")).await.says("belum dikabari lewat WhatsApp"));
    siti.sends(KTP, "Baik").await;
    assert_eq!(requests::tell_consignments(&app.house, &office).await.unwrap(), 1);
    app.settles().await;
    assert!(siti.last().contains("sudah tiba di *Disdukcapil Kota Bandung*"), "{}", siti.last());
}

async fn what_came_back_damaged_is_made_anew_and_nobody_is_called(app: &TestApp) {
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    sends(app, &dewi, &path, &BY_COURIER).await;
    let back = says(app, &dewi, (&path, "kiriman-kembali"), &[("reason", "rusak")]).await;
    assert_eq!(back.status, 303, "{}", back.body);
    let told = siti.last();
    assert!(told.contains("rusak di perjalanan") && !told.contains("dapat diambil"), "{told}");
    let row = of_path(app, &path).await;
    assert_eq!((row.state, row.ready_at, row.away_since), (RequestState::InProcess, None, None));
    assert!(lying(app).await.is_empty(), "nobody is reminded to collect it");
    assert!(has(app, &path, RequestEventKind::Reopened).await);
    assert!(dewi.get(&path).await.says("Rusak"), "the card still says what came of it");
    // Nobody who was told nothing hears of it.
    let before = siti.messages().len();
    sends(app, &dewi, &path, &TO_BANDUNG).await;
    let back = says(app, &dewi, (&path, "kiriman-kembali"), &[("reason", "rusak")]).await;
    assert!(dewi.get(&back.location.unwrap()).await.says("Buat ulang hasilnya."));
    assert_eq!(siti.messages().len(), before);
}

async fn a_list_that_goes_along_holds_what_was_sent_on_its_day(app: &TestApp) {
    let cisoka = enters(app, CISOKA).await;
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let first = completes(app, &dewi).await;
    drops(app, &dewi, &first, &cisoka).await;
    app.waits(60 * 24);
    budi_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let second = completes(app, &dewi).await;
    drops(app, &dewi, &second, &cisoka).await;
    let ids: Vec<String> = all(app).await.iter().map(|row| row.id.to_string()).collect();
    let monday = dewi.get(&format!("{LIST}/{}/pengantar", ids[0])).await;
    assert!(monday.says("SITI AMINAH") && !monday.says("BUDI SANTOSO"), "{}", monday.body);
    assert!(monday.says("23 November 2026"), "the day on which it was sent: {}", monday.body);
    let tuesday = dewi.get(&format!("{LIST}/{}/pengantar", ids[1])).await;
    assert!(tuesday.says("BUDI SANTOSO") && !tuesday.says("SITI AMINAH"), "{}", tuesday.body);
}

async fn what_is_not_said_whole_is_refused_in_its_form(app: &TestApp) {
    let room = enters(app, CISOKA).await;
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    dewi.get(&path).await;
    let long = "A".repeat(121);
    for (fields, sentence) in [
        (&[("way", "merpati")][..], "Pilih cara mengirimnya."),
        (&[("way", "titip")], "Pilih tempat titipannya."),
        (&[("way", "titip"), ("point", "x")], "Pilih tempat titipan dari daftar."),
        (&[("way", "kurir"), ("carrier", "JNE")], "Tulis alamat lengkap warga"),
        (&[("way", "kurir"), ("destination", "Jalan Mawar 8")], "Tulis nama kurirnya"),
        (&[("way", "kantor_lain")], "Tulis nama Dinas Dukcapil yang dituju."),
        (&[("way", "kantor_lain"), ("destination", &long)], "paling panjang 120 huruf"),
    ] {
        let refused = dewi.post(&format!("{path}/kirim"), fields).await;
        assert!(refused.status == 422 && refused.says(sentence), "{sentence}: {}", refused.body);
    }
    let kept =
        dewi.post(&format!("{path}/kirim"), &[("way", "kurir"), ("destination", "Jalan Mawar 8")]).await;
    assert!(kept.body.contains("Jalan Mawar 8"), "what was typed stands there still");
    assert!(all(app).await.is_empty() && lying(app).await.is_empty());
    assert_eq!(of_path(app, &path).await.state, RequestState::InProcess);
    assert!(dewi.get(&path).await.says(&room.name));
}
