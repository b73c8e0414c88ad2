//! What lies in the house's database, for what a test must not take a page's word for.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use loket::infra::{Actor, Cx, PlatformTx, SystemReason};
use loket_entity::{TenantOwned, webhook_delivery};
use sea_orm::EntityTrait;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{Trouble, app::TestApp, postgres::Cluster};

/// More rows than any test makes.
const MOST: u64 = 100_000;

impl TestApp {
    /// Every row of a table in one office.
    pub async fn rows<E>(&self, office: &str) -> Result<Vec<E::Model>, Trouble>
    where
        E: TenantOwned,
        E::Model: Sync,
    {
        let office = self.office(office).id;
        let cx = Cx::read(&self.house, office, Actor::System(SystemReason::Ingest)).await.map_err(text)?;
        cx.tx().find::<E>().up_to(MOST).await.map_err(text)
    }

    /// How many bodies the webhook's door has kept.
    pub async fn bodies_kept(&self) -> Result<usize, Trouble> {
        self.above::<webhook_delivery::Entity>().await.map(|rows| rows.len())
    }

    /// Every row of a table above the offices.
    pub async fn above<E: EntityTrait>(&self) -> Result<Vec<E::Model>, Trouble> {
        let tx = PlatformTx::read(&self.house).await.map_err(text)?;
        Ok(tx.find::<E>().all(tx.on()).await?)
    }

    /// A digest of every table's content, by name: what changed between two of them was written to.
    pub async fn fingerprint(&self) -> Result<BTreeMap<String, u64>, Trouble> {
        match &self.database {
            Some(database) => {
                let url = Cluster::of_this_run().await?.admin_url(&database.name);
                postgres(PgConnection::connect(&url).await?).await
            }
            None => {
                let options = SqliteConnectOptions::new().filename(self.folder.path().join("loket.sqlite3"));
                sqlite(SqliteConnection::connect_with(&options).await?).await
            }
        }
    }
}

/// The tables that differ between two fingerprints, apart from some.
pub fn changed(
    before: &BTreeMap<String, u64>,
    after: &BTreeMap<String, u64>,
    apart_from: &[&str],
) -> Vec<String> {
    let differs = |name: &&String| before.get(*name) != after.get(*name);
    let named = after.keys().filter(differs).filter(|name| !apart_from.contains(&name.as_str()));
    named.cloned().collect()
}

async fn postgres(mut connection: PgConnection) -> Result<BTreeMap<String, u64>, Trouble> {
    let tables = "select tablename::text from pg_tables where schemaname = 'public'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut connection).await?;
    let mut digests = BTreeMap::new();
    for table in tables {
        let rows = AssertSqlSafe(format!("select t::text from \"{table}\" t"));
        let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut connection).await?;
        digests.insert(table, digest(rows));
    }
    connection.close().await?;
    Ok(digests)
}

async fn sqlite(mut connection: SqliteConnection) -> Result<BTreeMap<String, u64>, Trouble> {
    let tables = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut connection).await?;
    let mut digests = BTreeMap::new();
    for table in tables {
        let columns = AssertSqlSafe(format!("select name from pragma_table_info('{table}')"));
        let columns: Vec<String> = sqlx::query_scalar(columns).fetch_all(&mut connection).await?;
        let whole: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
        let rows = AssertSqlSafe(format!("select {} from \"{table}\"", whole.join(" || '|' || ")));
        let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut connection).await?;
        digests.insert(table, digest(rows));
    }
    connection.close().await?;
    Ok(digests)
}

fn digest(mut rows: Vec<String>) -> u64 {
    rows.sort_unstable();
    let mut hasher = DefaultHasher::new();
    rows.hash(&mut hasher);
    hasher.finish()
}

fn text(fault: impl std::fmt::Display) -> Trouble {
    fault.to_string().into()
}
