//! Databases of the throw-away PostgreSQL cluster, reached as the roles that production has.
//!
//! `tests/with-postgres` starts the cluster and names its superuser's address in `LOKET_TEST_PG`. The superuser only
//! makes and drops databases: tests connect as `loket_owner`, `loket_app` or `loket_platform`, none of which can step
//! over row-level security.

use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::Url;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::Trouble;

/// The roles of a deployment: who migrates, who serves offices, who serves the platform.
pub const ROLES: [&str; 3] = ["loket_owner", "loket_app", "loket_platform"];

/// Any number, as long as all processes of a run agree on it.
const ROLES_LOCK: i64 = 0x6c6f_6b65_7401;

/// The running cluster.
#[derive(Debug, Clone)]
pub struct Cluster {
    admin: Url,
}

/// One database, dropped with this value.
#[derive(Debug)]
pub struct Database {
    cluster: Cluster,
    /// Its name in the cluster.
    pub name: String,
    /// Where each role finds it.
    pub urls: Urls,
}

/// The address of one database for each role.
#[derive(Debug, Clone)]
pub struct Urls {
    /// For `loket_owner`, who owns the database and migrates it.
    pub owner: String,
    /// For `loket_app`.
    pub app: String,
    /// For `loket_platform`.
    pub platform: String,
}

impl Cluster {
    /// The cluster of this run, with the three roles in it.
    pub async fn of_this_run() -> Result<Self, Trouble> {
        let admin = std::env::var("LOKET_TEST_PG")
            .map_err(|_| "no PostgreSQL: start this through tests/run or tests/with-postgres")?;
        let cluster = Self { admin: Url::parse(&admin)? };
        let mut superuser = cluster.superuser().await?;
        lock(&mut superuser, ROLES_LOCK).await?;
        for role in ROLES {
            run(
                &mut superuser,
                format!(
                    "do $$ begin if not exists (select from pg_roles where rolname = '{role}') then \
                     create role {role} login nosuperuser nobypassrls nocreatedb nocreaterole; end if; end $$"
                ),
            )
            .await?;
        }
        superuser.close().await?;
        Ok(cluster)
    }

    /// Makes sure that the template `name` exists. `build` fills it, connected as the owner, once in the life of the
    /// cluster, however many processes ask at the same time. A build that failed is begun anew by the next who asks.
    pub async fn template(
        &self,
        name: &str,
        build: impl AsyncFnOnce(Urls) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        plain(name)?;
        let mut superuser = self.superuser().await?;
        lock(&mut superuser, ROLES_LOCK + 1).await?;
        let ready: bool = sqlx::query_scalar(
            "select exists (select from pg_database where datname = $1 and datistemplate)",
        )
        .bind(name)
        .fetch_one(&mut superuser)
        .await?;
        if !ready {
            run(&mut superuser, format!("drop database if exists {name} with (force)")).await?;
            run(&mut superuser, format!("create database {name} owner loket_owner")).await?;
            build(self.urls(name)?).await?;
            run(
                &mut superuser,
                format!("alter database {name} with is_template true allow_connections false"),
            )
            .await?;
        }
        superuser.close().await?;
        Ok(())
    }

    /// A new database of `loket_owner`: a copy of `template`, or an empty one. `name` is only there to be recognised.
    pub async fn fresh_database(&self, name: &str, template: Option<&str>) -> Result<Database, Trouble> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}_{}_{name}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        plain(&name)?;
        let template = template.unwrap_or("template0");
        plain(template)?;
        let mut superuser = self.superuser().await?;
        run(&mut superuser, format!("create database {name} owner loket_owner template {template}")).await?;
        superuser.close().await?;
        Ok(Database { cluster: self.clone(), urls: self.urls(&name)?, name })
    }

    /// A connection that may do anything. For making and inspecting, never for what a test is about.
    pub async fn superuser(&self) -> Result<PgConnection, Trouble> {
        Ok(PgConnection::connect(self.admin.as_str()).await?)
    }

    /// The superuser's address of one database.
    pub fn admin_url(&self, database: &str) -> String {
        let mut url = self.admin.clone();
        url.set_path(database);
        url.into()
    }

    fn urls(&self, database: &str) -> Result<Urls, Trouble> {
        let [owner, app, platform] = ROLES;
        Ok(Urls {
            owner: self.url(database, owner)?,
            app: self.url(database, app)?,
            platform: self.url(database, platform)?,
        })
    }

    fn url(&self, database: &str, role: &str) -> Result<String, Trouble> {
        let mut url = self.admin.clone();
        url.set_username(role).map_err(|()| "LOKET_TEST_PG has no host")?;
        url.set_path(database);
        Ok(url.into())
    }
}

impl Database {
    /// Takes row-level security down in every table that has it, so that the application stands alone.
    pub async fn without_policies(&self) -> Result<(), Trouble> {
        let mut superuser = PgConnection::connect(&self.admin_url()).await?;
        let secured: Vec<String> =
            sqlx::query_scalar("select relname::text from pg_class where relkind = 'r' and relrowsecurity")
                .fetch_all(&mut superuser)
                .await?;
        if secured.is_empty() {
            return Err("no table has row-level security that could be taken down".into());
        }
        for table in secured {
            plain(&table)?;
            let sql = format!("alter table {table} disable row level security, no force row level security");
            run(&mut superuser, sql).await?;
        }
        Ok(superuser.close().await?)
    }

    /// The superuser's address of this database.
    pub fn admin_url(&self) -> String {
        self.cluster.admin_url(&self.name)
    }
}

impl Drop for Database {
    /// Drops the database, also after a failed test, so that a long run does not fill the disk.
    fn drop(&mut self) {
        let (cluster, name) = (self.cluster.clone(), self.name.clone());
        // A destructor cannot await, and the test's own runtime may be gone: a thread with one of its own.
        let dropped = std::thread::spawn(move || -> Result<(), Trouble> {
            tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
                let mut superuser = cluster.superuser().await?;
                run(&mut superuser, format!("drop database if exists {name} with (force)")).await
            })
        });
        if !matches!(dropped.join(), Ok(Ok(()))) {
            eprintln!("database {} is left behind", self.name);
        }
    }
}

async fn run(connection: &mut PgConnection, sql: String) -> Result<(), Trouble> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await?;
    Ok(())
}

/// Held until the connection closes.
async fn lock(connection: &mut PgConnection, key: i64) -> Result<(), Trouble> {
    sqlx::query("select pg_advisory_lock($1)").bind(key).execute(connection).await?;
    Ok(())
}

/// Names go into statements as they are, so they must be plain.
fn plain(name: &str) -> Result<(), Trouble> {
    let fits =
        name.len() < 64 && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if fits { Ok(()) } else { Err(format!("{name:?} is no plain database name").into()) }
}
