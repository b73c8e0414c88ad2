//! How often a page asks the database: as often for many rows as for a few.

use loket_entity::fact_stale;
use loket_tests::{app::TestApp, on_both_databases, people::Officer};
use sea_orm::ActiveValue::Set;

use super::{CAPACITY, OVERVIEW, QUEUE, fill};
use crate::kpi::life::Life;

/// The most statements of the queue's page, with those that let the officer in.
const QUEUE_MOST: usize = 14;
/// The same of the head's page.
const OVERVIEW_MOST: usize = 35;
/// The same of the page of capacity.
const CAPACITY_MOST: usize = 14;

on_both_databases!(a_page_asks_as_often_for_many_requests_as_for_a_few, an_operation_that_reads_cannot_write,);

/// Opens a page and counts; the first look may fill what a process remembers.
async fn asked(app: &TestApp, who: &Officer, path: &str) -> Vec<String> {
    assert_eq!(who.get(path).await.status, 200, "{path}");
    app.house.databases.watch.begin();
    let page = who.get(path).await;
    let seen = app.house.databases.watch.end();
    assert_eq!(page.status, 200, "{path}");
    seen.into_iter().map(|one| one.sql).collect()
}

async fn counts(app: &TestApp, supervisor: &Officer) -> Vec<(String, usize)> {
    let mut counts = Vec::new();
    for tab in ["giliran", "saya", "menunggu", "siap", "semua"] {
        let path = format!("{QUEUE}?tab={tab}");
        let asked = asked(app, supervisor, &path).await;
        assert!(asked.len() <= QUEUE_MOST, "{path}: {} statements: {asked:#?}", asked.len());
        counts.push((path, asked.len()));
    }
    let seen = asked(app, supervisor, CAPACITY).await;
    assert!(seen.len() <= CAPACITY_MOST, "{} statements: {seen:#?}", seen.len());
    counts.push((CAPACITY.to_owned(), seen.len()));
    for query in ["", "?kurun=30", "?kecamatan=-", "?kurun=rentang&mulai=2026-11-01&sampai=2026-11-10"] {
        let path = format!("{OVERVIEW}{query}");
        let asked = asked(app, supervisor, &path).await;
        assert!(asked.len() <= OVERVIEW_MOST, "{path}: {} statements: {asked:#?}", asked.len());
        counts.push((path, asked.len()));
    }
    counts
}

async fn a_page_asks_as_often_for_many_requests_as_for_a_few(app: &TestApp) {
    let mut life = Life::begins(app, 5).await;
    fill(&mut life, 4, 1).await;
    let supervisor = app.officer("kabid@kab-tangerang").await;
    let few = counts(app, &supervisor).await;
    fill(&mut life, 60, 12).await;
    let supervisor = app.officer("kabid@kab-tangerang").await;
    let many = counts(app, &supervisor).await;
    for (few, many) in few.iter().zip(&many) {
        println!("{}: {} statements, with many requests {}", few.0, few.1, many.1);
    }
    assert_eq!(few, many);
}

async fn an_operation_that_reads_cannot_write(app: &TestApp) {
    let life = Life::begins(app, 5).await;
    let cx = life.reading(life.whole()).await;
    let row = fact_stale::ActiveModel {
        id: Set(cx.new_id()),
        at: Set(cx.now()),
        ..fact_stale::ActiveModel::default()
    };
    assert!(cx.tx().insert::<fact_stale::Entity>(row).await.is_err(), "whatever the code does");
}
