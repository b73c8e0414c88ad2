//! What no program can do, whatever it is told: refer across offices, or change what is only ever added to.

use std::collections::{BTreeMap, BTreeSet};

use loket_core::id::OfficeId;
use loket_tests::app::{On, TestApp};

use super::{
    beneath::Beneath,
    offices::{self, A, B},
};

/// Rows of these are never changed, by whom ever.
const INSERT_ONLY: [&str; 9] = [
    "audit_entry",
    "audit_seal",
    "request_event",
    "outage_event",
    "stock_entry",
    "answer_forecast",
    "equipment_entry",
    "handover",
    "platform_audit",
];

/// References as `(table, column, to)`, the leading `tenant_id` left out.
async fn references(beneath: &Beneath) -> Vec<(String, String, String)> {
    let sql = if beneath.is_postgres() {
        "select f.conrelid::regclass::text, a.attname::text, f.confrelid::regclass::text from pg_constraint f \
         join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[2] \
         where f.contype = 'f' and array_length(f.conkey, 1) = 2 order by 1, 2"
    } else {
        "select m.name, f.\"from\", f.\"table\" from sqlite_master m, pragma_foreign_key_list(m.name) f \
         where m.type = 'table' and f.seq = 1 order by 1, 2"
    };
    let rows = beneath.rows(sql, OfficeId::NIL).await;
    let text = |row: &sea_orm::QueryResult, at| row.try_get_by_index::<String>(at).unwrap();
    rows.iter().map(|row| (text(row, 0), text(row, 1), text(row, 2))).collect()
}

/// Tries every reference with a row of A and a target of B, as the superuser: no policy stands in the way.
async fn refuses_across(on: On) {
    let app = TestApp::start(on).await.unwrap();
    let beneath = Beneath::of(&app).await;
    let a = offices::settle(&app, &beneath, &A).await;
    let b = offices::settle(&app, &beneath, &B).await;
    let (mut tried, mut without_rows) = (0, Vec::new());
    for (table, column, to) in references(&beneath).await {
        let foreign = beneath.ids(&format!("select id from {to} where tenant_id = @"), b.office).await;
        let own = beneath.ids(&format!("select id from {table} where tenant_id = @"), a.office).await;
        let (Some(foreign), Some(own)) = (foreign.last(), own.first()) else {
            without_rows.push(format!("{table}.{column}"));
            continue;
        };
        if INSERT_ONLY.contains(&&*table) {
            continue;
        }
        let (foreign, own) = (beneath.literal(*foreign), beneath.literal(*own));
        let sql = format!("update {table} set {column} = {foreign} where tenant_id = @ and id = {own}");
        let refused =
            beneath.run(&sql, a.office).await.expect_err(&format!("{table}.{column} crosses offices"));
        let why = refused.to_string().to_lowercase();
        assert!(why.contains("foreign key"), "{table}.{column}: {why}");
        tried += 1;
    }
    println!("{on:?}: references tried {tried}, without rows to try {without_rows:?}");
    assert!(tried >= 25, "{tried}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_row_refers_to_another_office_on_sqlite() {
    refuses_across(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_row_refers_to_another_office_on_postgres() {
    refuses_across(On::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_have_the_same_references() {
    let mut lists = Vec::new();
    for on in [On::Sqlite, On::Postgres] {
        let app = TestApp::start(on).await.unwrap();
        lists.push(references(&Beneath::of(&app).await).await);
    }
    assert_eq!(lists[0], lists[1]);
}

/// Columns that name a row of the office without a reference to hold them to it, each with its reason.
const UNREFERENCED: [(&str, &str); 19] = [
    ("audit_entry.actor_id", "officer, citizen or nobody, by actor_kind"),
    ("audit_entry.subject_id", "anything, by subject_kind"),
    ("edition.subject_id", "anything that is configured, by kind"),
    ("fact_case.service_id", "facts outlive what they count"),
    ("fact_case.unit_id", "facts outlive what they count"),
    ("fact_case.variant_id", "facts outlive what they count"),
    ("fact_day.service_id", "facts outlive what they count"),
    ("fact_hour.service_id", "facts outlive what they count"),
    ("fact_hour.unit_id", "facts outlive what they count"),
    ("fact_paper.service_id", "facts outlive what they count"),
    ("fact_paper.unit_id", "facts outlive what they count"),
    ("fact_paper.variant_id", "facts outlive what they count"),
    ("message.request_id", "messages are stored before there are requests"),
    ("request_event.actor_id", "officer, citizen or nobody, by actor_kind"),
    ("request_event.paper_id", "history outlives what it tells of"),
    ("request_event.service_id", "history outlives what it tells of"),
    ("request_event.unit_id", "history outlives what it tells of"),
    ("request_event.variant_id", "history outlives what it tells of"),
    ("webhook_item.delivery_id", "the body may be tidied away first"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_names_another_row_is_held_to_its_office() {
    let app = TestApp::start(On::Sqlite).await.unwrap();
    let beneath = Beneath::of(&app).await;
    let held: Vec<String> = references(&beneath)
        .await
        .into_iter()
        .map(|(table, column, _)| format!("{table}.{column}"))
        .collect();
    let mut loose = BTreeSet::new();
    for table in beneath.tenant_tables().await {
        let sql =
            format!("select name from pragma_table_info('{table}') where name like '%\\_id' escape '\\'");
        for column in beneath.texts(&sql, OfficeId::NIL).await {
            let name = format!("{table}.{column}");
            // Meta's own ids are texts.
            if !held.contains(&name)
                && !["tenant_id", "graph_id", "waba_id", "phone_number_id"].contains(&&*column)
            {
                loose.insert(name);
            }
        }
    }
    let known = UNREFERENCED.iter().map(|(column, _)| (*column).to_owned()).collect();
    assert_eq!(loose, known);
}

/// Every way to change a row.
async fn is_never_changed(on: On) {
    let app = TestApp::start(on).await.unwrap();
    let beneath = Beneath::of(&app).await;
    let a = offices::settle(&app, &beneath, &A).await;
    let officer = app.officer(&format!("kabid@{}", A.slug)).await;
    let spare = format!("/kantor/{}/permohonan/{}", A.slug, a.spare["request"]);
    officer.get(&spare).await;
    assert_eq!(officer.post(&format!("{spare}/selesai"), &[]).await.status, 303);
    app.waits(1);
    assert!(loket::jobs::audit::schedule().take_turn(&app.house).await.unwrap());
    app.settles().await;
    let mut rows = BTreeMap::new();
    for table in INSERT_ONLY {
        let there = beneath.texts(&format!("select 'x' from {table}"), a.office).await.len();
        rows.insert(table, there);
        for sql in [format!("update {table} set id = id"), format!("delete from {table}")] {
            let refused = beneath.run(&sql, a.office).await;
            if there > 0 {
                let why = refused.expect_err(&sql).to_string();
                assert!(why.contains("never changed"), "{why}");
            }
        }
    }
    println!("{on:?}: rows of insert-only tables {rows:?}");
    assert!(rows.values().all(|there| *there > 0), "{rows:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_only_added_to_is_never_changed_on_sqlite() {
    is_never_changed(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_only_added_to_is_never_changed_on_postgres() {
    is_never_changed(On::Postgres).await;
}
