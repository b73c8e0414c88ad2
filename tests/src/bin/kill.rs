//! `tests/deep kill`: SIGKILL at random moments while messages come in and replies go out.
//!
//! Clients post signed messages as Meta does, again and again until they get a 200, and note what they saw. The real
//! binary is killed and started anew, round after round; at the end what it holds is compared with what they saw. The
//! seed is printed, and the same seed kills at the same moments.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::{Parser, ValueEnum};
use loket_tests::Trouble;
use loket_tests::describe::{Demo, Number};
use loket_tests::history::{Message, Verdict};
use loket_tests::metrics::Times;
use loket_tests::postgres::Cluster;
use loket_tests::server::{Engine, Launch, Scratch, client};
use loket_tests::settle::{found, settled};
use loket_tests::webhook::{SIGNATURE, Text, signature};

/// Kills a server again and again under load.
#[derive(Parser)]
struct Arguments {
    /// Where the server keeps its rows.
    #[arg(long, value_enum)]
    engine: Kind,
    /// How often it is killed.
    #[arg(long, default_value_t = 50)]
    rounds: u32,
    /// How many clients post at the same time.
    #[arg(long, default_value_t = 8)]
    clients: u32,
    /// Rest of a client between two messages, so that the load stays one that can be worked off.
    #[arg(long, default_value_t = 40)]
    pause_ms: u64,
    /// Repeats the moments of an earlier run.
    #[arg(long)]
    seed: Option<u64>,
    /// The binary that is killed.
    #[arg(long, default_value = "target/release/loket")]
    binary: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Sqlite,
    Postgres,
}

/// What all clients share.
struct Load {
    url: String,
    number: Number,
    begun: u64,
    pause: Duration,
    count: AtomicU64,
    over: AtomicBool,
    history: Mutex<Vec<Message>>,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let arguments = Arguments::parse();
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let seed = arguments.seed.unwrap_or(u64::from(now.subsec_nanos()));
    println!(
        "{:?}: {} rounds, {} clients, seed {seed}",
        arguments.engine, arguments.rounds, arguments.clients
    );

    let folder = Scratch::new("kill")?;
    // Named before the engine, so that it is dropped after the server's last use.
    let database = match arguments.engine {
        Kind::Sqlite => None,
        Kind::Postgres => Some(Cluster::of_this_run().await?.fresh_database("kill", None).await?),
    };
    let engine = database.as_ref().map_or(Engine::Sqlite, |database| Engine::Postgres(database.urls.clone()));
    let launch = Launch::demo(&arguments.binary, &engine, folder.path())?;
    let demo = Demo::of(launch.binary(), &launch.arguments).await?;
    let number = number_for_ktp(&demo)?;
    let load = Arc::new(Load {
        url: format!("{}{}", launch.base_url(), number.webhook_path),
        number: number.clone(),
        begun: now.as_secs(),
        pause: Duration::from_millis(arguments.pause_ms),
        count: AtomicU64::new(0),
        over: AtomicBool::new(false),
        history: Mutex::default(),
    });

    // The first start makes the data; killing that is a test of its own.
    launch.start().await?.kill().await?;
    let clients: Vec<_> =
        (0..arguments.clients).map(|_| tokio::spawn(post_until_over(Arc::clone(&load)))).collect();
    let starts = kill_rounds(&launch, arguments.rounds, seed).await?;
    let server = launch.start().await?;
    load.over.store(true, Ordering::Relaxed);
    for client in clients {
        client.await??;
    }
    let http = client()?;
    let calm = settled(&http, launch.base_url(), Duration::from_secs(300)).await?;
    let history = load.history.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let verdict = Verdict::of(&history, &found(&http, launch.base_url(), &history).await?);
    server.kill().await?;

    println!(
        "kills {}, restart p50 {:?}, p99 {:?}",
        arguments.rounds,
        starts.percentile(50),
        starts.percentile(99)
    );
    println!("{verdict}");
    for (title, wamids) in
        [("lost", &verdict.lost), ("doubled", &verdict.doubled), ("unanswered", &verdict.unanswered)]
    {
        wamids.iter().take(5).for_each(|wamid| println!("  {title}: {wamid}"));
    }
    if !calm {
        println!("not everything was processed within five minutes");
    }
    Ok(if calm && verdict.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Starts and kills; gives how long the starts took.
async fn kill_rounds(launch: &Launch, rounds: u32, seed: u64) -> Result<Times, Trouble> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut starts = Vec::new();
    for _ in 0..rounds {
        let server = launch.start().await?;
        starts.push(server.start);
        tokio::time::sleep(Duration::from_millis(random.u64(300..1200))).await;
        server.kill().await?;
    }
    Ok(Times::new(starts))
}

/// One client: a new telephone and a new message each time, posted until it is acknowledged.
async fn post_until_over(load: Arc<Load>) -> Result<(), Trouble> {
    let http = client()?;
    while !load.over.load(Ordering::Relaxed) {
        let count = load.count.fetch_add(1, Ordering::Relaxed);
        let (wamid, from) = (format!("wamid.KILL{:x}-{count:06}", load.begun), format!("62811{count:08}"));
        let words = format!(
            "#KTP#36030141{:06}#36030112{count:08}#WARGA UJI#PETE#TIGARAKSA#HILANG#",
            900_000 + count
        );
        let text = Text { to: &load.number, from: &from, wamid: &wamid, sent_at: load.begun, body: &words };
        let body = text.bytes(0);
        let signature = signature(&load.number.app_secret, &body);
        let mut message = Message { wamid, from, acknowledged: false, posts: 0 };
        while !message.acknowledged {
            message.posts += 1;
            let post = http.post(&load.url).header(SIGNATURE, &signature).body(body.clone());
            match post.send().await.map(|answer| answer.status().as_u16()) {
                Ok(200) => message.acknowledged = true,
                Ok(status @ 400..500) => return Err(format!("the webhook was refused with {status}").into()),
                // Dead, dying or not able to store: Meta comes back.
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        load.history.lock().unwrap_or_else(PoisonError::into_inner).push(message);
        tokio::time::sleep(load.pause).await;
    }
    Ok(())
}

fn number_for_ktp(demo: &Demo) -> Result<&Number, Trouble> {
    let mut numbers = demo.offices.iter().flat_map(|office| &office.numbers);
    let found =
        numbers.find(|number| number.services.iter().any(|service| service.eq_ignore_ascii_case("ktp")));
    found.ok_or_else(|| "no number of the demo takes KTP requests".into())
}
