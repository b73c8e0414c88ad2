//! Whose time runs out is told upwards, while the office works and once.

use loket::domain::{calendars::Of, escalation, requests, tenancy};
use loket::infra::PlatformTx;
use loket_core::{
    calendar::Timetable,
    standard::{Confidence, TimeUnit},
};
use loket_tests::{app::TestApp, on_both_databases};

use crate::clocked::{TANGERANG, at, completes, limit, may_take, siti_asks, works_by};

on_both_databases!(
    supervisors_hear_at_four_fifths_and_the_head_when_time_is_over,
    nobody_is_told_at_night_or_twice_or_of_what_was_settled_meanwhile,
);

const SUPERVISOR: &str = "kabid@kab-tangerang.loket.test";
const HEAD: &str = "kepala@kab-tangerang.loket.test";

async fn office(app: &TestApp) -> tenancy::Office {
    let tx = PlatformTx::read(&app.house).await.unwrap();
    tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap()
}

/// Until a moment on the clocks of Tangerang; then the watcher looks, and five minutes later those in charge are told.
async fn until(app: &TestApp, local: &str) -> usize {
    let minutes = (at(local) - app.house.clock.now()).num_minutes();
    assert!(minutes >= 0, "{local} is over");
    app.waits(minutes);
    requests::watch(&app.house, &office(app).await).await.unwrap();
    app.waits(5);
    let letters = escalation::escalate(&app.house, &office(app).await).await.unwrap();
    app.settles().await;
    letters
}

fn letters(app: &TestApp, to: &str) -> Vec<String> {
    app.mailer.kept().into_iter().filter(|letter| letter.to == to).map(|letter| letter.subject).collect()
}

/// Due on Wednesday at 16.00, four fifths of it on Wednesday at 10.48.
async fn begins(app: &TestApp) -> String {
    may_take(app, vec![limit(2, TimeUnit::WorkingDays, Confidence::High)]).await;
    works_by(app, Of::Office, &Timetable::usual()).await;
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    completes(app, &dewi).await
}

async fn supervisors_hear_at_four_fifths_and_the_head_when_time_is_over(app: &TestApp) {
    begins(app).await;
    assert_eq!(until(app, "2026-11-25 10.40").await, 0);
    assert_eq!(until(app, "2026-11-25 10.50").await, 1);
    assert_eq!(letters(app, SUPERVISOR), ["1 permohonan mendekati standar waktu"]);
    assert!(letters(app, HEAD).is_empty(), "the head is not told yet");
    let letter = app.mailer.kept().into_iter().find(|letter| letter.to == SUPERVISOR).unwrap();
    assert!(letter.text.contains("TNG-2611-00001-") && letter.text.contains("sampai Rabu 25 Nov 16.00 WIB"));
    assert!(letter.text.contains("/kantor/kab-tangerang/antrean?tab=tenggat"), "{}", letter.text);
    assert!(!letter.text.contains("SITI") && !letter.html.contains("SITI"), "a mail names no citizen");
    assert_eq!(until(app, "2026-11-26 08.00").await, 2);
    assert_eq!(letters(app, HEAD), ["1 permohonan lewat standar waktu"]);
    assert_eq!(letters(app, SUPERVISOR).len(), 2);
}

async fn nobody_is_told_at_night_or_twice_or_of_what_was_settled_meanwhile(app: &TestApp) {
    let path = begins(app).await;
    assert_eq!(until(app, "2026-11-25 10.50").await, 1);
    assert_eq!(escalation::escalate(&app.house, &office(app).await).await.unwrap(), 0, "told once");
    assert_eq!(until(app, "2026-11-25 22.00").await, 0, "nobody works");
    // It becomes ready before anybody was told that it is late.
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(&path).await;
    assert_eq!(dewi.post(&format!("{path}/siap"), &[("note", "Loket 3")]).await.status, 303);
    app.settles().await;
    assert_eq!(until(app, "2026-11-26 08.00").await, 0);
    assert!(letters(app, HEAD).is_empty());
}
