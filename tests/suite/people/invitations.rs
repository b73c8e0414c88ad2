//! Invitations: a letter, an account, a seat; and everything that ends one.

use loket::demo::setup::PASSWORD;
use loket_entity::{invitation, officer, platform_audit};
use loket_tests::{
    app::{TestApp, path_in},
    on_both_databases,
};

use super::{
    DEWI, KTP, LINE, PEOPLE, QUEUE, SANDI, SARI, admin, invites, joins, page_of, role_of, the_request,
};

on_both_databases!(
    somebody_new_is_invited_makes_an_account_and_works,
    somebody_of_another_office_adds_this_one_and_switches,
    an_invitation_is_good_for_one_week_one_letter_and_one_person,
    a_letter_that_was_taken_back_is_not_sent,
    an_invitation_gives_no_more_than_who_invited_still_has,
    who_never_answered_is_forgotten_after_a_season,
    an_office_writes_thirty_invitations_in_a_quarter_of_an_hour,
);

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

async fn a_letter_that_was_taken_back_is_not_sent(app: &TestApp) {
    let admin = admin(app).await;
    invites(&admin, SARI, &[("role", "operator")]).await;
    let id = app.above::<invitation::Entity>().await.unwrap()[0].id;
    admin.post(&format!("{PEOPLE}/undangan/{id}/batalkan"), &[]).await;
    app.settles().await;
    assert!(app.mailer.kept().is_empty());
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

async fn an_office_writes_thirty_invitations_in_a_quarter_of_an_hour(app: &TestApp) {
    let admin = admin(app).await;
    for number in 0..30 {
        let sent = invites(&admin, &format!("p{number}@kantor-baru.test"), &[("role", "operator")]).await;
        assert_eq!(sent.status, 303, "{number}: {}", sent.body);
    }
    let refused = invites(&admin, SARI, &[("role", "operator")]).await;
    assert!(refused.status == 422 && refused.says("Terlalu banyak surat undangan"), "{}", refused.body);
    assert_eq!(app.above::<invitation::Entity>().await.unwrap().len(), 30, "and it is not entered either");
    let neighbour = app.officer("admin@kota-kupang").await;
    let theirs = "/kantor/kota-kupang/pengaturan/petugas/undang";
    neighbour.get(theirs).await;
    let fields = [("email", SARI), ("name", "Sari"), ("role", "operator")];
    assert_eq!(neighbour.post(theirs, &fields).await.status, 303, "each office has its own count");
    app.waits(15);
    assert_eq!(invites(&admin, SARI, &[("role", "operator")]).await.status, 303);
    app.settles().await;
}
