//! `tests/deep screens DIR`: pictures of pages at both widths, light and dark, for people to look at.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};
use loket_tests::describe::Demo;
use loket_tests::tour::{Crowd, Page};

/// Takes pictures of the pages of a running demo.
#[derive(Parser)]
struct Arguments {
    /// Where the pictures go.
    folder: PathBuf,
    /// The list of pages.
    #[arg(long, default_value = "tests/screens.json")]
    list: PathBuf,
    /// The demo's description in a file; otherwise the binary is asked.
    #[arg(long)]
    describe: Option<PathBuf>,
    /// The binary to ask.
    #[arg(long, default_value = "target/release/loket")]
    binary: PathBuf,
    /// The office whose accounts sign in; the first one otherwise.
    #[arg(long)]
    office: Option<String>,
    /// Only pages whose names hold this word.
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
    let pages = Page::list(&arguments.list, arguments.only.as_deref())?;
    std::fs::create_dir_all(&arguments.folder)?;

    let mut crowd = Crowd::of(demo, arguments.office.clone());
    let mut wrong = 0;
    for page in &pages {
        let (person, url) = crowd.at(page).await?;
        wrong += pictures(person, page, &url, &arguments.folder).await?;
    }
    crowd.leave().await?;
    println!("{} pages, {} pictures, {wrong} with something wrong", pages.len(), pages.len() * 4);
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Four pictures of one page; gives the number of those that show something wrong.
async fn pictures(person: &Person, page: &Page, url: &str, folder: &Path) -> Result<usize, Trouble> {
    let mut wrong = 0;
    for (screen, width) in [(Screen::Desk, 1440), (Screen::Phone, 360)] {
        person.looks_at(screen).await?;
        for (dark, light) in [(false, "light"), (true, "dark")] {
            person.in_dark(dark).await?;
            page.open(person, url).await?;
            let file = folder.join(format!("{}-{width}-{light}.png", page.name));
            person.screenshot(&file).await?;
            let mut complaints = person.complaints().await?;
            if person.must_scroll_sideways().await? {
                complaints.push(format!("wider than {width} px"));
            }
            wrong += usize::from(!complaints.is_empty());
            println!("{} {}", file.display(), complaints.join("; "));
        }
    }
    Ok(wrong)
}
