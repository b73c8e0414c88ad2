//! `tests/deep kill`: SIGKILL at random moments while messages come in and replies go out.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::{Parser, ValueEnum};
use loket_tests::Trouble;
use loket_tests::app::On;
use loket_tests::killing::{Plan, kills};

/// Kills a server again and again under load.
#[derive(Parser)]
struct Arguments {
    /// Where the server keeps its rows.
    #[arg(long, value_enum)]
    engine: Kind,
    /// How often it is killed.
    #[arg(long, default_value_t = 50)]
    rounds: u32,
    /// How many citizens write at the same time.
    #[arg(long, default_value_t = 8)]
    clients: u32,
    /// Rest of a citizen between two messages, so that the load stays one that can be worked off.
    #[arg(long, default_value_t = 80)]
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

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let arguments = Arguments::parse();
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let seed = arguments.seed.unwrap_or(u64::from(now.subsec_nanos()));
    println!(
        "{:?}: {} rounds, {} citizens at a time, seed {seed}",
        arguments.engine, arguments.rounds, arguments.clients
    );
    let plan = Plan {
        on: match arguments.engine {
            Kind::Sqlite => On::Sqlite,
            Kind::Postgres => On::Postgres,
        },
        binary: arguments.binary,
        rounds: arguments.rounds,
        clients: arguments.clients,
        pause: Duration::from_millis(arguments.pause_ms),
        seed,
    };
    let report = kills(&plan).await?;
    println!("{report}");
    let verdict = &report.verdict;
    let lists = [
        ("lost", &verdict.lost),
        ("doubled", &verdict.doubled),
        ("unanswered", &verdict.unanswered),
        ("not sent", &verdict.unsent),
        ("sent twice", &verdict.doubled_elsewhere),
    ];
    for (title, ids) in lists {
        ids.iter().take(5).for_each(|id| println!("  {title}: {id}"));
    }
    Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
