//! `tests/deep keyboard`: an officer handles lost KTPs with the keyboard alone, in a real browser. Prints keys, time and
//! how often the mouse was noticed.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use loket_tests::Trouble;
use loket_tests::browser::{Keyboard, Person, Screen};
use loket_tests::handling::{self, Case};
use loket_tests::metrics::Times;
use loket_tests::phone::Phone;
use loket_tests::server::{Engine, Launch, Scratch};
use loket_tests::tour::sign_in;

const OFFICE: &str = "kab-tangerang";

/// Handles requests by keyboard.
#[derive(Parser)]
struct Arguments {
    /// How many. Of each eight, six are handed over, one lacks a paper, one is refused.
    #[arg(long, default_value_t = 40)]
    requests: usize,
    /// The server.
    #[arg(long, default_value = "target/release/loket")]
    binary: PathBuf,
}

fn case(index: usize) -> Case {
    match index % 8 {
        3 => Case::WrongPaper,
        6 => Case::Refused,
        _ => Case::Whole,
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let Arguments { requests, binary } = Arguments::parse();
    let folder = Scratch::new("keyboard")?;
    let launch = Launch::demo(&binary, &Engine::Sqlite, folder.path())?.empty();
    let demo = launch.describe().await?;
    let _server = launch.start().await?;
    let office = demo.office(Some(OFFICE))?;
    let number = office.numbers.iter().find(|number| number.services.iter().any(|one| one == "KTP"));
    let number = number.ok_or("the office has no number for KTP")?;
    for index in 0..requests {
        let phone = Phone::of(&demo.base_url, &format!("6280036039{index:03}"), &number.phone_number_id)?;
        handling::arrives(&phone, index, case(index)).await?;
    }
    let account = office.accounts.iter().find(|account| account.email.starts_with("operator.ktp@"));
    let dewi = Person::arrives("Dewi", Screen::Desk).await?;
    sign_in(&dewi, &demo, account.ok_or("nobody serves KTP")?).await?;
    handling::waits_for_turns(&dewi, requests).await?;
    let keys = Keyboard::of(&dewi).await?;
    let (began, mut each) = (Instant::now(), Vec::with_capacity(requests));
    for index in 0..requests {
        let since = Instant::now();
        handling::handles(&dewi, &keys, case(index)).await?;
        each.push(since.elapsed());
    }
    let (took, each) = (began.elapsed(), Times::new(each));
    let mouse = keys.mouse_events().await?;
    println!("{requests} requests handled, mouse events {mouse}");
    println!("{} keys, {:.1} a request", keys.strokes(), keys.strokes() as f64 / requests.max(1) as f64);
    println!(
        "{took:.1?} in all; a request p50 {:.2?}, longest {:.2?}",
        each.percentile(50),
        each.percentile(100)
    );
    dewi.leaves().await?;
    Ok(if mouse == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
