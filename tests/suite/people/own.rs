//! What belongs to a person and to no office: their password, and their seats at several places.

use loket::{
    demo::setup::PASSWORD,
    domain::accounts::{self, NewMembership, Place},
    infra::By,
};
use loket_core::{kinds::Role, permission::Scope};
use loket_tests::{app::TestApp, on_both_databases, people::Officer};

use super::{DEWI, SANDI};
use crate::signing_in::user;

const OWN: &str = "/kata-sandi";

on_both_databases!(
    one_changes_ones_own_password_and_the_other_devices_are_signed_out,
    the_old_password_is_guessed_ten_times_at_most,
    somebody_with_seats_above_and_in_offices_chooses_and_switches,
);

async fn dewi(app: &TestApp) -> Officer {
    app.officer("operator.ktp@kab-tangerang").await
}

async fn one_changes_ones_own_password_and_the_other_devices_are_signed_out(app: &TestApp) {
    let (here, elsewhere) = (dewi(app).await, dewi(app).await);
    let menu = here.get("/kantor/kab-tangerang/antrean").await;
    assert!(menu.says("Ganti kata sandi") && menu.path_with(OWN).is_some());
    here.get(OWN).await;
    for (old, new, repeat, words) in [
        ("bukan itu", SANDI, SANDI, "Kata sandi lama tidak cocok."),
        (PASSWORD, SANDI, "sandi lain", "Kedua kata sandi belum sama."),
        (PASSWORD, "pendek", "pendek", "paling sedikit 8 karakter"),
        (PASSWORD, "dewilestari9", "dewilestari9", "hanya nama, surel, atau kantor"),
    ] {
        let refused = here.post(OWN, &[("old", old), ("password", new), ("repeat", repeat)]).await;
        assert!(refused.status == 422 && refused.says(words), "{words}: {}", refused.body);
    }
    let done = here.post(OWN, &[("old", PASSWORD), ("password", SANDI), ("repeat", SANDI)]).await;
    assert_eq!(done.location.as_deref(), Some("/sesi"), "{}", done.body);
    assert_eq!(here.get("/sesi").await.status, 200, "this device stays");
    assert_eq!(elsewhere.get("/sesi").await.status, 303, "the other one is out");
    assert_eq!(app.visitor().tries_to_sign_in(DEWI, PASSWORD).await.status, 422);
    assert_eq!(app.visitor().tries_to_sign_in(DEWI, SANDI).await.status, 303);
    app.settles().await;
    assert_eq!(app.letter_to(DEWI).subject, "Kata sandi Loket sudah diganti");
    assert_eq!(app.visitor().get(OWN).await.status, 303);
}

async fn the_old_password_is_guessed_ten_times_at_most(app: &TestApp) {
    let dewi = dewi(app).await;
    dewi.get(OWN).await;
    let tries =
        async |old: &str| dewi.post(OWN, &[("old", old), ("password", SANDI), ("repeat", SANDI)]).await;
    for _ in 0..10 {
        assert_eq!(tries("bukan itu").await.status, 422);
    }
    let refused = tries(PASSWORD).await;
    assert!(refused.status == 429 && refused.says("Tunggu 15 menit"), "{}", refused.body);
    app.waits(15);
    assert_eq!(tries(PASSWORD).await.status, 303);
    app.settles().await;
}

async fn somebody_with_seats_above_and_in_offices_chooses_and_switches(app: &TestApp) {
    for (place, role) in [
        (Place::Province("36".to_owned()), Role::ProvinceAdmin),
        (Place::Platform, Role::PlatformAdmin),
        (Place::Office(app.office("kota-batu").id), Role::Inspector),
    ] {
        let account = user(app, DEWI);
        let new = NewMembership { account, place, role, scope: Scope::default(), from: None, until: None };
        accounts::grant(&app.house, By::System, new).await.unwrap();
    }
    let dewi = app.visitor();
    let inside = dewi.tries_to_sign_in(DEWI, PASSWORD).await;
    assert_eq!(inside.location.as_deref(), Some("/pilih-kantor"));
    let seats = [
        ("/kantor/kab-tangerang", "Disdukcapil Kabupaten Tangerang"),
        ("/kantor/kota-batu", "Disdukcapil Kota Batu"),
        ("/provinsi/36", "Provinsi Banten"),
        ("/platform", "Platform Loket"),
    ];
    let choice = dewi.get("/pilih-kantor").await;
    for (href, _) in seats {
        assert!(choice.body.contains(&format!("href=\"{href}\"")), "{href}: {}", choice.body);
    }
    // From each seat the menu leads to all the others, and not to itself.
    for (here, page) in [
        ("/kantor/kab-tangerang", "/kantor/kab-tangerang/antrean"),
        ("/provinsi/36", "/provinsi/36"),
        ("/platform", "/platform"),
    ] {
        let body = dewi.get(page).await.body;
        let menu = body.split("Pindah kantor").nth(1).unwrap().split("<hr>").next().unwrap();
        for (href, name) in seats {
            let listed = menu.contains(&format!("href=\"{href}\"")) && menu.contains(name);
            assert_eq!(listed, href != here, "{href} on {page}: {menu}");
        }
    }
    for (href, _) in seats {
        assert_ne!(dewi.get(href).await.status, 404, "{href}");
    }
}
