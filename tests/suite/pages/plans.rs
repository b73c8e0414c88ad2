//! How a page asks the database: every statement over rows that grow is led by an index to the rows it wants.
//!
//! Asked of SQLite, which plans without knowing how much there is, so that a plan is the same in a test and after years.
//! What PostgreSQL does follows its statistics: `kpi::cost` and `tests/deep pages` look at that with many rows.

use loket::domain::requests;
use loket_entity::{conversation, request};
use loket_tests::app::{On, TestApp};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

use super::{OVERVIEW, QUEUE, TALKS, fill, further};
use crate::{
    kpi::life::{Life, TANGERANG},
    wall::beneath::Beneath,
};

const SEARCH: &str = "/kantor/kab-tangerang/cari";
/// The tables that grow with what an office does.
const GROWING: [&str; 19] = [
    "request",
    "request_event",
    "request_name",
    "paper",
    "message",
    "conversation",
    "contact",
    "contact_identity",
    "media",
    "file",
    "fact_day",
    "fact_case",
    "fact_hour",
    "answer_forecast",
    "care",
    "visit",
    "compensation",
    "appointment",
    "consignment",
];
/// Indexes of what is open or waits only: being led by the office alone is enough.
const NARROW: [&str; 7] = [
    "ix_request_turn",
    "ix_request_open",
    "ix_request_open_state",
    "ix_request_open_officer",
    "ix_request_alarm",
    "ix_request_visit_wanted",
    "ix_consignment_standing",
];

/// What is wrong with a plan, line by line.
fn faults(plan: &[String]) -> Vec<String> {
    let wrong = |line: &&String| {
        let grows = GROWING.iter().any(|table| names(line, table));
        let narrow = NARROW.iter().any(|index| names(line, index));
        let by_office_alone = line.contains("SEARCH") && line.ends_with("(tenant_id=?)") && !narrow;
        grows && (line.contains("SCAN") || by_office_alone)
    };
    plan.iter().filter(wrong).cloned().collect()
}

/// Whether a line has a word, standing alone.
fn names(line: &str, word: &str) -> bool {
    line.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|one| one == word)
}

async fn plan(beneath: &Beneath, asked: &Statement) -> Vec<String> {
    let values = asked.values.clone().map(|values| values.0).unwrap_or_default();
    let sql = format!("EXPLAIN QUERY PLAN {}", asked.sql);
    let explain = Statement::from_sql_and_values(DatabaseBackend::Sqlite, sql, values);
    let rows = beneath.connection.query_all_raw(explain).await.unwrap();
    rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect()
}

async fn faults_of(beneath: &Beneath, page: &str, asked: &[Statement]) -> Vec<String> {
    let mut wrong = Vec::new();
    for statement in asked.iter().filter(|one| one.sql.starts_with("SELECT")) {
        for fault in faults(&plan(beneath, statement).await) {
            wrong.push(format!("{page}\n  {}\n  {fault}", statement.sql));
        }
    }
    wrong
}

/// Every page whose cost matters, each way it is asked for.
async fn pages(app: &TestApp) -> Vec<String> {
    let requests = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    let talk = app.rows::<conversation::Entity>(TANGERANG).await.unwrap()[0].id;
    let service = requests[0].service_id;
    let mut pages: Vec<String> =
        ["giliran", "saya", "menunggu", "siap", "semua"].map(|tab| format!("{QUEUE}?tab={tab}")).into();
    pages.push(further(&requests[0]));
    pages.extend(
        ["", "?kurun=30", "?kecamatan=-", "?kurun=rentang&mulai=2026-11-01&sampai=2026-11-10"]
            .map(|query| format!("{OVERVIEW}{query}")),
    );
    pages.push(format!("{OVERVIEW}?layanan={service}"));
    pages.extend([
        format!("{TALKS}?saring=belum"),
        format!("{TALKS}?saring=semua"),
        format!("{TALKS}/{talk}"),
    ]);
    pages.push(format!("/kantor/kab-tangerang/permohonan/{}", requests[0].id));
    pages.push("/kantor/kab-tangerang/jemput-bola".to_owned());
    pages.extend(["", "?keadaan=selesai"].map(|query| format!("/kantor/kab-tangerang/kiriman{query}")));
    pages.extend([format!("{SEARCH}?q={}", requests[0].receipt), format!("{SEARCH}?q=0001")]);
    let compensations = "/kantor/kab-tangerang/kompensasi";
    pages.extend(["", "?keadaan=diberikan"].map(|query| format!("{compensations}{query}")));
    let behind = format!("1795400000000000.{}", requests[0].id);
    pages
        .extend(["terutang", "gugur"].map(|word| format!("{compensations}?keadaan={word}&sesudah={behind}")));
    pages.push(format!("{OVERVIEW}/daftar?daftar=masuk&kurun=7"));
    pages.extend(
        ["tunggakan", "selesai", "respons", "berkas_ditolak", "tepat_waktu", "lewat_waktu", "janji_ditepati"]
            .map(|word| format!("{OVERVIEW}/daftar?daftar={word}&kurun=7")),
    );
    pages
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_reads_a_table_that_grows() {
    let app = TestApp::start(On::Sqlite).await.unwrap();
    let mut life = Life::begins(&app, 5).await;
    fill(&mut life, 12, 4).await;
    let pages = pages(&app).await;
    let beneath = Beneath::of(&app).await;
    let mut wrong = Vec::new();
    for who in ["kabid@kab-tangerang", "operator.ktp@kab-tangerang"] {
        let officer = app.officer(who).await;
        for path in &pages {
            app.house.databases.watch.begin();
            let page = officer.get(path).await;
            let asked = app.house.databases.watch.end();
            assert!([200, 403].contains(&page.status.as_u16()), "{path}");
            wrong.extend(faults_of(&beneath, path, &asked).await);
        }
        for text in ["3603036502900001", "siti aminah"] {
            officer.get(SEARCH).await;
            app.house.databases.watch.begin();
            assert_eq!(officer.post(SEARCH, &[("q", text)]).await.status, 200);
            let asked = app.house.databases.watch.end();
            wrong.extend(faults_of(&beneath, "search", &asked).await);
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    drop(beneath);
    app.ends().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_watcher_reads_what_is_due_to_be_looked_at_and_nothing_else() {
    let app = TestApp::start(On::Sqlite).await.unwrap();
    let mut life = Life::begins(&app, 5).await;
    fill(&mut life, 12, 4).await;
    let beneath = Beneath::of(&app).await;
    app.house.databases.watch.begin();
    assert_eq!(requests::watch(&app.house, &life.office).await.unwrap(), 0);
    let asked = app.house.databases.watch.end();
    let of_requests: Vec<_> = asked.iter().filter(|one| names(&one.sql, "request")).collect();
    let [only] = of_requests.as_slice() else { panic!("{of_requests:?}") };
    let plan = plan(&beneath, only).await.join("\n");
    assert!(plan.contains("USING INDEX ix_request_next_check (tenant_id=? AND next_check<?)"), "{plan}");
    drop(beneath);
    app.ends().await;
}

#[test]
fn a_plan_without_an_index_is_noticed() {
    let plan = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    for (lines, wrong) in [
        (&["SCAN request"][..], 1),
        (&["SEARCH request USING INDEX sqlite_autoindex_request_1 (tenant_id=?)"], 1),
        (&["SEARCH request USING INDEX ix_request_turn (tenant_id=?)"], 0),
        (&["SEARCH request USING INDEX ix_request_tenant_id_opened_at (tenant_id=? AND opened_at>?)"], 0),
        (&["SCAN wa_number"], 0),
    ] {
        assert_eq!(faults(&plan(lines)).len(), wrong, "{lines:?}");
    }
}
