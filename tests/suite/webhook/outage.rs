//! A database that takes nothing: Meta hears 503 and sends it again.

use loket_tests::{
    app::{On, TestApp},
    on_both_databases,
    postgres::Cluster,
};
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions,
};

use super::{KTP, KUPANG, TANGERANG, messages};

on_both_databases!(what_cannot_be_stored_is_refused_until_it_can_be,);

async fn what_cannot_be_stored_is_refused_until_it_can_be(app: &TestApp) {
    let meta = app.meta(KTP);
    assert_eq!(meta.posts(&meta.text("628111000001", "wamid.1", "halo")).await, 200);
    let blocked = Blocked::of(app).await;
    let second = meta.text("628111000001", "wamid.2", "masih ada?");
    assert_eq!(meta.posts(&second).await, 503, "known path, no room");
    let stranger = app.meta(KUPANG);
    let third = stranger.text("628111000001", "wamid.3", "halo");
    // SQLite's readers read on; so it is the writing that fails there.
    assert_eq!(stranger.posts(&third).await, 503, "a path that must be looked up first");
    let ready = app.http().get(format!("{}/healthz", app.base_url)).send().await.unwrap();
    assert_eq!(ready.status(), 200, "the process itself lives");
    if app.on() == On::Postgres {
        let ready = app.http().get(format!("{}/readyz", app.base_url)).send().await.unwrap();
        assert_eq!(ready.status(), 503);
    }
    blocked.ends().await;
    assert_eq!(meta.posts(&second).await, 200, "Meta sends it again, and nobody had to restart anything");
    assert_eq!(stranger.posts(&third).await, 200);
    // The first to meet the broken lines gives its work back; it is taken up again within a minute.
    for _ in 0..2 {
        app.settles().await;
        app.waits(1);
    }
    app.settles().await;
    assert_eq!((messages(app, TANGERANG).await, messages(app, "kota-kupang").await), (2, 1));
}

/// Something that keeps the house from writing.
enum Blocked {
    Sqlite(SqliteConnection),
    Postgres(PgConnection, String),
}

impl Blocked {
    async fn of(app: &TestApp) -> Self {
        let Some(database) = &app.database else {
            let options = SqliteConnectOptions::new().filename(app.folder.path().join("loket.sqlite3"));
            let mut writer = SqliteConnection::connect_with(&options).await.unwrap();
            writer.execute("BEGIN IMMEDIATE").await.unwrap();
            return Self::Sqlite(writer);
        };
        let mut superuser = Cluster::of_this_run().await.unwrap().superuser().await.unwrap();
        let name = database.name.clone();
        let shut = format!(
            "alter database {name} allow_connections false; \
             select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
        );
        sqlx::raw_sql(AssertSqlSafe(shut)).execute(&mut superuser).await.unwrap();
        Self::Postgres(superuser, name)
    }

    async fn ends(self) {
        match self {
            Self::Sqlite(mut writer) => {
                writer.execute("ROLLBACK").await.unwrap();
            }
            Self::Postgres(mut superuser, name) => {
                let open = AssertSqlSafe(format!("alter database {name} allow_connections true"));
                sqlx::raw_sql(open).execute(&mut superuser).await.unwrap();
            }
        }
    }
}
