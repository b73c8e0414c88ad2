//! `tests/deep screens DIR`: pictures of pages at both widths, light and dark, for people to look at.
//!
//! The list of pages is a JSON array of `{"name", "path", "as"?, "office"?, "cookie"?, "follow"?, "wait_for"?, "press"?}`:
//! `as` is the role of a demo account to sign in with, `cookie` a ready `name=value`, `follow` the beginnings of links
//! to go on by, `wait_for` a text that the page must show first, `press` what to open by its words before the picture.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};
use loket_tests::describe::{Account, Demo};
use serde::Deserialize;

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

/// One page to look at.
#[derive(Debug, Deserialize)]
struct Page {
    /// Names the picture.
    name: String,
    /// From the root; `{office}` stands for the office's slug.
    path: String,
    /// An office of its own; otherwise that of the command line.
    office: Option<String>,
    /// From `path` on by the first link that begins so, again and again.
    #[serde(default)]
    follow: Vec<String>,
    /// Words of buttons and tabs that are pressed before the picture, where the screen has them.
    #[serde(default)]
    press: Vec<String>,
    /// Role of the account to sign in with.
    #[serde(rename = "as")]
    role: Option<String>,
    /// A session that is there already.
    cookie: Option<String>,
    /// The page is ready when it shows this.
    wait_for: Option<String>,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let arguments = Arguments::parse();
    let demo = match &arguments.describe {
        Some(file) => Demo::from_file(file)?,
        None => Demo::of(&arguments.binary, &[]).await?,
    };
    let list =
        std::fs::read(&arguments.list).map_err(|error| format!("{}: {error}", arguments.list.display()))?;
    let mut pages: Vec<Page> = serde_json::from_slice(&list)?;
    if let Some(word) = &arguments.only {
        pages.retain(|page| page.name.contains(word));
    }
    std::fs::create_dir_all(&arguments.folder)?;

    // One browser for each account, so that each signs in once.
    let mut people = BTreeMap::<Option<String>, Person>::new();
    let mut wrong = 0;
    for page in &pages {
        let office = demo.office(page.office.as_deref().or(arguments.office.as_deref()))?;
        let who = page.role.as_ref().map(|role| format!("{role} of {}", office.slug));
        let who = page.cookie.clone().or(who);
        if !people.contains_key(&who) {
            let person = Person::arrives(who.as_deref().unwrap_or("a visitor"), Screen::Desk).await?;
            if let Some(role) = page.role.as_deref().filter(|_| page.cookie.is_none()) {
                let account = office.accounts.iter().chain(&demo.accounts).find(|one| one.role == role);
                sign_in(&person, &demo, account.ok_or_else(|| format!("no account is {role}"))?).await?;
            }
            people.insert(who.clone(), person);
        }
        if let Some(person) = people.get(&who) {
            wrong += pictures(person, page, (&demo.base_url, &office.slug), &arguments.folder).await?;
        }
    }
    for person in people.into_values() {
        person.leaves().await?;
    }
    println!("{} pages, {} pictures, {wrong} with something wrong", pages.len(), pages.len() * 4);
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn sign_in(person: &Person, demo: &Demo, account: &Account) -> Result<(), Trouble> {
    person.opens(&format!("{}/masuk", demo.base_url)).await?;
    person.fills("Surel", &account.email).await?;
    person.fills("Kata sandi", &account.password).await?;
    person.presses("Masuk").await?;
    person.no_longer_sees("Kata sandi").await
}

/// Four pictures of one page; gives the number of those that show something wrong.
async fn pictures(
    person: &Person,
    page: &Page,
    (base_url, office): (&str, &str),
    folder: &Path,
) -> Result<usize, Trouble> {
    let mut wrong = 0;
    let mut url = format!("{base_url}{}", page.path.replace("{office}", office));
    for beginning in &page.follow {
        let beginning = beginning.replace("{office}", office);
        person.opens(&url).await?;
        let on = person.links().await?.into_iter().find(|link| link.starts_with(&beginning));
        url = format!("{base_url}{}", on.ok_or_else(|| format!("{url} has no link to {beginning}"))?);
    }
    let url = url.as_str();
    for (screen, width) in [(Screen::Desk, 1440), (Screen::Phone, 360)] {
        person.looks_at(screen).await?;
        for (dark, light) in [(false, "light"), (true, "dark")] {
            person.in_dark(dark).await?;
            person.opens(url).await?;
            if let Some((name, value)) = page.cookie.as_deref().and_then(|cookie| cookie.split_once('=')) {
                person.carries(name, value).await?;
                person.opens(url).await?;
            }
            if let Some(text) = &page.wait_for {
                person.sees(text).await?;
            }
            for words in &page.press {
                // Tabs and some buttons are there on one of the screens only.
                drop(person.presses_or_ticks(words).await);
            }
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
