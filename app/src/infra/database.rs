//! Opening the database: SQLite in the data folder, or PostgreSQL under its three roles.
//!
//! SQLite has one writer and a few readers, all in WAL with `synchronous=FULL`: what was acknowledged
//! survives a power cut. The pragmas are part of the connect options and asserted on every connection.

use std::{path::Path, time::Duration};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, Statement};
use sqlx::{
    SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::fault::{Fault, Outcome};

/// The first SQLite without the WAL-reset corruption (3.7.0 to 3.51.2 have it).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
const OLDEST_POSTGRES: u32 = 150_000;
const READERS: u32 = 4;
/// Connections of the webhook door alone: acknowledgements that are stored side by side share one sync of the disk,
/// and none waits behind a worker's transaction.
const DOOR: u32 = 16;
const ACQUIRE: Duration = Duration::from_secs(5);

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    Sqlite(std::path::PathBuf),
    /// PostgreSQL, by role.
    Postgres {
        /// `loket_app`: sees tenant tables only.
        app: String,
        /// `loket_platform`: sees the platform's tables only.
        platform: String,
    },
}

impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        })
    }
}

/// What makes SQLite count what its indexes hold.
pub const LEARN: [&str; 2] = ["PRAGMA analysis_limit = 1000", "PRAGMA optimize = 0x10002"];

/// The pools of one process.
#[derive(Clone, Debug)]
pub struct Databases {
    tenant_read: DatabaseConnection,
    tenant_write: DatabaseConnection,
    platform_read: DatabaseConnection,
    platform_write: DatabaseConnection,
    door: DatabaseConnection,
    /// Whether the application's own tenant filter stands. Only a test can open it.
    pub(super) filter: bool,
    /// What the pools are asked, for tests.
    #[cfg(feature = "test-switches")]
    pub watch: super::watch::Watch,
}

impl Databases {
    /// Opens the pools and checks that the database is one that can be trusted.
    pub async fn open(location: &Location, pool: u32) -> Outcome<Self> {
        let opened = match location {
            Location::Sqlite(path) => Self::open_sqlite(path).await?,
            Location::Postgres { app, platform } => Self::open_postgres(app, platform, pool).await?,
        };
        #[cfg(feature = "test-switches")]
        let opened = opened.watched();
        Ok(opened)
    }

    #[cfg(feature = "test-switches")]
    fn watched(mut self) -> Self {
        let watch = self.watch.clone();
        for pool in [
            &mut self.tenant_read,
            &mut self.tenant_write,
            &mut self.platform_read,
            &mut self.platform_write,
            &mut self.door,
        ] {
            watch.on(pool);
        }
        self
    }

    async fn open_sqlite(path: &Path) -> Outcome<Self> {
        let writer = connect_sqlite(path, 1, false).await?;
        check_sqlite_version(&writer).await?;
        let reader = connect_sqlite(path, READERS, true).await?;
        Ok(Self {
            tenant_read: reader.clone(),
            tenant_write: writer.clone(),
            platform_read: reader,
            platform_write: writer.clone(),
            door: writer,
            filter: true,
            #[cfg(feature = "test-switches")]
            watch: super::watch::Watch::default(),
        })
    }

    async fn open_postgres(app: &str, platform: &str, pool: u32) -> Outcome<Self> {
        let app = connect_postgres(app, pool).await?;
        check_postgres_version(&app).await?;
        let door = connect_postgres(platform, DOOR).await?;
        let platform = connect_postgres(platform, pool).await?;
        Ok(Self {
            tenant_read: app.clone(),
            tenant_write: app,
            platform_read: platform.clone(),
            platform_write: platform,
            door,
            filter: true,
            #[cfg(feature = "test-switches")]
            watch: super::watch::Watch::default(),
        })
    }

    /// Takes the application's half of the tenancy wall down, so that a test can show the other half.
    #[cfg(feature = "test-switches")]
    #[must_use]
    pub fn without_filter(mut self) -> Self {
        self.filter = false;
        self
    }

    /// Which database this is.
    pub fn backend(&self) -> DatabaseBackend {
        self.tenant_read.get_database_backend()
    }

    pub(super) fn tenant(&self, write: bool) -> &DatabaseConnection {
        if write { &self.tenant_write } else { &self.tenant_read }
    }

    pub(super) fn platform(&self, write: bool) -> &DatabaseConnection {
        if write { &self.platform_write } else { &self.platform_read }
    }

    /// The pool that runs single autocommitted statements of the platform (the webhook door).
    pub(crate) fn door(&self) -> &DatabaseConnection {
        &self.door
    }

    /// Lets SQLite count what its indexes hold, where that has changed much: without it, it walks through an office's
    /// whole history to find one conversation's request. PostgreSQL does this by itself.
    pub async fn learn(&self) -> Outcome<()> {
        if self.backend() == DatabaseBackend::Sqlite {
            for pragma in LEARN {
                self.platform_write.execute_unprepared(pragma).await?;
            }
        }
        Ok(())
    }

    /// Closes the pools; SQLite then folds its log into the file.
    pub async fn close(self) -> Outcome<()> {
        self.tenant_read.close().await?;
        self.tenant_write.close().await?;
        self.door.close().await?;
        self.platform_read.close().await?;
        Ok(self.platform_write.close().await?)
    }
}

/// Opens one SQLite pool with the pragmas that durability and integrity rest on.
pub async fn connect_sqlite(path: &Path, connections: u32, read_only: bool) -> Outcome<DatabaseConnection> {
    let file = path.to_path_buf();
    let mut options = ConnectOptions::new("sqlite://ignored-by-the-mapping-below");
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE)
        .sqlx_logging(false)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |_| sqlite_options(&file, read_only))
        .map_sqlx_sqlite_pool_opts(|pool| {
            pool.after_connect(|connection, _| Box::pin(async move { assert_pragmas(connection).await }))
        });
    Ok(Database::connect(options).await?)
}

fn sqlite_options(path: &Path, read_only: bool) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(ACQUIRE)
        .foreign_keys(true)
        .statement_cache_capacity(256)
        .pragma("trusted_schema", "OFF")
        .pragma("journal_size_limit", "67108864");
    if read_only { options.pragma("query_only", "ON") } else { options }
}

/// Refuses a connection that does not have the pragmas.
async fn assert_pragmas(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *connection).await?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await?;
    let foreign_keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&mut *connection).await?;
    if mode == "wal" && synchronous == 2 && foreign_keys == 1 {
        Ok(())
    } else {
        Err(sqlx::Error::Protocol(format!(
            "SQLite opened with journal_mode={mode} synchronous={synchronous} foreign_keys={foreign_keys}"
        )))
    }
}

async fn check_sqlite_version(connection: &DatabaseConnection) -> Outcome<()> {
    let row = connection
        .query_one_raw(Statement::from_string(DatabaseBackend::Sqlite, "SELECT sqlite_version()"))
        .await?
        .ok_or(Fault::Inconsistent("SQLite does not tell its version"))?;
    let text: String = row.try_get_by_index(0)?;
    let mut parts = text.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let version = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if version >= OLDEST_SQLITE { Ok(()) } else { Err(Fault::Inconsistent("SQLite is older than 3.51.3")) }
}

/// Opens one PostgreSQL pool.
pub async fn connect_postgres(url: &str, connections: u32) -> Outcome<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(0)
        .acquire_timeout(ACQUIRE)
        .sqlx_logging(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(30));
    Ok(Database::connect(options).await?)
}

async fn check_postgres_version(connection: &DatabaseConnection) -> Outcome<()> {
    let row = connection
        .query_one_raw(Statement::from_string(
            DatabaseBackend::Postgres,
            "SELECT current_setting('server_version_num')::int",
        ))
        .await?
        .ok_or(Fault::Inconsistent("PostgreSQL does not tell its version"))?;
    let version: i32 = row.try_get_by_index(0)?;
    if u32::try_from(version).unwrap_or(0) >= OLDEST_POSTGRES {
        Ok(())
    } else {
        Err(Fault::Inconsistent("PostgreSQL is older than 15"))
    }
}
