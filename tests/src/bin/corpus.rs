//! `tests/corpus DIR`: posts every JSON file of a folder to a running demo as Meta would, and as others would.
//!
//! Twice signed with an office's secret: as the files are, and addressed to that office's number so that they are
//! really processed. Then with four kinds of signature that must be refused, and that leave no row: the server's own count of stored bodies is compared.
//! Prints what became of each file.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use loket_tests::Trouble;
use loket_tests::describe::{Demo, Number};
use loket_tests::metrics::sample;
use loket_tests::server::client;
use loket_tests::settle::settled;
use loket_tests::webhook::{SIGNATURE, addressed_to, signature};
use reqwest::Client;

/// Posts a folder of webhooks to a running demo.
#[derive(Parser)]
struct Arguments {
    /// Folder of .json files, each the body of one webhook.
    folder: PathBuf,
    /// The demo's description in a file; otherwise the binary is asked.
    #[arg(long)]
    describe: Option<PathBuf>,
    /// The binary to ask.
    #[arg(long, default_value = "target/release/loket")]
    binary: PathBuf,
    /// Port of the running demo.
    #[arg(long)]
    port: Option<u16>,
    /// Data folder of the running demo.
    #[arg(long)]
    data: Option<String>,
    /// The office whose secret signs; the first one otherwise.
    #[arg(long)]
    office: Option<String>,
    /// The phone_number_id that the second pass writes into each file; the office's first number otherwise.
    #[arg(long)]
    as_number: Option<String>,
}

/// One way of posting a file.
struct Pass {
    title: &'static str,
    /// What the server must answer.
    wanted: &'static [u16],
    body: fn(&[u8], &Number) -> Vec<u8>,
    signature: fn(&Post) -> Option<String>,
}

/// What a signature is made of.
struct Post<'a> {
    whole: &'a [u8],
    sent: &'a [u8],
    own: &'a Number,
    stranger: &'a Number,
}

const REFUSED: &[u16] = &[401, 403];

const PASSES: [Pass; 6] = [
    Pass {
        title: "signed, as it is",
        wanted: &[200],
        body: as_it_is,
        signature: |post| Some(signature(&post.own.app_secret, post.sent)),
    },
    Pass {
        title: "signed, addressed to the office",
        wanted: &[200],
        body: |body, own| addressed_to(body, &own.phone_number_id),
        signature: |post| Some(signature(&post.own.app_secret, post.sent)),
    },
    Pass { title: "unsigned", wanted: REFUSED, body: as_it_is, signature: |_| None },
    Pass {
        title: "wrongly signed",
        wanted: REFUSED,
        body: as_it_is,
        signature: |post| Some(signature("not the secret", post.sent)),
    },
    Pass {
        title: "truncated, under the signature of the whole",
        wanted: REFUSED,
        body: |body, _| body[..body.len() / 2].to_vec(),
        signature: |post| Some(signature(&post.own.app_secret, post.whole)),
    },
    Pass {
        title: "signed by another office",
        wanted: REFUSED,
        body: as_it_is,
        signature: |post| Some(signature(&post.stranger.app_secret, post.sent)),
    },
];

fn as_it_is(body: &[u8], _: &Number) -> Vec<u8> {
    body.to_vec()
}

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let arguments = Arguments::parse();
    let demo = demo(&arguments).await?;
    let mut number = demo.number(arguments.office.as_deref())?.clone();
    let stranger = demo.stranger_to(&number).ok_or("all offices share one secret")?.clone();
    if let Some(other) = &arguments.as_number {
        number.phone_number_id.clone_from(other);
    }
    let files = files(&arguments.folder)?;
    let http = client()?;
    let url = format!("{}{}", demo.base_url, number.webhook_path);
    println!("{} files to {url}", files.len());

    let mut wrong = 0;
    let (signed, refused) = PASSES.split_at(2);
    for pass in signed {
        wrong += post_all(pass, &http, &url, &files, (&number, &stranger)).await?;
    }
    if !settled(&http, &demo.base_url, Duration::from_secs(60)).await? {
        println!("\nnot everything is processed after a minute");
        wrong += 1;
    }
    figures(&http, &demo.base_url, "after the signed passes").await?;
    let before = quiet(&http, &demo.base_url).await?;
    for pass in refused {
        wrong += post_all(pass, &http, &url, &files, (&number, &stranger)).await?;
    }
    figures(&http, &demo.base_url, "after the refused ones").await?;
    let rows = quiet(&http, &demo.base_url).await?.saturating_sub(before);
    println!("\n{rows} rows from {} refused posts", files.len() * refused.len());
    wrong += usize::try_from(rows)?;
    println!("\n{} posts, {wrong} answered otherwise than they must be", files.len() * PASSES.len());
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn demo(arguments: &Arguments) -> Result<Demo, Trouble> {
    if let Some(file) = &arguments.describe {
        return Demo::from_file(file);
    }
    let mut same = Vec::new();
    if let Some(port) = arguments.port {
        same.extend(["--port".to_owned(), port.to_string()]);
    }
    if let Some(data) = &arguments.data {
        same.extend(["--data".to_owned(), data.clone()]);
    }
    Demo::of(&arguments.binary, &same).await
}

fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, std::fs::read(&path)?));
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(format!("{} holds no .json file", folder.display()).into());
    }
    Ok(files)
}

/// Posts every file in one way; gives the number of answers that must not be.
async fn post_all(
    pass: &Pass,
    http: &Client,
    url: &str,
    files: &[(String, Vec<u8>)],
    (own, stranger): (&Number, &Number),
) -> Result<usize, Trouble> {
    println!("\n{}:", pass.title);
    let (mut counts, mut wrong) = (BTreeMap::<u16, usize>::new(), 0);
    for (name, file) in files {
        let sent = (pass.body)(file, own);
        let mut request = http.post(url).header("content-type", "application/json");
        if let Some(signature) = (pass.signature)(&Post { whole: file, sent: &sent, own, stranger }) {
            request = request.header(SIGNATURE, signature);
        }
        let status = request.body(sent).send().await?.status().as_u16();
        *counts.entry(status).or_default() += 1;
        let fits = pass.wanted.contains(&status);
        wrong += usize::from(!fits);
        println!("  {status} {} {name}", if fits { "  " } else { "!!" });
    }
    let counts: Vec<String> = counts.iter().map(|(status, count)| format!("{count} x {status}")).collect();
    println!("  = {}", counts.join(", "));
    Ok(wrong)
}

/// How many bodies the server has stored, once it stores no more: the demo's Meta still tells what became of the
/// answers to the signed passes.
async fn quiet(http: &Client, base_url: &str) -> Result<u64, Trouble> {
    let mut last = None;
    for _ in 0..60 {
        let page = http.get(format!("{base_url}/metrics")).send().await?.text().await?;
        let stored = sample(&page, "loket_webhook_stored_total");
        let stored = stored.ok_or("/metrics does not tell how many webhook bodies were stored")?;
        if last == Some(stored) {
            return Ok(format!("{stored:.0}").parse()?);
        }
        last = Some(stored);
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    Err("the server does not stop storing webhook bodies".into())
}

/// What the server itself counts about webhooks: received, processed, kept, in quarantine.
async fn figures(http: &Client, base_url: &str, when: &str) -> Result<(), Trouble> {
    let page = http.get(format!("{base_url}/metrics")).send().await?.text().await?;
    println!("\n{when}, the server counts:");
    for line in page.lines().filter(|line| !line.starts_with('#') && line.contains("webhook")) {
        println!("  {line}");
    }
    Ok(())
}
