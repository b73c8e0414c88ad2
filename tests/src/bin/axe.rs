//! `tests/deep axe`: axe-core on every page of a running demo, as everybody who comes there, at both widths, light and
//! dark; and on everything that each role can reach by links.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};
use loket_tests::describe::Demo;
use loket_tests::tour::{Crowd, Page, sign_in};
use loket_tests::walk::Walk;
use serde::Deserialize;

/// Looks for what keeps people out.
#[derive(Parser)]
struct Arguments {
    /// `axe.min.js` of the npm package axe-core.
    #[arg(long)]
    axe: PathBuf,
    /// The list of pages.
    #[arg(long, default_value = "tests/screens.json")]
    list: PathBuf,
    /// The demo's description in a file; otherwise the binary is asked.
    #[arg(long)]
    describe: Option<PathBuf>,
    /// The binary to ask.
    #[arg(long, default_value = "target/release/loket")]
    binary: PathBuf,
    /// Only pages whose names hold this word, and no navigation.
    #[arg(long)]
    only: Option<String>,
}

/// One thing that axe found.
#[derive(Debug, Deserialize)]
struct Finding {
    id: String,
    impact: Option<String>,
    help: String,
    nodes: Vec<String>,
}

/// What was found, each with the pages it was found on.
#[derive(Default)]
struct Findings {
    looks: usize,
    found: BTreeMap<String, Vec<String>>,
}

/// Best practices too: what is not a rule of WCAG but still costs somebody time.
const RUN: &str = "axe.run(document, { resultTypes: ['violations'] }).then((result) => JSON.stringify(\
    result.violations.map((v) => ({ id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.map((n) => n.target.join(' ') \
    + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? '')) }))))";

impl Findings {
    async fn look(&mut self, (person, axe): (&Person, &str), page: &str) -> Result<(), Trouble> {
        person.evaluates(axe).await?;
        let answer = person.evaluates(RUN).await?;
        let findings: Vec<Finding> = serde_json::from_str(answer.as_str().unwrap_or("[]"))?;
        self.looks += 1;
        for finding in findings {
            let impact = finding.impact.unwrap_or_default();
            for node in finding.nodes {
                let what = format!("{} ({impact}): {}\n    {node}", finding.id, finding.help);
                self.found.entry(what).or_default().push(page.to_owned());
            }
        }
        Ok(())
    }
}

const SCREENS: [(Screen, bool, &str); 4] = [
    (Screen::Desk, false, "1440 light"),
    (Screen::Desk, true, "1440 dark"),
    (Screen::Phone, false, "360 light"),
    (Screen::Phone, true, "360 dark"),
];

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let arguments = Arguments::parse();
    let axe = std::fs::read_to_string(&arguments.axe)
        .map_err(|error| format!("{}: {error}", arguments.axe.display()))?;
    let demo = match &arguments.describe {
        Some(file) => Demo::from_file(file)?,
        None => Demo::of(&arguments.binary, &[]).await?,
    };
    let mut findings = Findings::default();
    let mut crowd = Crowd::of(demo.clone(), None);
    for page in Page::list(&arguments.list, arguments.only.as_deref())? {
        let (person, url) = crowd.at(&page).await?;
        for (screen, dark, name) in SCREENS {
            person.looks_at(screen).await?;
            person.in_dark(dark).await?;
            page.open(person, &url).await?;
            findings.look((person, &axe), &format!("{} {name}", page.name)).await?;
        }
    }
    crowd.leave().await?;
    if arguments.only.is_none() {
        walks(&demo, &axe, &mut findings).await?;
    }
    for (what, pages) in &findings.found {
        println!("{what}\n    on {}", pages.join(", "));
    }
    println!("{} looks, {} findings", findings.looks, findings.found.len());
    Ok(if findings.found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Everything that one account of each role can reach by links, on the screen its people have.
async fn walks(demo: &Demo, axe: &str, findings: &mut Findings) -> Result<(), Trouble> {
    let accounts = demo.offices.iter().flat_map(|office| &office.accounts).chain(&demo.accounts);
    let mut roles = BTreeSet::new();
    for account in accounts.filter(|account| roles.insert(&account.role)) {
        for screen in [Screen::Desk, Screen::Phone] {
            let person = Person::arrives(&account.role, screen).await?;
            sign_in(&person, demo, account).await?;
            let mut walk = Walk::from_here(&person, &demo.base_url).await?;
            while let Some(stop) = walk.goes_on().await? {
                if stop.open {
                    findings
                        .look((&person, axe), &format!("{} of {} {screen:?}", stop.path, account.role))
                        .await?;
                }
            }
            person.leaves().await?;
        }
    }
    Ok(())
}
