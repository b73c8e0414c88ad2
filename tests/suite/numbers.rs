//! The WhatsApp numbers of an office: entered, bound and switched by its administrator, their secrets seen by nobody.

use loket_core::{id::NumberId, kinds::Direction};
use loket_entity::{
    audit_entry, conversation, message, officer, platform_audit, request, unit, wa_number, wa_route,
};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page},
    webhook::{SIGNATURE, signature},
};

const TANGERANG: &str = "kab-tangerang";
const NUMBERS: &str = "/kantor/kab-tangerang/pengaturan/nomor";
const TALKS: &str = "/kantor/kab-tangerang/percakapan?saring=semua";
const KK: &str = "360300000000001";
const KTP: &str = "360300000000002";
const KUPANG: &str = "537100000000001";
const FREE: &str = "360300000000077";
const TOKEN: &str = "EAAtokenyangsangatrahasia0077";
const SITI: &str = "628111000001";
const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";

on_both_databases!(
    a_number_is_entered_and_its_token_is_never_shown_again,
    whatever_is_wrong_is_named_and_what_was_typed_stays,
    a_number_that_has_an_office_is_refused_without_a_word_about_whose_it_is,
    another_offices_numbers_do_not_exist,
    what_citizens_write_to_a_number_that_is_off_is_kept_and_the_answer_waits,
    a_replaced_token_is_what_the_sender_uses,
    a_replaced_secret_is_accepted_within_five_seconds_and_the_old_one_refused,
    what_is_pasted_at_meta_answers_the_handshake,
    bindings_decide_who_sees_a_conversation_without_a_format,
    a_message_to_the_wrong_number_is_routed_by_its_keyword,
    a_number_gives_its_unit_to_what_begins_there,
    whoever_left_is_no_longer_named_by_a_number,
    a_number_may_get_another_id_and_the_old_one_is_free,
);

async fn admin(app: &TestApp) -> Officer {
    app.officer("admin@kab-tangerang").await
}

/// The fields of a number as the form sends them.
fn fields<'a>(label: &'a str, id: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("label", label),
        ("display", "+62 812-0000-3677"),
        ("phone_number_id", id),
        ("waba_id", "36030000000000"),
    ];
    all.extend(more);
    all
}

async fn row(app: &TestApp, graph_id: &str) -> wa_number::Model {
    let rows = app.rows::<wa_number::Entity>(TANGERANG).await.unwrap();
    rows.into_iter().find(|row| row.phone_number_id == graph_id).expect("the number")
}

async fn page_of(app: &TestApp, graph_id: &str) -> String {
    format!("{NUMBERS}/{}", row(app, graph_id).await.id)
}

/// Enters a number; its page.
async fn enters(admin: &Officer, more: &[(&str, &str)]) -> String {
    admin.get(&format!("{NUMBERS}/baru")).await;
    let done = admin.post(&format!("{NUMBERS}/baru"), &fields("Nomor baru", FREE, more)).await;
    assert_eq!(done.status, 303, "{}", done.body);
    done.location.unwrap()
}

/// Binds a number that is there, and nothing else.
async fn binds(app: &TestApp, graph_id: &str, more: &[(&str, &str)]) -> Page {
    let (admin, at) = (admin(app).await, page_of(app, graph_id).await);
    admin.get(&at).await;
    admin.post(&at, &fields("KTP-el", graph_id, more)).await
}

fn office_user(app: &TestApp, mailbox: &str) -> String {
    let email = format!("{mailbox}@kab-tangerang.loket.test");
    crate::signing_in::user(app, &email).to_string()
}

async fn service_code(app: &TestApp, code: &str) -> String {
    let rows = app.rows::<loket_entity::service::Entity>(TANGERANG).await.unwrap();
    rows.into_iter().find(|row| row.code == code).expect("the service").id.to_string()
}

async fn a_number_is_entered_and_its_token_is_never_shown_again(app: &TestApp) {
    let admin = admin(app).await;
    let at = enters(&admin, &[("token", TOKEN)]).await;
    for page in [admin.get(&at).await, admin.get(NUMBERS).await] {
        assert!(page.says("Nomor baru") && page.says("token tersimpan"), "{}", page.body);
        assert!(!page.body.contains(TOKEN), "a token is shown");
    }
    let page = admin.get(&at).await;
    assert!(page.says("Isi hanya bila ingin mengganti"), "{}", page.body);
    let before = row(app, FREE).await;
    assert!(before.has_token && !before.token.bytes().windows(8).any(|w| TOKEN.as_bytes().starts_with(w)));
    let kept = admin.post(&at, &fields("Nomor baru", FREE, &[("token", "")])).await;
    assert_eq!(kept.status, 303);
    assert_eq!(row(app, FREE).await.token.bytes(), before.token.bytes(), "an empty field leaves the token");
    let trail = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    for action in ["number.added", "number.bound", "number.changed"] {
        assert!(trail.iter().any(|line| line.action == action), "{action}");
    }
    assert!(trail.iter().all(|line| line.action != "number.token_replaced"));
}

async fn whatever_is_wrong_is_named_and_what_was_typed_stays(app: &TestApp) {
    let admin = admin(app).await;
    let new = format!("{NUMBERS}/baru");
    admin.get(&new).await;
    let sent = [
        ("label", " "),
        ("display", "nomor kami"),
        ("phone_number_id", "12ab"),
        ("waba_id", ""),
        ("token", TOKEN),
    ];
    let page = admin.post(&new, &sent).await;
    assert_eq!(page.status, 422);
    for said in [
        "Nama nomor belum diisi",
        "Nomor telepon",
        "ID nomor telepon terdiri atas",
        "ID akun WhatsApp Business terdiri",
    ] {
        assert!(page.says(said), "{said}: {}", page.body);
    }
    assert!(page.body.contains("value=\"nomor kami\"") && page.body.contains("value=\"12ab\""));
    assert!(!page.body.contains(TOKEN), "a token is not even shown to who typed it");
    let same = admin.post(&new, &fields("ktp-EL", FREE, &[])).await;
    assert!(same.status == 422 && same.says("sudah dipakai nomor lain di kantor ini"), "{}", same.body);
    let ktp = service_code(app, "KTP").await;
    let loose = admin.post(&new, &fields("Lain", FREE, &[("default_service", &ktp)])).await;
    assert!(loose.status == 422 && loose.says("salah satu layanan yang dicentang"), "{}", loose.body);
    assert_eq!(app.rows::<wa_number::Entity>(TANGERANG).await.unwrap().len(), 4);
}

async fn a_number_that_has_an_office_is_refused_without_a_word_about_whose_it_is(app: &TestApp) {
    let admin = admin(app).await;
    let new = format!("{NUMBERS}/baru");
    admin.get(&new).await;
    let taken = admin.post(&new, &fields("Nomor baru", KUPANG, &[])).await;
    assert!(taken.status == 422 && taken.says("sudah terhubung di Loket"), "{}", taken.body);
    assert!(!taken.says("Kupang"), "whose it is is told");
    let own = admin.post(&new, &fields("Nomor baru", KTP, &[])).await;
    assert!(own.status == 422 && own.says("daftar nomor kantor ini"), "{}", own.body);
    let moved = binds(app, KTP, &[("phone_number_id", KUPANG)]).await;
    assert_eq!(moved.status, 400, "a field twice cannot be read: {}", moved.body);
    let at = page_of(app, KTP).await;
    let moved = admin.post(&at, &fields("KTP-el", KUPANG, &[])).await;
    assert!(moved.status == 422 && moved.says("sudah terhubung di Loket"), "{}", moved.body);
    let routes = app.above::<wa_route::Entity>().await.unwrap();
    let theirs = routes.iter().find(|route| route.phone_number_id == KUPANG).unwrap();
    assert_eq!(theirs.office_id, app.office("kota-kupang").id);
}

async fn another_offices_numbers_do_not_exist(app: &TestApp) {
    let foreign = app.officer("admin@kota-kupang").await;
    let at = page_of(app, KTP).await;
    foreign.get("/kantor/kota-kupang/pengaturan/nomor").await;
    assert_eq!(foreign.get(&at).await.status, 404);
    let elsewhere = at.replace(TANGERANG, "kota-kupang");
    assert_eq!(foreign.get(&elsewhere).await.status, 404);
    assert_eq!(foreign.post(&elsewhere, &fields("Curian", KTP, &[])).await.status, 404);
    assert_eq!(foreign.post(&format!("{elsewhere}/saklar"), &[("on", "0")]).await.status, 404);
    assert!(row(app, KTP).await.active);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(TALKS).await;
    for path in [NUMBERS.to_owned(), at.clone()] {
        assert_eq!(dewi.get(&path).await.status, 403, "{path}");
    }
    assert_eq!(dewi.post(&format!("{at}/saklar"), &[("on", "0")]).await.status, 403);
}

async fn what_citizens_write_to_a_number_that_is_off_is_kept_and_the_answer_waits(app: &TestApp) {
    let (admin, at) = (admin(app).await, page_of(app, KTP).await);
    let page = admin.get(&at).await;
    assert!(page.says("pesan warga tetap diterima dan disimpan"), "{}", page.body);
    assert_eq!(admin.post(&format!("{at}/saklar"), &[("on", "0")]).await.status, 303);
    let siti = app.phone(SITI, "Siti");
    siti.sends(KTP, LINE).await;
    let kept = app.rows::<message::Entity>(TANGERANG).await.unwrap();
    assert!(kept.iter().any(|row| row.direction == Direction::In), "the message is stored");
    assert_eq!(app.rows::<request::Entity>(TANGERANG).await.unwrap().len(), 1, "and read");
    assert!(siti.receives().is_empty(), "nothing goes out");
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let talk = app.rows::<conversation::Entity>(TANGERANG).await.unwrap()[0].id;
    let page = dewi.get(&format!("/kantor/kab-tangerang/percakapan/{talk}")).await;
    assert!(page.says("Nomor ini sedang dimatikan"), "{}", page.body);
    assert_eq!(admin.post(&format!("{at}/saklar"), &[("on", "1")]).await.status, 303);
    app.waits(11);
    app.settles().await;
    assert!(siti.last().contains("TNG-2611-00001-"), "what waited arrives");
}

async fn a_replaced_token_is_what_the_sender_uses(app: &TestApp) {
    let done = binds(app, KTP, &[("token", TOKEN), ("services", &service_code(app, "KTP").await)]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let siti = app.phone(SITI, "Siti");
    siti.sends(KTP, "Halo").await;
    assert!(siti.receives().is_empty(), "Meta knows another token and refuses this one");
    let first = app.meta(KTP).number.token.clone();
    let done = binds(app, KTP, &[("token", &first)]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.waits(11);
    app.settles().await;
    assert_eq!(siti.receives().len(), 1, "with Meta's own token it goes out");
    let trail = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    assert_eq!(trail.iter().filter(|line| line.action == "number.token_replaced").count(), 2);
}

async fn a_replaced_secret_is_accepted_within_five_seconds_and_the_old_one_refused(app: &TestApp) {
    let (admin, meta) = (admin(app).await, app.meta(KTP));
    let body = |wamid: &str| meta.text(SITI, wamid, "halo").to_string().into_bytes();
    assert_eq!(meta.posts_bytes(body("wamid.1")).await, 200, "the door knows the old one by now");
    let fresh = "rahasia-baru-0123456789";
    admin.get(NUMBERS).await;
    let at = format!("{NUMBERS}/sambungan");
    let short = admin.post(&at, &[("app_secret", "pendek")]).await;
    assert!(short.status == 422 && short.says("paling pendek 16 huruf"), "{}", short.body);
    assert_eq!(admin.post(&at, &[("app_secret", fresh)]).await.status, 303);
    app.clock.advance(chrono::TimeDelta::seconds(5));
    assert_eq!(meta.posts_bytes(body("wamid.2")).await, 401, "the old secret is dead");
    let signed = signature(fresh, &body("wamid.3"));
    assert_eq!(meta.posts_with(body("wamid.3"), &[(SIGNATURE, &signed)]).await, 200);
    let page = admin.get(NUMBERS).await;
    assert!(!page.body.contains(fresh), "a secret is shown");
    let trail = app.above::<platform_audit::Entity>().await.unwrap();
    assert!(trail.iter().any(|line| line.action == "app.secret_replaced" && line.actor_id.is_some()));
    app.settles().await;
}

async fn what_is_pasted_at_meta_answers_the_handshake(app: &TestApp) {
    let page = admin(app).await.get(NUMBERS).await;
    let (url, token) = (app.meta(KTP).callback(), &app.meta(KTP).number.verify_token);
    for (id, value) in [("alamat", &url), ("verifikasi", token)] {
        assert!(
            page.body.contains(&format!("id=\"{id}\" type=\"text\" value=\"{value}\" readonly")),
            "{}",
            page.body
        );
    }
    assert!(app.fake.verify_callback(KTP, token).await.unwrap());
    let foreign = app.officer("admin@kota-kupang").await.get("/kantor/kota-kupang/pengaturan/nomor").await;
    assert!(!foreign.body.contains(token.as_str()));
}

/// Who sees the one conversation there is: by service, by unit, by name, or not at all.
async fn bindings_decide_who_sees_a_conversation_without_a_format(app: &TestApp) {
    app.phone(SITI, "Siti").sends(KTP, "Selamat pagi, mau tanya").await;
    let (dewi, agus) =
        (app.officer("operator.ktp@kab-tangerang").await, app.officer("operator.kk@kab-tangerang").await);
    let talk = app.rows::<conversation::Entity>(TANGERANG).await.unwrap()[0].id;
    let at = format!("/kantor/kab-tangerang/percakapan/{talk}");
    let (ktp, kk) = (service_code(app, "KTP").await, service_code(app, "KK").await);
    let by_name = office_user(app, "operator.kk");
    let unit = app.rows::<unit::Entity>(TANGERANG).await.unwrap()[0].id.to_string();
    for (bound, dewi_sees, agus_sees) in [
        (vec![("services", ktp.as_str())], true, false),
        (vec![("services", kk.as_str())], false, true),
        (vec![("services", ktp.as_str()), ("officers", by_name.as_str())], true, true),
        (vec![("officers", by_name.as_str())], false, true),
        (vec![("units", unit.as_str())], false, false),
        (vec![("services", ktp.as_str()), ("units", unit.as_str())], true, false),
        (vec![], false, false),
    ] {
        assert_eq!(binds(app, KTP, &bound).await.status, 303);
        for (officer, sees) in [(&dewi, dewi_sees), (&agus, agus_sees)] {
            let status = officer.get(&at).await.status;
            assert_eq!(status == 200, sees, "{bound:?}: {status}");
            assert_eq!(officer.get(TALKS).await.says("S***"), sees, "{bound:?}");
        }
    }
    let supervisor = app.officer("kabid@kab-tangerang").await;
    assert_eq!(supervisor.get(&at).await.status, 200, "whoever works for the whole office sees all");
    assert_eq!(binds(app, KTP, &[("services", &ktp), ("default_service", &ktp)]).await.status, 303);
    assert!(dewi.get(&at).await.says("Tanpa format. Nomor ini untuk KTP elektronik."));
}

async fn a_message_to_the_wrong_number_is_routed_by_its_keyword(app: &TestApp) {
    app.phone(SITI, "Siti").sends(KK, LINE).await;
    assert!(app.phone(SITI, "Siti").last().contains("TNG-2611-00001-"), "it is not refused");
    let found = app.rows::<request::Entity>(TANGERANG).await.unwrap().remove(0);
    assert_eq!(found.service_id.to_string(), service_code(app, "KTP").await);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert!(dewi.get("/kantor/kab-tangerang/antrean").await.says(&found.receipt));
}

async fn a_number_gives_its_unit_to_what_begins_there(app: &TestApp) {
    let admin = admin(app).await;
    admin.get("/kantor/kab-tangerang/pengaturan/unit").await;
    let desk = [("name", "Meja Tigaraksa"), ("kind", "district_desk")];
    let added = admin.post("/kantor/kab-tangerang/pengaturan/unit", &desk).await;
    assert_eq!(added.status, 303, "{}", added.body);
    let units = app.rows::<unit::Entity>(TANGERANG).await.unwrap();
    let desk = units.iter().find(|row| row.name == "Meja Tigaraksa").unwrap().id;
    let other = units.iter().find(|row| row.id != desk).unwrap().id;
    let (ktp, id) = (service_code(app, "KTP").await, desk.to_string());
    let bound = [("services", &*ktp), ("units", &*id), ("default_unit", &*id)];
    assert_eq!(binds(app, KTP, &bound).await.status, 303);
    app.phone(SITI, "Siti").sends(KTP, LINE).await;
    app.phone("628111000002", "Budi").sends(KK, &LINE.replace("SITI AMINAH", "BUDI")).await;
    app.phone("628111000003", "Rina").sends(KTP, "#KK#3603031203159001#RINA#PETE#TIGARAKSA").await;
    let mut rows = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    rows.sort_by_key(|row| row.receipt.clone());
    let units: Vec<_> = rows.iter().map(|row| row.unit_id).collect();
    assert_eq!(
        units,
        [Some(desk), Some(other), Some(other)],
        "the number's own, and what came to the wrong one"
    );
}

async fn whoever_left_is_no_longer_named_by_a_number(app: &TestApp) {
    let (agus, kk) = (office_user(app, "operator.kk"), service_code(app, "KK").await);
    assert_eq!(binds(app, KTP, &[("services", &kk), ("officers", &agus)]).await.status, 303);
    let admin = admin(app).await;
    let page = admin.get(&page_of(app, KTP).await).await;
    assert!(page.body.contains(&format!("value=\"{agus}\" checked")), "{}", page.body);
    let left = admin.post(&format!("/kantor/kab-tangerang/pengaturan/petugas/{agus}/keluar"), &[]).await;
    assert_eq!(left.status, 303, "{}", left.body);
    app.settles().await;
    assert!(!admin.get(&page_of(app, KTP).await).await.body.contains(&agus));
    assert!(app.rows::<loket_entity::wa_number_officer::Entity>(TANGERANG).await.unwrap().is_empty());
    assert!(app.rows::<officer::Entity>(TANGERANG).await.unwrap().iter().any(|row| !row.active));
}

async fn a_number_may_get_another_id_and_the_old_one_is_free(app: &TestApp) {
    let (admin, at) = (admin(app).await, page_of(app, KTP).await);
    admin.get(&at).await;
    assert_eq!(admin.post(&at, &fields("KTP-el", FREE, &[])).await.status, 303);
    let number: NumberId = row(app, FREE).await.id;
    let routes = app.above::<wa_route::Entity>().await.unwrap();
    let of = |id: &str| routes.iter().find(|route| route.phone_number_id == id).map(|route| route.number_id);
    assert_eq!((of(FREE), of(KTP)), (Some(number), None));
    let other = app.officer("admin@kota-kupang").await;
    other.get("/kantor/kota-kupang/pengaturan/nomor").await;
    let taken = other.post("/kantor/kota-kupang/pengaturan/nomor/baru", &fields("Bekas", KTP, &[])).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
}
