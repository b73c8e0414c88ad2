//! An office with a standard and a timetable, and a citizen whose request goes through it: for tests of clocks.

use std::sync::Arc;

use loket::{
    domain::{
        calendars::{self, Of},
        catalogue,
        editions::Publication,
    },
    infra::{Actor, Cx},
};
use loket_core::{
    calendar::Timetable,
    clock::Instant,
    id::{ServiceId, UserId},
    kinds::Role,
    permission::{Grant, Scope, Standing},
    standard::{Basis, Confidence, TimeLimit, TimeUnit},
    zone::OfficeZone,
};
use loket_entity::service;
use loket_tests::{
    app::TestApp,
    people::{Officer, Page, Phone},
};

pub(crate) const TANGERANG: &str = "kab-tangerang";
pub(crate) const KTP: &str = "360300000000002";
pub(crate) const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
pub(crate) const QUEUE: &str = "/kantor/kab-tangerang/antrean";

/// What an officer writes down when the applicant collects it with their card.
pub(crate) const RECEIVED: [(&str, &str); 2] = [("receiver", "applicant"), ("proof", "ktp_el")];

fn admin() -> Actor {
    let grants = vec![Grant { role: Role::OfficeAdmin, scope: Scope::default() }];
    Actor::Officer(Arc::new(Standing { user: UserId::NIL, grants }))
}

/// The office's administrator, who writes.
pub(crate) async fn writes(app: &TestApp) -> Cx<'_> {
    Cx::write(&app.house, app.office(TANGERANG).id, admin()).await.unwrap()
}

fn at_once(expected: i64) -> Publication {
    Publication { expected, note: "SK Kepala Dinas 7/2026".to_owned(), from: None, old_until: None }
}

/// A limit with its source.
pub(crate) fn limit(amount: i64, unit: TimeUnit, confidence: Confidence) -> TimeLimit {
    let basis = Basis { law: "SK Kepala Dinas 7/2026".to_owned(), article: String::new(), confidence };
    TimeLimit { amount, unit, channel: None, basis }
}

/// The office's standard of KTP-el says that it may take so long.
pub(crate) async fn may_take(app: &TestApp, times: Vec<TimeLimit>) {
    let rows = app.rows::<service::Entity>(TANGERANG).await.unwrap();
    let id: ServiceId = rows.iter().find(|row| row.code == "KTP").unwrap().id;
    let mut cx = writes(app).await;
    let mut draft = catalogue::draft(&mut cx, id).await.unwrap();
    draft.document.times = times;
    let revision = catalogue::amend(&mut cx, id, (draft.revision, &draft.document)).await.unwrap();
    catalogue::publish(&mut cx, id, &at_once(revision)).await.unwrap();
    cx.commit().await.unwrap();
}

/// The office publishes a timetable, or a unit's.
pub(crate) async fn works_by(app: &TestApp, of: Of, timetable: &Timetable) {
    let mut cx = writes(app).await;
    let sheet = calendars::sheet(&cx, of).await.unwrap().unwrap();
    let drafted = sheet.draft.map_or(0, |draft| draft.revision);
    let revision = calendars::amend(&mut cx, of, (drafted, timetable)).await.unwrap();
    calendars::publish(&mut cx, of, &at_once(revision)).await.unwrap();
    cx.commit().await.unwrap();
    app.settles().await;
}

/// Siti asks for a lost card and sends both papers.
pub(crate) async fn siti_asks(app: &TestApp) -> Phone<'_> {
    let siti = app.phone("628111000003", "Siti");
    siti.sends(KTP, LINE).await;
    siti.sends_photo(KTP).await;
    siti.sends_photo(KTP).await;
    siti
}

/// Takes it, finds the papers good and declares them complete; gives the request's path.
pub(crate) async fn completes(app: &TestApp, dewi: &Officer) -> String {
    dewi.get(QUEUE).await;
    let taken = dewi.post(&format!("{QUEUE}/ambil"), &[]).await;
    let path = taken.location.expect("the request that was taken");
    let path = path.split('?').next().unwrap().to_owned();
    for paper in papers(&dewi.get(&path).await) {
        assert_eq!(dewi.post(&format!("{paper}/terima"), &[]).await.status, 303);
    }
    assert_eq!(dewi.post(&format!("{path}/lengkap"), &[]).await.status, 303);
    app.settles().await;
    path
}

fn papers(page: &Page) -> Vec<String> {
    let pieces =
        page.body.split('"').filter(|piece| piece.contains("/berkas/") && piece.ends_with("/terima"));
    pieces.filter_map(|piece| Some(piece.rsplit_once('/')?.0.to_owned())).collect()
}

/// A moment on the clocks of Tangerang.
pub(crate) fn at(local: &str) -> Instant {
    OfficeZone::Wib.instant(chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H.%M").unwrap())
}
