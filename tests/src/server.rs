//! The real binary as a process: started, asked whether it is ready, killed in the middle of its work.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};

use crate::Trouble;
use crate::describe::Demo;
use crate::postgres::Urls;

/// How long a start may take, migrations included: with empty offices, and with the story of the past days.
const START: Duration = Duration::from_secs(60);
const STORY: Duration = Duration::from_secs(600);

/// Where a demo keeps its rows.
#[derive(Debug, Clone)]
pub enum Engine {
    /// SQLite in the demo's data folder.
    Sqlite,
    /// A database of the throw-away cluster.
    Postgres(Urls),
}

/// How the server is started, each time the same way.
#[derive(Debug, Clone)]
pub struct Launch {
    binary: PathBuf,
    arguments: Vec<String>,
    environment: Vec<(&'static str, String)>,
    base_url: String,
    log: PathBuf,
}

/// The running server; killed with this value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// From the start of the process to its first "ready".
    pub start: Duration,
}

impl Launch {
    /// A demo on a free port of loopback with its data in `folder`: the story of the last days, no year before it.
    pub fn demo(binary: &Path, engine: &Engine, folder: &Path) -> Result<Self, Trouble> {
        let port = free_port()?;
        let data = folder.join("data");
        let environment = match engine {
            Engine::Sqlite => Vec::new(),
            Engine::Postgres(urls) => vec![
                ("LOKET_DATABASE__OWNER_URL", urls.owner.clone()),
                ("LOKET_DATABASE__APP_URL", urls.app.clone()),
                ("LOKET_DATABASE__PLATFORM_URL", urls.platform.clone()),
            ],
        };
        let data = data.to_str().ok_or("a folder that is no text")?;
        Ok(Self {
            binary: binary.to_owned(),
            arguments: ["demo", "--scale", "none", "--port", &port.to_string(), "--data", data]
                .map(str::to_owned)
                .into(),
            environment,
            base_url: format!("http://127.0.0.1:{port}"),
            log: folder.join("server.log"),
        })
    }

    /// `loket serve` at `address`, with its configuration in the environment.
    pub fn serve(
        binary: &Path,
        address: &str,
        environment: Vec<(&'static str, String)>,
        log: PathBuf,
    ) -> Self {
        let (arguments, base_url) = (vec!["serve".into()], format!("http://{address}"));
        Self { binary: binary.to_owned(), arguments, environment, base_url, log }
    }

    /// A demo as people start it, with its year.
    pub fn with_year(mut self) -> Self {
        for scale in self.arguments.iter_mut().filter(|argument| *argument == "none") {
            "small".clone_into(scale);
        }
        self
    }

    /// Starts with the offices set up and nothing received yet.
    pub fn empty(mut self) -> Self {
        self.arguments.push("--empty".into());
        self
    }

    /// Sends its letters to a mail server.
    pub fn writing_to(mut self, server: std::net::SocketAddr) -> Self {
        self.environment.push(("LOKET_MAIL__URL", format!("smtp://{server}")));
        self
    }

    /// What the server tells scripts, asked of the binary as it will be or was started.
    pub async fn describe(&self) -> Result<Demo, Trouble> {
        let asked = self.command().arg("--describe").output().await?;
        Demo::of_output(&asked)
    }

    /// Where the server answers.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The end of the server's log, which goes with its folder.
    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let mut lines: Vec<&str> = log.lines().rev().take(5).collect();
        lines.reverse();
        lines.join("\n")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .args(&self.arguments)
            .envs(self.environment.iter().map(|(name, value)| (*name, value.as_str())));
        command
    }

    /// Starts the server and waits until it says that it is ready.
    pub async fn start(&self) -> Result<Server, Trouble> {
        self.until("/readyz").await
    }

    /// Starts the server and waits only until it answers, ready or not.
    pub async fn starts_to_answer(&self) -> Result<Server, Trouble> {
        self.until("/healthz").await
    }

    async fn until(&self, path: &str) -> Result<Server, Trouble> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&self.log)?;
        let has = |word: &str| self.arguments.iter().any(|argument| argument == word);
        let patience = if has("demo") && !has("--empty") { STORY } else { START };
        let begun = Instant::now();
        let child = self
            .command()
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{}: {error}", self.binary.display()))?;
        let mut server = Server { child, start: Duration::ZERO };
        let http = client()?;
        let ready = format!("{}{path}", self.base_url);
        loop {
            if let Ok(answer) = http.get(&ready).send().await
                && answer.status().is_success()
            {
                server.start = begun.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("the server ended with {status}: {}", self.last_words()).into());
            }
            if begun.elapsed() > patience {
                return Err(format!("not ready after {patience:?}: {}", self.last_words()).into());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Server {
    /// SIGKILL: nothing is flushed, nobody is told.
    pub async fn kill(mut self) -> Result<(), Trouble> {
        Ok(self.child.kill().await?)
    }

    /// Resident memory in KiB, as the kernel counts it.
    pub fn resident_kib(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok())
    }
}

/// A port of loopback that is free now; whoever asked binds it a moment later.
pub fn free_port() -> Result<u16, Trouble> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// An HTTP client for servers on this machine: no proxy of the environment comes between. It lets go of a connection before
/// the server does, which closes what was silent for five seconds.
pub fn client() -> Result<reqwest::Client, Trouble> {
    Ok(reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(10))
        .pool_idle_timeout(Duration::from_secs(2))
        .build()?)
}

/// A folder of this process under the system's temporary folder, removed with this value.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes the folder; `name` is only there to be recognised.
    pub fn new(name: &str) -> Result<Self, Trouble> {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("loket-{name}-{}-{count}", std::process::id()));
        // A process that was killed leaves its folder, and its number may be ours now.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder)?;
        Ok(Self(folder))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is the next reboot's business.
        drop(std::fs::remove_dir_all(&self.0));
    }
}
