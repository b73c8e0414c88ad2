//! `tests/deep ingest`: how fast the webhook door acknowledges, beside what the database alone can do.
//!
//! Sixteen connections post signed bodies of 560 bytes, each a new message, to the release binary. Beside it pgbench
//! inserts single rows of the same size into the same cluster, with syncing on. The acknowledgement is one durable
//! insert plus HTTP and a signature, so it is judged by its share of the insert alone.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::Parser;
use loket_tests::Trouble;
use loket_tests::app::On;
use loket_tests::deployment::Deployment;
use loket_tests::describe::Number;
use loket_tests::metrics::Times;
use loket_tests::postgres::Cluster;
use loket_tests::server::Scratch;
use loket_tests::webhook::{Text, signature};
use loket_tests::wire::{Wire, post};
use sqlx::{Connection, Executor, PgConnection};

/// The least share of pgbench's inserts that the door must reach.
const SHARE: f64 = 0.25;
/// The most that p99 may exceed p50.
const SPREAD: u32 = 10;
/// More than a machine of today acknowledges.
const MOST_PER_SECOND: u64 = 20_000;
/// Stands in the body where each message's own number goes.
const SERIAL: &str = "000000000000";

/// Measures the webhook door.
#[derive(Parser)]
struct Arguments {
    /// Length of each measurement.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Connections at the same time.
    #[arg(long, default_value_t = 16)]
    connections: u32,
    /// Bytes of a body.
    #[arg(long, default_value_t = 560)]
    size: usize,
    /// The binary that is measured.
    #[arg(long, default_value = "target/release/loket")]
    binary: PathBuf,
}

/// What one measurement gave.
struct Figures {
    rate: f64,
    times: Times,
    failures: usize,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let arguments = Arguments::parse();
    let cluster = Cluster::of_this_run().await?;
    let inserts = pgbench(&cluster, &arguments).await?;
    println!("pgbench, single-row INSERT of {} bytes: {inserts:.0}/s", arguments.size);

    let postgres = measure(On::Postgres, &arguments).await?;
    report("PostgreSQL", &postgres);
    let share = postgres.rate / inserts;
    println!("  share of pgbench: {share:.2} (at least {SHARE})");
    let sqlite = measure(On::Sqlite, &arguments).await?;
    report("SQLite", &sqlite);

    let steady = [&postgres, &sqlite].iter().all(|figures| {
        figures.failures == 0 && figures.times.percentile(99) <= figures.times.percentile(50) * SPREAD
    });
    Ok(if steady && share >= SHARE { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(name: &str, figures: &Figures) {
    println!(
        "{name}: {:.0} acknowledgements/s, p50 {:?}, p99 {:?}, {} of {} not 200",
        figures.rate,
        figures.times.percentile(50),
        figures.times.percentile(99),
        figures.failures,
        figures.times.count() + figures.failures
    );
}

/// Serves on `on` and posts; the first second only warms it up.
async fn measure(on: On, arguments: &Arguments) -> Result<Figures, Trouble> {
    let deployment = Deployment::on(on, &arguments.binary).await?;
    let number = deployment.number_for("ktp")?;
    let host = deployment.launch.base_url().trim_start_matches("http://").to_owned();
    let posts = MOST_PER_SECOND * (arguments.seconds + 1) / u64::from(arguments.connections);
    let prepared: Result<Vec<_>, _> = (0..arguments.connections)
        .map(|client| Messages::of(client, &number, arguments.size)?.prepared(&host, posts))
        .collect();
    let server = deployment.launch.start().await?;
    let begin = Instant::now() + Duration::from_secs(1);
    let end = begin + Duration::from_secs(arguments.seconds);
    let clients: Vec<_> = prepared?
        .into_iter()
        .map(|requests| {
            let host = host.clone();
            tokio::spawn(async move { post_until((begin, end), &host, requests).await })
        })
        .collect();
    let (mut times, mut failures) = (Vec::new(), 0);
    for client in clients {
        let (some, failed) = client.await??;
        times.extend(some);
        failures += failed;
    }
    server.kill().await?;
    #[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
    let rate = times.len() as f64 / arguments.seconds as f64;
    Ok(Figures { rate, times: Times::new(times), failures })
}

/// Posts without a pause; gives how long each acknowledgement took after `begin`, and how many were none.
async fn post_until(
    (begin, end): (Instant, Instant),
    host: &str,
    requests: Vec<Vec<u8>>,
) -> Result<(Vec<Duration>, usize), Trouble> {
    let mut wire = Wire::to(host).await?;
    let (mut times, mut failures) = (Vec::new(), 0);
    for request in requests {
        let sent = Instant::now();
        if sent >= end {
            return Ok((times, failures));
        }
        let status = wire.send(&request).await?;
        if sent >= begin {
            if status == 200 { times.push(sent.elapsed()) } else { failures += 1 }
        }
    }
    Err("the server is faster than the messages that were prepared; measure for fewer seconds".into())
}

/// Makes requests cheaply: one body, in which only the digits of the message's id change.
struct Messages {
    body: Vec<u8>,
    serial_at: usize,
    path: String,
    secret: String,
}

impl Messages {
    fn of(client: u32, number: &Number, size: usize) -> Result<Self, Trouble> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        let wamid = format!("wamid.INGEST{:x}C{client:02}{SERIAL}", now.as_millis());
        let from = format!("62812{client:08}");
        let text =
            Text { to: number, from: &from, wamid: &wamid, sent_at: now.as_secs(), body: "Selamat pagi" };
        let body = text.bytes(size);
        let at = body.windows(SERIAL.len()).position(|window| window == SERIAL.as_bytes());
        let (path, secret) = (number.webhook_path.clone(), number.app_secret.clone());
        Ok(Self { serial_at: at.ok_or("the body holds no id")?, body, path, secret })
    }

    /// So many requests, signed beforehand: the measured seconds belong to the server.
    fn prepared(mut self, host: &str, posts: u64) -> Result<Vec<Vec<u8>>, Trouble> {
        let mut requests = Vec::with_capacity(usize::try_from(posts)?);
        for count in 0..posts {
            let serial = format!("{count:0width$}", width = SERIAL.len());
            self.body.splice(self.serial_at..self.serial_at + SERIAL.len(), serial.into_bytes());
            requests.push(post(host, &self.path, &signature(&self.secret, &self.body), &self.body));
        }
        Ok(requests)
    }
}

/// Single-row inserts per second of the same cluster, by the database's own tool.
async fn pgbench(cluster: &Cluster, arguments: &Arguments) -> Result<f64, Trouble> {
    let database = cluster.fresh_database("pgbench", None).await?;
    let mut owner = PgConnection::connect(&database.urls.owner).await?;
    let settings: (String, String) =
        sqlx::query_as("select current_setting('fsync'), current_setting('synchronous_commit')")
            .fetch_one(&mut owner)
            .await?;
    if settings != ("on".to_owned(), "on".to_owned()) {
        return Err("the cluster does not sync: start this through tests/deep ingest".into());
    }
    owner
        .execute("create table door (id bigserial primary key, body text not null, at timestamptz not null)")
        .await?;
    owner.close().await?;
    let folder = Scratch::new("pgbench")?;
    let script = folder.path().join("insert.sql");
    let body = "x".repeat(arguments.size);
    std::fs::write(&script, format!("insert into door (body, at) values ('{body}', now());\n"))?;
    let output = run_pgbench(&script, &database.urls.owner, arguments).await?;
    let rate = output.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    rate.ok_or_else(|| format!("pgbench said: {output}").into())
}

async fn run_pgbench(script: &Path, url: &str, arguments: &Arguments) -> Result<String, Trouble> {
    let folder = std::env::var("LOKET_TEST_PG_BIN").unwrap_or_default();
    let output = tokio::process::Command::new(Path::new(&folder).join("pgbench"))
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
        .arg(format!("--client={}", arguments.connections))
        .arg(format!("--time={}", arguments.seconds))
        .arg("--file")
        .arg(script)
        .arg(url)
        .output()
        .await?;
    if !output.status.success() {
        return Err(format!("pgbench: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
