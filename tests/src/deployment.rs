//! A deployment as production has it: `loket serve` as a process of its own, on a database with the five offices in it.
//! Meta is played in this process, so that it outlives every kill and remembers what it accepted.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::TimeDelta;
use loket::{
    boot,
    demo::setup::{self, DescribedNumber, Description},
    domain::accounts::PasswordHasher,
    fake_graph::{FakeGraph, Running},
    infra::{House, database::Location, ids::RandomIds},
};
use loket_core::clock::{Clock, StillClock, SystemClock};

use crate::{
    Trouble,
    app::{On, keys},
    describe::Number,
    postgres::{Cluster, Database},
    server::{Launch, Scratch, free_port},
};

/// How long before now the offices were set up, so that their formats are in force.
const AGE: TimeDelta = TimeDelta::days(7);

/// Offices, Meta, and how the server is started.
pub struct Deployment {
    /// Starts the server, each time the same way.
    pub launch: Launch,
    /// The offices with their numbers and accounts.
    pub offices: Description,
    /// Meta.
    pub fake: FakeGraph,
    location: Location,
    binary: PathBuf,
    meta: Running,
    // Dropped last, after everything that stands on them.
    database: Option<Database>,
    folder: Scratch,
}

impl Deployment {
    /// Sets up a database of its own; `binary` will serve it.
    pub async fn on(on: On, binary: &Path) -> Result<Self, Trouble> {
        // Whoever was first in this process installed the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = Scratch::new("deployment")?;
        let database = match on {
            On::Sqlite => None,
            On::Postgres => Some(Cluster::of_this_run().await?.fresh_database("deployment", None).await?),
        };
        let location = match &database {
            None => Location::Sqlite(folder.path().join("loket.db")),
            Some(Database { urls, .. }) => {
                Location::Postgres { app: urls.app.clone(), platform: urls.platform.clone() }
            }
        };
        boot::migrate(&location, database.as_ref().map(|database| database.urls.owner.as_str())).await?;
        let clock = Arc::new(StillClock::at(SystemClock.now() - AGE));
        let house = boot::open_house(&location, 4, &keys(), (clock, Arc::new(RandomIds))).await?;
        let mut offices = setup::set_up(&house, &PasswordHasher::owasp()?).await?;
        house.databases.close().await?;
        let fake = FakeGraph::new(Arc::new(SystemClock), Arc::new(RandomIds))?;
        let meta = fake.start_quiet("127.0.0.1:0").await?;
        let launch = launch(binary, &location, (folder.path(), &meta.base_url))?;
        launch.base_url().clone_into(&mut offices.base_url);
        offices.fake_numbers().for_each(|number| fake.register(number));
        let binary = binary.to_owned();
        Ok(Self { launch, offices, fake, location, binary, meta, database, folder })
    }

    /// Another server on the same database and folder, at an address of its own.
    pub fn beside(&self) -> Result<Launch, Trouble> {
        launch(&self.binary, &self.location, (self.folder.path(), &self.meta.base_url))
    }

    /// Opens the same database beside the server, to look what lies there.
    pub async fn look(&self) -> Result<House, Trouble> {
        Ok(boot::open_house(&self.location, 2, &keys(), (Arc::new(SystemClock), Arc::new(RandomIds))).await?)
    }

    /// Its database on PostgreSQL.
    pub fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }

    /// Its file on SQLite.
    pub fn file(&self) -> Option<&Path> {
        match &self.location {
            Location::Sqlite(file) => Some(file),
            Location::Postgres { .. } => None,
        }
    }

    /// The first number where a service is asked for.
    pub fn number_for(&self, service: &str) -> Result<Number, Trouble> {
        let mut numbers = self.offices.offices.iter().flat_map(|office| &office.numbers);
        let takes =
            |number: &&DescribedNumber| number.services.iter().any(|code| code.eq_ignore_ascii_case(service));
        let number = numbers.find(takes).ok_or_else(|| format!("no number takes {service}"))?;
        Ok(Number {
            phone_number_id: number.phone_number_id.clone(),
            display: number.display.clone(),
            waba_id: number.waba_id.clone(),
            webhook_path: number.webhook_path.clone(),
            app_secret: number.app_secret.clone(),
            verify_token: number.verify_token.clone(),
            services: number.services.clone(),
        })
    }
}

fn launch(binary: &Path, location: &Location, (folder, meta): (&Path, &str)) -> Result<Launch, Trouble> {
    let keys = keys();
    let key_file = |name: &str, key: &[u8]| -> Result<String, Trouble> {
        let file = folder.join(name);
        std::fs::write(&file, hex::encode(key))?;
        #[cfg(unix)]
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        Ok(file.display().to_string())
    };
    let address = format!("127.0.0.1:{}", free_port()?);
    let mut environment = vec![
        ("LOKET_DATA_DIR", folder.display().to_string()),
        ("LOKET_HTTP__BIND", address.clone()),
        ("LOKET_HTTP__PUBLIC_URL", format!("http://{address}")),
        ("LOKET_SECRETS__MASTER_KEY_FILE", key_file("master.key", &*keys.master)?),
        ("LOKET_SECRETS__COOKIE_KEY_FILE", key_file("cookie.key", &*keys.cookie)?),
        ("LOKET_GRAPH__BASE_URL", meta.to_owned()),
    ];
    match location {
        Location::Sqlite(file) => {
            environment.push(("LOKET_DATABASE__URL", format!("sqlite:{}", file.display())))
        }
        Location::Postgres { app, platform } => environment.extend([
            ("LOKET_DATABASE__APP_URL", app.clone()),
            ("LOKET_DATABASE__PLATFORM_URL", platform.clone()),
        ]),
    }
    Ok(Launch::serve(binary, &address, environment, folder.join("server.log")))
}
