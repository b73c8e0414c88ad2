//! What a page of figures reads of a long history: nothing that grows with it.

use std::time::Duration;

use loket::domain::kpi::{self, Filter};
use loket_core::kpi::{Period, Preset};
use loket_tests::{
    app::{On, TestApp},
    postgres::Cluster,
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use super::life::Life;

/// Requests of the past year, all closed.
const HISTORY: i64 = 20_000;

/// Copies of a request that ended long ago.
const PAST: [&str; 5] = [
    "create temp table past as select request.*, n from (select * from request limit 1) request, \
     generate_series(1, 20000) n",
    "update past set id = gen_random_uuid(), receipt = receipt || '-' || n, state = 'selesai', \
     opened_at = opened_at - (100 + n % 200) * interval '1 day', \
     first_message_at = first_message_at - (100 + n % 200) * interval '1 day', \
     answered_at = opened_at - (99 + n % 200) * interval '1 day', \
     complete_from = opened_at - (99 + n % 200) * interval '1 day', \
     ready_at = opened_at - (98 + n % 200) * interval '1 day', \
     closed_at = opened_at - (98 + n % 200) * interval '1 day'",
    "alter table past drop column n",
    "insert into request select * from past",
    "analyze request",
];

async fn runs(database: &mut PgConnection, sql: &str) {
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(database).await.unwrap();
}

/// Rows of requests that the database has touched so far, whoever asked.
async fn touched(database: &mut PgConnection) -> i64 {
    let sql =
        "select seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_user_tables where relname = 'request'";
    let mut last = -1;
    // What a connection has read is told a moment later.
    for _ in 0..40 {
        runs(database, "select pg_stat_clear_snapshot()").await;
        let now: i64 = sqlx::query(sql).fetch_one(&mut *database).await.unwrap().get(0);
        if now == last {
            return now;
        }
        last = now;
        tokio::time::sleep(Duration::from_millis(1_300)).await;
    }
    last
}

/// What five looks at the head's page read of requests.
async fn reads(life: &Life<'_>, database: &mut PgConnection) -> i64 {
    let filter = Filter::of(Period::named(Preset::Thirty, life.office.zone.date(life.app.house.clock.now())));
    let look = async || {
        let cx = life.reading(life.whole()).await;
        kpi::dashboard(&cx, &life.office, &filter).await.unwrap()
    };
    look().await;
    let before = touched(database).await;
    for _ in 0..5 {
        assert_eq!(look().await.period.arrived, 3);
        tokio::time::sleep(Duration::from_millis(1_100)).await;
    }
    touched(database).await - before
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_reads_nothing_of_a_long_history() {
    let app = TestApp::start(On::Postgres).await.unwrap();
    let mut life = Life::begins(&app, 5).await;
    for _ in 0..3 {
        life.opens_at_the_desk().await;
    }
    let name = app.database.as_ref().unwrap().name.clone();
    let url = Cluster::of_this_run().await.unwrap().admin_url(&name);
    let mut database = PgConnection::connect(&url).await.unwrap();
    for sql in PAST {
        runs(&mut database, sql).await;
    }
    assert!(kpi::rollup(&app.house, &life.office).await.unwrap() > 200);
    // A connection that rests tells what it read after ten seconds; the counting above is not what is measured.
    tokio::time::sleep(Duration::from_secs(11)).await;
    let read = reads(&life, &mut database).await;
    println!("five looks at the head's page read {read} of {HISTORY} requests");
    assert!((1..1_000).contains(&read), "{read} rows of requests");
    // The control: without an index on a day the whole history is read, and this notices.
    runs(&mut database, "drop index ix_request_tenant_id_closed_at").await;
    let read = reads(&life, &mut database).await;
    assert!(read > HISTORY, "{read} rows of requests");
    app.ends().await;
}
