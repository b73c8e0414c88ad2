//! Until when a request should be settled: frozen when it comes, promised when its papers are complete, explained.

use loket::domain::calendars::Of;
use loket_core::{
    calendar::{DayReading, Timetable},
    standard::{Confidence, TimeUnit},
};
use loket_entity::request;
use loket_tests::{app::TestApp, on_both_databases};

use crate::clocked::{QUEUE, TANGERANG, at, completes, limit, may_take, siti_asks, works_by};

const DAY: i64 = 24 * 60;

on_both_databases!(
    a_date_is_promised_when_the_papers_are_complete_and_explains_itself,
    what_a_request_is_counted_by_stands_as_it_was_when_it_came,
    nothing_is_promised_by_a_rule_that_nobody_has_compared,
    where_the_standard_says_no_time_no_clock_counts_down,
    one_times_24_hours_is_told_with_what_the_office_means_by_it,
    a_date_that_is_over_is_not_promised,
    days_and_nights_are_explained_day_by_day,
    what_is_over_its_date_says_so_in_the_queue_and_what_is_ready_does_not,
);

async fn row(app: &TestApp) -> request::Model {
    app.rows::<request::Entity>(TANGERANG).await.unwrap().pop().expect("the request")
}

async fn a_date_is_promised_when_the_papers_are_complete_and_explains_itself(app: &TestApp) {
    may_take(app, vec![limit(2, TimeUnit::WorkingDays, Confidence::High)]).await;
    works_by(app, Of::Office, &Timetable::usual()).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    app.waits(60);
    let path = completes(app, &dewi).await;
    let told = siti.last();
    assert!(
        told.contains("paling lambat *Rabu 25 Nov 16.00 WIB* (standar: paling lama 2 hari kerja)"),
        "{told}"
    );
    assert_eq!(row(app).await.due_at, Some(at("2026-11-25 16.00")));
    let page = dewi.get(&path).await;
    assert!(page.says("Mengapa tanggal ini?") && page.says("kalender kantor, edisi 1"), "{}", page.body);
    assert!(page.says("Senin 23 Nov: 09.00–12.00, 13.00–16.00"), "{}", page.body);
    assert!(page.says("Selasa 24 Nov: 07.30–12.00, 13.00–16.00") && page.says("SK Kepala Dinas 7/2026"));
    assert!(dewi.get(&format!("{QUEUE}?tab=saya")).await.says("Rabu 25 Nov 16.00 WIB"));
}

async fn what_a_request_is_counted_by_stands_as_it_was_when_it_came(app: &TestApp) {
    may_take(app, vec![limit(1, TimeUnit::WorkingDays, Confidence::High)]).await;
    works_by(app, Of::Office, &Timetable::usual()).await;
    siti_asks(app).await;
    may_take(app, vec![limit(9, TimeUnit::WorkingDays, Confidence::High)]).await;
    let mut closed = Timetable::usual();
    closed.weeks.office.0[1] = "tutup".parse().unwrap();
    works_by(app, Of::Office, &closed).await;
    completes(app, &app.officer("operator.ktp@kab-tangerang").await).await;
    assert_eq!(row(app).await.due_at, Some(at("2026-11-24 16.00")));
}

async fn nothing_is_promised_by_a_rule_that_nobody_has_compared(app: &TestApp) {
    may_take(app, vec![limit(2, TimeUnit::WorkingDays, Confidence::Low)]).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    assert!(siti.last().contains("Kami akan mengabari") && !siti.last().contains("paling lambat"));
    let page = dewi.get(&path).await;
    assert!(page.says("belum diverifikasi") && page.says("tidak dijanjikan kepada warga"), "{}", page.body);
    assert!(page.says("jam kerja menurut Perpres 21/2023"), "no timetable was published");
    assert_eq!(row(app).await.due_at, Some(at("2026-11-25 16.00")), "the office is reminded all the same");
}

async fn where_the_standard_says_no_time_no_clock_counts_down(app: &TestApp) {
    may_take(app, Vec::new()).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    assert!(siti.last().contains("Kami akan mengabari"));
    assert!(!dewi.get(&path).await.says("Mengapa tanggal ini?"));
    let row = row(app).await;
    assert_eq!((row.terms, row.due_at), (None, None));
}

async fn one_times_24_hours_is_told_with_what_the_office_means_by_it(app: &TestApp) {
    may_take(app, vec![limit(1, TimeUnit::DaysAndNights, Confidence::High)]).await;
    let timetable = Timetable { reading: DayReading::NextWorkingDay, ..Timetable::usual() };
    works_by(app, Of::Office, &timetable).await;
    // Friday 27 November, 09.00.
    app.waits(4 * DAY);
    let siti = siti_asks(app).await;
    completes(app, &app.officer("operator.ktp@kab-tangerang").await).await;
    let told = siti.last();
    assert!(told.contains("*Senin 30 Nov 09.00 WIB*"), "{told}");
    assert!(told.contains("1 x 24 jam, yaitu sampai jam yang sama pada hari kerja berikutnya"), "{told}");
}

async fn what_is_over_its_date_says_so_in_the_queue_and_what_is_ready_does_not(app: &TestApp) {
    may_take(app, vec![limit(90, TimeUnit::Minutes, Confidence::High)]).await;
    works_by(app, Of::Office, &Timetable::usual()).await;
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    app.waits(100);
    assert!(dewi.get(&path).await.says("lewat 10 menit"));
    let mine = format!("{QUEUE}?tab=saya");
    let late = "Senin 23 Nov 10.30 WIB<span class=\"sub\"><span class=\"badge badge--bad\">";
    assert!(dewi.get(&mine).await.body.contains(late));
    assert_eq!(dewi.post(&format!("{path}/siap"), &[("note", "Loket 3")]).await.status, 303);
    assert!(!dewi.get(&mine).await.says("Senin 23 Nov 10.30 WIB"));
}

async fn a_date_that_is_over_is_not_promised(app: &TestApp) {
    may_take(app, vec![limit(90, TimeUnit::Minutes, Confidence::High)]).await;
    works_by(app, Of::Office, &Timetable::usual()).await;
    let siti = siti_asks(app).await;
    app.waits(100);
    completes(app, &app.officer("operator.ktp@kab-tangerang").await).await;
    assert!(!siti.last().contains("paling lambat"), "{}", siti.last());
    assert_eq!(row(app).await.due_at, Some(at("2026-11-23 10.30")), "the office sees that it is late");
}

async fn days_and_nights_are_explained_day_by_day(app: &TestApp) {
    may_take(app, vec![limit(2, TimeUnit::CalendarDays, Confidence::High)]).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    assert!(siti.last().contains("paling lambat *Rabu 25 Nov 24.00 WIB*"), "{}", siti.last());
    let page = dewi.get(&path).await;
    assert!(
        page.says("Senin 23 Nov: 09.00–24.00") && page.says("Selasa 24 Nov: 00.00–24.00"),
        "{}",
        page.body
    );
}
