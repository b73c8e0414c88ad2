//! Acting for the head: by a letter, on its days, for who belongs to the office.

use loket::{
    domain::accounts::{self, NewMembership, Place},
    infra::By,
};
use loket_core::{kinds::Role, permission::Scope};
use loket_entity::{delegation, platform_audit};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page},
};

use super::{admin, dewi_takes_a_case, page_of};
use crate::signing_in::user;

const LETTERS: &str = "/kantor/kab-tangerang/pengaturan/delegasi";
const OVERVIEW: &str = "/kantor/kab-tangerang/ringkasan";
const AGUS: &str = "operator.kk@kab-tangerang.loket.test";
const HEAD: &str = "kepala@kab-tangerang.loket.test";

on_both_databases!(
    whoever_acts_may_do_what_the_head_may_on_those_days_and_on_no_others,
    what_a_letter_may_not_say_is_refused_in_words,
    a_letter_is_ended_before_its_time_and_stays_in_the_history,
    whoever_acts_names_nobody,
    whoever_leaves_acts_no_more_even_if_they_come_back,
    the_head_names_somebody_too_and_nobody_else_does,
);

/// A letter for somebody of Tangerang, from one day of November to another.
async fn names(app: &TestApp, namer: &Officer, who: &str, (from, until): (u8, u8)) -> Page {
    namer.get(LETTERS).await;
    let (from, until) = (format!("2026-11-{from:02}"), format!("2026-11-{until:02}"));
    let person = user(app, who).to_string();
    let fields = [
        ("person", &*person),
        ("kind", "plh"),
        ("from", &from),
        ("until", &until),
        ("number", "800/12"),
        ("basis", "Kepala Dinas mengikuti rapat"),
    ];
    namer.post(LETTERS, &fields).await
}

async fn agus(app: &TestApp) -> Officer {
    app.officer("operator.kk@kab-tangerang").await
}

async fn whoever_acts_may_do_what_the_head_may_on_those_days_and_on_no_others(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let case = dewi_takes_a_case(app, &dewi).await;
    let request = format!("/kantor/kab-tangerang/permohonan/{}", case.id);
    let named = names(app, &admin(app).await, AGUS, (24, 25)).await;
    assert_eq!(named.status, 303, "{}", named.body);
    let reads = async |status: u16, when: &str| {
        let agus = agus(app).await;
        let page = agus.get(OVERVIEW).await;
        assert_eq!(page.status, status, "{when}: {}", page.body);
        let seen = if status == 200 { 200 } else { 404 };
        assert_eq!(agus.get(&request).await.status, seen, "{when}: a request of others' services");
        let own = agus.get("/kantor/kab-tangerang/antrean").await;
        assert_eq!(own.status, 200, "{when}: their own work stays");
        assert_eq!(own.says("Plh. Kepala Dinas sampai Rabu 25 Nov"), status == 200, "{when}: {}", own.body);
    };
    reads(403, "the day before").await;
    app.waits(15 * 60 - 1);
    reads(403, "a minute before midnight").await;
    app.waits(1);
    reads(200, "from midnight of the office's clock").await;
    let agus = agus(app).await;
    assert_eq!(agus.get("/kantor/kab-tangerang/pengaturan").await.status, 403, "the head sets nothing");
    app.waits(2 * 24 * 60 - 1);
    reads(200, "to the last minute of the last day").await;
    app.waits(1);
    reads(403, "and no longer").await;
    assert!(admin(app).await.get(LETTERS).await.says("Selesai"));
}

async fn what_a_letter_may_not_say_is_refused_in_words(app: &TestApp) {
    let admin = admin(app).await;
    let own = "admin@kab-tangerang.loket.test";
    for (who, days, words) in [
        (AGUS, (25, 24), "Tanggal selesai mendahului tanggal mulai."),
        (AGUS, (20, 22), "Tanggal selesai sudah lewat."),
        (own, (24, 25), "Tidak dapat menunjuk diri sendiri."),
        (HEAD, (24, 25), "Petugas ini sudah kepala kantor."),
    ] {
        let refused = names(app, &admin, who, days).await;
        assert!(refused.status == 422 && refused.says(words), "{words}: {}", refused.body);
        assert!(refused.body.contains("value=\"800/12\""), "what was typed stays");
    }
    let kupang = names(app, &admin, "kabid@kota-kupang.loket.test", (24, 25)).await;
    assert_eq!(kupang.status, 404, "nobody of another office");
    let person = user(app, AGUS).to_string();
    let bare = [("person", &*person), ("kind", "plt"), ("from", "2026-11-24"), ("until", "2026-11-24")];
    for (more, words) in [
        (("number", "  "), "Isi nomor surat penunjukan"),
        (("number", "1"), "Tulis dasar penunjukan"),
        (("kind", "raja"), "Isian"),
    ] {
        let fields = [bare.as_slice(), &[more]].concat();
        let refused = admin.post(LETTERS, &fields).await;
        assert!(refused.status == 422 && refused.says(words) || refused.status == 400, "{}", refused.body);
    }
    // One acts at a time, whoever it is and as whatever.
    assert_eq!(names(app, &admin, AGUS, (24, 26)).await.status, 303);
    for days in [(26, 30), (20, 24), (25, 25), (23, 28)] {
        let refused = names(app, &admin, "kabid@kab-tangerang.loket.test", days).await;
        let words = "Plh. Kepala Dinas sudah dijabat Agus Setiawan dari Selasa 24 Nov sampai Kamis 26 Nov.";
        assert!(refused.status == 422 && refused.says(words), "{days:?}: {}", refused.body);
    }
    assert_eq!(names(app, &admin, "kabid@kab-tangerang.loket.test", (27, 30)).await.status, 303);
    assert_eq!(app.above::<delegation::Entity>().await.unwrap().len(), 2);
}

async fn a_letter_is_ended_before_its_time_and_stays_in_the_history(app: &TestApp) {
    let admin = admin(app).await;
    names(app, &admin, AGUS, (23, 27)).await;
    let page = admin.get(LETTERS).await;
    for part in ["Agus Setiawan", "Plh. Kepala Dinas", "800/12", "Berlaku", "Dicatat Bayu Pratama"] {
        assert!(page.says(part), "{part}: {}", page.body);
    }
    let agus = agus(app).await;
    assert_eq!(agus.get(OVERVIEW).await.status, 200);
    let id = app.above::<delegation::Entity>().await.unwrap()[0].id;
    let end = format!("{LETTERS}/{id}/akhiri");
    let kupang = app.officer("admin@kota-kupang").await;
    kupang.get("/sesi").await;
    let theirs = end.replace("kab-tangerang", "kota-kupang");
    assert_eq!(kupang.post(&theirs, &[]).await.status, 404, "another office's letter");
    assert_eq!(admin.post(&end, &[]).await.status, 303);
    assert_eq!(agus.get(OVERVIEW).await.status, 403, "at once");
    assert_eq!(admin.post(&end, &[]).await.status, 404, "it has ended");
    let page = admin.get(LETTERS).await;
    assert!(page.says("Diakhiri Senin 23 Nov") && page.says("Agus Setiawan"), "{}", page.body);
    assert_eq!(names(app, &admin, AGUS, (23, 27)).await.status, 303, "the days are free again");
    let trail = app.above::<platform_audit::Entity>().await.unwrap();
    let by = Some(user(app, "admin@kab-tangerang.loket.test").0);
    for action in ["delegation.named", "delegation.ended"] {
        assert!(trail.iter().any(|line| line.action == action && line.actor_id == by), "{action}");
    }
}

async fn whoever_acts_names_nobody(app: &TestApp) {
    names(app, &admin(app).await, AGUS, (23, 24)).await;
    let agus = agus(app).await;
    assert_eq!(agus.get(LETTERS).await.status, 200, "they see by which letter");
    let refused = names(app, &agus, "kabid@kab-tangerang.loket.test", (25, 26)).await;
    assert!(refused.status == 422 && refused.says("Pelaksana tidak dapat menunjuk"), "{}", refused.body);
    let id = app.above::<delegation::Entity>().await.unwrap()[0].id;
    assert_eq!(agus.post(&format!("{LETTERS}/{id}/akhiri"), &[]).await.status, 422);
}

async fn whoever_leaves_acts_no_more_even_if_they_come_back(app: &TestApp) {
    let admin = admin(app).await;
    names(app, &admin, AGUS, (23, 27)).await;
    admin.get(&page_of(app, AGUS)).await;
    assert_eq!(admin.post(&format!("{}/keluar", page_of(app, AGUS)), &[]).await.status, 303);
    app.settles().await;
    assert!(admin.get(LETTERS).await.says("Diakhiri Senin 23 Nov"));
    let again = NewMembership {
        account: user(app, AGUS),
        place: Place::Office(app.office("kab-tangerang").id),
        role: Role::DeskOfficer,
        scope: Scope::default(),
        from: None,
        until: None,
    };
    accounts::grant(&app.house, By::System, again).await.unwrap();
    assert_eq!(agus(app).await.get(OVERVIEW).await.status, 403);
}

async fn the_head_names_somebody_too_and_nobody_else_does(app: &TestApp) {
    let head = app.officer("kepala@kab-tangerang").await;
    assert!(head.get(OVERVIEW).await.path_with("/pengaturan/delegasi").is_some(), "the way there");
    assert_eq!(names(app, &head, AGUS, (23, 24)).await.status, 303);
    let kabid = app.officer("kabid@kab-tangerang").await;
    assert_eq!(kabid.get(LETTERS).await.status, 403);
    kabid.get("/sesi").await;
    assert_eq!(kabid.post(LETTERS, &[("person", "x")]).await.status, 403);
    let neighbour = app.officer("admin@kota-kupang").await;
    assert_eq!(neighbour.get(LETTERS).await.status, 404);
}
