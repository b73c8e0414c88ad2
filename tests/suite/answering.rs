//! The time within which an office means to answer: frozen when a request comes, and counted once as kept or missed.

use loket::{
    domain::{
        calendars::Of,
        kpi::{self, Filter},
        tenancy::{self, Office},
    },
    infra::{Actor, Cx, PlatformTx, SystemReason},
};
use loket_core::{
    calendar::Timetable,
    kpi::{OnTime, Period, Preset},
};
use loket_entity::request;
use loket_tests::{app::TestApp, on_both_databases};

use crate::clocked::{KTP, LINE, TANGERANG, at, works_by};

const CHOICE: &str = "/kantor/kab-tangerang/pengaturan/balasan-otomatis";
const OVERVIEW: &str = "/kantor/kab-tangerang/ringkasan";
const BUDI: &str = "#KTP#3603030101909002#3603031203159002#BUDI SANTOSO#PETE#TIGARAKSA#HILANG#";
const NOTHING: (&str, &str, &[u8]) = ("file", "", b"");

on_both_databases!(
    an_answer_by_the_time_of_the_office_is_kept_and_a_later_one_missed,
    a_message_after_hours_is_to_be_answered_when_the_office_is_open_again,
    an_office_without_a_time_is_measured_by_none,
    what_nobody_answered_counts_on_its_day_when_it_becomes_a_request_later,
);

async fn office(app: &TestApp) -> Office {
    let tx = PlatformTx::read(&app.house).await.unwrap();
    tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap()
}

/// The office works from eight to four and means to answer within so many minutes.
async fn aims(app: &TestApp, minutes: &str) {
    works_by(app, Of::Office, &Timetable::usual()).await;
    let admin = app.officer("admin@kab-tangerang").await;
    admin.get(CHOICE).await;
    let refused = admin.post(CHOICE, &[("replies", "assisted"), ("answer_minutes", "7")]).await;
    assert!(refused.status == 422 && refused.says("Pilih target menjawab"), "{}", refused.body);
    let chosen = admin.post(CHOICE, &[("replies", "assisted"), ("answer_minutes", minutes)]).await;
    assert_eq!(chosen.status, 303, "{}", chosen.body);
    assert!(admin.get(CHOICE).await.body.contains(&format!("value=\"{minutes}\" selected")));
}

async fn counted(app: &TestApp) -> OnTime {
    let office = office(app).await;
    let today = office.zone.date(app.house.clock.now());
    let cx = Cx::read(&app.house, office.id, Actor::System(SystemReason::Rollup)).await.unwrap();
    let filter = Filter::of(Period::named(Preset::Month, today));
    kpi::dashboard(&cx, &office, &filter).await.unwrap().period.answers
}

async fn rows(app: &TestApp) -> Vec<request::Model> {
    let mut rows = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    rows.sort_by_key(|row| row.opened_at);
    rows
}

async fn an_answer_by_the_time_of_the_office_is_kept_and_a_later_one_missed(app: &TestApp) {
    aims(app, "30").await;
    app.phone("628111000003", "Siti").sends(KTP, LINE).await;
    app.waits(10);
    app.phone("628111000004", "Budi").sends(KTP, BUDI).await;
    let all = rows(app).await;
    assert_eq!(all[0].answer_by, Some(at("2026-11-23 09.30")));
    assert_eq!(all[1].answer_by, Some(at("2026-11-23 09.40")));
    let path = |row: &request::Model| format!("/kantor/kab-tangerang/permohonan/{}", row.id);
    let (siti, budi) = (path(&all[0]), path(&all[1]));
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert!(dewi.get(&siti).await.says("belum dijawab petugas; target Senin 23 Nov 09.30"));
    assert_eq!(counted(app).await, OnTime { kept: 0, missed: 0 });
    app.waits(20);
    // At half past nine exactly.
    let said = dewi.uploads(&format!("{siti}/balas"), &[("text", "Kami periksa dahulu.")], NOTHING).await;
    assert_eq!(said.status, 303, "{}", said.body);
    app.settles().await;
    assert!(dewi.get(&siti).await.says("target Senin 23 Nov 09.30 WIB ditepati"));
    assert_eq!(counted(app).await, OnTime { kept: 1, missed: 0 });
    app.waits(11);
    assert!(dewi.get(&budi).await.says("target Senin 23 Nov 09.40 WIB terlewat"));
    assert_eq!(counted(app).await, OnTime { kept: 1, missed: 1 });
    dewi.get(&budi).await;
    let said = dewi.uploads(&format!("{budi}/balas"), &[("text", "Mohon maaf menunggu.")], NOTHING).await;
    assert_eq!(said.status, 303, "{}", said.body);
    app.settles().await;
    assert_eq!(counted(app).await, OnTime { kept: 1, missed: 1 }, "what was missed is counted once");
    let kabid = app.officer("kabid@kab-tangerang").await;
    let page = kabid.get(OVERVIEW).await;
    assert!(page.says("Dijawab tepat waktu") && page.says("1 dari 2"), "{}", page.body);
    // The same once its days are counted.
    app.waits(60 * 16);
    kpi::rollup(&app.house, &office(app).await).await.unwrap();
    assert_eq!(counted(app).await, OnTime { kept: 1, missed: 1 });
}

async fn a_message_after_hours_is_to_be_answered_when_the_office_is_open_again(app: &TestApp) {
    aims(app, "60").await;
    // Tuesday, half past five in the evening.
    app.waits(60 * 32 + 30);
    app.phone("628111000003", "Siti").sends(KTP, LINE).await;
    let row = rows(app).await.remove(0);
    assert_eq!(row.answer_by, Some(at("2026-11-25 09.00")), "an hour after it opens");
}

async fn what_nobody_answered_counts_on_its_day_when_it_becomes_a_request_later(app: &TestApp) {
    aims(app, "60").await;
    app.phone("628111000003", "Siti").sends(KTP, "#KTP###SITI AMINAH#PETE#TIGARAKSA#HILANG#").await;
    // Monday is counted before an officer makes a request of it.
    app.waits(60 * 24);
    kpi::rollup(&app.house, &office(app).await).await.unwrap();
    assert_eq!(counted(app).await, OnTime { kept: 0, missed: 0 });
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let talk = dewi.get("/kantor/kab-tangerang/percakapan").await.path_with("/percakapan/").unwrap();
    let page = dewi.get(&talk).await;
    let variant = page.body.split(" selected").next().unwrap().rsplit("value=\"").next().unwrap();
    let variant = variant.split('"').next().unwrap().to_owned();
    let fields = [
        ("service", variant.as_str()),
        ("name", "SITI AMINAH"),
        ("isi.desa", "Pete"),
        ("isi.kecamatan", "Tigaraksa"),
    ];
    let made = dewi.post(&format!("{talk}/permohonan"), &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    assert_eq!(rows(app).await[0].answer_by, Some(at("2026-11-23 10.00")));
    assert_eq!(counted(app).await, OnTime { kept: 0, missed: 1 });
    kpi::rollup(&app.house, &office(app).await).await.unwrap();
    assert_eq!(counted(app).await, OnTime { kept: 0, missed: 1 }, "and once its day is counted again");
}

async fn an_office_without_a_time_is_measured_by_none(app: &TestApp) {
    app.phone("628111000003", "Siti").sends(KTP, LINE).await;
    app.waits(60 * 5);
    assert_eq!(rows(app).await[0].answer_by, None);
    let kabid = app.officer("kabid@kab-tangerang").await;
    assert!(!kabid.get(OVERVIEW).await.says("Dijawab tepat waktu"));
    assert_eq!(counted(app).await, OnTime { kept: 0, missed: 0 });
    // What comes once the office has set itself a time is measured; what came before is not.
    aims(app, "30").await;
    app.phone("628111000004", "Budi").sends(KTP, BUDI).await;
    let all = rows(app).await;
    assert!(all[0].answer_by.is_none() && all[1].answer_by.is_some());
}
