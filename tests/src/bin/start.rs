//! `tests/deep start`: how long the server takes to be ready with data in its database, and what it weighs at rest.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use loket_tests::Trouble;
use loket_tests::metrics::Times;
use loket_tests::server::{Engine, Launch, Scratch};

/// Measures starts of a demonstration whose year and story have been told.
#[derive(Parser)]
struct Arguments {
    /// How often it is started.
    #[arg(long, default_value_t = 10)]
    starts: usize,
    /// The binary that is measured.
    #[arg(long, default_value = "target/release/loket")]
    binary: PathBuf,
}

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let arguments = Arguments::parse();
    let folder = Scratch::new("start")?;
    let launch = Launch::demo(&arguments.binary, &Engine::Sqlite, folder.path())?.with_year();
    let first = launch.start().await?;
    println!("first start, offices, year and story included: {:.1?}", first.start);
    first.kill().await?;
    let (mut starts, mut resident) = (Vec::new(), 0);
    for _ in 0..arguments.starts {
        let server = launch.start().await?;
        starts.push(server.start);
        tokio::time::sleep(Duration::from_secs(3)).await;
        resident = server.resident_kib().unwrap_or_default();
        server.kill().await?;
    }
    let starts = Times::new(starts);
    println!(
        "start with data: p50 {:.0?}, longest {:.0?} of {}",
        starts.percentile(50),
        starts.percentile(100),
        starts.count()
    );
    println!("resident at rest: {} MiB", resident / 1024);
    println!("binary: {} kB", std::fs::metadata(&arguments.binary)?.len() / 1000);
    Ok(())
}
