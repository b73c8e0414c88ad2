//! `loket demo`: everything on this machine, for somebody who has just arrived.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use loket_core::clock::{Clock, Ids, SystemClock};
use tokio::sync::watch;
use zeroize::Zeroizing;

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
        front, letter, phones,
        setup::{self, Description},
        story::Storyteller,
    },
    domain::{accounts::PasswordHasher, tenancy},
    fake_graph::FakeGraph,
    infra::{
        House, PlatformTx, bus,
        database::Location,
        files::FileStore,
        graph::{GraphClient, GraphSettings},
        ids::{self, RandomIds},
        mail::Mailer,
    },
    web::{routes::SimulatorLetters, simulator::Simulator},
};

const DESCRIPTION: &str = "peragaan.json";
const SET_UP_BEFORE: chrono::TimeDelta = chrono::TimeDelta::days(60);
const STORY_BEGUN: &str = "cerita-mulai";
/// Where the demonstration's letters lie, one file each.
const LETTERS: &str = "surat";
const SENDER: &str = "Loket peragaan <loket@loket.test>";
const STORY_TOLD: &str = "cerita-selesai";
/// Cases of the story between two lines of progress.
const PROGRESS_EVERY: usize = 20;

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
    /// Leaves out the story of the past days: the offices are empty.
    #[arg(long)]
    empty: bool,
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
        let ids: Arc<dyn Ids> = Arc::new(RandomIds);
        let told: Arc<dyn Clock> = clock.clone();
        let house = ground::open_house(&location, 10, &keys, (told, ids)).await?;
        let hasher = PasswordHasher::owasp().map_err(|fault| fault.to_string())?;
        // The offices were set up before the story begins, or their formats would not be in force in it.
        clock.tell(SystemClock.now() - SET_UP_BEFORE);
        let described = describe(&house, &hasher, &folder).await;
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
        if !args.empty && !self.folder.join(STORY_TOLD).exists() {
            let teller = Storyteller {
                house: &self.house,
                clock: &self.clock,
                fake: &fake,
                assembly: &assembly,
                files: &files,
            };
            self.tell(&teller).await?;
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
        say(&welcome(&self.description, &self.folder.join(LETTERS)));
        wait_for_signal().await;
        assembly.site.live.close();
        running.handle.stop(true).await;
        // Nobody is waited for who has gone.
        let _ = stop.send(true);
        tokio::time::sleep(Duration::from_millis(50)).await;
        workers.shutdown().await;
        Ok(())
    }

    /// Tells the story of the past days and remembers that it was told.
    async fn tell(&self, teller: &Storyteller<'_>) -> Result<(), String> {
        say("Menyiapkan kisah beberapa hari terakhir ...");
        std::fs::write(self.folder.join(STORY_BEGUN), "").map_err(|error| error.to_string())?;
        let told = |done: usize, all: usize| {
            if done.is_multiple_of(PROGRESS_EVERY) || done == all {
                say(&format!("  {done} dari {all} permohonan"));
            }
        };
        let count = teller.play(&self.description, SystemClock.now(), &told).await?;
        letter::name_acting(&self.house, &self.description).await?;
        std::fs::write(self.folder.join(STORY_TOLD), count.to_string()).map_err(|error| error.to_string())
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

/// Whether an earlier start ended in the middle of the story. Half of it cannot be gone on with, and nobody was let
/// in before it was told, so nothing of anybody is lost when it is told anew.
fn is_broken_off(folder: &Path) -> bool {
    folder.join(STORY_BEGUN).exists() && !folder.join(STORY_TOLD).exists()
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

/// A key file of the demonstration; made at the first start.
fn key(file: &Path) -> Result<Zeroizing<[u8; 32]>, String> {
    if !file.exists() {
        let mut key = Zeroizing::new([0_u8; 32]);
        ids::fill(&mut *key);
        write_private(file, hex::encode(*key).as_bytes())?;
    }
    crate::config::read_key(file).map_err(|error| error.to_string())
}

fn write_private(file: &Path, bytes: &[u8]) -> Result<(), String> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(file)
        .and_then(|mut open| std::io::Write::write_all(&mut open, bytes))
        .map_err(|error| format!("{} cannot be written: {error}", file.display()))
}

fn make_private(folder: &Path) -> Result<(), String> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))
}

/// Deletes what the demonstration made, by name: never a folder that holds something else.
fn forget(folder: &Path) -> Result<(), String> {
    let ours = [
        DESCRIPTION,
        STORY_BEGUN,
        STORY_TOLD,
        "master.key",
        "cookie.key",
        "ponsel.log",
        "loket.sqlite3",
        "loket.sqlite3-wal",
        "loket.sqlite3-shm",
    ];
    for name in ours {
        match std::fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(format!("{name} cannot be deleted: {error}"));
            }
            _ => {}
        }
    }
    for name in ["files", LETTERS] {
        match std::fs::remove_dir_all(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(format!("{name} cannot be deleted: {error}"));
            }
            _ => {}
        }
    }
    Ok(())
}

fn welcome(description: &Description, letters: &Path) -> String {
    let base = &description.base_url;
    let mut text = format!(
        "\nLoket peragaan: {base}\n\n  DATA PERAGAAN. Hanya mesin ini yang dapat membukanya; Meta diperankan oleh peniru.\n\n"
    );
    text.push_str("  Coba:\n");
    text.push_str(&format!("  1. {base}/simulator  kirim #KTP#...#HILANG# sebagai warga, lalu foto KK\n"));
    text.push_str(&format!(
        "  2. {base}/masuk  sebagai operator.ktp@kab-tangerang.loket.test, tekan Ambil berikutnya\n"
    ));
    text.push_str(&format!(
        "  3. {base}{}  surat undangan dan kata sandi; berkasnya di {}\n",
        SimulatorLetters::PATTERN,
        letters.display()
    ));
    text.push_str(&format!("\n  Kata sandi semua akun: {}\n\n", setup::PASSWORD));
    for office in &description.offices {
        text.push_str(&format!("  {} ({})\n", office.name, office.slug));
        for account in &office.accounts {
            text.push_str(&format!("    {:<48} {}\n", account.email, account.role.label()));
        }
    }
    for account in &description.accounts {
        text.push_str(&format!("  {:<50} {}\n", account.email, account.role.label()));
    }
    text.push_str("\n  Ctrl+C menghentikan; --reset mengulang dari awal.");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_story_is_told_anew_and_a_whole_one_is_not() {
        let folder = crate::testing::TestFolder::new();
        let write = |name: &str| std::fs::write(folder.path().join(name), "").is_ok();
        assert!(!is_broken_off(folder.path()));
        assert!(write(STORY_BEGUN) && is_broken_off(folder.path()));
        assert!(write(STORY_TOLD) && !is_broken_off(folder.path()));
        assert!(forget(folder.path()).is_ok());
        assert!(!folder.path().join(STORY_TOLD).exists() && !is_broken_off(folder.path()));
    }

    #[test]
    fn only_this_machines_own_names_are_answered() {
        assert_eq!(hosts(8080), ["127.0.0.1:8080", "localhost:8080"]);
        assert_eq!(hosts(80), ["127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost"]);
    }
}
