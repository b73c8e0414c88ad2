//! Leaving an office: the work goes on, the name stays.

use loket::{demo::setup::PASSWORD, infra::PlatformTx};
use loket_core::request::RequestState;
use loket_entity::{account, audit_entry, officer, request_event};
use loket_tests::{app::TestApp, on_both_databases};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use super::{DEWI, PEOPLE, QUEUE, admin, dewi_takes_a_case, page_of, the_request, the_talk};
use crate::signing_in::user;

on_both_databases!(
    whoever_leaves_leaves_no_work_behind,
    work_goes_to_a_colleague_as_far_as_they_may_do_it,
    the_lists_hold_who_is_there_was_asked_and_has_left,
    whoever_has_left_keeps_the_name_they_left_with,
    the_offices_own_trail_says_who_let_somebody_go,
);

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

async fn whoever_has_left_keeps_the_name_they_left_with(app: &TestApp) {
    let admin = admin(app).await;
    admin.get(&page_of(app, DEWI)).await;
    assert_eq!(admin.post(&format!("{}/keluar", page_of(app, DEWI)), &[]).await.status, 303);
    app.settles().await;
    // Elsewhere she is called otherwise by now, and the second look at what she left comes later.
    let tx = PlatformTx::write(&app.house).await.unwrap();
    tx.change::<account::Entity>()
        .col_expr(account::Column::Name, Expr::value("Dewi Anggraini"))
        .filter(account::Column::Id.eq(user(app, DEWI)))
        .exec(tx.on())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app.waits(3);
    app.settles().await;
    let seats = app.rows::<officer::Entity>("kab-tangerang").await.unwrap();
    assert_eq!(seats.iter().find(|row| row.id == user(app, DEWI)).unwrap().name, "Dewi Lestari");
    for page in [format!("{PEOPLE}?tab=keluar"), page_of(app, DEWI)] {
        let page = admin.get(&page).await;
        assert!(page.says("Dewi Lestari") && !page.says("Dewi Anggraini"), "{}", page.body);
    }
}

async fn the_offices_own_trail_says_who_let_somebody_go(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi_takes_a_case(app, &dewi).await;
    let admin = admin(app).await;
    admin.get(&page_of(app, DEWI)).await;
    assert_eq!(admin.post(&format!("{}/keluar", page_of(app, DEWI)), &[]).await.status, 303);
    app.settles().await;
    let by = Some(user(app, "admin@kab-tangerang.loket.test").0);
    let trail = app.rows::<audit_entry::Entity>("kab-tangerang").await.unwrap();
    for action in ["officer.retired", "officer.settled"] {
        let line = trail.iter().find(|line| line.action == action).expect(action);
        assert_eq!(line.actor_id, by, "{action}");
    }
    let history = app.rows::<request_event::Entity>("kab-tangerang").await.unwrap();
    let handed = history.iter().filter(|line| line.reason.as_deref() == Some("kembali_ke_antrean"));
    assert!(handed.into_iter().all(|line| line.actor_id.is_none()), "which is nobody's answer to a citizen");
}
