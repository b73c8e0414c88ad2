//! What somebody may do in an office: changed by an administrator, never by oneself, never for nobody.

use loket::infra::{Cx, SystemReason};
use loket_entity::{invitation, membership, service};
use loket_tests::{app::TestApp, on_both_databases};

use super::{
    DEWI, INVITE, PEOPLE, QUEUE, SARI, admin, dewi_takes_a_case, invites, page_of, role_of, the_request,
    the_talk,
};
use crate::signing_in::user;

on_both_databases!(
    only_an_administrator_of_the_whole_office_changes_its_people,
    nobody_raises_themself_and_the_last_administrator_stays,
    a_narrower_role_gives_back_what_it_no_longer_reaches,
    a_second_role_adds_to_the_first_and_one_of_several_ends,
    a_role_is_not_widened_when_its_service_is_offered_no_more,
);

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
    let narrow = app.rows::<service::Entity>("kab-tangerang").await.unwrap()[0].id.to_string();
    let dewi = role_of(app, DEWI).await;
    let fields = [("membership", &*dewi), ("role", "office_admin"), ("services", &*narrow)];
    let half = admin.post(&path, &fields).await;
    assert!(half.status == 422 && half.says("Admin kantor berlaku untuk seluruh kantor."), "{}", half.body);
    assert_eq!(admin.post(&format!("{own}/keluar"), &[]).await.status, 303);
    assert_eq!(admin.get(PEOPLE).await.status, 303, "whoever has left is signed out");
    app.settles().await;
    assert_eq!(app.officer("operator.ktp@kab-tangerang").await.get(PEOPLE).await.status, 200);
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
    assert_eq!(the_talk(app).await.assigned_to, None, "nor does she answer where she no longer reads");
}

/// The roles somebody holds now.
async fn held(app: &TestApp, email: &str) -> Vec<membership::Model> {
    let user = user(app, email);
    let rows = app.above::<membership::Entity>().await.unwrap().into_iter();
    rows.filter(|row| row.account_id == user && row.valid_until.is_none()).collect()
}

async fn a_second_role_adds_to_the_first_and_one_of_several_ends(app: &TestApp) {
    let admin = admin(app).await;
    let page = page_of(app, DEWI);
    let (add, end) = (format!("{page}/peran/tambah"), format!("{page}/peran/akhiri"));
    let first = role_of(app, DEWI).await;
    assert!(!admin.get(&page).await.says("Akhiri peran ini"), "the only role ends by leaving");
    let only = admin.post(&end, &[("membership", &first)]).await;
    assert!(only.status == 422 && only.says("Ini peran satu-satunya."), "{}", only.body);
    assert_eq!(admin.post(&add, &[("role", "head")]).await.status, 303);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert_eq!(dewi.get("/kantor/kab-tangerang/ringkasan").await.status, 200, "the second");
    assert_eq!(dewi.get(QUEUE).await.status, 200, "and the first");
    let again = admin.post(&add, &[("role", "head")]).await;
    assert!(again.status == 422 && again.says("Peran itu sudah dipegang"), "{}", again.body);
    for (role, words) in
        [("province_admin", "Pilih peran dari daftar."), ("raja", "Pilih peran dari daftar.")]
    {
        let refused = admin.post(&add, &[("role", role)]).await;
        assert!(refused.status == 422 && refused.says(words), "{}", refused.body);
    }
    let own = page_of(app, "admin@kab-tangerang.loket.test");
    let own = admin.post(&format!("{own}/peran/tambah"), &[("role", "head")]).await;
    assert!(own.status == 422 && own.says("Peran sendiri tidak dapat diubah."), "{}", own.body);
    let second = held(app, DEWI).await.into_iter().find(|row| row.id.to_string() != first).unwrap();
    assert!(admin.get(&page).await.says("Akhiri peran ini"));
    assert_eq!(admin.post(&end, &[("membership", &second.id.to_string())]).await.status, 303);
    assert_eq!(dewi.get("/kantor/kab-tangerang/ringkasan").await.status, 403);
    assert_eq!(admin.post(&end, &[("membership", &second.id.to_string())]).await.status, 404, "it has ended");
    app.settles().await;
    // An administrator's own right does not end with one of two roles, nor the last one's at all.
    assert_eq!(admin.post(&add, &[("role", "office_admin")]).await.status, 303);
    let outside = app.officer("kabid@kab-tangerang").await;
    outside.get("/sesi").await;
    assert_eq!(outside.post(&add, &[("role", "head")]).await.status, 403);
    app.settles().await;
}

async fn a_role_is_not_widened_when_its_service_is_offered_no_more(app: &TestApp) {
    let services = app.rows::<service::Entity>("kab-tangerang").await.unwrap();
    let id = |code: &str| services.iter().find(|one| one.code == code).unwrap().id;
    for code in ["KTP", "KIA"] {
        retires(app, id(code)).await;
    }
    let admin = admin(app).await;
    let page = page_of(app, DEWI);
    let shown = admin.get(&page).await;
    assert!(shown.says("KTP elektronik"), "what narrows her role still stands there: {}", shown.body);
    let role = role_of(app, DEWI).await;
    let (ktp, kk) = (id("KTP").to_string(), id("KK").to_string());
    let change = async |fields: &[(&str, &str)]| {
        let fields = [&[("membership", &*role), ("role", "operator")], fields].concat();
        admin.post(&format!("{page}/peran"), &fields).await
    };
    let wide = change(&[]).await;
    assert!(wide.status == 422 && wide.says("tidak dipakai lagi"), "{}", wide.body);
    assert_eq!(change(&[("services", &ktp)]).await.status, 303, "narrower by what she held");
    let scope = held(app, DEWI).await.remove(0).scope;
    assert_eq!(scope["services"], serde_json::json!([ktp]));
    let fields = [("membership", &*role_of(app, DEWI).await), ("role", "operator"), ("services", &*kk)];
    assert_eq!(admin.post(&format!("{page}/peran"), &fields).await.status, 303, "or by what is offered");
    app.settles().await;
}

async fn retires(app: &TestApp, id: loket_core::id::ServiceId) {
    use sea_orm::ColumnTrait;
    let office = app.office("kab-tangerang").id;
    let cx = Cx::system(&app.house, office, SystemReason::Seed).await.unwrap();
    let one = cx.tx().change::<service::Entity>(service::Column::Id.eq(id));
    one.set(service::Column::Active, false).run_one().await.unwrap();
    cx.commit().await.unwrap();
}
