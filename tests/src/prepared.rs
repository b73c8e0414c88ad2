//! The database that every test starts from: the five offices, set up once for a build of the suite.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::TimeDelta;
use loket::{
    boot,
    demo::setup::{self, Description},
    domain::accounts::PasswordHasher,
    infra::database::Location,
};
use loket_core::clock::{CountedIds, StillClock};

use crate::{
    Trouble,
    app::{On, Switches, house, monday_morning},
    postgres::{Cluster, Database},
};

/// A SQLite file with the five offices in it, made once for a build of the suite, whatever number of processes ask.
pub(crate) struct Prepared {
    file: PathBuf,
    pub(crate) description: Description,
}

impl Prepared {
    pub(crate) async fn get(switches: Switches) -> Result<Self, Trouble> {
        let folder = std::env::temp_dir().join(format!("loket-suite-{}", build_stamp()?));
        std::fs::create_dir_all(&folder)?;
        let name = if switches.left_open { "open" } else { "sealed" };
        let (file, ready) = (folder.join(format!("{name}.sqlite3")), folder.join(format!("{name}.json")));
        let lock = folder.join(format!("{name}.lock"));
        for _ in 0..1200 {
            if let Ok(json) = std::fs::read(&ready) {
                return Ok(Self { file, description: serde_json::from_slice(&json)? });
            }
            if std::fs::create_dir(&lock).is_ok() {
                let made = prepare(&Location::Sqlite(file.clone()), None, switches).await;
                if let Ok(description) = &made {
                    let draft = folder.join(format!("{name}.draft"));
                    std::fs::write(&draft, serde_json::to_vec(description)?)?;
                    std::fs::rename(&draft, &ready)?;
                }
                std::fs::remove_dir(&lock)?;
                return made.map(|description| Self { file, description });
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(format!("the prepared database was not made; delete {} and run again", folder.display()).into())
    }

    /// A database of the test's own. The set-up is deterministic, so both kinds hold the same ids.
    pub(crate) async fn copy(
        &self,
        on: On,
        switches: Switches,
        folder: &Path,
    ) -> Result<(Location, Option<Database>), Trouble> {
        if on == On::Sqlite {
            let own = folder.join("loket.sqlite3");
            std::fs::copy(&self.file, &own)?;
            return Ok((Location::Sqlite(own), None));
        }
        let cluster = Cluster::of_this_run().await?;
        let template = if switches.left_open { "loket_suite_open" } else { "loket_suite" };
        cluster
            .template(template, async |urls| {
                let location = Location::Postgres { app: urls.app.clone(), platform: urls.platform.clone() };
                prepare(&location, Some(&urls.owner), switches).await.map(|_| ())
            })
            .await?;
        let database = cluster.fresh_database("app", Some(template)).await?;
        let location =
            Location::Postgres { app: database.urls.app.clone(), platform: database.urls.platform.clone() };
        Ok((location, Some(database)))
    }
}

async fn prepare(
    location: &Location,
    owner: Option<&str>,
    switches: Switches,
) -> Result<Description, Trouble> {
    boot::migrate(location, owner).await?;
    let clock = Arc::new(StillClock::at(monday_morning() - TimeDelta::days(7)));
    let switches = Switches { left_open: switches.left_open, ..Switches::default() };
    let house = house(location, switches, (clock, Arc::new(CountedIds::default()))).await?;
    let description = setup::set_up(&house, &PasswordHasher::owasp()?).await?;
    house.databases.close().await?;
    Ok(description)
}

/// Tells one build of the suite from the next.
fn build_stamp() -> Result<String, Trouble> {
    let own = std::env::current_exe()?;
    let built = std::fs::metadata(&own)?.modified()?.duration_since(std::time::UNIX_EPOCH)?;
    Ok(built.as_nanos().to_string())
}
