//! When an office works and serves: published in editions, told to citizens, and followed by what Loket says by itself.

use loket::{
    domain::{
        calendars::{self, Of, Published},
        tenancy::{self, NewUnit},
    },
    infra::PlatformTx,
};
use loket_core::{
    calendar::{HoursKind, OwnDay, SeasonHours, Timetable},
    id::UnitId,
    kinds::UnitKind,
    zone::OfficeZone,
};
use loket_entity::job;
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page},
};

use crate::clocked::{KTP, TANGERANG, works_by, writes};

const SITI: &str = "628111000001";
const LIST: &str = "/kantor/kab-tangerang/pengaturan/kalender";
const OFFICE: &str = "/kantor/kab-tangerang/pengaturan/kalender/kantor";
const QUESTION: &str = "Apa kabar, mau tanya dulu boleh?";
const DAY: i64 = 24 * 60;
const DAYS: [&str; 7] = ["08.00–12.00, 13.00–15.00"; 7];

on_both_databases!(
    an_admin_publishes_the_hours_that_citizens_read,
    outside_its_hours_a_citizen_is_told_when_somebody_answers,
    an_office_that_has_published_no_hours_says_nothing_about_them,
    a_cuti_bersama_is_served_by_shift_and_is_no_working_day,
    a_season_is_told_from_its_first_day_and_the_usual_hours_after_its_last,
    an_edition_that_another_has_followed_tells_nothing_any_more,
    a_unit_follows_the_office_until_it_publishes_hours_of_its_own,
    what_cannot_be_read_stands_beside_its_field_and_nothing_is_lost,
    whoever_saves_over_anothers_draft_is_told_and_loses_nothing,
);

/// What the office's citizens are told of its hours.
async fn hours(app: &TestApp) -> String {
    let tx = PlatformTx::read(&app.house).await.unwrap();
    tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap().hours
}

async fn held(app: &TestApp, unit: Option<UnitId>) -> Published {
    let cx = writes(app).await;
    calendars::held(&cx, unit, cx.now()).await.unwrap()
}

/// What the form sends: the same hours on each day, and what comes beside them.
fn sent<'f>(days: [&'f str; 7], rest: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let week = days.into_iter().flat_map(|hours| [("office", hours), ("service", hours)]);
    week.chain(rest.iter().copied()).collect()
}

/// Sends a form of the office's calendar: the page that it leads to, or the refusal.
async fn sends(admin: &Officer, form: &str, fields: &[(&str, &str)]) -> Page {
    let path = format!("{OFFICE}/{form}");
    admin.get(&path).await;
    let page = admin.post(&path, fields).await;
    let Some(next) = page.location.clone().filter(|_| page.status == 303) else { return page };
    admin.get(&next).await
}

async fn drafts(admin: &Officer, revision: &str, days: [&str; 7]) -> Page {
    sends(admin, "rancangan", &sent(days, &[("revision", revision)])).await
}

/// What Siti is told first when she asks something.
async fn siti_is_told(app: &TestApp) -> String {
    let siti = app.phone(SITI, "Siti");
    siti.sends(KTP, QUESTION).await;
    siti.last()
}

async fn an_admin_publishes_the_hours_that_citizens_read(app: &TestApp) {
    let admin = app.officer("admin@kab-tangerang").await;
    let list = admin.get(LIST).await;
    assert!(list.says("belum terbit") && list.says("mengikuti kantor"), "{}", list.body);
    let page = admin.get(OFFICE).await;
    assert!(page.says("Perpres 21/2023") && page.says("07.30–12.00, 13.00–16.00"), "{}", page.body);
    assert!(page.says("Cuti bersama"));
    let days = ["08.00-12.00, 13.00-14.00", "", "tutup", "", "", "", "9 s.d. 11"];
    let saved = drafts(&admin, "0", days).await;
    assert!(saved.says("Rancangan disimpan") && saved.says("09.00–11.00"), "{}", saved.body);
    let look = admin.get(&format!("{OFFICE}/terbitkan")).await;
    assert!(look.says("Senin 08.00–12.00 dan 13.00–14.00, Minggu 09.00–11.00"), "{}", look.body);
    let how = [("revision", "1"), ("note", "SK Kepala Dinas 7/2026")];
    assert!(sends(&admin, "terbitkan", &how).await.says("Edisi 1 diterbitkan"));
    app.settles().await;
    let told = "Senin 08.00–12.00 dan 13.00–14.00, Minggu 09.00–11.00 WIB";
    assert_eq!(hours(app).await, told);
    let edition = admin.get(&format!("{OFFICE}/edisi/1")).await;
    assert!(edition.says("SK Kepala Dinas 7/2026") && edition.says("Minggu 09.00–11.00"));
    let profile = "/kantor/kab-tangerang/pengaturan/profil";
    assert!(admin.get(profile).await.says("Mengikuti kalender yang terbit"));
    admin.post(profile, &[("name", "Disdukcapil Kabupaten Tangerang"), ("hours", "kapan saja")]).await;
    assert_eq!(hours(app).await, told, "nobody types what the timetable says");
    assert!(app.visitor().get("/k/kab-tangerang/ajukan").await.says(told));
}

async fn outside_its_hours_a_citizen_is_told_when_somebody_answers(app: &TestApp) {
    works_by(app, Of::Office, &Timetable::usual()).await;
    assert!(!siti_is_told(app).await.contains("di luar jam layanan"), "Monday 09.00");
    app.waits(5 * DAY);
    let told = siti_is_told(app).await;
    assert!(told.contains("Saat ini di luar jam layanan"), "{told}");
    assert!(told.contains("mulai Senin, 30 November 2026, pukul 08.00 WIB"), "{told}");
}

async fn an_office_that_has_published_no_hours_says_nothing_about_them(app: &TestApp) {
    app.waits(5 * DAY);
    assert!(!siti_is_told(app).await.contains("di luar jam layanan"));
    assert!(!held(app, None).await.is_said());
}

async fn a_cuti_bersama_is_served_by_shift_and_is_no_working_day(app: &TestApp) {
    let mut timetable = Timetable::usual();
    let service = "08.00–12.00".parse().unwrap();
    timetable.days.push(OwnDay {
        date: "2026-12-24".parse().unwrap(),
        name: "Natal: buka bergilir".to_owned(),
        hours: loket_core::calendar::Both { service, ..Default::default() },
    });
    works_by(app, Of::Office, &timetable).await;
    let held = held(app, None).await;
    let calendar = |kind| held.calendar(kind, OfficeZone::Wib);
    let day = "2026-12-24".parse().unwrap();
    assert!(!calendar(HoursKind::Office).is_working_day(day));
    // Thursday 24 December, 09.00, and the holiday after it.
    app.waits(31 * DAY);
    assert!(!siti_is_told(app).await.contains("di luar jam layanan"));
    app.waits(DAY);
    assert!(siti_is_told(app).await.contains("mulai Senin, 28 Desember 2026, pukul 08.00 WIB"));
}

async fn a_season_is_told_from_its_first_day_and_the_usual_hours_after_its_last(app: &TestApp) {
    let mut timetable = Timetable::usual();
    timetable.seasons.push(SeasonHours {
        name: "Ramadan".to_owned(),
        from: "2026-11-26".parse().unwrap(),
        until: "2026-11-27".parse().unwrap(),
        weeks: Timetable::ramadan_weeks(),
    });
    works_by(app, Of::Office, &timetable).await;
    let usual = format!("{} WIB", timetable.weeks.service.words());
    let ramadan = format!("{} WIB", timetable.seasons[0].weeks.service.words());
    assert_eq!(hours(app).await, usual);
    // Wednesday 23.59, Thursday 00.00, Friday 23.59, Saturday 00.00.
    for (minutes, told) in [(2 * DAY + 899, &usual), (1, &ramadan), (2 * DAY - 1, &ramadan), (1, &usual)] {
        app.waits(minutes);
        app.settles().await;
        assert_eq!(hours(app).await, *told);
    }
}

async fn an_edition_that_another_has_followed_tells_nothing_any_more(app: &TestApp) {
    let with_season = |from: &str, until: &str| {
        let mut one = Timetable::usual();
        one.seasons.push(SeasonHours {
            name: "Ramadan".to_owned(),
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
            weeks: Timetable::ramadan_weeks(),
        });
        one
    };
    works_by(app, Of::Office, &with_season("2026-11-26", "2026-12-25")).await;
    let second = with_season("2026-12-28", "2027-01-20");
    works_by(app, Of::Office, &second).await;
    app.waits(4 * DAY);
    app.settles().await;
    assert_eq!(hours(app).await, format!("{} WIB", second.weeks.service.words()));
    let mut waiting = app.above::<job::Entity>().await.unwrap();
    waiting.retain(|job| job.kind == calendars::TAKES_EFFECT);
    assert_eq!(waiting.len(), 1, "only the second comes again");
    // However often the job runs, it comes again once.
    let tx = PlatformTx::read(&app.house).await.unwrap();
    let office = tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap();
    drop(tx);
    for _ in 0..2 {
        let taking = calendars::TakingEffect { edition: 2 };
        calendars::take_effect(&app.house, &office, taking).await.unwrap();
    }
    let mut waiting = app.above::<job::Entity>().await.unwrap();
    waiting.retain(|job| job.kind == calendars::TAKES_EFFECT);
    assert_eq!(waiting.len(), 1);
}

async fn a_unit_follows_the_office_until_it_publishes_hours_of_its_own(app: &TestApp) {
    let mut cx = writes(app).await;
    let new = NewUnit { name: "UPTD Barat".to_owned(), kind: UnitKind::Counter, district_code: None };
    let unit = tenancy::add_unit(&mut cx, new).await.unwrap();
    cx.commit().await.unwrap();
    works_by(app, Of::Office, &Timetable::usual()).await;
    assert_eq!((held(app, Some(unit)).await.of, held(app, Some(unit)).await.edition), (Of::Office, 1));
    let mut own = Timetable::usual();
    own.weeks.service.0[5] = "09.00–12.00".parse().unwrap();
    works_by(app, Of::Unit(unit), &own).await;
    let its = held(app, Some(unit)).await;
    assert_eq!((its.of, its.timetable), (Of::Unit(unit), own));
    assert_eq!(held(app, None).await.timetable, Timetable::usual());
    assert!(!hours(app).await.contains("Sabtu"), "the office's hours are the office's");
    let admin = app.officer("admin@kab-tangerang").await;
    assert!(admin.get(LIST).await.says("Sabtu 09.00–12.00"));
    let nobody = format!("{LIST}/{}", UnitId(uuid::Uuid::nil()));
    assert_eq!(admin.get(&nobody).await.status, 404);
}

async fn what_cannot_be_read_stands_beside_its_field_and_nothing_is_lost(app: &TestApp) {
    let admin = app.officer("admin@kab-tangerang").await;
    let mut days = DAYS;
    days[2] = "pagi sampai sore";
    let refused = drafts(&admin, "0", days).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("Tulis seperti 08.00–12.00, 13.00–15.00"), "{}", refused.body);
    assert!(refused.says("value=\"pagi sampai sore\""), "what was typed is there");
    let added = sends(&admin, "rancangan", &sent(DAYS, &[("revision", "0"), ("action", "musim")])).await;
    assert!(added.says("Musim baru") && added.says("Beri nama"), "{}", added.body);
    let how = [("revision", "1"), ("note", "SK Kepala Dinas 7/2026")];
    let publish = sends(&admin, "terbitkan", &how).await;
    assert_eq!(publish.status, 422);
    assert!(publish.says("Perlu diperbaiki dahulu"), "{}", publish.body);
    let shift = sent(DAYS, &[("revision", "1"), ("action", "libur:2026-12-24")]);
    let opened = sends(&admin, "rancangan", &shift).await;
    assert!(opened.says("Hari khusus: ") && opened.says("value=\"2026-12-24\""), "{}", opened.body);
}

async fn whoever_saves_over_anothers_draft_is_told_and_loses_nothing(app: &TestApp) {
    let (one, other) = (app.officer("admin@kab-tangerang").await, app.officer("admin@kab-tangerang").await);
    drafts(&one, "0", DAYS).await;
    let mut days = DAYS;
    days[0] = "10.00–11.00";
    let late = drafts(&other, "0", days).await;
    assert_eq!(late.status, 409);
    assert!(late.says("sudah diubah orang lain") && late.says("10.00–11.00"), "{}", late.body);
    assert!(drafts(&other, "1", days).await.says("Rancangan disimpan"));
}
