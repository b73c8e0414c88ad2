//! The people of an office: invited by letter, given a role, and leaving without leaving work behind.

use loket::demo::setup::PASSWORD;
use loket_core::request::RequestState;
use loket_entity::{conversation, invitation, membership, officer, platform_audit, request};
use loket_tests::{
    app::{TestApp, path_in},
    on_both_databases,
    people::{Officer, Page},
};

use crate::signing_in::user;

const PEOPLE: &str = "/kantor/kab-tangerang/pengaturan/petugas";
const INVITE: &str = "/kantor/kab-tangerang/pengaturan/petugas/undang";
const QUEUE: &str = "/kantor/kab-tangerang/antrean";
const SARI: &str = "sari@kantor-baru.test";
const SANDI: &str = "sandi sari yang panjang";
const DEWI: &str = "operator.ktp@kab-tangerang.loket.test";
const KTP: &str = "360300000000002";
const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";

on_both_databases!(
    somebody_new_is_invited_makes_an_account_and_works,
    somebody_of_another_office_adds_this_one_and_switches,
    an_invitation_is_good_for_one_week_one_letter_and_one_person,
    a_letter_that_was_taken_back_is_not_sent,
    an_invitation_gives_no_more_than_who_invited_still_has,
    only_an_administrator_of_the_whole_office_changes_its_people,
    nobody_raises_themself_and_the_last_administrator_stays,
    whoever_leaves_leaves_no_work_behind,
    work_goes_to_a_colleague_as_far_as_they_may_do_it,
    a_narrower_role_gives_back_what_it_no_longer_reaches,
    the_lists_hold_who_is_there_was_asked_and_has_left,
    who_never_answered_is_forgotten_after_a_season,
    an_administrator_says_what_the_office_is_and_names_its_units,
);

async fn admin(app: &TestApp) -> Officer {
    app.officer("admin@kab-tangerang").await
}

async fn invites(admin: &Officer, email: &str, role: &[(&str, &str)]) -> Page {
    admin.get(INVITE).await;
    let mut fields = vec![("email", email), ("name", "Sari Wulandari"), ("title", "Operator loket")];
    fields.extend(role);
    admin.post(INVITE, &fields).await
}

async fn joins(guest: &Officer, path: &str) -> Page {
    guest.get(path).await;
    guest.post(path, &[("name", "Sari Wulandari"), ("password", SANDI), ("repeat", SANDI)]).await
}

/// Where somebody's own page in the settings is.
fn page_of(app: &TestApp, email: &str) -> String {
    format!("{PEOPLE}/{}", user(app, email))
}

/// A citizen asks for a KTP-el, and its operator takes it.
async fn dewi_takes_a_case(app: &TestApp, dewi: &Officer) -> request::Model {
    app.phone("628111000001", "Siti").sends(KTP, LINE).await;
    app.settles().await;
    dewi.get(QUEUE).await;
    assert_eq!(dewi.post(&format!("{QUEUE}/ambil"), &[]).await.status, 303);
    let found = app.rows::<request::Entity>("kab-tangerang").await.unwrap().remove(0);
    let talk = found.conversation_id.unwrap();
    let claimed = dewi.post(&format!("/kantor/kab-tangerang/percakapan/{talk}/ambil"), &[]).await;
    assert_eq!(claimed.status, 303, "{}", claimed.body);
    found
}

async fn the_request(app: &TestApp) -> request::Model {
    app.rows::<request::Entity>("kab-tangerang").await.unwrap().remove(0)
}

async fn the_talk(app: &TestApp) -> conversation::Model {
    app.rows::<conversation::Entity>("kab-tangerang").await.unwrap().remove(0)
}

async fn somebody_new_is_invited_makes_an_account_and_works(app: &TestApp) {
    let admin = admin(app).await;
    let sent = invites(&admin, SARI, &[("role", "operator")]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let waiting = admin.get(&format!("{PEOPLE}?tab=diundang")).await;
    assert!(waiting.says("Sari Wulandari") && waiting.says("Operator"), "{}", waiting.body);
    app.settles().await;
    let letter = app.letter_to(SARI);
    assert_eq!(letter.subject, "Undangan bekerja di Disdukcapil Kabupaten Tangerang");
    assert!(letter.text.contains("Bayu Pratama mengundang Bapak/Ibu sebagai Operator"), "{}", letter.text);
    let path = path_in(&letter.text);
    let sari = app.visitor();
    let door = sari.get(&path).await;
    assert!(door.says("Buat akun") && door.body.contains("value=\"Sari Wulandari\""), "{}", door.body);
    let short = sari.post(&path, &[("name", ""), ("password", "x"), ("repeat", "y")]).await;
    assert!(short.status == 422 && short.says("Nama belum diisi."), "{}", short.body);
    let done = joins(&sari, &path).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
    assert_eq!(sari.tries_to_sign_in(SARI, SANDI).await.status, 303);
    app.phone("628111000001", "Siti").sends(KTP, LINE).await;
    app.settles().await;
    assert!(sari.get(QUEUE).await.says(&the_request(app).await.receipt), "she sees the queue");
    assert_eq!(sari.post(&format!("{QUEUE}/ambil"), &[]).await.status, 303);
    let officers = app.rows::<officer::Entity>("kab-tangerang").await.unwrap();
    let row = officers.iter().find(|row| row.name == "Sari Wulandari").expect("a seat of her own");
    assert_eq!((row.title.as_str(), row.active), ("Operator loket", true));
    assert_eq!(the_request(app).await.assigned_to, Some(row.id));
    assert_eq!(app.visitor().get(&path).await.status, 410, "a link is good once");
    let trail = app.above::<platform_audit::Entity>().await.unwrap();
    for action in ["invitation.sent", "invitation.accepted", "membership.granted", "account.created"] {
        assert!(trail.iter().any(|line| line.action == action), "{action}");
    }
}

async fn somebody_of_another_office_adds_this_one_and_switches(app: &TestApp) {
    let email = "operator.nik@kota-kupang.loket.test";
    let sent = invites(&admin(app).await, email, &[("role", "supervisor")]).await;
    assert_eq!(sent.status, 303, "that the address has an account is not told: {}", sent.body);
    app.settles().await;
    let path = app.link_to(email);
    let stranger = app.visitor();
    let door = stranger.get(&path).await;
    assert!(door.says("sudah punya akun Loket") && door.path_with("/masuk?lanjut=/undangan/").is_some());
    assert_eq!(joins(&stranger, &path).await.status, 403, "nobody makes a second account of it");
    // Somebody else who is signed in cannot take it.
    let other = app.officer("operator.ktp@kab-tangerang").await;
    assert!(other.get(&path).await.says("Undangan ini untuk alamat surel lain."));
    assert_eq!(other.post(&path, &[]).await.status, 403);
    // Signing in leads back to the invitation.
    let adriana = app.visitor();
    adriana.get(&door.path_with("/masuk?lanjut=").unwrap()).await;
    let form = [("email", email), ("password", PASSWORD), ("next", &*path)];
    let inside = adriana.post("/masuk", &form).await;
    assert_eq!(inside.location.as_deref(), Some(&*path));
    assert!(adriana.get(&path).await.says("Terima undangan"));
    let done = adriana.post(&path, &[]).await;
    assert_eq!(done.location.as_deref(), Some("/kantor/kab-tangerang"), "{}", done.body);
    app.settles().await;
    let here = adriana.get(QUEUE).await;
    assert_eq!(here.status, 200);
    assert!(here.says("Pindah kantor") && here.says("Disdukcapil Kota Kupang"), "{}", here.body);
    let there = adriana.get("/kantor/kota-kupang/antrean").await;
    assert!(there.status == 200 && there.path_with("/kantor/kab-tangerang").is_some());
    assert!(adriana.get("/pilih-kantor").await.says("Kepala Bidang / Ketua Tim"));
}

async fn an_invitation_is_good_for_one_week_one_letter_and_one_person(app: &TestApp) {
    let admin = admin(app).await;
    invites(&admin, SARI, &[("role", "operator")]).await;
    app.settles().await;
    let first = app.link_to(SARI);
    let again = invites(&admin, SARI, &[("role", "operator")]).await;
    assert!(again.status == 422 && again.says("Alamat ini sudah diundang."), "{}", again.body);
    let taken = invites(&admin, DEWI, &[("role", "head")]).await;
    assert!(taken.status == 422 && taken.says("sudah milik petugas kantor"), "{}", taken.body);
    app.waits(7 * 24 * 60 + 1);
    let admin = self::admin(app).await;
    assert_eq!(app.visitor().get(&first).await.status, 410, "a week is over");
    let id = app.above::<invitation::Entity>().await.unwrap()[0].id;
    admin.get(&format!("{PEOPLE}?tab=diundang")).await;
    let resent = admin.post(&format!("{PEOPLE}/undangan/{id}/kirim-ulang"), &[]).await;
    assert_eq!(resent.status, 303, "{}", resent.body);
    app.settles().await;
    let second = app.link_to(SARI);
    assert_ne!(first, second);
    assert_eq!(app.visitor().get(&first).await.status, 410, "only the last letter counts");
    assert_eq!(app.visitor().get(&second).await.status, 200);
    let withdrawn = admin.post(&format!("{PEOPLE}/undangan/{id}/batalkan"), &[]).await;
    assert_eq!(withdrawn.status, 303, "{}", withdrawn.body);
    let guest = app.visitor();
    assert_eq!(guest.get(&second).await.status, 410);
    guest.get("/masuk").await;
    assert_eq!(joins(&guest, &second).await.status, 410);
    assert_eq!(admin.post(&format!("{PEOPLE}/undangan/{id}/kirim-ulang"), &[]).await.status, 404);
}

async fn an_invitation_gives_no_more_than_who_invited_still_has(app: &TestApp) {
    let bayu = admin(app).await;
    invites(&bayu, SARI, &[("role", "office_admin")]).await;
    app.settles().await;
    let path = app.link_to(SARI);
    let id = app.above::<invitation::Entity>().await.unwrap()[0].id;
    let hasty = bayu.post(&format!("{PEOPLE}/undangan/{id}/kirim-ulang"), &[]).await;
    assert!(hasty.status == 422 && hasty.says("Tunggu lima menit"), "{}", hasty.body);
    // Dewi becomes the second administrator, and Bayu goes.
    let (role, dewi) = (role_of(app, DEWI).await, page_of(app, DEWI));
    bayu.get(&dewi).await;
    bayu.post(&format!("{dewi}/peran"), &[("membership", &role), ("role", "office_admin")]).await;
    let own = page_of(app, "admin@kab-tangerang.loket.test");
    bayu.get(PEOPLE).await;
    assert_eq!(bayu.post(&format!("{own}/keluar"), &[]).await.status, 303);
    app.settles().await;
    assert_eq!(joins(&app.visitor(), &path).await.status, 410, "his word counts no more");
    // Her own letter does.
    app.waits(6);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(PEOPLE).await;
    let resent = dewi.post(&format!("{PEOPLE}/undangan/{id}/kirim-ulang"), &[]).await;
    assert_eq!(resent.status, 303, "{}", resent.body);
    app.settles().await;
    let (sari, path) = (app.visitor(), app.link_to(SARI));
    sari.get(&path).await;
    let named = [("name", "Sari Wulandari"), ("password", "sariwulandari9"), ("repeat", "sariwulandari9")];
    assert_eq!(sari.post(&path, &named).await.status, 422, "a password made of one's own name");
    let done = joins(&sari, &path).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
}

async fn a_letter_that_was_taken_back_is_not_sent(app: &TestApp) {
    let admin = admin(app).await;
    invites(&admin, SARI, &[("role", "operator")]).await;
    let id = app.above::<invitation::Entity>().await.unwrap()[0].id;
    admin.post(&format!("{PEOPLE}/undangan/{id}/batalkan"), &[]).await;
    app.settles().await;
    assert!(app.mailer.kept().is_empty());
}

async fn only_an_administrator_of_the_whole_office_changes_its_people(app: &TestApp) {
    for who in ["kepala@kab-tangerang", "kabid@kab-tangerang", "operator.ktp@kab-tangerang"] {
        let officer = app.officer(who).await;
        for path in [PEOPLE, INVITE, "/kantor/kab-tangerang/pengaturan", &page_of(app, DEWI)] {
            assert_eq!(officer.get(path).await.status, 403, "{who}: {path}");
        }
        officer.get("/sesi").await;
        assert_eq!(officer.post(INVITE, &[("email", SARI), ("role", "operator")]).await.status, 403);
        let leave = officer.post(&format!("{}/keluar", page_of(app, DEWI)), &[]).await;
        assert_eq!(leave.status, 403, "{who}");
    }
    let neighbour = app.officer("admin@kota-kupang").await;
    neighbour.get("/sesi").await;
    let theirs = format!("/kantor/kota-kupang/pengaturan/petugas/{}", user(app, DEWI));
    assert_eq!(neighbour.get(&theirs).await.status, 404);
    assert_eq!(neighbour.post(&format!("{theirs}/keluar"), &[]).await.status, 404);
    assert!(app.above::<invitation::Entity>().await.unwrap().is_empty());
}

/// The id of the one role somebody holds in Tangerang.
async fn role_of(app: &TestApp, email: &str) -> String {
    let rows = app.above::<membership::Entity>().await.unwrap();
    let user = user(app, email);
    let mut held = rows.iter().filter(|row| row.account_id == user && row.valid_until.is_none());
    held.next().expect("a role").id.to_string()
}

async fn nobody_raises_themself_and_the_last_administrator_stays(app: &TestApp) {
    let bayu = "admin@kab-tangerang.loket.test";
    let admin = admin(app).await;
    let own = page_of(app, bayu);
    assert!(admin.get(&own).await.says("Peran sendiri diubah oleh admin kantor yang lain."));
    let membership = role_of(app, bayu).await;
    let raised = admin.post(&format!("{own}/peran"), &[("membership", &membership), ("role", "head")]).await;
    assert!(raised.status == 422 && raised.says("Peran sendiri tidak dapat diubah."), "{}", raised.body);
    let left = admin.post(&format!("{own}/keluar"), &[]).await;
    assert!(left.status == 422 && left.says("paling sedikit satu admin"), "{}", left.body);
    let invited = invites(&admin, bayu, &[("role", "head")]).await;
    assert_eq!(invited.status, 422, "nor by a letter to oneself");
    // With a second administrator one may go.
    let dewi = role_of(app, DEWI).await;
    let path = format!("{}/peran", page_of(app, DEWI));
    admin.get(&own).await;
    let made = admin.post(&path, &[("membership", &dewi), ("role", "office_admin")]).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let narrow = app.rows::<loket_entity::service::Entity>("kab-tangerang").await.unwrap()[0].id.to_string();
    let dewi = role_of(app, DEWI).await;
    let fields = [("membership", &*dewi), ("role", "office_admin"), ("services", &*narrow)];
    let half = admin.post(&path, &fields).await;
    assert!(half.status == 422 && half.says("Admin kantor berlaku untuk seluruh kantor."), "{}", half.body);
    assert_eq!(admin.post(&format!("{own}/keluar"), &[]).await.status, 303);
    assert_eq!(admin.get(PEOPLE).await.status, 303, "whoever has left is signed out");
    app.settles().await;
    assert_eq!(app.officer("operator.ktp@kab-tangerang").await.get(PEOPLE).await.status, 200);
}

async fn whoever_leaves_leaves_no_work_behind(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi_takes_a_case(app, &dewi).await;
    let admin = admin(app).await;
    let page = admin.get(&page_of(app, DEWI)).await;
    assert!(page.says("1 permohonan dan 1 percakapan perlu diserahkan."), "{}", page.body);
    let left = admin.post(&format!("{}/keluar", page_of(app, DEWI)), &[("hand_to", "antrean")]).await;
    assert_eq!(left.status, 303, "{}", left.body);
    assert_eq!(
        dewi.get(QUEUE).await.location.as_deref(),
        Some("/masuk?lanjut=/kantor/kab-tangerang/antrean")
    );
    app.settles().await;
    let (case, talk) = (the_request(app).await, the_talk(app).await);
    assert_eq!((case.assigned_to, case.state), (None, RequestState::Verification));
    assert_eq!(talk.assigned_to, None);
    let seats = app.rows::<officer::Entity>("kab-tangerang").await.unwrap();
    assert!(!seats.iter().find(|row| row.id == user(app, DEWI)).unwrap().active);
    // It waits in everybody's turn, and the next who asks gets it.
    let other = app.officer("kabid@kab-tangerang").await;
    assert!(other.get(&format!("{QUEUE}?tab=giliran")).await.says(&case.receipt));
    assert_eq!(other.post(&format!("{QUEUE}/ambil"), &[]).await.status, 303);
    assert!(the_request(app).await.assigned_to.is_some());
    // Nothing is left to do when it is looked at once more.
    app.waits(3);
    app.settles().await;
    assert!(the_request(app).await.assigned_to.is_some());
    let page = admin.get(&format!("{PEOPLE}?tab=keluar")).await;
    assert!(page.says("keluar") && page.says(DEWI), "{}", page.body);
    assert_eq!(
        app.visitor().tries_to_sign_in(DEWI, PASSWORD).await.location.as_deref(),
        Some("/pilih-kantor")
    );
}

async fn work_goes_to_a_colleague_as_far_as_they_may_do_it(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi_takes_a_case(app, &dewi).await;
    let admin = admin(app).await;
    admin.get(&page_of(app, DEWI)).await;
    let leaves = format!("{}/keluar", page_of(app, DEWI));
    for wrong in [user(app, "kepala@kab-tangerang.loket.test"), user(app, DEWI)] {
        let refused = admin.post(&leaves, &[("hand_to", &wrong.to_string())]).await;
        assert!(refused.status == 422 && refused.says("Pilih rekan"), "{}", refused.body);
    }
    let kabid = user(app, "kabid@kab-tangerang.loket.test");
    assert_eq!(admin.post(&leaves, &[("hand_to", &kabid.to_string())]).await.status, 303);
    app.settles().await;
    assert_eq!(the_request(app).await.assigned_to, Some(kabid));
    assert_eq!(the_talk(app).await.assigned_to, Some(kabid));
    // The operator of the KK may not have a KTP-el: it goes back instead.
    let kk = user(app, "operator.kk@kab-tangerang.loket.test");
    let leaves = format!("{PEOPLE}/{kabid}/keluar");
    assert_eq!(admin.post(&leaves, &[("hand_to", &kk.to_string())]).await.status, 303);
    app.settles().await;
    assert_eq!(the_request(app).await.assigned_to, None);
    assert_eq!(the_talk(app).await.assigned_to, None);
}

async fn a_narrower_role_gives_back_what_it_no_longer_reaches(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let case = dewi_takes_a_case(app, &dewi).await;
    let admin = admin(app).await;
    let path = page_of(app, DEWI);
    admin.get(&path).await;
    let services = app.rows::<loket_entity::service::Entity>("kab-tangerang").await.unwrap();
    let other = services.iter().find(|one| one.id != case.service_id).unwrap().id.to_string();
    let membership = role_of(app, DEWI).await;
    let fields = [("membership", &*membership), ("role", "operator"), ("services", &*other)];
    assert_eq!(admin.post(&format!("{path}/peran"), &fields).await.status, 303);
    let same = admin.post(&format!("{path}/peran"), &fields).await;
    assert_eq!(same.status, 404, "the old role has ended");
    assert_eq!(dewi.get(&format!("/kantor/kab-tangerang/permohonan/{}", case.id)).await.status, 404);
    app.settles().await;
    assert_eq!(the_request(app).await.assigned_to, None);
}

async fn the_lists_hold_who_is_there_was_asked_and_has_left(app: &TestApp) {
    let admin = admin(app).await;
    let page = admin.get(PEOPLE).await;
    assert_eq!(page.status, 200, "{}", page.body);
    for part in ["Bayu Pratama", DEWI, "Seluruh kantor", "Admin kantor", "Senin 23 Nov 09.00 WIB"] {
        assert!(page.says(part), "{part}: {}", page.body);
    }
    assert!(!page.says("kota-kupang"));
    assert!(admin.get(&format!("{PEOPLE}?tab=keluar")).await.says("Belum ada"));
    for far in ["3", "999999999999999999", "18446744073709551615"] {
        let page = admin.get(&format!("{PEOPLE}?tab=diundang&hal={far}")).await;
        assert!(page.says("Tidak ada undangan terbuka"), "{far}: {}", page.body);
    }
    let settings = admin.get("/kantor/kab-tangerang/pengaturan").await;
    assert!(settings.says("petugas aktif"), "{}", settings.body);
    assert_eq!(admin.get("/kantor/kab-tangerang/antrean").await.status, 403);
}

async fn who_never_answered_is_forgotten_after_a_season(app: &TestApp) {
    let admin = admin(app).await;
    invites(&admin, SARI, &[("role", "operator")]).await;
    invites(&admin, "ana@kantor-baru.test", &[("role", "operator")]).await;
    app.settles().await;
    joins(&app.visitor(), &app.link_to(SARI)).await;
    app.settles().await;
    app.waits((7 + 90) * 24 * 60 - 1);
    loket::domain::people::tidy(&app.house).await.unwrap();
    assert_eq!(app.above::<invitation::Entity>().await.unwrap().len(), 2);
    app.waits(2);
    assert_eq!(loket::domain::people::tidy(&app.house).await.unwrap(), 1);
    assert_eq!(app.above::<invitation::Entity>().await.unwrap()[0].email, SARI);
}

async fn an_administrator_says_what_the_office_is_and_names_its_units(app: &TestApp) {
    let settings = "/kantor/kab-tangerang/pengaturan";
    let (profile, units) = (format!("{settings}/profil"), format!("{settings}/unit"));
    let admin = admin(app).await;
    let page = admin.get(&profile).await;
    assert!(
        page.says("Disdukcapil Kabupaten Tangerang") && page.says("Senin–Kamis 08.00–15.00"),
        "{}",
        page.body
    );
    let empty = admin.post(&profile, &[("name", "Dinas"), ("hours", " ")]).await;
    assert!(empty.status == 422 && empty.says("Jam pelayanan belum diisi."), "{}", empty.body);
    let fields = [
        ("name", "Dinas Dukcapil Tangerang"),
        ("hours", "Setiap hari 08.00–14.00"),
        ("address", "Jalan Atik Suardi 1\r\nTigaraksa"),
        ("letterhead", "PEMERINTAH KABUPATEN TANGERANG"),
    ];
    assert_eq!(admin.post(&profile, &fields).await.status, 303);
    let page = admin.get(&profile).await;
    assert!(page.says("Dinas Dukcapil Tangerang") && page.says("Jalan Atik Suardi 1"), "{}", page.body);
    let kupang = app.officer("admin@kota-kupang").await;
    assert!(!kupang.get("/kantor/kota-kupang/pengaturan/profil").await.says("Atik Suardi"));
    let desk = [("name", "Meja Kecamatan Tigaraksa"), ("kind", "district_desk"), ("district", "360303")];
    assert!(admin.get(&units).await.says("Loket kantor"));
    assert_eq!(admin.post(&units, &desk).await.status, 303);
    let again = admin.post(&units, &desk).await;
    assert!(again.status == 422 && again.says("Nama unit ini sudah dipakai."), "{}", again.body);
    let page = admin.get(&units).await;
    assert!(page.says("Meja kecamatan · Tigaraksa"), "{}", page.body);
    let foreign =
        admin.post(&units, &[("name", "Meja Alak"), ("kind", "branch"), ("district", "537101")]).await;
    assert!(foreign.status == 422 && foreign.says("Pilih wilayah dari daftar"), "{}", foreign.body);
    let row = app.rows::<loket_entity::unit::Entity>("kab-tangerang").await.unwrap();
    let row = row.iter().find(|unit| unit.district_code.is_some()).unwrap();
    let changed = [("name", "UPTD Tigaraksa"), ("kind", "branch"), ("district", "360303")];
    assert_eq!(admin.post(&format!("{units}/{}", row.id), &changed).await.status, 303);
    assert!(admin.get(&units).await.says("UPTD Tigaraksa"));
    assert!(admin.get(INVITE).await.says("UPTD Tigaraksa"), "a role can be narrowed to it");
    let head = app.officer("kepala@kab-tangerang").await;
    for path in [&profile, &units] {
        assert_eq!(head.get(path).await.status, 403);
        assert_eq!(head.post(path, &desk).await.status, 403);
    }
    let trail = app.above::<platform_audit::Entity>().await.unwrap();
    assert!(trail.iter().any(|line| line.action == "office.profile_changed"));
}
