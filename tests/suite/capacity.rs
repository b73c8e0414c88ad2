//! What citizens are told of their turn, what an office sees of its capacity, and what came of what was told.

use loket::{
    domain::{calendars::Of, kpi, tenancy},
    infra::PlatformTx,
};
use loket_core::calendar::Timetable;
use loket_entity::{answer_forecast, fact_hour, request};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Phone},
};

use crate::clocked::{QUEUE, TANGERANG, at, works_by};

const KTP: &str = "360300000000002";
const KK: &str = "360300000000001";
const CAPACITY: &str = "/kantor/kab-tangerang/kapasitas";
const NOTHING: (&str, &str, &[u8]) = ("file", "", b"");

on_both_databases!(
    a_receipt_tells_the_place_and_by_when_a_person_probably_answers,
    whoever_writes_again_keeps_the_turn_they_had,
    no_time_is_told_while_something_is_out_and_every_service_has_a_queue_of_its_own,
    whoever_asks_how_far_it_is_hears_the_time_that_was_told,
    the_page_says_when_the_queue_is_empty_and_what_one_more_would_change,
    what_was_told_is_compared_with_what_came,
    a_day_is_counted_hour_by_hour,
);

/// A line for a lost card of the person with this number.
fn line(person: u32) -> String {
    format!("#KTP#36030365029{person:05}#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#")
}

async fn asks(app: &TestApp, person: u32) -> Phone<'_> {
    let phone = app.phone(&format!("62811800{person:04}"), "Siti");
    phone.sends(KTP, &line(person)).await;
    phone
}

/// Takes the next one and answers it.
async fn answers(app: &TestApp, dewi: &Officer) -> String {
    dewi.get(QUEUE).await;
    let taken = dewi.post(&format!("{QUEUE}/ambil"), &[]).await;
    let path = taken.location.expect("the request that was taken").split('?').next().unwrap().to_owned();
    dewi.get(&path).await;
    let done = dewi.uploads(&format!("{path}/balas"), &[("text", "Kami periksa dahulu.")], NOTHING).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
    path
}

/// Six ask from 09.00 on, a minute apart; from 09.10 on five of them are answered, one in ten minutes. It is 10.01 then.
async fn a_morning(app: &TestApp) -> Officer {
    works_by(app, Of::Office, &Timetable::usual()).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    for person in 1..=6 {
        asks(app, person).await;
        app.waits(1);
    }
    app.waits(4);
    for _ in 0..5 {
        answers(app, &dewi).await;
        app.waits(10);
    }
    app.waits(1);
    dewi
}

/// A turn of counting.
async fn counts(app: &TestApp) {
    let tx = PlatformTx::read(&app.house).await.unwrap();
    let office = tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap();
    drop(tx);
    kpi::rollup(&app.house, &office).await.unwrap();
}

async fn told(app: &TestApp) -> Vec<answer_forecast::Model> {
    let mut all = app.rows::<answer_forecast::Entity>(TANGERANG).await.unwrap();
    all.sort_by_key(|row| row.made_at);
    all
}

async fn a_receipt_tells_the_place_and_by_when_a_person_probably_answers(app: &TestApp) {
    a_morning(app).await;
    let receipts = app.phone("628118000006", "Siti").receives();
    assert!(receipts[0].contains("Bapak/Ibu berada di antrean ke-6. Jam layanan"), "{receipts:?}");
    let seventh = asks(app, 7).await;
    // Five answers in the 61 minutes from 09.00, 12.2 each: two, and 1.42 more for unevenness, are 41.7 minutes.
    let expected =
        "Bapak/Ibu berada di antrean ke-2. Perkiraan dijawab petugas: hari ini, sekitar pukul 10.45 WIB.";
    assert!(seventh.last().contains(expected), "{}", seventh.last());
    let all = told(app).await;
    let places: Vec<i64> = all.iter().map(|row| row.place).collect();
    assert_eq!(places, [1, 2, 3, 4, 5, 6, 2]);
    assert!(all[..6].iter().all(|row| row.expected_at.is_none() && row.answers.is_none()));
    let last = &all[6];
    assert_eq!((last.answers, last.busy_minutes, last.officers), (Some(5), Some(61), Some(10)));
    assert_eq!((last.expected_at, last.since), (Some(at("2026-11-23 10.45")), Some(at("2026-11-09 10.01"))));
}

async fn whoever_writes_again_keeps_the_turn_they_had(app: &TestApp) {
    asks(app, 1).await;
    app.waits(1);
    asks(app, 2).await;
    app.waits(1);
    let again = asks(app, 1).await;
    assert!(again.last().contains("antrean ke-1."), "{}", again.last());
    // To chat gains nothing either.
    app.waits(1);
    app.phone("628118000002", "Siti").sends(KTP, "Halo, bagaimana?").await;
    let places: Vec<i64> = told(app).await.iter().map(|row| row.place).collect();
    assert_eq!(places, [1, 2, 1]);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let first = answers(app, &dewi).await;
    let rows = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    let earliest = rows.iter().min_by_key(|row| row.first_message_at).unwrap();
    assert!(first.ends_with(&earliest.id.to_string()), "{first}");
}

async fn no_time_is_told_while_something_is_out_and_every_service_has_a_queue_of_its_own(app: &TestApp) {
    a_morning(app).await;
    let kk = app.phone("628118000090", "Budi");
    kk.sends(KK, "#KK#3603031203159001#AHMAD FAUZI#KADU AGUNG#TIGARAKSA").await;
    let of_kk = told(app).await.pop().unwrap();
    assert_eq!((of_kk.place, of_kk.expected_at), (1, None), "nothing was answered in its queue");
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let outages = "/kantor/kab-tangerang/gangguan";
    dewi.get(outages).await;
    assert_eq!(dewi.post(outages, &[("kind", "siak")]).await.status, 303);
    app.settles().await;
    let during = asks(app, 8).await;
    assert!(during.last().contains("antrean ke-2. Jam layanan"), "{}", during.last());
}

async fn whoever_asks_how_far_it_is_hears_the_time_that_was_told(app: &TestApp) {
    a_morning(app).await;
    let seventh = asks(app, 7).await;
    app.waits(2);
    seventh.sends(KTP, "Status permohonan saya bagaimana?").await;
    let told = seventh.last();
    assert!(
        told.contains("menunggu diperiksa, perkiraan dijawab petugas hari ini, sekitar pukul 10.45 WIB."),
        "{told}"
    );
}

async fn the_page_says_when_the_queue_is_empty_and_what_one_more_would_change(app: &TestApp) {
    let head = app.officer("kepala@kab-tangerang").await;
    assert!(head.get(CAPACITY).await.says("Tidak ada yang menunggu jawaban pertama."));
    a_morning(app).await;
    asks(app, 7).await;
    counts(app).await;
    let page = head.get(CAPACITY).await;
    assert!(page.says("2 permohonan menunggu jawaban pertama, yang terlama sejak Senin 23 Nov 09.05 WIB."));
    // Two at 12.2 minutes each from 10.01.
    assert!(page.says("antrean habis hari ini sekitar 10.30 WIB"), "{}", page.body);
    assert!(page.says("4,9 per jam") && page.says("1,0 petugas per hari"), "{}", page.body);
    assert!(page.says("hari ini sekitar 10.15 WIB, beban"), "{}", page.body);
    assert!(head.get(&format!("{CAPACITY}?petugas=-1")).await.says("tidak ada petugas"));
}

async fn what_was_told_is_compared_with_what_came(app: &TestApp) {
    a_morning(app).await;
    for person in 7..=9 {
        asks(app, person).await;
    }
    let told_until = told(app).await.iter().filter_map(|row| row.expected_at).max().unwrap();
    assert!(told_until < at("2026-11-23 12.00"), "{told_until}");
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    // The sixth was told no time; the seventh is answered by its time, the others are not.
    answers(app, &dewi).await;
    let path = answers(app, &dewi).await;
    let page = dewi.get(&path).await;
    assert!(page.says("perkiraan Senin 23 Nov 10.45 WIB ditepati"), "{}", page.body);
    app.waits(4 * 60);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let late = answers(app, &dewi).await;
    assert!(dewi.get(&late).await.says("WIB terlewat"));
    let head = app.officer("kepala@kab-tangerang").await;
    let page = head.get(CAPACITY).await;
    assert!(page.says("Perkiraan dan kenyataan") && page.says("33,3\u{a0}%"), "{}", page.body);
}

async fn a_day_is_counted_hour_by_hour(app: &TestApp) {
    a_morning(app).await;
    app.phone("628118000040", "Siti").sends(KTP, &line(40)).await;
    for _ in 0..2 {
        counts(app).await;
        let mut rows = app.rows::<fact_hour::Entity>(TANGERANG).await.unwrap();
        rows.sort_by_key(|row| row.hour);
        let hours: Vec<(i64, i64, i64)> =
            rows.iter().map(|row| (row.hour, row.arrived, row.answered)).collect();
        assert_eq!(hours, [(9, 6, 5), (10, 1, 0)]);
    }
}
