//! The house under test: a fresh database with the five offices in it, the real routes on a real socket, a
//! clock that stands still, and Meta played by the fake Graph API.
//!
//! Everything is arranged through use cases and the web. [`TestApp::ends`] runs what is still queued and fails on
//! leftovers, so that no test can overlook a side effect.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say so and stop")]

use std::{net::TcpListener, sync::Arc, time::Duration};

use chrono::{TimeDelta, TimeZone, Utc};
use loket::{
    boot::{self, Access, Assembly, Keys, Parts},
    demo::setup::{DescribedOffice, Description},
    domain::accounts::PasswordHasher,
    fake_graph::FakeGraph,
    infra::{
        House,
        database::Location,
        files::FileStore,
        graph::{GraphClient, GraphSettings},
        mail::{Letter, Mailer},
    },
    web::live::LiveLimits,
};
use loket_core::clock::{Clock, CountedIds, Ids, Instant, StillClock};
use tokio::{sync::watch, task::JoinSet};

use crate::{
    Trouble,
    people::{Officer, Phone},
    postgres::Database,
    prepared::Prepared,
    server::Scratch,
};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A SQLite file of its own.
    Sqlite,
    /// A database of its own on the run's cluster.
    Postgres,
}

/// How the house differs from an ordinary one; for the tests of the wall and of the seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Switches {
    /// The application's own tenant filter is taken down.
    pub without_filter: bool,
    /// Row-level security is taken down.
    pub without_policies: bool,
    /// Values are left in clear.
    pub left_open: bool,
}

/// The house under test.
pub struct TestApp {
    /// The ground.
    pub house: House,
    /// The clock; it moves when it is told to.
    pub clock: Arc<StillClock>,
    /// Meta.
    pub fake: FakeGraph,
    /// The workers and the site.
    pub assembly: Assembly,
    /// Where the site is: `http://127.0.0.1:…`.
    pub base_url: String,
    /// The offices, their numbers and accounts.
    pub offices: Description,
    /// The letters it writes: kept in memory unless a server was named.
    pub mailer: Mailer,
    /// Its folder: files, and the SQLite file.
    pub folder: Arc<Scratch>,
    /// Its database on PostgreSQL.
    pub database: Option<Arc<Database>>,
    http: reqwest::Client,
    place: Place,
    _site: boot::Running,
    // Tells open streams what changes; ends with this value.
    _telling: (JoinSet<()>, watch::Sender<bool>),
}

/// How long a call to Meta is waited for: longer than the fake's slow answers take.
const CALL_TIMEOUT: Duration = Duration::from_secs(6);

/// Streams are looked at so often that a test need not wait long.
const LIVE: LiveLimits =
    LiveLimits { heartbeat: Duration::from_millis(300), of_a_session: 4, of_the_server: 60 };

/// Where a house stands, from one start to the next.
#[derive(Clone)]
struct Place {
    folder: Arc<Scratch>,
    database: Option<Arc<Database>>,
    location: Location,
    switches: Switches,
    starts: u64,
    clock: Arc<StillClock>,
    fake: FakeGraph,
    meta: Arc<loket::fake_graph::Running>,
    mailer: Mailer,
}

/// Monday 23 November 2026, 09.00 WIB.
pub fn monday_morning() -> Instant {
    Utc.with_ymd_and_hms(2026, 11, 23, 2, 0, 0).single().unwrap_or_default()
}

impl TestApp {
    /// A house on a database of its own.
    pub async fn start(on: On) -> Result<Self, Trouble> {
        Self::with(on, Switches::default()).await
    }

    /// A house with switches.
    pub async fn with(on: On, switches: Switches) -> Result<Self, Trouble> {
        Self::furnished(on, switches, Mailer::memory()?).await
    }

    /// A house whose letters go to a mail server.
    pub async fn writing_to(on: On, server: std::net::SocketAddr) -> Result<Self, Trouble> {
        let mailer = Mailer::smtp(&format!("smtp://{server}"), "Loket <loket@loket.test>")?;
        Self::furnished(on, Switches::default(), mailer).await
    }

    async fn furnished(on: On, switches: Switches, mailer: Mailer) -> Result<Self, Trouble> {
        // Whoever was first in this process installed the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = Scratch::new("app")?;
        let prepared = Prepared::get(switches).await?;
        let (location, database) = prepared.copy(on, switches, folder.path()).await?;
        if let (true, Some(database)) = (switches.without_policies, &database) {
            database.without_policies().await?;
        }
        let clock = Arc::new(StillClock::at(monday_morning()));
        let fake = FakeGraph::new(clock.clone(), Arc::new(CountedIds::from(500_000)))?;
        let place = Place {
            folder: Arc::new(folder),
            database: database.map(Arc::new),
            location,
            switches,
            starts: 1,
            clock,
            meta: Arc::new(fake.start_quiet("127.0.0.1:0").await?),
            fake,
            mailer,
        };
        Self::at(place, prepared.description).await
    }

    /// Another process on the same database and folder, with a memory of its own; Meta and the clock are the same.
    pub async fn starts_again(&self) -> Result<Self, Trouble> {
        let place = Place { starts: self.place.starts + 1, ..self.place.clone() };
        Self::at(place, self.offices.clone()).await
    }

    /// Which database it runs on.
    pub fn on(&self) -> On {
        if self.database.is_some() { On::Postgres } else { On::Sqlite }
    }

    async fn at(place: Place, mut offices: Description) -> Result<Self, Trouble> {
        // Ids that no earlier start has given out.
        let ids = Arc::new(CountedIds::from(place.starts * 1_000_000));
        let house = house(&place.location, place.switches, (place.clock.clone(), ids)).await?;
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let patience =
            GraphSettings { call_timeout: CALL_TIMEOUT, ..GraphSettings::fake(&place.meta.base_url) };
        let parts = Parts {
            graph: GraphClient::new(&patience)?,
            files: FileStore::in_folder(&place.folder.path().join("files"))?,
            hasher: PasswordHasher::owasp()?,
            mailer: Some(place.mailer.clone()),
            access: Access { demo: true, public_url: base_url.clone(), live: LIVE, ..Access::default() },
            house: house.clone(),
        };
        let assembly = Assembly::new(parts, &keys())?;
        let site = boot::listen(Arc::clone(&assembly.site), None, listener)?;
        let (goes_on, stop) = watch::channel(false);
        let mut telling = JoinSet::new();
        telling.spawn(assembly.hub.clone().run(stop));
        offices.base_url.clone_from(&base_url);
        offices.fake_numbers().for_each(|number| place.fake.register(number));
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(Duration::from_secs(20))
            .build()?;
        Ok(Self {
            house,
            clock: Arc::clone(&place.clock),
            fake: place.fake.clone(),
            assembly,
            base_url,
            offices,
            mailer: place.mailer.clone(),
            folder: Arc::clone(&place.folder),
            database: place.database.clone(),
            http,
            place,
            _site: site,
            _telling: (telling, goes_on),
        })
    }

    /// An office by its name in a path.
    pub fn office(&self, slug: &str) -> &DescribedOffice {
        self.offices
            .offices
            .iter()
            .find(|office| office.slug == slug)
            .unwrap_or_else(|| panic!("no office {slug}"))
    }

    /// An HTTP client that follows no redirect.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Somebody signs in: `operator.ktp@kab-tangerang`, or above the offices `provinsi.banten` and `platform`.
    pub async fn officer(&self, who: &str) -> Officer {
        let host = if who.contains('@') { ".loket.test" } else { "@loket.test" };
        Officer::signs_in(&self.http, &self.base_url, &format!("{who}{host}")).await
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Officer {
        Officer::stranger(&self.http, &self.base_url)
    }

    /// A citizen's phone.
    pub fn phone(&self, wa_id: &str, name: &str) -> Phone<'_> {
        Phone::new(self, wa_id, name)
    }

    /// The newest letter that was written to an address.
    pub fn letter_to(&self, email: &str) -> Letter {
        let mut letters = self.mailer.kept().into_iter().filter(|letter| letter.to == email);
        letters.next().unwrap_or_else(|| panic!("no letter to {email}"))
    }

    /// The path of the link in the newest letter to an address.
    pub fn link_to(&self, email: &str) -> String {
        path_in(&self.letter_to(email).text)
    }

    /// Runs everything that is due, and what follows from it, until nothing is.
    pub async fn settles(&self) {
        for _ in 0..200 {
            let read = self.assembly.ingest.run_due().await.expect("the inbox is read");
            let ran = self.assembly.engine.run_due().await.expect("the queue is run");
            if read + ran + self.fake.deliver_due().await == 0 {
                return;
            }
        }
        panic!("the house does not come to rest");
    }

    /// Lets time pass.
    pub fn waits(&self, minutes: i64) {
        self.clock.advance(TimeDelta::minutes(minutes));
    }

    /// The end of a test: everything queued has run, and nothing waits for a person that the test did not expect.
    pub async fn ends(self) {
        self.settles().await;
        let backlog = loket::queue::backlog(&self.house).await.expect("the queue can be looked at");
        assert_eq!(backlog.parked, 0, "a job failed for good and the test did not say so");
    }
}

/// The path of the first link on a line of its own.
pub fn path_in(text: &str) -> String {
    let link = text.lines().find(|line| line.starts_with("http") && line.matches('/').count() > 3);
    let link = link.unwrap_or_else(|| panic!("no link in {text}")).trim();
    link.splitn(4, '/').nth(3).map(|path| format!("/{path}")).expect("a path")
}

/// The keys of every house of the suite.
pub(crate) fn keys() -> Keys {
    Keys { master: zeroize_key(7), cookie: zeroize_key(9) }
}

fn zeroize_key(byte: u8) -> zeroize::Zeroizing<[u8; 32]> {
    let mut key = [byte; 32];
    key[0] = byte.wrapping_add(1);
    zeroize::Zeroizing::new(key)
}

pub(crate) async fn house(
    location: &Location,
    switches: Switches,
    (clock, ids): (Arc<dyn Clock>, Arc<dyn Ids>),
) -> Result<House, Trouble> {
    let mut house = boot::open_house(location, 4, &keys(), (clock, ids)).await?;
    if switches.without_filter {
        house.databases = house.databases.without_filter();
    }
    if switches.left_open {
        house.keyring = Arc::new(loket::infra::seal::Keyring::left_open(&keys().master)?);
    }
    Ok(house)
}

/// Runs each named test on both databases: `async fn name(app: &TestApp)`.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let app = $crate::app::TestApp::start($crate::app::On::Sqlite).await.expect("a house on SQLite");
                    super::$name(&app).await;
                    app.ends().await;
                }
            )+
        }
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let app =
                        $crate::app::TestApp::start($crate::app::On::Postgres).await.expect("a house on PostgreSQL");
                    super::$name(&app).await;
                    app.ends().await;
                }
            )+
        }
    };
}
