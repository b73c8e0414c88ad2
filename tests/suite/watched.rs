//! Requests whose time runs out: those in charge are told before it does and when it has, the citizen before the date that they
//! were told is missed, and what is late stays late whatever is done with it afterwards.

use loket::{
    domain::{
        calendars::Of,
        kpi::{self, Dashboard, Filter},
        requests,
        tenancy::{self, Office},
    },
    infra::{Actor, Cx, PlatformTx, SystemReason},
};
use loket_core::{
    calendar::Timetable,
    kpi::{OnTime, Period, Preset},
    request::{Alarm, RequestEventKind, RequestState},
    standard::{Confidence, TimeUnit},
};
use loket_entity::{request, request_event};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Phone},
};

use crate::clocked::{KTP, LINE, QUEUE, TANGERANG, at, completes, limit, may_take, siti_asks, works_by};

on_both_databases!(
    what_nears_its_date_and_what_is_over_is_told_once_to_those_in_charge,
    a_citizen_hears_before_the_date_that_they_were_told_is_missed,
    whoever_cannot_be_written_to_is_not_said_to_be_warned,
    what_is_ready_in_time_is_kept_and_looked_at_no_more,
    an_outage_takes_the_alarm_back_and_the_date_that_was_told,
    what_was_late_stays_late_however_it_is_closed,
    what_is_split_is_late_all_the_same_and_says_of_its_other_half,
    an_outage_that_is_approved_afterwards_takes_lateness_back_and_no_promise,
    a_date_that_ran_out_before_anybody_looked_was_missed_all_the_same,
    whoever_is_silent_is_reminded_closed_as_they_were_told_and_opens_it_by_a_word,
    whoever_wrote_and_has_no_answer_is_not_closed,
    where_the_office_gives_no_limit_nothing_is_closed,
);

async fn office(app: &TestApp) -> Office {
    let tx = PlatformTx::read(&app.house).await.unwrap();
    tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap()
}

/// The watcher's turn; how many requests it looked at.
async fn looks(app: &TestApp) -> u64 {
    let looked = requests::watch(&app.house, &office(app).await).await.unwrap();
    app.settles().await;
    looked
}

/// Waits until a moment on the clocks of Tangerang.
fn until(app: &TestApp, local: &str) {
    let minutes = (at(local) - app.house.clock.now()).num_minutes();
    assert!(minutes >= 0, "{local} is over");
    app.waits(minutes);
}

async fn row(app: &TestApp) -> request::Model {
    app.rows::<request::Entity>(TANGERANG).await.unwrap().pop().expect("the request")
}

async fn lines(app: &TestApp, kind: RequestEventKind) -> usize {
    let all = app.rows::<request_event::Entity>(TANGERANG).await.unwrap();
    all.iter().filter(|line| line.kind == kind).count()
}

async fn figures(app: &TestApp) -> Dashboard {
    let office = office(app).await;
    let today = office.zone.date(app.house.clock.now());
    let cx = Cx::read(&app.house, office.id, Actor::System(SystemReason::Rollup)).await.unwrap();
    kpi::dashboard(&cx, &office, &Filter::of(Period::named(Preset::Month, today))).await.unwrap()
}

async fn counted(app: &TestApp) -> (OnTime, OnTime) {
    let figures = figures(app).await;
    (figures.period.on_time, figures.period.promises)
}

const fn times(kept: u64, missed: u64) -> OnTime {
    OnTime { kept, missed }
}

/// Two working days from Monday 09.00: until Wednesday 16.00, four fifths of it on Wednesday at 10.48.
async fn begins(app: &TestApp) -> (Phone<'_>, Officer, String) {
    may_take(app, vec![limit(2, TimeUnit::WorkingDays, Confidence::High)]).await;
    works_by(app, Of::Office, &Timetable::usual()).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    assert_eq!(row(app).await.due_at, Some(at("2026-11-25 16.00")));
    (siti, dewi, path)
}

async fn what_nears_its_date_and_what_is_over_is_told_once_to_those_in_charge(app: &TestApp) {
    begins(app).await;
    assert_eq!(looks(app).await, 0, "nothing is due to be looked at");
    until(app, "2026-11-25 10.47");
    assert_eq!(looks(app).await, 0);
    until(app, "2026-11-25 10.48");
    assert_eq!((looks(app).await, looks(app).await), (1, 0));
    assert_eq!(row(app).await.alarm, Some(Alarm::Nearing));
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let pressing = dewi.get(&format!("{QUEUE}?tab=tenggat")).await;
    assert!(pressing.says("Mendesak") && pressing.says("mendekati"), "{}", pressing.body);
    until(app, "2026-11-25 16.00");
    looks(app).await;
    assert_eq!(row(app).await.alarm, Some(Alarm::Over));
    assert!(dewi.get(&format!("{QUEUE}?tab=tenggat")).await.says("Rabu 25 Nov 16.00 WIB"));
    let said = (lines(app, RequestEventKind::Nearing).await, lines(app, RequestEventKind::Overdue).await);
    assert_eq!((said, looks(app).await, row(app).await.next_check), ((1, 1), 0, None));
}

async fn a_citizen_hears_before_the_date_that_they_were_told_is_missed(app: &TestApp) {
    let (siti, ..) = begins(app).await;
    until(app, "2026-11-25 09.00");
    siti.sends(KTP, "Apakah sudah selesai?").await;
    until(app, "2026-11-25 13.14");
    looks(app).await;
    assert!(!siti.last().contains("mungkin melewati"));
    until(app, "2026-11-25 13.15");
    looks(app).await;
    let told = siti.last();
    assert!(told.contains("mungkin melewati waktu yang kami sampaikan, *Rabu 25 Nov 16.00 WIB*"), "{told}");
    assert_eq!((lines(app, RequestEventKind::Warned).await, looks(app).await), (1, 0));
    assert_eq!(counted(app).await, (times(0, 0), times(0, 0)), "nothing is late yet");
    until(app, "2026-11-25 16.30");
    looks(app).await;
    assert_eq!(row(app).await.promise_missed_at, Some(at("2026-11-25 16.00")));
    assert_eq!(counted(app).await, (times(0, 1), times(0, 1)));
}

async fn whoever_cannot_be_written_to_is_not_said_to_be_warned(app: &TestApp) {
    let (siti, ..) = begins(app).await;
    let heard = siti.last();
    until(app, "2026-11-25 13.30");
    looks(app).await;
    assert_eq!((siti.last(), row(app).await.warned_at), (heard, None));
    assert_eq!(row(app).await.next_check, Some(at("2026-11-25 16.00")));
}

async fn what_is_ready_in_time_is_kept_and_looked_at_no_more(app: &TestApp) {
    let (_, _, path) = begins(app).await;
    until(app, "2026-11-25 11.00");
    looks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    ready(&dewi, &path).await;
    let row = row(app).await;
    assert!(row.ready_at.is_some());
    assert_eq!((row.alarm, row.next_check), (None, None));
    until(app, "2026-11-25 17.00");
    assert_eq!(looks(app).await, 0);
    assert_eq!(counted(app).await, (times(1, 0), times(1, 0)));
}

/// Its product is there and may be collected.
async fn ready(dewi: &Officer, path: &str) {
    dewi.get(path).await;
    assert_eq!(dewi.post(&format!("{path}/siap"), &[("note", "Loket 3")]).await.status, 303);
}

async fn an_outage_takes_the_alarm_back_and_the_date_that_was_told(app: &TestApp) {
    let (siti, ..) = begins(app).await;
    until(app, "2026-11-25 11.00");
    siti.sends(KTP, "Apakah sudah selesai?").await;
    looks(app).await;
    assert_eq!(row(app).await.alarm, Some(Alarm::Nearing));
    let ledger = "/kantor/kab-tangerang/gangguan";
    let head = app.officer("kabid@kab-tangerang").await;
    head.get(ledger).await;
    let entered = head.post(ledger, &[("kind", "siak")]).await;
    let outage = entered.location.expect("the outage that was entered");
    let outage = outage.split('?').next().unwrap();
    app.settles().await;
    assert_eq!((row(app).await.alarm, row(app).await.due_at), (None, None));
    head.get(outage).await;
    let telling = head.post(&format!("{outage}/kabari"), &[("most", "10")]).await;
    assert_eq!(telling.status, 303, "{}", telling.body);
    app.settles().await;
    assert!(siti.last().contains("mundur selama gangguan ini"), "{}", siti.last());
    until(app, "2026-11-25 18.00");
    looks(app).await;
    assert_eq!(counted(app).await, (times(0, 0), times(0, 0)), "a date that was taken back is not missed");
}

async fn what_was_late_stays_late_however_it_is_closed(app: &TestApp) {
    let (_, _, path) = begins(app).await;
    until(app, "2026-11-26 08.00");
    looks(app).await;
    kpi::rollup(&app.house, &office(app).await).await.unwrap();
    assert_eq!(counted(app).await, (times(0, 1), times(0, 1)));
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    ready(&dewi, &path).await;
    until(app, "2026-11-27 08.00");
    kpi::rollup(&app.house, &office(app).await).await.unwrap();
    assert_eq!(counted(app).await, (times(0, 1), times(0, 1)), "counted once, on the day it ran out");
    let figures = figures(app).await;
    let late = figures.days.iter().find(|(_, tally)| tally.on_time.missed == 1).expect("the day");
    assert_eq!(late.0.to_string(), "2026-11-25");
}

async fn what_is_split_is_late_all_the_same_and_says_of_its_other_half(app: &TestApp) {
    let (siti, dewi, first) = begins(app).await;
    let number = row(app).await.receipt;
    until(app, "2026-11-25 09.00");
    // On its last day the same is opened anew, whose time has just begun, and finished at once.
    siti.sends(KTP, LINE).await;
    siti.sends_photo(KTP).await;
    siti.sends_photo(KTP).await;
    let dewi = if dewi.get(QUEUE).await.status == 200 {
        dewi
    } else {
        app.officer("operator.ktp@kab-tangerang").await
    };
    let second = completes(app, &dewi).await;
    assert_ne!(first, second);
    ready(&dewi, &second).await;
    until(app, "2026-11-25 16.30");
    looks(app).await;
    assert_eq!(counted(app).await.0, times(1, 1), "the first half is late for itself");
    // Whoever looks at either sees the other, and both histories say so.
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (one, other) = (dewi.get(&first).await, dewi.get(&second).await);
    assert!(one.says("Permohonan serupa") && other.says("Permohonan serupa") && other.says(&number));
    assert_eq!(lines(app, RequestEventKind::Linked).await, 2);
}

async fn an_outage_that_is_approved_afterwards_takes_lateness_back_and_no_promise(app: &TestApp) {
    begins(app).await;
    until(app, "2026-11-26 08.00");
    looks(app).await;
    kpi::rollup(&app.house, &office(app).await).await.unwrap();
    let ledger = "/kantor/kab-tangerang/gangguan";
    let kabid = app.officer("kabid@kab-tangerang").await;
    kabid.get(ledger).await;
    let (from, until) = (("from", "2026-11-25T08:00"), ("until", "2026-11-25T16:00"));
    let was = [("kind", "siak"), from, until, ("note", "SIAK tidak dapat dibuka.")];
    let outage = kabid.post(&format!("{ledger}/baru"), &was).await.location.expect("the entry");
    let outage = outage.split('?').next().unwrap().to_owned();
    app.settles().await;
    assert_eq!(counted(app).await, (times(0, 1), times(0, 1)), "nobody else has looked at it");
    let head = app.officer("kepala@kab-tangerang").await;
    head.get(&outage).await;
    let said = [("said", "setujui"), ("version", "1"), from, until];
    assert_eq!(head.post(&format!("{outage}/putuskan"), &said).await.status, 303);
    app.settles().await;
    let row = row(app).await;
    assert!(row.due_at > Some(at("2026-11-26 08.00")), "{:?}", row.due_at);
    assert_eq!(row.alarm, None, "its alarm is taken back");
    for _ in 0..2 {
        assert_eq!(
            counted(app).await,
            (times(0, 0), times(0, 1)),
            "the citizen was told that date all the same"
        );
        kpi::rollup(&app.house, &office(app).await).await.unwrap();
    }
}

/// Siti's second photo is no good, and she is asked for another one; gives the request's path.
async fn asked(app: &TestApp, siti: &Phone<'_>, days: &str) -> String {
    let admin = app.officer("admin@kab-tangerang").await;
    let page = "/kantor/kab-tangerang/pengaturan/balasan-otomatis";
    admin.get(page).await;
    let chosen = admin.post(page, &[("replies", "assisted"), ("answer_days", days)]).await;
    assert_eq!(chosen.status, 303, "{}", chosen.body);
    siti.sends(KTP, LINE).await;
    siti.sends_photo(KTP).await;
    siti.sends_photo(KTP).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(QUEUE).await;
    let taken = dewi.post(&format!("{QUEUE}/ambil"), &[]).await.location.expect("the request that was taken");
    let path = taken.split('?').next().unwrap().to_owned();
    let page = dewi.get(&path).await;
    let refuses = |piece: &&str| piece.contains("/berkas/") && piece.ends_with("/tolak");
    let paper = page.body.split('"').find(refuses).expect("a paper").to_owned();
    assert_eq!(dewi.post(&paper, &[("reason", "buram")]).await.status, 303);
    assert_eq!(dewi.post(&format!("{path}/minta"), &[]).await.status, 303);
    app.settles().await;
    path
}

async fn whoever_is_silent_is_reminded_closed_as_they_were_told_and_opens_it_by_a_word(app: &TestApp) {
    let siti = app.phone("628111000003", "Siti");
    asked(app, &siti, "14").await;
    let told = siti.last();
    assert!(told.contains("paling lambat *Senin, 7 Desember 2026*") && told.contains("*LANJUT*"), "{told}");
    until(app, "2026-11-24 07.59");
    assert_eq!(looks(app).await, 0);
    until(app, "2026-11-24 08.00");
    assert_eq!((looks(app).await, looks(app).await), (1, 0));
    let reminded = siti.last();
    assert!(reminded.contains("kami masih menunggu kelengkapan berkas"), "{reminded}");
    until(app, "2026-12-04 12.00");
    looks(app).await;
    assert_eq!(
        (siti.last(), lines(app, RequestEventKind::Reminded).await),
        (reminded, 1),
        "her 24 hours are over"
    );
    until(app, "2026-12-08 00.00");
    assert_eq!(looks(app).await, 1);
    let closed = row(app).await;
    assert_eq!(
        (closed.state, closed.close_reason.as_deref()),
        (RequestState::Cancelled, Some("tidak_ada_jawaban"))
    );
    siti.sends(KTP, "Lanjut").await;
    let open = row(app).await;
    assert_eq!((open.state, open.closed_at, open.next_check), (RequestState::Verification, None, None));
    assert!(siti.last().contains("kami buka kembali"), "{}", siti.last());
    assert_eq!(lines(app, RequestEventKind::Reopened).await, 1);
}

async fn whoever_wrote_and_has_no_answer_is_not_closed(app: &TestApp) {
    let siti = app.phone("628111000003", "Siti");
    let path = asked(app, &siti, "7").await;
    until(app, "2026-11-30 10.00");
    siti.sends(KTP, "Saya sedang di luar kota, minggu depan ya").await;
    until(app, "2026-12-01 00.00");
    assert_eq!(looks(app).await, 1);
    assert_eq!(row(app).await.state, RequestState::WaitingForCitizen);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(&path).await;
    let talk = dewi.get(&path).await.path_with("/percakapan/").expect("the way to the conversation");
    dewi.get(&talk).await;
    let answer = [("text", "Baik, kami tunggu.")];
    let sent = dewi.uploads(&format!("{talk}/balas"), &answer, ("file", "", b"")).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    app.settles().await;
    until(app, "2026-12-02 00.00");
    assert_eq!(looks(app).await, 1);
    assert_eq!(row(app).await.state, RequestState::Cancelled);
}

async fn where_the_office_gives_no_limit_nothing_is_closed(app: &TestApp) {
    let siti = app.phone("628111000003", "Siti");
    asked(app, &siti, "").await;
    assert!(!siti.last().contains("LANJUT"), "{}", siti.last());
    until(app, "2026-11-24 08.00");
    assert_eq!(looks(app).await, 1, "she is reminded before her 24 hours are over");
    until(app, "2027-03-01 08.00");
    assert_eq!((looks(app).await, row(app).await.state), (0, RequestState::WaitingForCitizen));
}

async fn a_date_that_ran_out_before_anybody_looked_was_missed_all_the_same(app: &TestApp) {
    let (_, _, path) = begins(app).await;
    until(app, "2026-11-25 16.01");
    ready(&app.officer("operator.ktp@kab-tangerang").await, &path).await;
    assert_eq!(row(app).await.promise_missed_at, Some(at("2026-11-25 16.00")));
    assert_eq!(counted(app).await, (times(0, 1), times(0, 1)));
}
