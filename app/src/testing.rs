//! A house for tests: a migrated SQLite file of its own, a clock that stands still and counted ids.
//!
//! The migrations run once per process; every test gets a copy of the result in a folder that goes when
//! the [`TestHouse`] is dropped.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use chrono::{TimeZone, Utc};
use loket_core::{
    clock::{CountedIds, Instant, StillClock},
    id::OfficeId,
    kinds::OfficeKind,
    zone::OfficeZone,
};
use loket_migration::{Migrator, MigratorTrait};

use crate::{
    domain::tenancy::{AreaWords, NewOffice, Province, add_province, create_office},
    infra::{
        bus::Bus,
        database::{Databases, Location, connect_sqlite},
        house::House,
        seal::Keyring,
    },
};

/// Where the test clock starts: Monday 23 November 2026, 09.00 WIB.
pub(crate) fn monday_morning() -> Instant {
    Utc.with_ymd_and_hms(2026, 11, 23, 2, 0, 0).unwrap()
}

/// A folder that goes when it is dropped.
pub(crate) struct TestFolder(PathBuf);

impl TestFolder {
    /// A new empty folder in the machine's temporary folder.
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("loket-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        // A process that was killed leaves its folder, and its number may be ours now.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A house on a fresh database, and the clock that moves it.
pub(crate) struct TestHouse {
    pub(crate) house: House,
    pub(crate) clock: Arc<StillClock>,
    pub(crate) folder: TestFolder,
}

impl TestHouse {
    /// Opens one; its clock stands at [`monday_morning`].
    pub(crate) async fn open() -> Self {
        let folder = TestFolder::new();
        let file = folder.path().join("loket.db");
        std::fs::write(&file, migrated()).unwrap();
        let clock = Arc::new(StillClock::at(monday_morning()));
        let ids = Arc::new(CountedIds::default());
        let house = House {
            databases: Databases::open(&Location::Sqlite(file), 1).await.unwrap(),
            keyring: Arc::new(Keyring::new(&[7; 32]).unwrap()),
            clock: clock.clone(),
            bus: Bus::new(clock.clone(), &*ids),
            ids,
            memory: Arc::default(),
        };
        Self { house, clock, folder }
    }

    /// What its clock shows.
    pub(crate) fn clock_now(&self) -> Instant {
        self.house.clock.now()
    }

    /// Opens one whose directory holds the provinces 36 and 53.
    pub(crate) async fn with_provinces() -> Self {
        let test = Self::open().await;
        for (code, name, zone) in
            [("36", "Banten", OfficeZone::Wib), ("53", "Nusa Tenggara Timur", OfficeZone::Wita)]
        {
            let province = Province { code: code.to_owned(), name: name.to_owned(), zone };
            add_province(&test.house, province).await.unwrap();
        }
        test
    }

    /// Opens one with an office `kab-satu` in Banten.
    pub(crate) async fn with_office() -> (Self, OfficeId) {
        let test = Self::with_provinces().await;
        let office = create_office(&test.house, new_office("kab-satu", "SAT")).await.unwrap();
        (test, office)
    }
}

/// A Dinas in Banten.
pub(crate) fn new_office(slug: &str, receipt_code: &str) -> NewOffice {
    NewOffice {
        slug: slug.to_owned(),
        name: format!("Disdukcapil {slug}"),
        kind: OfficeKind::Dinas,
        receipt_code: receipt_code.to_owned(),
        province_code: "36".to_owned(),
        region_code: region_of(slug),
        zone: OfficeZone::Wib,
        words: AreaWords::default(),
        hours: "Senin sampai Jumat 08.00-16.00 WIB".to_owned(),
        letterhead: String::new(),
        demo: true,
    }
}

/// An area for each office: there is one Dinas only in each.
fn region_of(slug: &str) -> String {
    match slug {
        "kab-satu" => "3603".to_owned(),
        slug => {
            format!("36{:02}", slug.bytes().fold(0_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 80) + 10)
        }
    }
}

/// The bytes of a migrated database without a row.
fn migrated() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        // A runtime of its own, in a thread of its own: a test's runtime ends with the test.
        std::thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let folder = TestFolder::new();
                let file = folder.path().join("template.db");
                let connection = connect_sqlite(&file, 1, false).await.unwrap();
                Migrator::up(&connection, None).await.unwrap();
                connection.close().await.unwrap();
                std::fs::read(&file).unwrap()
            })
        })
        .join()
        .unwrap()
    })
}

#[tokio::test]
async fn a_test_house_has_every_table_and_no_row() {
    use loket_entity::office;
    use sea_orm::PaginatorTrait;

    let test = TestHouse::open().await;
    let tx = crate::infra::PlatformTx::read(&test.house).await.unwrap();
    assert_eq!(tx.find::<office::Entity>().count(tx.on()).await.unwrap(), 0);
    assert!(test.folder.path().exists());
}
