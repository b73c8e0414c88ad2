//! What people do with Loket, in a real browser against the real binary: a citizen's phone on one side, an officer's
//! screen on the other. Each journey has a demo of its own, whose offices have received nothing yet.

mod citizen;
mod desk;
mod documents;
mod first_start;
mod formats;
mod invitation;
mod keyboard;
mod live;
mod main_job;
mod outage;
mod questions;
mod roles;
mod services;
mod sessions;
mod simulator;

use std::path::PathBuf;

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};
use loket_tests::describe::{Account, Demo};
use loket_tests::phone::Phone;
use loket_tests::postgres::{Cluster, Database};
use loket_tests::server::{Engine, Launch, Scratch, Server};

/// A citizen of the simulator.
const SITI: &str = "628003603001";
/// The lost-KTP line as Tangerang publishes it, with Siti's numbers.
const KTP_LOST: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";

/// A demo that runs, with its offices empty.
struct Stage {
    demo: Demo,
    // In this order: the server ends before its rows and its folder go.
    _server: Server,
    _rows: Option<Database>,
    folder: Scratch,
}

impl Stage {
    async fn on_sqlite() -> Result<Self, Trouble> {
        Self::on(&Engine::Sqlite, None, None).await
    }

    /// A demo whose letters go to a mail server.
    async fn writing_to(server: std::net::SocketAddr) -> Result<Self, Trouble> {
        Self::on(&Engine::Sqlite, None, Some(server)).await
    }

    async fn on_postgres() -> Result<Self, Trouble> {
        let rows = Cluster::of_this_run().await?.fresh_database("journey", None).await?;
        Self::on(&Engine::Postgres(rows.urls.clone()), Some(rows), None).await
    }

    async fn on(
        engine: &Engine,
        rows: Option<Database>,
        mail: Option<std::net::SocketAddr>,
    ) -> Result<Self, Trouble> {
        let binary = std::env::var_os("LOKET_TEST_BINARY").map(PathBuf::from);
        let binary = binary.ok_or("no server: start this through tests/run, which builds it")?;
        let folder = Scratch::new("journey")?;
        let launch = Launch::demo(&binary, engine, folder.path())?.empty();
        let launch = match mail {
            Some(server) => launch.writing_to(server),
            None => launch,
        };
        // Before the start: two processes would otherwise set up the same offices.
        let demo = launch.describe().await?;
        let server = launch.start().await?;
        Ok(Self { demo, _server: server, _rows: rows, folder })
    }

    /// The account whose address begins with `mailbox` and ends with the office.
    fn account(&self, office: &str, mailbox: &str) -> Result<&Account, Trouble> {
        let email = format!("{mailbox}@{office}.loket.test");
        let accounts =
            self.demo.offices.iter().flat_map(|office| &office.accounts).chain(&self.demo.accounts);
        let mut found = accounts.filter(|account| account.email == email);
        found.next().ok_or_else(|| format!("nobody is {email}").into())
    }

    /// Somebody's phone, writing to the number of an office that serves `service`.
    fn phone(&self, wa_id: &str, office: &str, service: &str) -> Result<Phone, Trouble> {
        let numbers = &self.demo.office(Some(office))?.numbers;
        let number = numbers.iter().find(|number| number.services.iter().any(|one| one == service));
        let number = number.ok_or_else(|| format!("{office} has no number for {service}"))?;
        Phone::of(&self.demo.base_url, wa_id, &number.phone_number_id)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.demo.base_url)
    }

    /// An officer in front of a screen, signed in.
    async fn officer(&self, office: &str, mailbox: &str, screen: Screen) -> Result<Person, Trouble> {
        let person = Person::arrives(mailbox, screen).await?;
        self.sign_in(&person, self.account(office, mailbox)?).await?;
        Ok(person)
    }

    async fn sign_in(&self, person: &Person, account: &Account) -> Result<(), Trouble> {
        person.opens(&self.url("/masuk")).await?;
        person.fills("Surel", &account.email).await?;
        person.fills("Kata sandi", &account.password).await?;
        person.presses("Masuk").await?;
        person.no_longer_sees("Lupa kata sandi").await
    }
}

/// The page fits its screen and the browser has nothing to complain about.
async fn looks_well(person: &Person) -> Result<(), Trouble> {
    let address = person.address().await?;
    if person.must_scroll_sideways().await? {
        return Err(format!("{address} is wider than the screen").into());
    }
    match person.complaints().await?.first() {
        Some(complaint) => Err(format!("{address}: {complaint}").into()),
        None => Ok(()),
    }
}
