//! What citizens send along: known by its bytes, kept sealed, and seen only by who may.

use loket::fake_graph::PhoneContent;
use loket::web::{
    simulator::{people::PEOPLE, samples::Sample},
    uploads::AT_ONCE,
};
use loket_core::kinds::MediaState;
use loket_entity::{file, media, message};
use loket_tests::{app::TestApp, on_both_databases, people::Officer};
use tokio::{io::AsyncWriteExt, net::TcpStream};

const TANGERANG: &str = "kab-tangerang";
const KTP: &str = "360300000000002";
const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

on_both_databases!(
    what_only_pretends_to_be_a_photo_or_a_paper_is_refused,
    a_photo_and_a_paper_are_kept_sealed_and_shown_only_to_who_may,
    a_name_never_reaches_a_path_or_a_header,
    a_product_that_is_refused_leaves_no_file_behind,
    many_slow_uploads_hold_only_so_much_memory_and_the_next_is_told_to_wait,
);

/// What it pretends to be, and what it is.
fn pretenders() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec();
    let html = b"<!DOCTYPE html><script>alert(1)</script>".to_vec();
    let zip = b"PK\x03\x04\x14\0\0\0\x08\0aaaaaaaaaaaaaaaaaa.htaccess".to_vec();
    vec![
        ("kk.jpg", "image/jpeg", svg.clone()),
        ("kk.pdf", "application/pdf", svg),
        ("kk.jpg", "image/jpeg", html.clone()),
        ("kk.pdf", "application/pdf", html.clone()),
        ("kk.pdf", "application/pdf", [b"\xef\xbb\xbf".as_slice(), &html].concat()),
        ("kk.svg", "image/svg+xml", b"<?xml version=\"1.0\"?><svg/>".to_vec()),
        ("kk.pdf", "application/pdf", b"MZ\x90\0\x03\0\0\0".to_vec()),
        ("kk.pdf", "application/pdf", b"\x7fELF\x02\x01\x01\0".to_vec()),
        ("kk.pdf", "application/pdf", zip),
        ("kk.gif", "image/gif", b"GIF89a\x01\0\x01\0/*<script>".to_vec()),
        ("kk.mp4", "application/pdf", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec()),
        ("kk.pdf", "application/pdf", b"halo".to_vec()),
        ("kk.pdf", "application/pdf", Vec::new()),
    ]
}

async fn what_only_pretends_to_be_a_photo_or_a_paper_is_refused(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, LINE).await;
    let pretenders = pretenders();
    for (name, mime, bytes) in &pretenders {
        siti.sends_document(KTP, name, mime, bytes).await;
        let content =
            PhoneContent::Image { bytes: bytes.clone().into(), mime: (*mime).to_owned(), caption: None };
        siti.sends_any(KTP, content).await;
    }
    // Nothing waits any more, however long an empty one was asked for again.
    for _ in 0..20 {
        app.waits(90);
        app.settles().await;
    }
    let rows = app.rows::<media::Entity>(TANGERANG).await.unwrap();
    assert_eq!(rows.len(), pretenders.len() * 2);
    for row in &rows {
        assert!(matches!(row.state, MediaState::Refused | MediaState::Lost), "{} {:?}", row.mime, row.reason);
    }
    assert!(app.rows::<file::Entity>(TANGERANG).await.unwrap().is_empty(), "nothing was kept");
    assert_eq!(stored(app).len(), 0, "nor on the disk");
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let list = dewi.get("/kantor/kab-tangerang/percakapan?saring=semua").await;
    let page = dewi.get(&list.path_with("/percakapan/").expect("a conversation")).await;
    let told = page.body.matches("jenis atau isinya tidak dapat diterima").count();
    assert!(told >= 20, "the officer sees that something came: {told}");
    assert!(!page.body.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" onload"));
}

/// Every file under the house's folder of files, with its bytes.
fn stored(app: &TestApp) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![app.folder.path().join("files")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let bytes = std::fs::read(entry.path()).unwrap();
                found.push((entry.path().display().to_string(), bytes));
            }
        }
    }
    found
}

/// The bytes of a file as an officer gets them.
async fn bytes_for(app: &TestApp, officer: &Officer, path: &str) -> (u16, Vec<u8>) {
    let cookie = format!("loket={}", officer.cookie("loket").unwrap_or_default());
    let answer = app.http().get(officer.url(path)).header("cookie", cookie).send().await.unwrap();
    (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
}

async fn a_photo_and_a_paper_are_kept_sealed_and_shown_only_to_who_may(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, LINE).await;
    let photo = match Sample::FamilyCard.draw(&PEOPLE[0], None) {
        PhoneContent::Image { bytes, mime, caption } => {
            let content = PhoneContent::Image { bytes: bytes.clone(), mime, caption };
            siti.sends_any(KTP, content).await;
            bytes.to_vec()
        }
        _ => panic!("the sample is a photo"),
    };
    siti.sends_document(KTP, "surat.pdf", "application/pdf", PDF).await;
    let files = app.rows::<file::Entity>(TANGERANG).await.unwrap();
    assert_eq!(files.len(), 2);
    for (path, bytes) in stored(app) {
        assert!(!bytes.windows(5).any(|five| five == b"%PDF-" || five == &photo[..5]), "{path} lies open");
    }
    for file in files {
        let page = format!("/kantor/{TANGERANG}/berkas/{}", file.id);
        let content = format!("{page}/isi");
        let sent = if file.mime == "application/pdf" { PDF.to_vec() } else { photo.clone() };
        for who in ["operator.ktp@kab-tangerang", "kabid@kab-tangerang", "kepala@kab-tangerang"] {
            let officer = app.officer(who).await;
            let (status, bytes) = bytes_for(app, &officer, &content).await;
            assert_eq!(status, 200, "{who}");
            assert!(bytes == sent, "{who} sees what was sent, byte for byte");
            assert_eq!(officer.get(&page).await.status, 200, "{who}");
        }
        for who in [
            "operator.kk@kab-tangerang",
            "admin@kab-tangerang",
            "operator.nik@kota-kupang",
            "kepala@kota-kupang",
            "provinsi.banten",
            "platform",
        ] {
            let officer = app.officer(who).await;
            let (status, bytes) = bytes_for(app, &officer, &content).await;
            assert_eq!(status, 404, "{who} {}", file.mime);
            assert!(!bytes.windows(sent.len().min(64)).any(|some| some == &sent[..sent.len().min(64)]));
            assert_eq!(officer.get(&page).await.status, 404, "{who}");
            let own = content.replace(TANGERANG, "kota-kupang");
            assert_eq!(bytes_for(app, &officer, &own).await.0, 404, "{who}, in another office's path");
        }
        let visitor = app.visitor();
        assert_eq!(bytes_for(app, &visitor, &content).await.0, 303, "a stranger is sent to sign in");
    }
    let viewed = app.rows::<loket_entity::audit_entry::Entity>(TANGERANG).await.unwrap();
    let viewed = viewed.iter().filter(|row| row.action == "file.viewed").count();
    assert_eq!(viewed, 6, "each look is on record, and no refusal counts as one");
}

async fn a_name_never_reaches_a_path_or_a_header(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, LINE).await;
    for name in [
        "../../../../etc/cron.d/x",
        "..\\..\\x.pdf",
        "/etc/passwd",
        "a\0b.pdf",
        "\u{202e}fdp.exe",
        ".htaccess\u{200b}",
        "a\r\nSet-Cookie: loket=x.pdf",
        "\"; filename=\"x.html",
        "3603036502909001.pdf",
        &"x".repeat(4096),
        "",
    ] {
        siti.sends_document(KTP, name, "application/pdf", PDF).await;
    }
    let files = app.rows::<file::Entity>(TANGERANG).await.unwrap();
    assert_eq!(files.len(), 11);
    let root = app.folder.path().join("files").display().to_string();
    for (path, _) in stored(app) {
        let own = path.strip_prefix(&root).unwrap();
        let plain = own.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, '/' | '-'));
        assert!(plain && !own.contains(".."), "{own}");
    }
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    for file in &files {
        let page = dewi.get(&format!("/kantor/{TANGERANG}/berkas/{}", file.id)).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("3603036502909001"), "a number in a name is masked");
        let content = dewi.get(&format!("/kantor/{TANGERANG}/berkas/{}/isi", file.id)).await;
        let named = content.headers.get("content-disposition").unwrap().to_str().unwrap();
        assert!(named.starts_with("inline; filename=\"berkas-") && named.ends_with(".pdf\""), "{named}");
        assert_eq!(content.headers.get_all("set-cookie").iter().count(), 0);
    }
    let kept = app.rows::<message::Entity>(TANGERANG).await.unwrap();
    assert!(kept.len() >= 12);
}

async fn a_product_that_is_refused_leaves_no_file_behind(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, LINE).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(&format!("/kantor/{TANGERANG}/antrean")).await;
    let taken = dewi.post(&format!("/kantor/{TANGERANG}/antrean/ambil"), &[]).await;
    let request = taken.location.expect("on to the request");
    let request = request.split('?').next().unwrap_or_default().to_owned();
    dewi.get(&request).await;
    // Its papers have not even come: the rules say no, after the bytes were taken in.
    let refused = dewi.uploads(&format!("{request}/hasil"), &[], ("file", "hasil.pdf", PDF)).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(stored(app).len(), 0, "{:?}", stored(app).iter().map(|(path, _)| path).collect::<Vec<_>>());
    assert!(app.rows::<file::Entity>(TANGERANG).await.unwrap().is_empty());
}

/// A line on which a file has begun to come, and then comes no further.
async fn slow(app: &TestApp, officer: &Officer, path: &str) -> TcpStream {
    let host = app.base_url.trim_start_matches("http://");
    let (token, cookie) = (officer.token().unwrap(), officer.cookie("loket").unwrap());
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
         --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7 {}",
        "x".repeat(4096)
    );
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\ncookie: loket={cookie}\r\n\
         content-type: multipart/form-data; boundary=x\r\ncontent-length: 10000000\r\n\r\n"
    );
    let mut line = TcpStream::connect(host).await.unwrap();
    line.write_all((head + &body).as_bytes()).await.unwrap();
    line
}

async fn many_slow_uploads_hold_only_so_much_memory_and_the_next_is_told_to_wait(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, LINE).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(&format!("/kantor/{TANGERANG}/antrean")).await;
    let taken = dewi.post(&format!("/kantor/{TANGERANG}/antrean/ambil"), &[]).await;
    let request = taken.location.expect("on to the request");
    let request = request.split('?').next().unwrap_or_default().to_owned();
    dewi.get(&request).await;
    let product = format!("{request}/hasil");
    let mut lines = Vec::new();
    for _ in 0..AT_ONCE {
        lines.push(slow(app, &dewi, &product).await);
    }
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let big = [PDF, &vec![b' '; 1024 * 1024]].concat();
    let full = dewi.uploads(&product, &[], ("file", "hasil.pdf", &big)).await;
    assert_eq!(full.status, 503, "{}", full.body);
    assert_eq!(full.headers["retry-after"], "30");
    assert!(full.says("Banyak berkas sedang diunggah"), "{}", full.body);
    assert_eq!(dewi.get(&request).await.status, 200, "pages are served all the while");
    drop(lines);
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    dewi.get(&request).await;
    let read = dewi.uploads(&product, &[], ("file", "hasil.pdf", PDF)).await;
    assert_eq!(read.status, 422, "it is read again, and the rules say no: {}", read.body);
    assert_eq!(stored(app).len(), 0);
}
