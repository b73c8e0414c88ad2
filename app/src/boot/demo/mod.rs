//! `loket demo`: everything on this machine, for somebody who has just arrived.

mod folder;
mod past;
mod welcome;

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::{NaiveDate, NaiveTime};
use loket_core::{
    clock::{Clock, Ids, SystemClock},
    zone::OfficeZone,
};
use tokio::sync::watch;

use self::{
    folder::{DESCRIPTION, LETTERS, forget, is_broken_off, key, make_private, write_private},
    past::Past,
};
use super::{
    assembly::{Access, Assembly, Parts},
    cli::{say, start_logging},
    ground::{self, Keys},
    http,
    serve::wait_for_signal,
    solitude,
};
use crate::{
    demo::{
        clock::StoryClock,
        front,
        ids::StoryIds,
        phones,
        setup::{self, Description},
        story::Storyteller,
        year::{LENGTH, Scale},
    },
    domain::{accounts::PasswordHasher, tenancy},
    fake_graph::FakeGraph,
    infra::{
        House, PlatformTx, bus,
        database::Location,
        files::FileStore,
        graph::{GraphClient, GraphSettings},
        mail::Mailer,
    },
    web::simulator::Simulator,
};

const SENDER: &str = "Loket peragaan <loket@loket.test>";

/// What `loket demo` is told.
#[derive(clap::Args)]
pub(super) struct DemoArgs {
    /// The port on this machine.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where it keeps everything.
    #[arg(long, default_value = "data/demo")]
    data: PathBuf,
    /// Begins anew: what the folder held of the demonstration is deleted.
    #[arg(long)]
    reset: bool,
    /// Prints accounts and numbers as JSON and ends.
    #[arg(long)]
    describe: bool,
    /// Leaves out the past: the offices are empty.
    #[arg(long)]
    empty: bool,
    /// How much of the past year there is; heard at the first start and with --reset.
    #[arg(long, value_enum, default_value_t)]
    scale: Scale,
    /// The day that the past year ends with, as 2026-11-21; today by the machine's clock when it is not said. Heard at
    /// the first start and with --reset. The clock itself stays the machine's, and so do the last days of the story.
    #[arg(long, value_name = "DATE")]
    today: Option<NaiveDate>,
}

/// No receipt is older.
const FIRST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2021, 6, 1);
/// How many days before the year begins the offices are set up.
const SET_UP_BEFORE: u64 = 35;

impl DemoArgs {
    /// The day the year ends with.
    fn today(&self) -> Result<NaiveDate, String> {
        let now = OfficeZone::Wib.date(SystemClock.now());
        match self.today {
            Some(day) if day > now => Err("--today lies in the future".to_owned()),
            Some(day) if FIRST_DAY.is_some_and(|first| day < first) => {
                Err("--today lies too far back; the earliest is 2021-06-01".to_owned())
            }
            said => Ok(said.unwrap_or(now)),
        }
    }
}

/// Runs the demonstration until told to stop.
pub(super) async fn run(args: DemoArgs) -> Result<(), String> {
    start_logging(false);
    make_private(&args.data)?;
    // Describing only reads, also while a demonstration runs.
    let solitude = match location(&args.data).0 {
        Location::Sqlite(file) if !args.describe => Some(solitude::alone(&file)?),
        _ => None,
    };
    let stage = Stage::build(&args).await?;
    if args.describe {
        let json = serde_json::to_string_pretty(&stage.description).map_err(|error| error.to_string())?;
        say(&json);
        return Ok(());
    }
    if let Some(solitude) = &solitude {
        solitude.take_over(&stage.house).await.map_err(|fault| fault.to_string())?;
    }
    stage.show(&args).await
}

/// The demonstration before the curtain rises.
struct Stage {
    house: House,
    clock: Arc<StoryClock>,
    keys: Keys,
    hasher: PasswordHasher,
    location: Location,
    folder: PathBuf,
    description: Description,
}

impl Stage {
    async fn build(args: &DemoArgs) -> Result<Self, String> {
        let folder = args.data.clone();
        if args.reset {
            forget(&folder)?;
        } else if !args.describe && is_broken_off(&folder) {
            say("Kisah peragaan terputus di tengah jalan; dimulai lagi dari awal.");
            forget(&folder)?;
        }
        let keys =
            Keys { master: key(&folder.join("master.key"))?, cookie: key(&folder.join("cookie.key"))? };
        let (location, owner) = location(&folder);
        ground::migrate(&location, owner.as_deref()).await?;
        let clock = Arc::new(StoryClock::default());
        let ids = Arc::new(StoryIds::default());
        let (told, counted): (Arc<dyn Clock>, Arc<dyn Ids>) = (clock.clone(), ids.clone());
        let house = ground::open_house(&location, 10, &keys, (told, counted)).await?;
        let hasher = PasswordHasher::owasp().map_err(|fault| fault.to_string())?;
        // The offices were set up before the year begins, or their formats would not be in force in it.
        let first = args.today()? - chrono::Days::new(LENGTH.unsigned_abs() + SET_UP_BEFORE);
        clock.tell(first.and_time(NaiveTime::MIN).and_utc());
        ids.count();
        let described = describe(&house, &hasher, &folder).await;
        ids.release();
        clock.release();
        let mut description = described?;
        description.base_url = format!("http://127.0.0.1:{}", args.port);
        Ok(Self { house, clock, keys, hasher, location, folder, description })
    }

    async fn show(self, args: &DemoArgs) -> Result<(), String> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
        let listener = TcpListener::bind(address)
            .map_err(|error| format!("{address} cannot be listened on: {error}"))?;
        let fake = self.fake()?;
        let meta = fake.start_quiet("127.0.0.1:0").await.map_err(|error| error.to_string())?;
        let simulator = self.simulator(&fake).await?;
        let files = FileStore::in_folder(&self.folder.join("files")).map_err(|fault| fault.to_string())?;
        let mailer = mailer(&self.folder)?;
        let graph =
            GraphClient::new(&GraphSettings::fake(&meta.base_url)).map_err(|error| error.to_string())?;
        let parts = Parts {
            house: self.house.clone(),
            graph,
            files: files.clone(),
            hasher: self.hasher.clone(),
            mailer: Some(mailer),
            access: access(args.port, &self.description),
        };
        let assembly = Assembly::new(parts, &self.keys).map_err(|fault| fault.to_string())?;
        let running = http::listen(Arc::clone(&assembly.site), Some(simulator), listener)
            .map_err(|error| error.to_string())?;
        if !args.empty {
            let teller = Storyteller {
                house: &self.house,
                clock: &self.clock,
                fake: &fake,
                assembly: &assembly,
                files: &files,
            };
            let past = Past { teller, description: &self.description, folder: &self.folder };
            past.tell((args.today()?, args.scale)).await?;
        }
        let (stop, stopped) = watch::channel(false);
        let mut workers = assembly.start_workers(&stopped);
        let speaking = fake.clone();
        workers.spawn(async move { speaking.deliver_forever().await });
        if let Location::Postgres { platform, .. } = &self.location {
            let (bus, pool) = (self.house.bus.clone(), self.house.databases.door().clone());
            workers.spawn(bus::carry(bus, platform.clone(), pool));
        }
        assembly.site.opening.open();
        say(&welcome::welcome(&self.description, &self.folder.join(LETTERS)));
        wait_for_signal().await;
        assembly.site.live.close();
        running.handle.stop(true).await;
        // Nobody is waited for who has gone.
        let _ = stop.send(true);
        tokio::time::sleep(Duration::from_millis(50)).await;
        workers.shutdown().await;
        Ok(())
    }

    fn fake(&self) -> Result<FakeGraph, String> {
        let fake = FakeGraph::new(self.house.clock.clone(), self.house.ids.clone())
            .map_err(|error| error.to_string())?;
        self.description.fake_numbers().for_each(|number| fake.register(number));
        Ok(fake)
    }

    async fn simulator(&self, fake: &FakeGraph) -> Result<Simulator, String> {
        let tx = PlatformTx::read(&self.house).await.map_err(|fault| fault.to_string())?;
        let offices = tenancy::all_offices(&tx).await.map_err(|fault| fault.to_string())?;
        drop(tx);
        let contacts = phones::contacts(&offices).map_err(|fault| fault.to_string())?;
        phones::simulator(&self.house, fake, contacts, &self.folder).map_err(|error| error.to_string())
    }
}

/// The names this machine is asked by: a page of another site that points its own name here gets nothing.
fn hosts(port: u16) -> Vec<String> {
    let names = [Ipv4Addr::LOCALHOST.to_string(), "localhost".to_owned()];
    let with_port = names.iter().map(|name| format!("{name}:{port}"));
    // Browsers leave the port of http out.
    let without = names.iter().filter(|_| port == 80).cloned();
    with_port.chain(without).collect()
}

/// Letters go into the folder, or to the server that the environment names.
fn mailer(folder: &Path) -> Result<Mailer, String> {
    let server = std::env::var("LOKET_MAIL__URL").ok().filter(|url| !url.is_empty());
    let mailer = match server {
        Some(url) => Mailer::smtp(&url, SENDER),
        None => Mailer::folder(folder.join(LETTERS), SENDER),
    };
    mailer.map_err(|fault| fault.to_string())
}

fn access(port: u16, description: &Description) -> Access {
    Access {
        demo: true,
        public_url: description.base_url.clone(),
        hosts: hosts(port),
        front: Some(front::front(description)),
        opens_later: true,
        ..Access::default()
    }
}

/// SQLite in the folder, or the PostgreSQL that the environment names.
fn location(folder: &Path) -> (Location, Option<String>) {
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (named("LOKET_DATABASE__APP_URL"), named("LOKET_DATABASE__PLATFORM_URL")) {
        (Some(app), Some(platform)) => {
            (Location::Postgres { app, platform }, named("LOKET_DATABASE__OWNER_URL"))
        }
        _ => (Location::Sqlite(folder.join("loket.sqlite3")), None),
    }
}

/// What was set up before, or a new set-up.
async fn describe(house: &House, hasher: &PasswordHasher, folder: &Path) -> Result<Description, String> {
    let file = folder.join(DESCRIPTION);
    if let Ok(json) = std::fs::read(&file) {
        return serde_json::from_slice(&json)
            .map_err(|_| format!("{} cannot be read; begin anew with --reset", file.display()));
    }
    let description = setup::set_up(house, hasher).await.map_err(|error| {
        format!("{error}\n       An earlier start was broken off; begin anew with --reset")
    })?;
    let json = serde_json::to_vec(&description).map_err(|error| error.to_string())?;
    write_private(&file, &json)?;
    Ok(description)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machines_own_names_are_answered() {
        assert_eq!(hosts(8080), ["127.0.0.1:8080", "localhost:8080"]);
        assert_eq!(hosts(80), ["127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost"]);
    }
}
