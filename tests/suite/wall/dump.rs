//! What a thief of the database and the data folder would read: the dump is searched for what citizens wrote, and the
//! same house with its seals left open shows that the search finds it.

use std::{
    path::Path,
    process::Command,
    sync::{Arc, Mutex, Once},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use loket_core::text::Nik;
use loket_tests::{
    Trouble,
    app::{On, Switches, TestApp},
};

use super::{
    beneath::Beneath,
    offices::{self, A, B, Side},
};

/// A line as published, by somebody of her own.
const KTP: &str = "360300000000002";
const LINE: &str = "#KTP#3603036502909077#3603031203159077#MAWARJINGGA SUBUH#PETE#TIGARAKSA#HILANG#";
const FAULTY: &str = "#KTP#3603036502909078#36030312#MAWARJINGGA SUBUH#PETE#TIGARAKSA#HILANG#";
const PHONE: &str = "628115550177";
const TOKEN: &str = "EAAteratairunduk";
const SECRET: &str = "soka-merah-melati-jingga";

/// What must not be found: what it is, and the text.
type Needle = (&'static str, String);

fn needles() -> Vec<Needle> {
    let mut needles = Vec::new();
    for told in [A, B] {
        needles.push(("words of a message, a name of a file, the content of a file", told.word.to_owned()));
        for [phone, profile, name, nik, kk] in told.citizens {
            needles.push(("a telephone", phone[2..].to_owned()));
            needles.push(("a name", profile.to_owned()));
            needles.push(("a name", name.to_owned()));
            needles.push(("a NIK", nik.to_owned()));
            needles.push(("a KK", kk.to_owned()));
        }
    }
    let more = [
        ("a telephone", &PHONE[2..]),
        ("a name", "MAWARJINGGA"),
        ("a NIK", "3603036502909077"),
        ("a NIK", "3603036502909078"),
        ("a KK", "3603031203159077"),
        ("an officer's words", "kemuningsenja"),
        ("an access token", TOKEN),
        ("an app's secret", SECRET),
    ];
    needles.extend(more.map(|(what, text)| (what, text.to_owned())));
    needles
}

/// Everything that an office does with a citizen.
async fn plays(app: &TestApp) {
    let beneath = Beneath::of(app).await;
    for told in [A, B] {
        let side: Side = offices::settle(app, &beneath, &told).await;
        let officer = app.officer(&format!("kabid@{}", told.slug)).await;
        let request = format!("/kantor/{}/permohonan/{}", told.slug, side.own["request"]);
        officer.get(&request).await;
        for asked in ["nik", "name", "phone"] {
            officer.post(&format!("/kantor/{}/cari", told.slug), &[("q", &side.own[asked])]).await;
        }
        assert!(
            officer
                .post(&format!("{request}/lihat"), &[("purpose", "proses_siak")])
                .await
                .status
                .is_success()
        );
        let answered =
            officer.uploads(&format!("{request}/balas"), &[("text", "Baik, kemuningsenja")], NOTHING).await;
        assert_eq!(answered.status, 303, "{}", answered.body);
        let ready = format!("/kantor/{}/permohonan/{}/selesai", told.slug, side.spare["request"]);
        assert_eq!(officer.post(&ready, &[("note", "kemuningsenja")]).await.status, 303);
        app.settles().await;
        for path in [format!("/kantor/{}/berkas/{}/isi", told.slug, side.own["file"]), request] {
            assert!(officer.get(&path).await.status.is_success());
        }
    }
    let phone = app.phone(PHONE, "Mawarjingga");
    phone.sends(KTP, FAULTY).await;
    app.waits(5);
    phone.sends(KTP, LINE).await;
    assert!(phone.last().contains("TNG-2611-"), "{}", phone.last());
    phone.sends_photo(KTP).await;
    saves_secrets(app, &beneath).await;
    app.waits(1);
    loket::jobs::audit::schedule().take_turn(&app.house).await.unwrap();
    app.settles().await;
}

/// An administrator saves a number's token and the app's secret.
async fn saves_secrets(app: &TestApp, beneath: &Beneath) {
    let number = format!("select id from wa_number where tenant_id = @ and phone_number_id = '{KTP}'");
    let number = beneath.id(&number, app.office(A.slug).id).await;
    let admin = app.officer(&format!("admin@{}", A.slug)).await;
    let numbers = format!("/kantor/{}/pengaturan/nomor", A.slug);
    admin.get(&numbers).await;
    let fields = [
        ("label", "KTP-el"),
        ("display", "+62 812-0000-3602"),
        ("phone_number_id", KTP),
        ("waba_id", "36030000000000"),
        ("token", TOKEN),
    ];
    for (path, fields) in
        [(format!("/{number}"), fields.as_slice()), ("/sambungan".to_owned(), &[("app_secret", SECRET)])]
    {
        let saved = admin.post(&format!("{numbers}{path}"), fields).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
    }
    for page in [admin.get(&numbers).await, admin.get(&format!("{numbers}/{number}")).await] {
        assert!(![TOKEN, SECRET].iter().any(|secret| page.body.contains(secret)));
    }
}

const NOTHING: (&str, &str, &[u8]) = ("file", "", b"");

/// Everything a thief has: the folder with the files and SQLite's own, or PostgreSQL's dump.
fn haul(app: &TestApp) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let mut haul = Vec::new();
    gather(app.folder.path(), &mut haul)?;
    if let Some(database) = &app.database {
        let tool = std::env::var("LOKET_TEST_PG_BIN")
            .map_or("pg_dump".into(), |bin| Path::new(&bin).join("pg_dump"));
        let dump = Command::new(tool).arg("--dbname").arg(database.admin_url()).output()?;
        if !dump.status.success() {
            return Err(String::from_utf8_lossy(&dump.stderr).into());
        }
        let (bytes, rest) = unhexed(&dump.stdout);
        haul.push(("bytes in pg_dump".to_owned(), bytes));
        haul.push(("pg_dump".to_owned(), rest));
    }
    Ok(haul)
}

fn gather(folder: &Path, haul: &mut Vec<(String, Vec<u8>)>) -> Result<(), Trouble> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, haul)?;
        } else {
            haul.push((path.display().to_string(), std::fs::read(&path)?));
        }
    }
    Ok(())
}

/// The bytes that PostgreSQL writes as `\\x…`, each value in a line of its own; and the dump without them.
fn unhexed(dump: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let text = String::from_utf8_lossy(dump);
    let mut pieces = text.split("\\x");
    let (mut bytes, mut rest) = (Vec::new(), pieces.next().unwrap_or_default().to_owned());
    for piece in pieces {
        let end = piece.find(|letter: char| !letter.is_ascii_hexdigit()).unwrap_or(piece.len()) & !1;
        bytes.extend(hex::decode(&piece[..end]).unwrap());
        bytes.push(b'\n');
        rest.push_str("\\x");
        rest.push_str(&piece[end..]);
    }
    (bytes, rest.into_bytes())
}

/// A text as it might be written down, in lower case.
fn disguises(text: &str) -> Vec<String> {
    let mut forms = vec![text.to_lowercase(), hex::encode(text), hex::encode(text.to_lowercase())];
    forms.push(text.chars().flat_map(|letter| [letter, '\0']).collect::<String>().to_lowercase());
    for shift in 0..3 {
        // Whatever stands before it moves the letters of base64; those it shares with neighbours are cut off.
        let written = STANDARD.encode([vec![b' '; shift].as_slice(), text.as_bytes()].concat());
        let written = written.trim_end_matches('=');
        let from = [0, 2, 3][shift];
        forms.push(written[from..written.len() - 1].to_lowercase());
    }
    forms
}

/// What of it is found, and where.
fn found(haul: &[(String, Vec<u8>)], known: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (place, bytes) in haul {
        let mut text: String = bytes.iter().map(|byte| char::from(*byte).to_ascii_lowercase()).collect();
        for (what, needle) in needles() {
            if disguises(&needle).iter().any(|form| text.contains(form.as_str())) {
                found.push(format!("{what} ({needle}) in {place}"));
            }
        }
        for id in known {
            text = text.replace(id, " ");
        }
        let runs = text.split(|letter: char| !letter.is_ascii_digit());
        for run in runs.filter(|run| run.len() >= 16 && is_identity(run)) {
            found.push(format!("sixteen digits ({run}) in {place}"));
        }
    }
    found
}

/// Ids of the offices that may be as long as a NIK and are nobody's: Meta's, and paths.
fn ids_of_offices(app: &TestApp) -> Vec<String> {
    let numbers = app.offices.offices.iter().flat_map(|office| &office.numbers);
    let ids = |number: &loket::demo::setup::DescribedNumber| {
        let path = number.webhook_path.rsplit('/').next().unwrap_or_default().to_owned();
        [number.phone_number_id.clone(), number.waba_id.clone(), path]
    };
    numbers.flat_map(ids).collect()
}

/// Sixteen digits are one, whatever they say. Among more, only a well-formed one is: SQLite writes a row's columns
/// without anything between them.
fn is_identity(run: &str) -> bool {
    let well_formed = |at| run.get(at..at + 16).is_some_and(|digits| Nik::parse(digits).is_ok());
    run.len() == 16 || (0..=run.len() - 16).any(well_formed)
}

async fn stolen(on: On, left_open: bool) -> Vec<String> {
    let app = TestApp::with(on, Switches { left_open, ..Switches::default() }).await.unwrap();
    plays(&app).await;
    let haul = haul(&app).unwrap();
    let size: usize = haul.iter().map(|(_, bytes)| bytes.len()).sum();
    let found = found(&haul, &ids_of_offices(&app));
    println!("{on:?}, left open {left_open}: {} files, {size} bytes, found {}", haul.len(), found.len());
    found
}

fn finds_everything(found: &[String]) {
    for (what, needle) in needles() {
        assert!(
            found.iter().any(|line| line.contains(&needle)),
            "{what} ({needle}) is not found when it lies open"
        );
    }
    assert!(found.iter().any(|line| line.starts_with("sixteen digits")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stolen_sqlite_file_and_its_folder_tell_nothing_of_citizens() {
    listen();
    let found = stolen(On::Sqlite, false).await;
    assert!(found.is_empty(), "{found:#?}");
    is_not_logged();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dump_of_postgres_and_its_folder_tell_nothing_of_citizens() {
    listen();
    let found = stolen(On::Postgres, false).await;
    assert!(found.is_empty(), "{found:#?}");
    is_not_logged();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_search_finds_everything_that_was_left_open() {
    finds_everything(&stolen(On::Sqlite, true).await);
    finds_everything(&stolen(On::Postgres, true).await);
}

#[test]
fn a_text_is_found_in_whatever_it_is_written_as() {
    let (text, around) = ("3603036502909077", "x3603036502909077yz");
    for place in ["a", "ab", "abc"] {
        let base64 = STANDARD.encode(format!("{place}{around}")).to_lowercase();
        assert!(disguises(text).iter().any(|form| base64.contains(form.as_str())), "{place}");
    }
    let dump = b"x\t\\\\x33363033\t1\n";
    let (bytes, rest) = unhexed(dump);
    assert_eq!((bytes, rest), (b"3603\n".to_vec(), b"x\t\\\\x\t1\n".to_vec()));
}

static HEARD: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Keeps everything that Loket logs, down to the finest.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let filter = tracing_subscriber::EnvFilter::new("info,loket=trace");
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| Ear).finish();
        tracing_subscriber::util::SubscriberInitExt::try_init(Arc::new(log)).unwrap();
    });
}

struct Ear;

impl std::io::Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        HEARD.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn is_not_logged() {
    let heard = HEARD.lock().unwrap().clone();
    assert!(heard.len() > 1000, "{} bytes were heard", heard.len());
    println!("logs: {} bytes", heard.len());
    let mut found = found(&[("the log".to_owned(), heard)], &[]);
    // Digests stand in the log, and sixteen of their digits in a row may be numerals.
    found.retain(|line| {
        !line.starts_with("sixteen") || line.split(['(', ')']).any(|digits| Nik::parse(digits).is_ok())
    });
    assert!(found.is_empty(), "{found:#?}");
}
