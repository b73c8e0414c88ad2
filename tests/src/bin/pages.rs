//! `tests/deep pages`: how long pages take in an office with years behind it, and with much that is open.
//!
//! The release binary serves an office that is filled past the application: past requests with the line of history that
//! ended them, a day's work, open requests, conversations. The server's own rollup counts the facts. The head's page is
//! measured at each size with the same open set and the same day; then the open set grows and the queue is measured.
//! Times are those of a client on the same machine, with what HTTP and compression cost.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Parser, ValueEnum};
use loket_tests::{
    Trouble,
    app::On,
    deployment::Deployment,
    pages::{
        figures::Figures,
        fill::Base,
        ground::Ground,
        load::Visitor,
        rows::Rows,
        stage::{Stage, TODAY},
        statements::Statements,
    },
};

const QUEUE: &str = "/kantor/kab-tangerang/antrean?tab=giliran";
const HANDLED: &str = "/kantor/kab-tangerang/antrean?tab=semua";
const OVERVIEW: &str = "/kantor/kab-tangerang/ringkasan";
const PRESSING: &str = "/kantor/kab-tangerang/antrean?tab=tenggat";
const TALKS: &str = "/kantor/kab-tangerang/percakapan?saring=belum";
const ALL_TALKS: &str = "/kantor/kab-tangerang/percakapan?saring=semua";
const PROVINCE: &str = "/provinsi/36";

/// What a page may take (goal of the issue "Five offices alive").
const OVERVIEW_P50: Duration = Duration::from_millis(20);
const QUEUE_P50: Duration = Duration::from_millis(10);
const LOADED_P99: Duration = Duration::from_millis(50);
const GROWTH: f64 = 1.3;
const QUEUE_STATEMENTS: u64 = 14;
/// Pages a second at the fixed rate.
const RATE: u32 = 50;

/// Measures pages of an office with years behind it.
#[derive(Parser)]
struct Arguments {
    /// Where the server keeps its rows.
    #[arg(long, value_enum)]
    engine: Kind,
    /// Sizes of the past, in requests, growing.
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 1_000_000, 10_000_000])]
    past: Vec<u64>,
    /// Open requests while the past grows.
    #[arg(long, default_value_t = 1_000)]
    few: u64,
    /// Open requests in the end.
    #[arg(long, default_value_t = 100_000)]
    open: u64,
    /// Conversations.
    #[arg(long, default_value_t = 20_000)]
    talks: u64,
    /// Looks at a page, one after the other.
    #[arg(long, default_value_t = 400)]
    looks: usize,
    /// Length of the load at a fixed rate.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Tells the statements of each page that took longest.
    #[arg(long)]
    slowest: bool,
    /// The binary that is measured.
    #[arg(long, default_value = "target/release/loket")]
    binary: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Sqlite,
    Postgres,
}

/// Everybody whose pages are measured.
struct People {
    head: Visitor,
    supervisor: Visitor,
    operator: Visitor,
    province: Visitor,
}

impl People {
    async fn of(deployment: &Deployment) -> Result<Self, Trouble> {
        let base = deployment.launch.base_url();
        Ok(Self {
            head: Visitor::of(base, "kepala@kab-tangerang.loket.test").await?,
            supervisor: Visitor::of(base, "kabid@kab-tangerang.loket.test").await?,
            operator: Visitor::of(base, "operator.ktp@kab-tangerang.loket.test").await?,
            province: Visitor::of(base, "provinsi.banten@loket.test").await?,
        })
    }
}

/// What is measured, and with what.
struct Measuring {
    arguments: Arguments,
    deployment: Deployment,
    statements: Option<Statements>,
    figures: Figures,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let arguments = Arguments::parse();
    let on = if arguments.engine == Kind::Sqlite { On::Sqlite } else { On::Postgres };
    let deployment = Deployment::on(on, &arguments.binary).await?;
    let house = deployment.look().await?;
    let rows = Rows::of(Ground::of(&house).await?)?;
    house.databases.close().await?;
    let base = Base::of(&deployment).await?;
    let stage = Stage::begin(base, rows, (arguments.few, arguments.talks)).await?;
    println!(
        "{:?}: {TODAY} requests today, {} open, {} conversations with ten messages each",
        arguments.engine, arguments.few, arguments.talks
    );
    let statements = Statements::of(&deployment).await?;
    let mut measuring = Measuring { arguments, deployment, statements, figures: Figures::default() };
    measuring.run(stage).await?;
    println!("{} bounds were missed", measuring.figures.missed());
    Ok(if measuring.figures.missed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Measuring {
    async fn run(&mut self, mut stage: Stage) -> Result<(), Trouble> {
        let few = self.grow(&mut stage).await?;
        stage.opens(self.arguments.open.saturating_sub(self.arguments.few)).await?;
        stage.neighbours(40).await?;
        let server = self.deployment.launch.start().await?;
        let (due, took) = stage.looked().await?;
        println!("the watcher looked at {due} of {} open requests in {took:.1?}", self.arguments.open);
        println!("measuring: {} open", self.arguments.open);
        let people = People::of(&self.deployment).await?;
        let many = self.queue(&people).await?;
        if let Some(few) = few {
            let Arguments { open, few: before, .. } = self.arguments;
            let what = format!("the queue's p99 with {open} open over that with {before}");
            self.figures.ratio(&what, (many, few), GROWTH);
        }
        self.open_loop(&people).await?;
        self.others(&people).await?;
        server.kill().await
    }

    /// Measures at each size of the past; gives the queue's p99 at the first.
    async fn grow(&mut self, stage: &mut Stage) -> Result<Option<Duration>, Trouble> {
        let mut first: Option<(u64, Duration, Duration)> = None;
        for past in self.arguments.past.clone() {
            stage.grows_to(past).await?;
            let server = stage.counted(&self.deployment).await?;
            println!("measuring: {past} past requests, {} open", self.arguments.few);
            let people = People::of(&self.deployment).await?;
            let (median, queue) = (self.overview(&people).await?, self.queue(&people).await?);
            match first {
                None => first = Some((past, median, queue)),
                Some((least, before, _)) => {
                    let what = format!("the head's page at {past} over the same at {least}");
                    self.figures.ratio(&what, (median, before), GROWTH);
                }
            }
            server.kill().await?;
        }
        Ok(first.map(|(_, _, queue)| queue))
    }

    fn looks(&self) -> (usize, usize) {
        (60, self.arguments.looks)
    }

    /// The head's page; gives its median.
    async fn overview(&mut self, people: &People) -> Result<Duration, Trouble> {
        let times = people.head.one_by_one(OVERVIEW, self.looks()).await?;
        let (median, _) = self.figures.times("head's page, seven days", &times);
        self.figures.within("head's page, p50 one by one", median, OVERVIEW_P50);
        for (what, query) in
            [("thirty days", "?kurun=30"), ("a kecamatan, thirty days", "?kurun=30&kecamatan=360303")]
        {
            let times =
                people.head.one_by_one(&format!("{OVERVIEW}{query}"), (10, self.arguments.looks / 4)).await?;
            self.figures.times(&format!("head's page, {what}"), &times);
        }
        self.told("head's page", &people.head, OVERVIEW).await?;
        Ok(median)
    }

    /// The queue's page, for who sees all of it and for who sees a part; gives the p99 of who sees all.
    async fn queue(&mut self, people: &People) -> Result<Duration, Trouble> {
        let times = people.supervisor.one_by_one(QUEUE, self.looks()).await?;
        let (median, slowest) = self.figures.times("queue, whole office", &times);
        self.figures.within("queue, p50 one by one", median, QUEUE_P50);
        for (what, who, path) in [
            ("queue, one operator's services", &people.operator, QUEUE),
            ("queue, everything in hand", &people.supervisor, HANDLED),
            ("queue, what presses", &people.supervisor, PRESSING),
        ] {
            let times = who.one_by_one(path, self.looks()).await?;
            let (median, _) = self.figures.times(what, &times);
            self.figures.within(&format!("{what}, p50"), median, QUEUE_P50);
        }
        self.told("queue, one operator's services", &people.operator, QUEUE).await?;
        if let Some(count) = self.told("queue", &people.supervisor, QUEUE).await? {
            self.figures.count("statements of the queue's page", count, QUEUE_STATEMENTS);
        }
        Ok(slowest)
    }

    /// How many statements a page runs, where the database tells.
    async fn told(&mut self, what: &str, who: &Visitor, path: &str) -> Result<Option<u64>, Trouble> {
        let Some(statements) = &mut self.statements else { return Ok(None) };
        let ran = statements.of_page(who, path).await?;
        println!("  {what}: {} statements, and {} that begin and end transactions", ran.queries, ran.control);
        if self.arguments.slowest {
            for (took, words) in &ran.slowest {
                println!("    {took:.2} ms in the database: {words}");
            }
        }
        Ok(Some(ran.queries + ran.control))
    }

    async fn open_loop(&mut self, people: &People) -> Result<(), Trouble> {
        let length = Duration::from_secs(self.arguments.seconds);
        for (what, who, path) in [
            ("queue", &people.supervisor, QUEUE),
            ("conversations", &people.supervisor, TALKS),
            ("head's page", &people.head, OVERVIEW),
        ] {
            let times = who.at_rate(path, RATE, length).await?;
            let (_, slowest) = self.figures.times(&format!("{what}, {RATE} pages a second"), &times);
            if path == QUEUE {
                self.figures.within("queue at that rate, p99", slowest, LOADED_P99);
            }
        }
        Ok(())
    }

    async fn others(&mut self, people: &People) -> Result<(), Trouble> {
        for (what, who, path) in [
            ("conversations that wait", &people.supervisor, TALKS),
            ("all conversations", &people.supervisor, ALL_TALKS),
            ("head's page with much open", &people.head, OVERVIEW),
            ("province's page", &people.province, PROVINCE),
        ] {
            let times = who.one_by_one(path, (20, self.arguments.looks / 2)).await?;
            self.figures.times(what, &times);
            self.told(what, who, path).await?;
        }
        Ok(())
    }
}
