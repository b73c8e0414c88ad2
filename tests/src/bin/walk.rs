//! `tests/deep walk`: everybody of a running demo follows every link from the page they begin on. Prints what leads
//! nowhere, says nothing, is wider than the screen or makes the browser complain.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};
use loket_tests::describe::{Account, Demo};
use loket_tests::tour::sign_in;
use loket_tests::walk::Walk;

/// Walks through a demo.
#[derive(Parser)]
struct Arguments {
    /// The demo's description in a file; otherwise the binary is asked.
    #[arg(long)]
    describe: Option<PathBuf>,
    /// The binary to ask.
    #[arg(long, default_value = "target/release/loket")]
    binary: PathBuf,
    /// Only accounts whose address holds this word.
    #[arg(long)]
    only: Option<String>,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let arguments = Arguments::parse();
    let demo = match &arguments.describe {
        Some(file) => Demo::from_file(file)?,
        None => Demo::of(&arguments.binary, &[]).await?,
    };
    let everybody = demo.offices.iter().flat_map(|office| &office.accounts).chain(&demo.accounts);
    let wanted = |account: &&Account| arguments.only.as_ref().is_none_or(|word| account.email.contains(word));
    let (mut stops, mut problems) = (0, 0);
    for account in everybody.filter(wanted) {
        for screen in [Screen::Desk, Screen::Phone] {
            let person = Person::arrives(&account.email, screen).await?;
            sign_in(&person, &demo, account).await?;
            let mut walk = Walk::from_here(&person, &demo.base_url).await?;
            let before = stops;
            while let Some(stop) = walk.goes_on().await? {
                stops += 1;
                if let Some(problem) = stop.problem {
                    problems += 1;
                    println!("{} {screen:?} {}: {problem}", account.email, stop.path);
                }
            }
            println!("{} {screen:?}: {} addresses of {} kinds", account.email, stops - before, walk.kinds());
            person.leaves().await?;
        }
    }
    println!("{stops} addresses, {problems} problems");
    Ok(if problems == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
