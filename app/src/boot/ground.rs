//! Opening the ground: keys, database, migrations.

use std::{path::Path, sync::Arc};

use loket_core::clock::{Clock, Ids};
use loket_migration::{Migrator, MigratorTrait};
use zeroize::Zeroizing;

use super::cli::{Deployment, say, start_logging};
use crate::{
    config::{Config, DatabaseSection, read_key},
    infra::{
        House,
        bus::Bus,
        database::{Databases, Location, connect_postgres, connect_sqlite},
        seal::Keyring,
    },
};

/// The two keys of a deployment.
pub struct Keys {
    /// Wraps the offices' keys.
    pub master: Zeroizing<[u8; 32]>,
    /// Signs cookies and links.
    pub cookie: Zeroizing<[u8; 32]>,
}

impl Keys {
    /// Reads the key files a configuration names.
    pub(super) fn read(config: &Config) -> Result<Self, String> {
        let read = |path: &Path| read_key(path).map_err(|error| error.to_string());
        Ok(Self {
            master: read(&config.secrets.master_key_file)?,
            cookie: read(&config.secrets.cookie_key_file)?,
        })
    }
}

/// Opens a house on a database that is up to this version.
pub async fn open_house(
    location: &Location,
    pool: u32,
    keys: &Keys,
    (clock, ids): (Arc<dyn Clock>, Arc<dyn Ids>),
) -> Result<House, String> {
    let databases =
        Databases::open(location, pool).await.map_err(|fault| format!("the database: {fault}"))?;
    let keyring = Keyring::new(&keys.master).map_err(|fault| fault.to_string())?;
    let bus = Bus::new(clock.clone(), &*ids);
    Ok(House { databases, keyring: Arc::new(keyring), clock, ids, bus, memory: Arc::default() })
}

/// Brings a database up to this version. On PostgreSQL `owner` is the address of the role that owns it.
pub async fn migrate(location: &Location, owner: Option<&str>) -> Result<usize, String> {
    let connection = match (location, owner) {
        (Location::Sqlite(path), _) => connect_sqlite(path, 1, false).await,
        (Location::Postgres { .. }, Some(owner)) => connect_postgres(owner, 1).await,
        (Location::Postgres { .. }, None) => {
            return Err("database.owner_url is missing: only it may migrate".into());
        }
    }
    .map_err(|fault| format!("the database: {fault}"))?;
    let pending =
        Migrator::get_pending_migrations(&connection).await.map_err(|error| error.to_string())?.len();
    Migrator::up(&connection, None).await.map_err(|error| format!("the migration: {error}"))?;
    connection.close().await.map_err(|error| error.to_string())?;
    Ok(pending)
}

/// Whether the server's own role sees a database that is up to this version.
pub(super) async fn pending(databases: &Databases) -> Result<usize, String> {
    let migrations = Migrator::get_pending_migrations_read_only(databases.door())
        .await
        .map_err(|error| format!("the list of migrations cannot be read: {error}"))?;
    Ok(migrations.len())
}

/// Where a configuration's database is, and who may migrate it.
pub(super) fn location(config: &Config) -> (Location, Option<String>, u32) {
    match &config.database {
        DatabaseSection::Sqlite(path) => (Location::Sqlite(path.clone()), None, 1),
        DatabaseSection::Postgres { app, platform, owner, pool } => {
            let location =
                Location::Postgres { app: app.expose().to_owned(), platform: platform.expose().to_owned() };
            (location, owner.as_ref().map(|owner| owner.expose().to_owned()), *pool)
        }
    }
}

/// `loket migrate`.
pub(super) async fn run_migrate(deployment: Deployment) -> Result<(), String> {
    start_logging(false);
    let config = load(&deployment)?;
    std::fs::create_dir_all(&config.data_dir).map_err(|error| format!("the data folder: {error}"))?;
    let (location, owner, _) = location(&config);
    let count = migrate(&location, owner.as_deref()).await?;
    say(&format!("{count} migrations run; the database is up to this version."));
    Ok(())
}

/// Loads a configuration, or says everything that is missing.
pub(super) fn load(deployment: &Deployment) -> Result<Config, String> {
    let file = deployment.config.exists().then_some(deployment.config.as_path());
    Config::load(file, deployment.data.as_deref()).map_err(|sentences| sentences.join("\n       "))
}
