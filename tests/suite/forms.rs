//! Forms and pages: no form without its own token, none from another site, and no page that changes anything.

use loket::web::routes;
use loket_entity::session;
use loket_tests::{
    app::TestApp,
    ledger::changed,
    on_both_databases,
    people::{Officer, Page},
};
use reqwest::Method;

use crate::world::World;

on_both_databases!(
    no_form_is_taken_without_its_own_token_and_no_other_site_sends_one,
    looking_changes_nothing_but_the_record_of_looking,
);

/// Every pattern that takes a POST, with the words of its steps.
const POSTS: [(&str, &[&str]); 77] = [
    (routes::SignOut::PATTERN, &[""]),
    (routes::EndAllSessions::PATTERN, &[""]),
    (routes::EndSession::PATTERN, &[""]),
    (routes::TakeNext::PATTERN, &[""]),
    (routes::NewRequest::PATTERN, &[""]),
    (routes::RequestSheet::PATTERN, &[""]),
    (routes::EntryLink::PATTERN, &[""]),
    (routes::WebForm::PATTERN, &[""]),
    (routes::Formats::PATTERN, &[""]),
    (
        routes::RequestStep::PATTERN,
        &[
            "ambil",
            "balas",
            "minta",
            "lengkap",
            "hasil",
            "siap",
            "jadwal",
            "selesai",
            "tolak",
            "batal",
            "buka-kembali",
            "teruskan",
            "rentan",
            "lupakan-rentan",
            "lampiran",
            "lihat",
            "kirim",
            "kiriman-tiba",
            "kiriman-sampai",
            "kiriman-kembali",
            "janji",
            "batal-janji",
            "tawarkan",
            "jawaban",
            "berikan",
            "gugurkan",
        ],
    ),
    (routes::PaperStep::PATTERN, &["terima", "tolak"]),
    (routes::ConversationAnswer::PATTERN, &[""]),
    (routes::ConversationClaim::PATTERN, &[""]),
    (routes::ConversationRelease::PATTERN, &[""]),
    (routes::ConversationOpen::PATTERN, &[""]),
    (routes::QuarantineRetry::PATTERN, &[""]),
    (routes::SignIn::PATTERN, &[""]),
    (routes::Forgot::PATTERN, &[""]),
    (routes::NewPassword::PATTERN, &[""]),
    (routes::Invitation::PATTERN, &[""]),
    (routes::Invite::PATTERN, &[""]),
    (routes::Profile::PATTERN, &[""]),
    (routes::TrustedSenders::PATTERN, &[""]),
    (routes::TakesForwarded::PATTERN, &[""]),
    (routes::TrustedSenderEnd::PATTERN, &[""]),
    (routes::Units::PATTERN, &[""]),
    (routes::Unit::PATTERN, &[""]),
    (routes::InvitationResend::PATTERN, &[""]),
    (routes::InvitationWithdraw::PATTERN, &[""]),
    (routes::NumberNew::PATTERN, &[""]),
    (routes::NumberWebhook::PATTERN, &[""]),
    (routes::Number::PATTERN, &[""]),
    (routes::NumberSwitch::PATTERN, &[""]),
    (routes::QuickReplyNew::PATTERN, &[""]),
    (routes::QuickReply::PATTERN, &[""]),
    (routes::QuickReplyStep::PATTERN, &["naik", "turun", "nyala", "mati"]),
    (routes::ServiceCatalogue::PATTERN, &[""]),
    (routes::ServiceEntry::PATTERN, &[""]),
    (routes::ServiceDraft::PATTERN, &[""]),
    (routes::ServicePublish::PATTERN, &[""]),
    (routes::ServiceStep::PATTERN, &["nyala", "mati", "buang", "salin"]),
    (routes::FormatDraft::PATTERN, &[""]),
    (routes::FormatPublish::PATTERN, &[""]),
    (routes::FormatStep::PATTERN, &["buang", "contoh", "salin"]),
    (routes::CalendarDraft::PATTERN, &[""]),
    (routes::CalendarPublish::PATTERN, &[""]),
    (routes::CalendarStep::PATTERN, &["buang"]),
    (routes::Outages::PATTERN, &[""]),
    (routes::OutageNew::PATTERN, &[""]),
    (routes::OutageEvidence::PATTERN, &[""]),
    (routes::OutageStep::PATTERN, &["pulih", "alih", "ubah", "putuskan", "kabari"]),
    (routes::StockNew::PATTERN, &[""]),
    (routes::StockStep::PATTERN, &["terima", "rusak", "hitung", "habis", "ubah"]),
    (routes::ConsignmentsArrived::PATTERN, &[""]),
    (routes::PickupsMove::PATTERN, &[""]),
    (routes::AppointmentStep::PATTERN, &["hadir", "tidak-hadir"]),
    (routes::PickupPoints::PATTERN, &[""]),
    (routes::PickupPoint::PATTERN, &[""]),
    (routes::HomeVisitNew::PATTERN, &[""]),
    (routes::HomeVisitStep::PATTERN, &["tambah", "keluarkan", "hasil", "ubah", "tutup", "batal"]),
    (routes::CareAhead::PATTERN, &[""]),
    (routes::EquipmentNew::PATTERN, &[""]),
    (routes::EquipmentStep::PATTERN, &["rawat", "rusak", "baik", "berhenti", "kembali", "ubah"]),
    (routes::AutoReplies::PATTERN, &[""]),
    (routes::PersonRole::PATTERN, &[""]),
    (routes::PersonLeave::PATTERN, &[""]),
    (routes::PersonRoleAdd::PATTERN, &[""]),
    (routes::PersonRoleEnd::PATTERN, &[""]),
    (routes::Delegations::PATTERN, &[""]),
    (routes::DelegationEnd::PATTERN, &[""]),
    (routes::ProfileLogo::PATTERN, &[""]),
    (routes::OpenOffice::PATTERN, &[""]),
    (routes::OwnPassword::PATTERN, &[""]),
    (routes::ProvinceNewOffice::PATTERN, &[""]),
    (routes::ProvinceInvite::PATTERN, &[""]),
    (routes::PlatformNewOffice::PATTERN, &[""]),
    (routes::PlatformInvite::PATTERN, &[""]),
];

/// Fields that every form here can be read from.
fn fields(token: &str) -> String {
    let mut form = "reason=buram&note=Loket+3&text=halo&purpose=periksa&email=x%40y.id&password=x".to_owned();
    form.push_str("&repeat=x&role=operator&membership=x&old=x");
    form.push_str("&paper=00000000-0000-7000-8000-000000000000&media=00000000-0000-7000-8000-000000000000");
    if !token.is_empty() {
        form.push_str("&csrf=");
        form.push_str(token);
    }
    form
}

/// The same as a form with files.
fn parts(token: &str) -> String {
    let mut body = String::new();
    for (name, value) in [("text", "halo"), ("csrf", token)] {
        if !value.is_empty() {
            body.push_str(&format!(
                "--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
    }
    format!("{body}--x--\r\n")
}

/// A token and the headers of a try that must be refused.
type Try = (String, Vec<(&'static str, String)>);

/// Wrong tokens without a header, and the right one from elsewhere.
fn tries(app: &TestApp, own: &str, foreign: &str) -> Vec<Try> {
    let zeros = "0".repeat(64);
    let wrong = ["", "0", "x", foreign, &zeros, &own[1..], &own[..own.len() - 2]];
    let mut tries: Vec<Try> = wrong.iter().map(|token| ((*token).to_owned(), Vec::new())).collect();
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "Cross-Site"),
        ("origin", "https://evil.test"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:1"),
    ] {
        tries.push((own.to_owned(), vec![(name, value.to_owned())]));
    }
    let both = vec![("sec-fetch-site", "cross-site".to_owned()), ("origin", app.base_url.clone())];
    tries.push((own.to_owned(), both));
    tries
}

/// Sends a step's form with a token and headers.
async fn sends(app: &TestApp, officer: &Officer, path: &str, (token, headers): &Try) -> Page {
    let upload = ["balas", "hasil", "lembar", "logo", "bukti"].iter().any(|word| path.ends_with(word));
    // What came of home visits has the same word and no file.
    let upload = upload && !path.contains("/jemput-bola/");
    let (body, kind) = match upload {
        true => (parts(token), "multipart/form-data; boundary=x"),
        false => (fields(token), "application/x-www-form-urlencoded"),
    };
    let request = app.http().post(officer.url(path)).header("content-type", kind).body(body);
    officer.ask(headers.iter().fold(request, |request, (name, value)| request.header(*name, value))).await
}

/// JSON posted as text, which another site's form can send; and another word for the method.
async fn sends_sideways(app: &TestApp, officer: &Officer, path: &str, own: &str) {
    let json = format!("{{\"csrf\":\"{own}\",\"text\":\"halo\"}}");
    let plain = app.http().post(officer.url(path)).header("content-type", "text/plain").body(json);
    let page = officer.ask(plain).await;
    assert!(page.status == 400 || page.status == 403, "{path}: {}", page.status);
    let get = app.http().get(format!("{}?{}", officer.url(path), fields(own)));
    let get = get.header("x-http-method-override", "POST").header("x-method-override", "POST");
    let page = officer.ask(get).await;
    assert!([200, 303, 404, 405, 410].contains(&page.status.as_u16()), "{path}: {}", page.status);
}

async fn no_form_is_taken_without_its_own_token_and_no_other_site_sends_one(app: &TestApp) {
    let world = World::of(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let session = app.above::<session::Entity>().await.unwrap()[0].id.to_string();
    let admin = app.officer("admin@kab-tangerang").await;
    let mallory = app.officer("operator.kk@kab-tangerang").await;
    let (province, platform) = (app.officer("provinsi.banten").await, app.officer("platform").await);
    let kabid = app.officer("kabid@kab-tangerang").await;
    for officer in [&dewi, &admin, &mallory, &province, &platform, &kabid] {
        officer.get("/sesi").await;
    }
    let foreign = mallory.token().unwrap();
    let before = app.fingerprint().await.unwrap();
    let mut refused = 0;
    for (pattern, step) in
        POSTS.iter().flat_map(|(pattern, steps)| steps.iter().map(move |step| (*pattern, step)))
    {
        let path = world.at(pattern, &session, step);
        let of_admin = pattern == routes::QuarantineRetry::PATTERN || pattern.contains("/pengaturan");
        let officer = match () {
            () if of_admin => &admin,
            () if pattern.contains("/jemput-bola") => &kabid,
            () if pattern.starts_with("/provinsi") => &province,
            () if pattern.starts_with("/platform") => &platform,
            () => &dewi,
        };
        let own = officer.token().unwrap();
        for one in tries(app, &own, &foreign) {
            let page = sends(app, officer, &path, &one).await;
            assert_eq!(page.status, 403, "{path} with {one:?}: {}", page.body);
            refused += 1;
        }
        sends_sideways(app, officer, &path, &own).await;
        refused += 2;
    }
    let after = app.fingerprint().await.unwrap();
    let written = changed(&before, &after, &["audit_entry", "audit_seal", "platform_audit", "throttle"]);
    assert_eq!(written, Vec::<String>::new(), "after {refused} refusals");
    assert!(refused > 300, "{refused}");
    // The control: with its own token each of three kinds of form is taken.
    dewi.get("/sesi").await;
    let taken = dewi.post(&world.at(routes::RequestStep::PATTERN, "", "ambil"), &[]).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    let written = changed(&before, &app.fingerprint().await.unwrap(), &[]);
    assert!(written.contains(&"request".to_owned()), "{written:?}");
}

/// Every route has a place in one of the two walks, or here with the reason.
#[test]
fn every_route_that_takes_a_form_is_walked() {
    let only_shown = [
        "/",
        "/pilih-kantor",
        "/sesi",
        "/static/{path:.*}",
        "/healthz",
        "/readyz",
        "/metrics",
        "/kantor/{office}",
        "/kantor/{office}/ringkasan",
        "/kantor/{office}/ringkasan/daftar",
        "/kantor/{office}/ringkasan/daftar.csv",
        "/kantor/{office}/langsung",
        "/kantor/{office}/antrean",
        "/kantor/{office}/permohonan/{id}",
        "/kantor/{office}/percakapan",
        "/kantor/{office}/pengaturan/nomor",
        "/kantor/{office}/pengaturan/balasan",
        "/kantor/{office}/pengaturan/layanan",
        "/kantor/{office}/pengaturan/layanan/{service}",
        "/kantor/{office}/pengaturan/layanan/{service}/edisi/{number}",
        "/k/{office}/permohonan/{token}",
        "/kantor/{office}/permohonan/lembar/contoh.csv",
        "/kantor/{office}/pengaturan/kalender",
        "/kantor/{office}/pengaturan/kalender/{of}",
        "/kantor/{office}/pengaturan/kalender/{of}/edisi/{number}",
        "/kantor/{office}/gangguan/bulan/{month}",
        "/kantor/{office}/gangguan/bulan/{month}/csv",
        "/kantor/{office}/gangguan/bulan/{month}/surat/{provider}",
        "/kantor/{office}/gangguan/{outage}",
        "/kantor/{office}/gangguan/{outage}/bukti/{file}",
        "/kantor/{office}/kapasitas",
        "/kantor/{office}/kiriman",
        "/kantor/{office}/kiriman/{consignment}/pengantar",
        "/kantor/{office}/pengambilan",
        "/kantor/{office}/jemput-bola",
        "/kantor/{office}/jemput-bola/{round}",
        "/kantor/{office}/jemput-bola/{round}/lembar",
        "/kantor/{office}/kompensasi",
        "/kantor/{office}/permohonan/{id}/kompensasi",
        "/kantor/{office}/peralatan",
        "/kantor/{office}/peralatan/{piece}",
        "/kantor/{office}/stok",
        "/kantor/{office}/stok/{item}",
        "/kantor/{office}/pengaturan/format/{service}",
        "/kantor/{office}/pengaturan/format/{service}/edisi/{number}",
        "/kantor/{office}/percakapan/{id}",
        "/kantor/{office}/berkas/{file}",
        "/kantor/{office}/berkas/{file}/isi",
        "/kantor/{office}/cari",
        "/kantor/{office}/penampung",
        "/kantor/{office}/logo",
        "/kantor/{office}/pengaturan",
        "/kantor/{office}/pengaturan/petugas",
        "/kantor/{office}/pengaturan/petugas/{person}",
        "/provinsi/{code}",
        "/platform",
        "/platform/gaya",
    ];
    // Held by a signature; and of the demonstration only.
    let apart = |pattern: &str| pattern.starts_with("/webhook/") || pattern.starts_with("/simulator");
    for pattern in routes::PATTERNS.iter().filter(|pattern| !apart(pattern)) {
        let walked = POSTS.iter().any(|(known, _)| known == pattern) || only_shown.contains(pattern);
        assert!(walked, "{pattern} is new: say whether it takes a form");
    }
}

async fn looking_changes_nothing_but_the_record_of_looking(app: &TestApp) {
    let world = World::of(app).await;
    let watchers = [
        app.officer("operator.ktp@kab-tangerang").await,
        app.officer("kabid@kab-tangerang").await,
        app.officer("admin@kab-tangerang").await,
        app.officer("provinsi.banten").await,
        app.officer("platform").await,
        app.visitor(),
    ];
    for watcher in &watchers {
        watcher.get("/masuk").await;
    }
    let session = app.above::<session::Entity>().await.unwrap()[0].id.to_string();
    let before = app.fingerprint().await.unwrap();
    let mut asked = 0;
    for pattern in routes::PATTERNS.iter().filter(|pattern| !pattern.contains("simulator")) {
        for step in ["ambil", "minta", "selesai", "tolak", "lihat"] {
            let path = world.at(pattern, &session, step).replace("{key}", &"0".repeat(32));
            if step != "ambil" && !pattern.contains("{step}") {
                continue;
            }
            for watcher in &watchers {
                for method in [Method::GET, Method::HEAD] {
                    let query = format!("{}?kata=SITI&q=SITI&unduh=1&{}", watcher.url(&path), fields(""));
                    let page = watcher.ask(app.http().request(method, query)).await;
                    assert!(page.status.as_u16() < 500, "{path}: {}", page.status);
                    asked += 1;
                }
            }
        }
    }
    app.settles().await;
    let record = ["audit_entry", "audit_seal", "platform_audit", "session"];
    let written = changed(&before, &app.fingerprint().await.unwrap(), &record);
    assert_eq!(written, Vec::<String>::new(), "after {asked} pages");
    let sessions = app.above::<session::Entity>().await.unwrap();
    assert!(sessions.iter().all(|row| row.revoked_at.is_none()), "nobody was signed out by looking");
}
